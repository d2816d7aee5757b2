"""The panels of the label and the social cards, as files that all pages share.

``panneaux/<level>-<edition>[-verte][-impression].svg`` and ``.png``: one per level and edition that
some territory is known to have, never one per territory. ``cartes/<section>.png``: what social
networks show of a link. PNG files are kept between builds.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.pages.views import GREEN
from atlaas.render.image import LIGHT, PRINT, Inks, Painter, panel_svg
from atlaas.work.cache import cached

_FONT = "assets/vendor/inter/inter-latin-700-normal.woff"  # below overrides/
Panel = tuple[int, int, bool]  # level, edition, green
CARDS = (  # (section of record.html, title, line)
    ("accueil", "Ce que les territoires font du numérique", "L'annuaire ouvert"),
    ("carte", "Carte", "Les labels connus"),
    ("territoires", "Territoires", "Label et actions numériques"),
    ("actions", "Actions numériques", "Qui fait quoi, où, avec qui"),
    ("themes", "Thèmes", "De quoi parlent les actions"),
    ("label", "Le label, édition par édition", "Territoires, Villes et Villages Internet"),
    ("donnees", "Données ouvertes", "Licence Ouverte 2.0"),
)


def panels(directory: Directory) -> list[Panel]:
    """Every level and edition that some territory is known to have."""
    return sorted(
        {
            (label.level, label.edition, GREEN in label.mentions)
            for territory in directory.labelled
            for label in territory.labels
            if label.level
        }
    )


def name(panel: Panel, ink: str = "") -> str:
    """The address of a panel, without the ending."""
    level, edition, green = panel
    return f"panneaux/{level}-{edition}{'-verte' if green else ''}{ink}"


@export(order=90)
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every panel in colours and for print, as SVG and PNG, and the social cards."""
    wanted = panels(directory)
    font = directory.project.overrides / _FONT
    make = partial(_pictures, font, wanted)
    cache = directory.project.cache
    pictures = cached(dict[str, bytes], cache, "panels", make, font, repr(wanted))
    for ink, inks in (("", LIGHT), ("-impression", PRINT)):
        for panel in wanted:
            yield Asset(f"{name(panel, ink)}.svg", partial(panel_svg, *panel, inks))
    for address, content in pictures.items():
        yield Asset(address, partial(bytes, content))


def _pictures(font: Path, wanted: list[Panel]) -> dict[str, bytes]:
    painter = Painter(font)
    both: tuple[tuple[str, Inks], ...] = (("", LIGHT), ("-impression", PRINT))
    made = {
        f"{name(panel, ink)}.png": painter.panel(*panel, inks)
        for ink, inks in both
        for panel in wanted
    }
    made.update({f"cartes/{id_}.png": painter.card(title, line) for id_, title, line in CARDS})
    return made
