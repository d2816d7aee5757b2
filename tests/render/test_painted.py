"""Pictures that a build paints: PNG files of our own writing, the same on every machine."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageFont, features

from atlaas.render.card_painter import CardPainter
from atlaas.render.image import LIGHT, PRINT, Inks, Painter
from support import PROJECT

FONT = PROJECT / "overrides/assets/vendor/inter/inter-latin-700-normal.woff"


def chunks(raw: bytes) -> list[tuple[bytes, bytes]]:
    """(kind, data) of each chunk of a PNG file, its checksum held."""
    found, at = [], 8
    while at < len(raw):
        length, kind = struct.unpack(">I4s", raw[at : at + 8])
        data = raw[at + 8 : at + 8 + length]
        assert raw[at + 8 + length : at + 12 + length] == struct.pack(">I", zlib.crc32(kind + data))
        found.append((kind, data))
        at += 12 + length
    return found


@pytest.mark.parametrize("inks", [LIGHT, PRINT])
def test_a_panel_is_a_picture_that_others_read(inks: Inks) -> None:
    raw = Painter(FONT).panel(2, 2018, False, inks)
    with Image.open(BytesIO(raw)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (640, 264))
        plain = picture.convert("RGB")

    def shows(ink: str, x: int, y: int) -> bool:
        """Whether a point has nearly this colour: 32 are kept."""
        seen = plain.getpixel((x, y))
        assert isinstance(seen, tuple)
        return all(abs(a - b) < 6 for a, b in zip(seen, bytes.fromhex(ink[1:]), strict=True))

    assert shows(inks.edge, 320, 5) and shows("#ffffff", 320, 20)
    # Five signs, 113 points from one to the next; the first two are strong.
    signs = [any(shows(inks.strong, 38 + 113 * at + x, 84) for x in range(112)) for at in range(5)]
    assert signs == [True, True, False, False, False]


def test_the_bytes_hang_on_neither_a_library_of_letters_nor_the_zlib_of_pillow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pillow lays letters out otherwise where it finds FriBiDi, and packs by a zlib of its own."""
    used: list[object] = []
    truetype = ImageFont.truetype

    def noted(font: str, size: float, **options: object) -> ImageFont.FreeTypeFont:
        used.append(options["layout_engine"])
        return truetype(font, size, layout_engine=ImageFont.Layout.BASIC)

    monkeypatch.setattr(ImageFont, "truetype", noted)
    painter = CardPainter(FONT)
    made = painter.panel(5, 2007, True, LIGHT), painter.card("Carte", "Un annuaire", 4)
    for raw in made:
        kinds = [kind for kind, _ in chunks(raw)]
        assert kinds == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
        lines = zlib.decompress(dict(chunks(raw))[b"IDAT"])
        assert dict(chunks(raw))[b"IDAT"] == zlib.compress(lines)
    assert set(used) == {ImageFont.Layout.BASIC}
    assert features.check("freetype2")
