"""What the site must show, on the sample. Expected values come from the sources' facts,
settled by hand: none was copied from a page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support import FORGE_URL, SAMPLE, Html, plain

AIX = "territoires/73008-aix-les-bains/"
MEL = "territoires/200093201-metropole-europeenne-de-lille/"
THIN = "\u202f"

# The article of France 3 on the labels of 2018, names settled to their official form.
HAUTS_DE_FRANCE_2018 = {
    5: {
        "La Madeleine",
        "Maing",
        "Marcq-en-Barœul",
        "Villeneuve-d'Ascq",
        "Beauvais",
        "Boulogne-sur-Mer",
    },
    4: {"Soissons", "Anzin", "Haubourdin", "Lambres-lez-Douai", "Merville", "CA Amiens Métropole"},
    3: {"La Gorgue", "Saulzoir", "Arras", "Marck", "Noyelles-Godault"},
    2: {"Beuvrages", "Fresnes-sur-Escaut", "Onnaing", "Saint-Amand-les-Eaux", "Leforest"},
    1: {"Hazebrouck", "Wormhout", "Évin-Malmaison", "Wingles"},
}

# The article on the Métropole: what is counted -> the words in which it is shown.
MEL_FIGURES = {
    "foyers à connecter": "135 000 foyers",
    "prises concernées par la modernisation des réseaux câblés": "210 000 prises",
    "sites publics": "1 800 sites",
    "parcs d'activités": "237 parcs d'activités",
    "prises sur l'ensemble du territoire": "518 000 prises",
    "prises, sans précision": "145 000 prises",
    "réseau de collecte": "environ 500 km",
    "réseau de desserte, jusque chez les abonnés": "environ 1 600 km",
    "communes couvertes par le réseau câblé": "70 %",
}
EDITIONS = 24  # 23 of the facts, and 2026, whose registrations are known


def rows(page: Html, caption: str) -> list[str]:
    """The texts of the body rows of the table with this caption."""
    found: list[str] = []
    inside = False
    for tag in page.tags:
        if tag.name == "table":
            inside = caption in tag.text
        elif inside and tag.name == "tr":
            found.append(tag.text)
    return found[1:]


def test_the_shown_list_of_2018_is_complete() -> None:
    assert sum(len(names) for names in HAUTS_DE_FRANCE_2018.values()) == 26


def test_aix_les_bains(pages: dict[str, Html]) -> None:
    page = pages[AIX]
    assert page.one("h1").text == "Aix-les-Bains"
    columns = {
        tag.text[:4]: page.tags[index + 2].attributes.get("aria-label", "")
        for index, tag in enumerate(page.tags)
        if tag.name == "li" and re.match(r"\d{4}", tag.text) and index + 2 < len(page.tags)
    }
    assert plain(columns["2017"]).startswith("5 arobases sur 5")
    source = "http://www.kelnews.fr/2017/02/02/un-palmares-des-communes-qui-misent-sur-le-numerique-citoyen/"
    link = next(t for t in page.all("a") if t.attributes["href"] == source)
    assert (
        link.text
        == "Un palmarès des communes qui misent sur le numérique citoyen, Le Monde (Smart Cities)"
    )
    assert "iers-lieu" in page.section("Actions")
    links = {t.attributes["href"] for t in page.all("a")}
    assert any(re.fullmatch(r"\.\./\.\./actions/73008/[a-z0-9-]+/", href) for href in links)


def test_the_metropole_lists_its_95_communes(pages: dict[str, Html]) -> None:
    communes = rows(pages[MEL], "Communes membres")
    assert len(communes) == 95
    # Its label of 2022 has no known level: the last known one, of 2018, is not hidden by it.
    assert any(row.startswith("La Madeleine") and "2018" in row for row in communes)
    assert any(row.startswith("Marcq-en-Barœul") and "2018" in row for row in communes)
    signs = [plain(t.attributes.get("aria-label", "")) for t in pages[MEL].all("span")]
    assert "5 arobases sur 5, 2018" in signs
    links = pages[MEL].links()
    assert links["Villeneuve-d'Ascq"] == "../../territoires/59009-villeneuve-d-ascq/"


def test_the_metropole_s_nine_figures(pages: dict[str, Html]) -> None:
    shown = rows(pages[MEL], "Schéma d'aménagement numérique")
    assert len(shown) == len(MEL_FIGURES) == 9
    for label, value in MEL_FIGURES.items():
        [row] = [row for row in shown if row.startswith(label) and value in row]
        assert "2009" in row, row
    [doubtful] = [row for row in shown if "À vérifier" in row]
    assert "sens à préciser" in doubtful
    assert "145 000" in doubtful


def test_the_metropole_s_membership_and_programmes(pages: dict[str, Html]) -> None:
    page = pages[MEL]
    text = page.tags[0].text
    assert "Membre praemium" in text
    assert "depuis le 2 juillet 2016" in text
    assert "Schéma d'aménagement numérique depuis 2009" in text
    assert "depuis 2004" in text
    offered = pages["territoires/59368-la-madeleine/"].section("Adhésion")
    assert offered.startswith("Peut devenir membre")
    assert "Métropole européenne de Lille" in offered
    assert "2016" in offered


def levels_of(page: Html, region: str) -> dict[int, set[str]]:
    """Level -> names under this région, as the headings of an edition's page give them."""
    found: dict[int, set[str]] = {}
    level, inside = 0, False
    for tag in page.tags:
        if tag.name == "h2":
            match = re.fullmatch(r"niveau-(\d)", tag.attributes.get("id", ""))
            level, inside = int(match[1]) if match else 0, False
        elif tag.name == "h3":
            inside = tag.text == region
        elif tag.name == "a" and inside and level and "territoires/" in tag.attributes["href"]:
            found.setdefault(level, set()).add(tag.text)
    return found


