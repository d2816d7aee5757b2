"""The panels of the label, as files that all pages share.

``panneaux/<level>-<edition>[-verte][-impression].svg`` and ``.png``: one per level and edition that
some territory is known to have, never one per territory. PNG files are kept between builds.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from atlaas.directory import Directory
from atlaas.pages.page import Asset, Site, export
from atlaas.pages.views import GREEN
from atlaas.render.image import LIGHT, PRINT, Inks, Painter, panel_svg
from atlaas.work.cache import cached

FONT = "assets/vendor/inter/inter-latin-700-normal.woff"  # below overrides/
Panel = tuple[int, int, bool]  # level, edition, green


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
    """Every panel in colours and for print, as SVG and PNG."""
    wanted = panels(directory)
    font = directory.project.overrides / FONT
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
    return {
        f"{name(panel, ink)}.png": painter.panel(*panel, inks)
        for ink, inks in both
        for panel in wanted
    }
