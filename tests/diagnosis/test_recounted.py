"""The diagnosis of the Métropole européenne de Lille and of the Nord, each figure counted again."""

from __future__ import annotations

import csv
import io
import json
import math
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from atlaas.pages.base import Asset
from diagnosis.recount import Recount, of_departement, of_epci
from support import PROJECT, Html, Small

MEL = "territoires/200093201-metropole-europeenne-de-lille/diagnostic/"
NORD = "departements/59-nord/diagnostic/"


@pytest.fixture(scope="module")
def real() -> Small:
    return Small(PROJECT)


def _csv(real: Small, url: str) -> dict[tuple[str, str], dict[str, str]]:
    asset = real.assets[f"{url}diagnostic.csv"]
    assert isinstance(asset, Asset)
    rows = csv.DictReader(io.StringIO(asset.content().decode(), newline=""))
    return {(row["section"], row["id"]): row for row in rows}


def _half_up(value: Fraction, digits: int) -> str:
    scaled = math.floor(value * 10**digits + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole}.{rest:0{digits}}"


@pytest.fixture(scope="module", params=["métropole", "nord"])
def case(request: pytest.FixtureRequest, real: Small) -> tuple[dict, Recount, str]:
    if request.param == "nord":
        return _csv(real, NORD), of_departement("59"), NORD
    return _csv(real, MEL), of_epci("200093201"), MEL


def test_the_case_is_worth_counting(case: tuple[dict, Recount, str]) -> None:
    _, again, url = case
    assert len(again.communes) == (95 if url == MEL else 647)
    assert len(again.actions) >= 17
    assert len(again.labelled()) >= 6


def test_participation(case: tuple[dict, Recount, str], real: Small) -> None:
    figures, again, _url = case
    latest = max(str(y) for y, edition in real.directory.editions.items() if edition.labels)
    for name, codes in (
        ("labellisees", again.labelled()),
        ("labellisees-maintenant", again.labelled(latest)),
        ("actions", again.acting()),
        ("fiches", again.recorded()),
    ):
        assert figures["participation", name]["value"] == str(len(codes)), name
        assert set(figures["participation", name]["records"].split()) == codes, name
        share = figures["participation", f"{name}-communes"]
        assert (share["part"], share["whole"]) == (str(len(codes)), str(len(again.communes)))
        assert share["value"] == _half_up(Fraction(100 * len(codes), len(again.communes)), 1)
        share = figures["participation", f"{name}-population"]
        people = again.people(codes)
        assert (share["part"], share["whole"]) == (str(people), str(again.population)), name
        assert share["value"] == _half_up(Fraction(100 * people, again.population), 1), name


def test_levels(case: tuple[dict, Recount, str]) -> None:
    """Each commune under the level of its latest known label."""
    figures, again, _url = case
    levels: Counter[str] = Counter()
    for code in again.labelled():
        latest = max(again.territories[code]["labels"], key=lambda label: label["edition"])
        levels[latest.get("level", "inconnu")] += 1
    found = {
        key[1].removeprefix("niveau-"): int(row["value"])
        for key, row in figures.items()
        if key[1].startswith("niveau-")
    }
    assert found == dict(levels)


def test_membership(case: tuple[dict, Recount, str]) -> None:
    """The agreement of the Métropole covers its 95 communes, in the Nord as well."""
    figures, again, _url = case
    assert figures["participation", "adhesion"]["value"] == "95"
    own = {c for c, data in again.territories.items() if data.get("memberships")}
    assert set(figures["participation", "adherents"]["records"].split()) == own


def test_actions_and_their_rate(case: tuple[dict, Recount, str]) -> None:
    figures, again, _url = case
    count = len(again.actions)
    assert figures["actions", "nombre"]["value"] == str(count)
    assert set(figures["actions", "nombre"]["records"].split()) == {a["id"] for a in again.actions}
    rate = Fraction(10_000 * count, again.population)
    assert figures["actions", "taux"]["value"] == _half_up(rate, 2)
    assert figures["actions", "taux"]["whole"] == str(again.population)


@pytest.mark.parametrize("section", ["themes", "usages"])
def test_matrices(case: tuple[dict, Recount, str], section: str) -> None:
    figures, again, _url = case
    expected: Counter[str] = Counter()
    for action in again.actions:
        for id_ in action.get(section, ()):
            expected[f"{action['territory']}/{id_}"] += 1
    if section == "usages":
        for code, data in again.territories.items():
            for service in data.get("services", ()):
                expected[f"{code}/{service['usage']}"] += 1
    found = {key[1]: int(row["value"]) for key, row in figures.items() if key[0] == section}
    assert found == dict(expected)


