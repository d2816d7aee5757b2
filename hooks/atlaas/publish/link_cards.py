"""What social networks show of a link: a card per section, territory of which something is known,
and edition, below ``cartes/``; and the icons of the site.

Pages of places that no record names share the card of their section. Drawn cards are kept: the
next build draws only those that say something new.
"""

from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from atlaas import text
from atlaas.directory import Directory, LinkedAction, LinkedEdition, LinkedTerritory
from atlaas.pages import panel, views
from atlaas.pages.page import Asset, Page, Site, export
from atlaas.publish.formats import as_pretty_json
from atlaas.publish.panels import FONT
from atlaas.render.card_painter import CardPainter
from atlaas.render.image import LIGHT
from atlaas.work.cache import CacheFile, cached

FOLDER = "cartes/"
MANIFEST, TOUCH, FAVICON = "site.webmanifest", "apple-touch-icon.png", "favicon.ico"
_ICONS = (192, 512)


class LinkCard(NamedTuple):
    """What a card says; ``file`` is below FOLDER."""

    file: str
    title: str
    line: str
    level: int | None = None  # so many strong @ of five; None: there are none

    @property
    def words(self) -> str:
        """The card in one line, for those who do not see it."""
        return f"{self.title} : {self.line}" if self.line else self.title


SECTIONS = {  # of record.html
    card.file.removesuffix(".png"): card
    for card in (
        LinkCard("accueil.png", "Ce que les territoires font du numérique", "L'annuaire ouvert"),
        LinkCard("carte.png", "Carte", "Les labels connus"),
        LinkCard("territoires.png", "Territoires", "Label et actions numériques"),
        LinkCard("actions.png", "Actions numériques", "Qui fait quoi, où, avec qui"),
        LinkCard("themes.png", "Thèmes", "De quoi parlent les actions"),
        LinkCard(
            "label.png", "Le label, édition par édition", "Territoires, Villes et Villages Internet"
        ),
        LinkCard("donnees.png", "Données ouvertes", "Licence Ouverte 2.0"),
    )
}


def card_of(page: Page) -> LinkCard:
    """The card of a page: that of its territory or edition, else of its section."""
    match page.about:
        case LinkedTerritory() as territory if has_card(territory):
            return of_territory(territory)
        case LinkedAction() as action:
            return of_territory(action.territory)
        case LinkedEdition() as edition:
            return of_edition(edition)
    return SECTIONS.get(page.section, SECTIONS["accueil"])


def has_card(territory: LinkedTerritory) -> bool:
    """Whether something is known of it that a card would say."""
    return bool(territory.labels or territory.actions)


@lru_cache(maxsize=1)  # actions of a territory come one after the other
def of_territory(territory: LinkedTerritory) -> LinkCard:
    """« Aix-les-Bains », « 4 arobases sur 5, 2018 · 12 actions »."""
    label = panel.label_of(territory)
    known = panel.words_of(territory)
    if territory.labels and not known:
        known = f"label {territory.labels[-1].edition}"
    count = len(territory.actions)
    actions = text.plural(count, "action numérique", "actions numériques") if count else ""
    line = " · ".join(filter(None, (known, actions)))
    level = label.level if label else None
    return LinkCard(card_file(territory.code), territory.name, line, level)


def card_file(code: str) -> str:
    """Where the card of a territory is, below FOLDER."""
    return f"territoires/{code}.png"


def of_edition(edition: LinkedEdition) -> LinkCard:
    """« Label 2018 », « 47 labels connus sur 205 »."""
    return LinkCard(
        f"label/{edition.year}.png", f"Label {edition.year}", views.known_labels(edition)
    )


@export(order=91)
def cards(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every card; drawn while other processes make pages."""
    wanted = [
        *SECTIONS.values(),
        *(of_edition(edition) for edition in directory.editions.values()),
        *(of_territory(t) for t in directory.territories.values() if has_card(t)),
    ]
    for card, content in zip(wanted, _drawn(directory, wanted), strict=True):
        yield Asset(FOLDER + card.file, partial(bytes, content))


def _drawn(directory: Directory, wanted: list[LinkCard]) -> Iterator[bytes]:
    """The cards as PNG, in order; those of an earlier build that say the same are taken from it."""
    font = directory.project.overrides / FONT
    file = CacheFile(dict[str, bytes], directory.project.cache, "cards", font)
    kept = file.load() or {}
    keys = [repr(card[1:]) for card in wanted]
    new = {key: card for key, card in zip(keys, wanted, strict=True) if key not in kept}
    if new:
        painter = CardPainter(font)
        kept |= {key: painter.card(*card[1:]) for key, card in new.items()}
        file.save({key: kept[key] for key in keys})
    yield from (kept[key] for key in keys)


@export(order=92)
def icons(directory: Directory, site: Site) -> Iterator[Asset]:
    """The icons by the names under which browsers and telephones ask for them, and their list."""
    font = directory.project.overrides / FONT
    drawn = cached(dict[str, bytes], directory.project.cache, "icons", lambda: _icons(font), font)
    for address, content in drawn.items():
        yield Asset(address, partial(bytes, content))
    yield Asset(MANIFEST, lambda: as_pretty_json(manifest()))


def _icons(font: Path) -> dict[str, bytes]:
    painter = CardPainter(font)
    sizes = {TOUCH: 180, **{f"icone-{side}.png": side for side in _ICONS}}
    return {
        FAVICON: painter.favicon(),
        **{address: painter.icon(side) for address, side in sizes.items()},
    }


def manifest() -> dict[str, object]:
    """Source: W3C, Web Application Manifest. Addresses are relative to the file itself."""
    icons = [
        {"src": f"icone-{side}.png", "sizes": f"{side}x{side}", "type": "image/png"}
        for side in _ICONS
    ]
    vector = {"src": "assets/img/logo.svg", "sizes": "any", "type": "image/svg+xml"}
    return {
        "name": "Atlaas, annuaire des territoires numériques",
        "short_name": "Atlaas",
        "lang": "fr",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": LIGHT.edge,
        "icons": [*icons, vector],
    }
