"""What a territory's page says of its panel: the files to take, and a line for its own site.

The files are shared by all territories of the same level and edition (``publish.panels``).
"""

from typing import NamedTuple

from atlaas import text
from atlaas.directory import LinkedTerritory
from atlaas.pages.page import Site
from atlaas.pages.views import GREEN

WIDTH, HEIGHT = 160, 66  # of a badge, in pixels


class PanelView(NamedTuple):
    """The panel of the newest label whose level is known."""

    file: str  # address of the SVG and PNG without their ending
    words: str  # « 4 arobases sur 5, 2018 »
    badge: str  # a line of HTML, or empty where the site's address is not known


def of(territory: LinkedTerritory, site: Site) -> PanelView | None:
    """The panel of a territory; none where no level is known."""
    label = next((label for label in reversed(territory.labels) if label.level), None)
    if label is None or label.level is None:
        return None
    file = f"panneaux/{label.level}-{label.edition}{'-verte' if GREEN in label.mentions else ''}"
    words = f"{text.plural(label.level, 'arobase')} sur 5, {label.edition}"
    badge = (
        f'<a href="{site.url}{territory.url}"><img src="{site.url}{file}.svg" width="{WIDTH}"'
        f' height="{HEIGHT}" alt="Territoires, Villes et Villages Internet : {words}"></a>'
    )
    return PanelView(file, words, badge if site.url else "")