def test_what_is_known(case: tuple[dict, Recount, str]) -> None:
    figures, again, _url = case
    for id_, key in (
        ("sans-etat", "status"), ("sans-debut", "started"), ("sans-enjeu", "enjeux"),
        ("sans-usage", "usages"), ("jamais-verifiees", "verified"),
    ):  # fmt: skip
        missing = {a["id"] for a in again.actions if not a.get(key)}
        row = figures["connaissance", id_]
        assert (row["value"], row["whole"]) == (str(len(missing)), str(len(again.actions))), id_
        assert set(row["records"].split()) == missing, id_
    labels = [label for data in again.territories.values() for label in data.get("labels", ())]
    row = figures["connaissance", "labels-sans-niveau"]
    assert row["whole"] == str(len(labels))
    assert row["value"] == str(sum("level" not in label for label in labels))
    doubts = sum("doubt" in a for a in again.actions)
    for data in again.territories.values():
        doubts += "doubt" in data
        for part in ("labels", "memberships", "indicators"):
            doubts += sum("doubt" in item for item in data.get(part, ()))
    assert figures["connaissance", "doutes"]["value"] == str(doubts)


def test_quartiles_of_epci_of_like_size(real: Small) -> None:
    """The 36 EPCI of 250 000 inhabitants and more, from epci.csv and the records alone."""
    with (PROJECT / "data" / "reference" / "epci.csv").open(encoding="utf-8") as file:
        large = {r["siren"]: int(r["population"]) for r in csv.DictReader(file)}
    large = {siren: people for siren, people in large.items() if people >= 250_000}
    rates = []
    for siren, people in large.items():
        count = len(of_epci(siren).actions)
        if count:
            rates.append(Fraction(10_000 * count, people))
    rates.sort()
    place = Fraction(len(rates) - 1, 2)
    low = rates[int(place)]
    median = low if place == int(place) else (low + rates[int(place) + 1]) / 2
    row = _csv(real, MEL)["actions", "mediane"]
    assert (row["part"], row["whole"]) == (str(len(rates)), str(len(large)))
    assert row["value"] == _half_up(median, 2)


@pytest.mark.parametrize("url", [MEL, NORD])
def test_the_page_shows_the_same_figures_and_every_link_leads_somewhere(
    real: Small, url: str
) -> None:
    page = Html(real.html(url))
    figures = _csv(real, url)
    text = real.text(url)
    for id_ in ("labellisees", "fiches", "actions"):
        row = figures["participation", f"{id_}-communes"]
        assert f"{row['part']} sur {row['whole']}" in text
    ids = {tag.attributes["id"] for tag in page.tags if "id" in tag.attributes}
    for tag in page.all("a"):
        href = tag.attributes["href"]
        if href.startswith("#"):
            assert href[1:] in ids, href
    for tag in page.all("td"):  # a count of a matrix leads to the records behind it
        if tag.attributes.get("data-label") in {"Accessibilité", "Services publics"}:
            assert tag.text.isdigit()


def test_json_holds_the_same_figures(real: Small) -> None:
    content = json.loads(real.assets[f"{MEL}diagnostic.json"].content())
    assert content["code"] == "200093201"
    values = {(f["section"], f["id"]): f["value"] for f in content["figures"]}
    assert values == {key: row["value"] for key, row in _csv(real, MEL).items()}


def test_every_figure_names_a_formula_of_the_method_page(real: Small) -> None:
    ids = {t.attributes.get("id") for t in Html(real.html("methode/")).all("h2")}
    for row in _csv(real, MEL).values():
        assert row["formula"] in ids


def test_the_method_works_its_examples_on_the_records(real: Small) -> None:
    text = real.text("methode/")
    again = of_epci("200093201")
    people = f"{again.population:,}".replace(",", " ")
    rate = _half_up(Fraction(10_000 * len(again.actions), again.population), 2)
    expected = f"10 000 × {len(again.actions)} ÷ {people} = {rate.replace('.', ',')}"
    assert expected in text


def test_a_matrix_stays_bounded(real: Small) -> None:
    """The Nord has 647 communes; only those with an action have a line."""
    page = real.text(NORD)
    lines = {a["territory"] for a in of_departement("59").actions}
    empty = 647 - len(lines & set(of_departement("59").communes))
    assert f"{empty} communes sans action connue" in page


def test_pages_of_files_exist_for_each_area(real: Small) -> None:
    for url in (MEL, NORD, "regions/32-hauts-de-france/diagnostic/"):
        assert url in real.pages
        assert {f"{url}diagnostic.csv", f"{url}diagnostic.json"} <= set(real.assets)
    assert Path(PROJECT, "data/territories/59/59378-marcq-en-baroeul.yml").exists()
    assert "territoires/59378-marcq-en-baroeul/diagnostic/" not in real.pages
