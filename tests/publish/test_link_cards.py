"""Cards for links that are shared, and icons: what they say, what they are, when they are drawn."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from atlaas.publish import link_cards as cards
from atlaas.publish.panels import FONT
from atlaas.render.card_painter import HEIGHT, WIDTH, CardPainter
from support import PROJECT, Small, tiny_tree
from tiny import TINY

AIX = "data/territories/73/73008-aix-les-bains.yml"


def made(small: Small) -> dict[str, bytes]:
    return {asset.url: asset.content() for asset in cards.cards(small.directory, small.site)}


def test_what_cards_say(tiny: Small) -> None:
    territories, editions = tiny.directory.territories, tiny.directory.editions
    aix = cards.of_territory(territories["73008"])
    line = "4 arobases sur 5, 2018 · 1 action numérique"
    assert aix == ("territoires/73008.png", "Aix-les-Bains", line, 4)
    assert aix.words == f"Aix-les-Bains : {line}"
    unknown = cards.of_territory(territories["59009"])  # a label of no known level
    assert unknown == ("territoires/59009.png", "Villeneuve-d'Ascq", "label 2017", None)
    assert cards.of_edition(editions[2018])[:2] == ("label/2018.png", "Label 2018")


def test_a_page_has_the_card_of_what_it_is_about(tiny: Small) -> None:
    files = {url: cards.card_of(page).file for url, page in tiny.pages.items()}
    assert files["territoires/73008-aix-les-bains/"] == "territoires/73008.png"
    assert files["actions/73008/tiers-lieu/"] == "territoires/73008.png"
    assert files["label/2018/"] == "label/2018.png"
    assert files["territoires/x-nord-numerique/"] == "territoires.png"  # nothing is known of it
    assert files["regions/"] == "territoires.png"
    assert files["recherche/"] == "accueil.png"
    below = {url.removeprefix(cards.FOLDER) for url in made(tiny)}
    assert set(files.values()) <= below
    named = {page.url for page in tiny.pages.values() if page.listed}
    assert below - {files[url] for url in named} <= {f"{name}.png" for name in cards.SECTIONS}


def test_cards_are_of_one_size_and_light(tiny: Small) -> None:
    for url, content in made(tiny).items():
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.size == (WIDTH, HEIGHT) and picture.format == "PNG", url
        assert len(content) < 6_000, url


def test_only_what_says_something_new_is_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = CardPainter.card

    def counted(self: CardPainter, title: str, line: str, level: int | None = None) -> bytes:
        drawn.append(title)
        return draw(self, title, line, level)

    monkeypatch.setattr(CardPainter, "card", counted)
    root = tiny_tree(tmp_path)
    first = made(Small(root))
    assert "Aix-les-Bains" in drawn and len(drawn) == len(first)
    drawn.clear()
    assert made(Small(root)) == first and drawn == []
    (root / AIX).write_text(TINY[AIX].replace("level: 4", "level: 3"), "utf-8")
    again = made(Small(root))
    assert drawn == ["Aix-les-Bains"]
    assert {url for url in first if first[url] != again[url]} == {"cartes/territoires/73008.png"}


def painter() -> CardPainter:
    return CardPainter(PROJECT / "overrides" / FONT)


def strong_signs(png: bytes) -> int:
    """How many of the five places below hold the full ink."""
    with Image.open(io.BytesIO(png)) as picture:
        shades = picture.convert("L")
    places = [shades.crop((46 + k * 68, 330, 46 + k * 68 + 56, 386)) for k in range(5)]
    return sum(place.getextrema()[0] < 100 for place in places)  # type: ignore[operator]  # of one band


@pytest.mark.parametrize("level", [None, 0, 1, 4, 5])
def test_as_many_strong_signs_as_the_level(level: int | None) -> None:
    assert strong_signs(painter().card("Lille", "12 actions", level)) == (level or 0)


def test_a_number_of_thousands_has_its_space() -> None:
    """The font has no narrow no-break space: a box would stand in its place."""
    cards = [painter().card("Paris", f"5{space}000 actions") for space in "\u202f\u00a0"]
    assert cards[0] == cards[1] != painter().card("Paris", "5000 actions")


def test_a_long_title_stays_on_its_card() -> None:
    words = "Communauté d'agglomération de Saint-Quentin-en-Yvelines " * 3
    with Image.open(io.BytesIO(painter().card(words, "x" * 200, 5))) as picture:
        margin = picture.convert("L").crop((WIDTH - 20, 20, WIDTH, HEIGHT))
    assert margin.getextrema() == (255, 255)


def test_icons_are_what_they_say(tiny: Small) -> None:
    files = {asset.url: asset.content() for asset in cards.icons(tiny.directory, tiny.site)}
    with Image.open(io.BytesIO(files["favicon.ico"])) as icon:
        assert icon.format == "ICO" and icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    with Image.open(io.BytesIO(files["apple-touch-icon.png"])) as icon:
        assert icon.size == (180, 180)
    manifest = json.loads(files["site.webmanifest"])
    assert manifest["start_url"] == "./" and manifest["short_name"] == "Atlaas"
    for icon_ in manifest["icons"]:
        if icon_["type"] == "image/png":
            with Image.open(io.BytesIO(files[icon_["src"]])) as picture:
                assert f"{picture.width}x{picture.height}" == icon_["sizes"]
        else:
            assert (PROJECT / "overrides" / icon_["src"]).is_file()
