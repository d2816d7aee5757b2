"""What other sites show of a territory of which something is known, below ``integrer/<code>/``.

``badge.svg``, its panel of today; ``index.html``, its actions on a light page for a frame;
``actions.json``, the titles and addresses of all of them. The addresses outlive every edition.
Those of communes that merged go on: their ``actions.json`` says whose list is theirs now.
"""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from atlaas import text
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.pages import panel, views
from atlaas.pages.embed import URL, folder_of
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of
from atlaas.publish.formats import LICENCE_NAME, Json, address, as_json
from atlaas.publish.redirects import merged
from atlaas.render.csp import add_policy
from atlaas.render.image import LIGHT, known_svg, panel_svg
from atlaas.text.typography import typeset

SHOWN = 30  # actions on the light page: it weighs less than 15 kB

_PAGE = Markup(
    add_policy("""<!doctype html>
<html lang="fr" data-embed>
<head><meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="description" content="{title} : son label et ses actions numériques.">
<meta name="robots" content="noindex">
{canonical}<link rel="stylesheet" href="{root}assets/css/embed.css">
<script src="{root}assets/js/embed.js" defer></script>
</head>
<body><main>
<h1><a href="{root}{url}" target="_blank" rel="noopener">{name}</a></h1>
{label}<ul>
{actions}
</ul>
{more}<p><small>Source :
<a href="{root}{url}" target="_blank" rel="noopener">Atlaas</a>, {licence}</small></p>
</main></body>
</html>
""")
)
_ACTION = Markup('<li><a href="{}" target="_blank" rel="noopener">{}</a>{}</li>')


@page_kind(order=110, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The three files of each territory, and at the addresses of communes that merged into it."""
    shown = {folder: t for t in directory.territories.values() if (folder := folder_of(t))}
    own = set(shown)
    for old, new in merged(directory):
        heir = directory.territories.get(new)
        if heir and folder_of(heir):
            shown.setdefault(f"{URL}{old}/", heir)
    for folder, t in shown.items():
        listed = actions_json if folder in own else moved_json
        yield Asset(f"{folder}badge.svg", partial(badge, t))
        yield Asset(f"{folder}index.html", partial(light_page, directory, site, t))
        yield Asset(f"{folder}actions.json", partial(listed, directory, site, t))


def badge(t: LinkedTerritory) -> bytes:
    """The panel of the newest label whose level is known; else how many actions are known."""
    label = panel.label_of(t)
    if label is None or label.level is None:
        return known_svg(text.plural(len(t.actions), "action"), LIGHT)
    return panel_svg(label.level, label.edition, views.GREEN in label.mentions, LIGHT)


def light_page(directory: Directory, site: Site, t: LinkedTerritory) -> bytes:
    """Name, label and actions of a territory, the newest first, in the colours of the visitor."""
    root = root_of(folder_of(t))
    newest = sorted(t.actions, key=lambda a: a.record.started or "", reverse=True)
    shown = text.first_of(newest, SHOWN)
    rest = len(newest) - len(shown)
    label = panel.words_of(t)
    return _PAGE.format(
        title=typeset(f"{t.name} dans l'Atlaas"),
        name=typeset(t.name),
        root=root,
        canonical=Markup('<link rel="canonical" href="{}">\n').format(site.url + t.url)
        if site.url
        else "",
        url=t.url,
        label=Markup("<p>{}</p>\n").format(typeset(f"Label : {label}")) if label else "",
        actions=Markup("\n").join(_line(directory, root, action) for action in shown)
        or Markup("<li>Aucune action connue pour l’instant.</li>"),
        more=Markup('<p><a href="{}{}" target="_blank" rel="noopener">{}</a></p>\n').format(
            root, t.url, f"Et {text.plural(rest, 'autre')}"
        )
        if rest
        else "",
        licence=LICENCE_NAME,
    ).encode()


def _line(directory: Directory, root: str, action: LinkedAction) -> Markup:
    meta = views.action_meta(directory, action, with_territory=False)
    small = Markup(" <small>{}</small>").format(typeset(meta)) if meta else ""
    return _ACTION.format(root + action.url, typeset(action.record.title), small)


def moved_json(directory: Directory, site: Site, t: LinkedTerritory) -> bytes:
    """Where the list of a commune that merged is: that of its heir, which may be long."""
    document: Json = {
        "code": t.code,
        "name": t.name,
        "url": address(site, t.url),
        "licence": LICENCE_NAME,
        "moved": address(site, f"{folder_of(t)}actions.json"),
    }
    return as_json(document)


def actions_json(directory: Directory, site: Site, t: LinkedTerritory) -> bytes:
    """Who it is, its newest label, and every action: title, address, themes, status, start."""
    newest = t.newest
    document: Json = {
        "code": t.code,
        "name": t.name,
        "url": address(site, t.url),
        "licence": LICENCE_NAME,
        "label": {"edition": newest.edition, "level": newest.level} if newest else None,
        "actions": [
            {
                "title": action.record.title,
                "url": address(site, action.url),
                "themes": [directory.term("themes", id_).label for id_ in action.record.themes],
                "status": action.record.status,
                "started": action.record.started,
            }
            for action in t.actions
        ],
    }
    return as_json(document)
