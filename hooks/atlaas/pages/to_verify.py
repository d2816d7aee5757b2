"""/a-verifier/: every doubtful spot of the records, by what would settle it."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from atlaas import text
from atlaas.diagnosis.doubts import DOUBT_KINDS, DoubtfulRecord, DoubtKind, doubts
from atlaas.directory import Directory
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

URL = "a-verifier/"
SOURCES = 2  # shown of each spot


class DoubtLine(NamedTuple):
    """One doubtful spot: the record, what it is about in it, its sources, the form."""

    title: str
    url: str
    sources: list[views.SourceView]
    form: str  # below the site's root; empty where no form corrects the record


class DoubtGroup(NamedTuple):
    """The spots that one kind of finding would settle, by reason, the commonest reason first."""

    kind: DoubtKind
    size: int
    reasons: list[tuple[str, list[DoubtLine]]]


@page_kind(order=85, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page."""

    def values() -> dict[str, Any]:
        found = list(doubts(directory))
        return {
            "crumbs": [("Accueil", root_of(URL)), ("À vérifier", None)],
            "spots": text.plural(len(found), "point"),
            "records": text.plural(len({item.url for item in found}), "fiche"),
            "groups": groups(directory, found),
        }

    yield Page(
        URL,
        "to-verify",
        "contribuer",
        "À vérifier",
        "Les points incertains des fiches, rangés par ce qui les réglerait, avec leur source et un "
        "formulaire pour les corriger.",
        values,
    )


def groups(directory: Directory, found: list[DoubtfulRecord]) -> list[DoubtGroup]:
    """The spots by kind, in the order of the kinds; those without a spot left out."""
    result = []
    for kind in DOUBT_KINDS:
        own = [item for item in found if item.doubt.kind == kind]
        by_reason: dict[str, list[DoubtLine]] = {}
        for item in own:
            by_reason.setdefault(item.doubt.reason, []).append(_line(directory, item))
        if own:
            reasons = sorted(by_reason.items(), key=lambda pair: -len(pair[1]))
            result.append(DoubtGroup(kind, len(own), reasons))
    return result


def _line(directory: Directory, item: DoubtfulRecord) -> DoubtLine:
    shown = text.first_of(views.sources(directory, item.doubt.sources), SOURCES)
    return DoubtLine(item.named, item.url, list(shown), _form(item))


def _form(item: DoubtfulRecord) -> str:
    """The form filled in with the record, with the doubt in view."""
    if not item.of:
        return ""
    folder = "action" if item.of.startswith("actions/") else "territoire"
    return f"contribuer/{folder}/?fiche={quote(item.of)}&doute={item.doubt.at}"
