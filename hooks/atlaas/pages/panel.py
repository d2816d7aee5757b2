"""What a territory's page says of its panel: the files to take, and a line for its own site.

The files are shared by all territories of the same level and edition (``publish.panels``); the
line names the territory's own badge, which is always that of its newest label.
"""

from typing import NamedTuple

from atlaas import text
from atlaas.directory import LinkedTerritory
from atlaas.model import Label
from atlaas.pages.embed import folder_of
from atlaas.pages.page import Site
from atlaas.pages.views import GREEN

WIDTH, HEIGHT = 160, 66  # of a badge, in pixels


class PanelView(NamedTuple):
    """The panel of the newest label whose level is known."""

    file: str  # address of the SVG and PNG without their ending
    words: str  # « 4 arobases sur 5, 2018 »
    badge: str  # a line of HTML, or empty where the site's address is not known


def label_of(territory: LinkedTerritory) -> Label | None:
    """The newest label whose level is known."""
    return next((label for label in reversed(territory.labels) if label.level), None)


def words_of(territory: LinkedTerritory) -> str:
    """« 4 arobases sur 5, 2018 »; empty where no level is known."""
    label = label_of(territory)
    if label is None or label.level is None:
        return ""
    return f"{text.plural(label.level, 'arobase')} sur 5, {label.edition}"


def of(territory: LinkedTerritory, site: Site) -> PanelView | None:
    """The panel of a territory; none where no level is known."""
    label = label_of(territory)
    if label is None:
        return None
    file = f"panneaux/{label.level}-{label.edition}{'-verte' if GREEN in label.mentions else ''}"
    badge = (
        f'<a href="{site.url}{territory.url}"><img src="{site.url}{folder_of(territory)}badge.svg"'
        f' width="{WIDTH}" height="{HEIGHT}" alt="Label Territoires, Villes et Villages Internet :'
        f" {territory.name} dans l'Atlaas\"></a>"
    )
    return PanelView(file, words_of(territory), badge if site.url else "")