def test_the_26_territories_of_hauts_de_france_in_2018(pages: dict[str, Html]) -> None:
    assert levels_of(pages["label/2018/"], "Hauts-de-France") == HAUTS_DE_FRANCE_2018


def test_47_of_the_205_labels_of_2018_are_known(pages: dict[str, Html]) -> None:
    text = pages["label/2018/"].tags[0].text
    assert "47 labels connus ici, sur 205" in text
    assert "158 labels de cette édition ne sont pas encore" in text
    assert "8 février 2018, Palais de la Porte Dorée, Paris" in text


def test_the_edition_of_2017(pages: dict[str, Html]) -> None:
    text = pages["label/2017/"].tags[0].text
    for words in ("331", "450", "17"):  # communes, participants, mentions
        assert re.search(rf"(?<!\d){words}(?!\d)", text), words


def test_vocabulons(pages: dict[str, Html]) -> None:
    [url] = [u for u in pages if re.fullmatch(r"actions/94033/[a-z0-9-]*vocabulons[a-z0-9-]*/", u)]
    page = pages[url]
    assert "Vocabulons" in page.one("h1").text
    text = page.tags[0].text
    assert "Fontenay-sous-Bois" in text
    assert "barrière de la langue" in text
    assert "apprendre le français" in text
    assert "À vérifier" in text
    assert "Un palmarès des communes qui misent sur le numérique citoyen" in text


def test_the_national_context(pages: dict[str, Html]) -> None:
    text = pages["contexte/"].tags[0].text
    assert "48 %" in text
    assert "32 %" in text


def test_counts(pages: dict[str, Html]) -> None:
    actions = [u for u in pages if re.fullmatch(r"actions/(?!page/)[^/]+/[^/]+/", u)]
    assert len(actions) == 114
    editions = [u for u in pages if re.fullmatch(r"label/\d{4}/", u)]
    assert len(editions) == EDITIONS
    labels = 0
    for url in editions:
        known = re.search(r"(\d+)(?: sur [^.]*?)? ?labels? connus? ici", pages[url].tags[0].text)
        assert known, url
        labels += int(known[1])
    assert labels == 144
    home = [t.text for t in pages[""].all("li")]
    for words in ("114 actions", "144 labels connus", f"{EDITIONS} éditions du label"):
        assert words in home


def test_every_action_is_on_its_territory_s_and_theme_s_pages(pages: dict[str, Html]) -> None:
    named: dict[str, set[str]] = {}
    for url, page in pages.items():
        kind = url.split("/")[0]
        if kind in ("territoires", "themes", "regions", "departements"):
            for tag in page.all("a"):
                match = re.search(r"/(actions/(?!page/)[^/]+/[^/]+/)$", tag.attributes["href"])
                if match:
                    named.setdefault(match[1], set()).add(kind)
    for url in pages:
        if re.fullmatch(r"actions/(?!page/)[^/]+/[^/]+/", url):
            expected = {"regions", "departements"} if _is_of_an_area(url) else {"territoires"}
            assert "themes" in named[url], url
            assert expected & named[url], url


def _is_of_an_area(url: str) -> bool:
    return url.split("/")[1].startswith(("dep-", "reg-"))


def test_every_page_of_a_record_names_its_source_file(pages: dict[str, Html]) -> None:
    wanted = r"(actions/(?!page/)[^/]+/[^/]+|territoires/(?!page/)[^/]+|label/\d{4}|acteurs/[^/]+)/"
    for url, page in pages.items():
        if re.fullmatch(wanted, url):
            start = f"{FORGE_URL}/blob/main/"
            links = [t.attributes["href"] for t in page.all("a")]
            files = [link.removeprefix(start) for link in links if link.startswith(f"{start}data/")]
            if not files:  # a territory that only an action names has no file
                assert url.startswith("territoires/"), url
                named = [t.text for t in page.all("h2")]
                if "Pas encore de fiche" in named:  # nothing names it
                    continue
                acts = not page.section("Actions").startswith("Aucune action")
                assert acts or "Partenaire de" in named, url
                continue
            assert (SAMPLE / files[-1]).is_file(), (url, files)


def test_every_page_of_a_record_has_a_source(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        if re.fullmatch(r"actions/(?!page/)[^/]+/[^/]+/", url):
            assert page.section("Sources").strip(), url


def test_attributions_that_the_sources_ask_for(pages: dict[str, Html]) -> None:
    for url, page in pages.items():
        footers = [t.text for t in page.all("footer") if t.attributes.get("class") == "foot"]
        for name in ("INSEE", "DGCL", "La Poste", "Etalab", "DILA", "IGN", "GeoNames"):
            assert name in footers[0], (url, name)


def test_the_accessibility_page_claims_nothing(pages: dict[str, Html]) -> None:
    assert "non conforme" in pages["accessibilite/"].tags[0].text.lower()
    for url, page in pages.items():
        assert "Accessibilité : non conforme" in page.tags[0].text, url


@pytest.mark.parametrize(
    ("prefix", "code", "name"),
    [("n-mar", "59378", "Marcq-en-Barœul"), ("c-731", "73008", "Aix-les-Bains")],
)
def test_the_finder_s_files_hold_every_commune(
    built_site: Path, prefix: str, code: str, name: str
) -> None:
    finder = built_site / "finder"
    found = [
        entry
        for path in finder.glob(f"{prefix[:3]}*.json")
        for entry in json.loads(path.read_text("utf-8"))
        if entry[0] == code
    ]
    assert found
    assert all(entry[1] == name for entry in found)
