"""What a page's head says to machines: structured data, its twin in the API, its feed."""

from atlaas.directory import Directory, LinkedAction, LinkedActor, LinkedEdition, LinkedTerritory
from atlaas.model import Term
from atlaas.pages.page import Page, Site
from atlaas.publish import alternates, jsonld
from atlaas.publish.formats import Json


def markup(directory: Directory, site: Site, page: Page, root: str) -> str:
    """The elements for the head of a page, by the record that it is about."""
    match page.about:
        case LinkedAction() as action:
            return alternates.action(site, action, root) + _script(jsonld.action(action))
        case LinkedTerritory() as territory:
            return alternates.territory(site, territory, root) + _script(
                jsonld.territory(directory, site, territory)
            )
        case LinkedEdition() as edition:
            return alternates.edition(edition, root) if site.api else ""
        case LinkedActor() as actor:
            return alternates.actor(actor, root) if site.api else ""
        case (str() as vocabulary, Term() as term):
            return alternates.term(vocabulary, term.id, term.label, root) if site.api else ""
        case Site():
            return alternates.everything(root) + (alternates.search(root) if site.url else "")
        case _:
            return ""


def _script(value: Json) -> str:
    return jsonld.script(value).decode()
