"""The diagnosis of the Métropole européenne de Lille and of the Nord, each figure counted again."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from diagnosis.recount import (
    MEL,
    NORD,
    Recount,
    all_actions,
    all_communes,
    all_people,
    figures_of,
    half_up,
    imported,
    newest_edition,
    of_departement,
    of_epci,
    populations,
)
from support import SAMPLE, Html, Small

# What each test of this file counts again, by section: a figure that nobody does is not let in.
RECOUNTED = {
    "participation": {
        "communes",
        "population",
        "adherents",
        *(
            f"{name}{part}"
            for name in ("adhesion", "labellisees", "labellisees-maintenant", "actions", "fiches")
            for part in ("", "-communes", "-population")
        ),
        *(f"niveau-{level}" for level in (1, 2, 3, 4, 5, "inconnu")),
    },
    "actions": {"nombre", "taux", "quartile-bas", "mediane", "quartile-haut"},
    "indicateurs": {
        "fibre",
        "fibre-france",
        "france-services-2024",
        "france-services-2024-taux",
        "france-services-2024-comparables",
        "france-services-2024-france",
        "milieu",
        "programme",
        "programme-france",
        "programme-comparables",
    },
    "connaissance": {
        "sans-etat",
        "sans-debut",
        "sans-enjeu",
        "sans-usage",
        "jamais-verifiees",
        "anciennes",
        "labels-sans-niveau",
        "doutes",
        "modifiees",
    },
}


@pytest.fixture(scope="module")
def case(area: tuple[str, Recount], sample: Small) -> tuple[dict, Recount, str]:
    url, again = area
    return figures_of(sample, url), again, url


def test_no_figure_is_left_out(case: tuple[dict, Recount, str]) -> None:
    figures, _, _ = case
    found: dict[str, set[str]] = {}
    for section, id_ in figures:
        found.setdefault(section, set()).add(id_)
    assert set(found) - {"themes", "usages"} == set(RECOUNTED)  # these two: test_matrices
    for section, ids in RECOUNTED.items():
        assert found[section] <= ids, section


def test_the_case_is_worth_counting(case: tuple[dict, Recount, str]) -> None:
    _, again, url = case
    assert len(again.communes) == (95 if url == MEL else 647)
    assert len(again.actions) >= 17
    assert len(again.labelled()) >= 6


def test_participation(case: tuple[dict, Recount, str]) -> None:
    """A share that rests on no commune, or on an edition mostly unknown, has no value."""
    figures, again, _url = case
    latest, known, total = newest_edition()
    for name, codes, told in (
        ("labellisees", again.labelled(), bool(again.labelled())),
        ("labellisees-maintenant", again.labelled(latest), 2 * known >= (total or 2 * known + 1)),
        ("actions", again.acting(), bool(again.acting())),
        ("fiches", again.recorded(), True),
    ):
        assert figures["participation", name]["value"] == str(len(codes)), name
        assert set(figures["participation", name]["records"].split()) == codes, name
        share = figures["participation", f"{name}-communes"]
        assert (share["part"], share["whole"]) == (str(len(codes)), str(len(again.communes)))
        value = half_up(Fraction(100 * len(codes), len(again.communes)), 1)
        assert share["value"] == (value if told and codes else "")
        share = figures["participation", f"{name}-population"]
        people = again.people(codes)
        assert (share["part"], share["whole"]) == (str(people), str(again.population)), name
        value = half_up(Fraction(100 * people, again.population), 1)
        assert share["value"] == (value if told and codes else ""), name
    assert figures["participation", "communes"]["value"] == str(len(again.communes))
    assert figures["participation", "population"]["value"] == str(again.population)


def test_levels(case: tuple[dict, Recount, str]) -> None:
    """Each commune under the level of its newest label of known level."""
    figures, again, _url = case
    levels: Counter[str] = Counter()
    for code in again.labelled():
        labels = sorted(again.territories[code]["labels"], key=lambda label: label["edition"])
        latest = ([label for label in labels if label.get("level")] or labels)[-1]
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
    assert figures["participation", "adhesion"]["records"] == "200093201"
    people = sum(of_epci("200093201").communes.values())
    for name, part, whole in (
        ("adhesion-communes", 95, len(again.communes)),
        ("adhesion-population", people, again.population),
    ):
        row = figures["participation", name]
        assert (row["part"], row["whole"]) == (str(part), str(whole))
        assert row["value"] == half_up(Fraction(100 * part, whole), 1)
    own = {c for c, data in again.territories.items() if data.get("memberships")}
    assert set(figures["participation", "adherents"]["records"].split()) == own


def test_actions_and_their_rate(case: tuple[dict, Recount, str]) -> None:
    figures, again, _url = case
    count = len(again.actions)
    assert figures["actions", "nombre"]["value"] == str(count)
    assert set(figures["actions", "nombre"]["records"].split()) == {a["id"] for a in again.actions}
    rate = Fraction(10_000 * count, again.population)
    assert figures["actions", "taux"]["value"] == half_up(rate, 2)
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
        ("sans-etat", "status"),
        ("sans-debut", "started"),
        ("sans-enjeu", "enjeux"),
        ("sans-usage", "usages"),
        ("jamais-verifiees", "verified"),
    ):
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


def test_what_changed_in_a_year(case: tuple[dict, Recount, str], sample: Small) -> None:
    """Of Git, one file after the other. tests/diagnosis/test_worked.py has one done by hand."""
    figures, again, _url = case
    assert figures["connaissance", "modifiees"]["value"] == str(
        again.changed_in_a_year(sample.root)[0]
    )


def test_what_was_verified_long_ago(case: tuple[dict, Recount, str], sample: Small) -> None:
    """More than 730 days before the newest date; nothing of the kind where nothing is dated."""
    figures, again, _url = case
    _, year = again.changed_in_a_year(sample.root)
    limit = (date.fromisoformat(year) - timedelta(days=365)).isoformat() if year else ""
    old = {a["id"] for a in again.actions if "" < a.get("verified", "") < limit}
    row = figures["connaissance", "anciennes"]
    assert (row["value"], row["whole"]) == (str(len(old)), str(len(again.actions)))
    assert set(row["records"].split()) == old


def _comparable_epci() -> tuple[dict[str, int], dict[str, int]]:
    """EPCI of 300 000 to 4 999 999 inhabitants: the range of the Métropole, 1 000 000 to 1 499 999,
    three steps wider on each side, for want of others of its density in the sample."""
    people = populations("epci.csv", "siren")
    large = {code: n for code, n in people.items() if 300_000 <= n < 5_000_000}
    return large, {siren: len(of_epci(siren).actions) for siren in large}


def _comparable_departements() -> tuple[dict[str, int], dict[str, int]]:
    """Départements of 700 000 to 9 999 999 inhabitants: the range of the Nord, 2 000 000 to
    2 999 999, three steps wider. Their actions are the files of their folders."""
    people = populations("departements.csv", "code")
    large = {code: n for code, n in people.items() if 700_000 <= n < 10_000_000}
    return large, Counter(action["path"].parents[1].name for action in all_actions())


@pytest.mark.parametrize(
    ("url", "peers"),
    [(MEL, _comparable_epci), (NORD, _comparable_departements)],
    ids=["métropole", "nord"],
)
def test_quartiles_of_comparable_areas(
    sample: Small, url: str, peers: Callable[[], tuple[dict[str, int], dict[str, int]]]
) -> None:
    """From the reference and the records alone, by the standard library's own quartiles.

    Its « inclusive » method is the definition 7 that /methode/ names. Only areas with an action
    count; the other comparable ones are in the « whole » of each line.
    """
    people, actions = peers()
    rates = [Fraction(10_000 * actions[c], people[c]) for c in people if actions[c] and people[c]]
    expected = statistics.quantiles(rates, n=4, method="inclusive")
    figures = figures_of(sample, url)
    for id_, value in zip(("quartile-bas", "mediane", "quartile-haut"), expected, strict=True):
        row = figures["actions", id_]
        assert (row["part"], row["whole"]) == (str(len(rates)), str(len(people))), id_
        assert row["value"] == half_up(value, 2), id_
        assert len(row["records"].split()) == len(rates), id_
    lines = [tag.text for tag in Html(sample.html(url)).all("tr")]
    for name, value in zip(
        ("Premier quartile", "Médiane", "Troisième quartile"), expected, strict=True
    ):
        assert f"{name} {half_up(value, 2).replace('.', ',')}" in lines


@pytest.mark.parametrize("url", [MEL, NORD])
def test_the_page_shows_the_same_figures_and_every_link_leads_somewhere(
    sample: Small, url: str
) -> None:
    page = Html(sample.html(url))
    figures = figures_of(sample, url)
    text = sample.text(url)
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


def test_imported_figures(case: tuple[dict, Recount, str]) -> None:
    """From the rows of data/indicators/: sums over sums, rates per 10 000, classes by people."""
    figures, again, _url = case
    people = all_people()
    inside = {code for code in people if code in again.communes}

    def rows(id_: str, codes: set[str]) -> list[list[int]]:
        return [values for code, values in imported(id_).items() if code in codes]

    def value(id_: str) -> str:
        return figures["indicateurs", id_]["value"]

    for name, codes in (("fibre", inside), ("fibre-france", {*people})):
        parts, wholes = zip(*rows("fibre", codes), strict=True)
        assert Fraction(value(name)) == pytest.approx(
            Fraction(100 * sum(parts), sum(wholes)), abs=0.05
        )
    places = sum(n for [n] in rows("france-services-2024", inside))
    assert value("france-services-2024") == str(places)
    rate = Fraction(10_000 * places, again.population)
    assert float(value("france-services-2024-taux")) == float(half_up(rate, 4))
    rate = Fraction(
        10_000 * sum(n for [n] in rows("france-services-2024", {*people})), sum(people.values())
    )
    assert float(value("france-services-2024-france")) == float(half_up(rate, 4))
    living: Counter[str] = Counter()
    for code, [class_] in imported("milieu").items():
        living[str(class_)] += people[code] if code in inside else 0
    assert value("milieu") == max(living, key=lambda c: living[c])
    assert value("programme") == str(len(rows("programme", inside)))
    assert figures["indicateurs", "programme"]["whole"] == str(len(inside))
    share = Fraction(100 * len(rows("programme", {*people})), len(people))
    assert float(value("programme-france")) == float(half_up(share, 4))


@pytest.mark.parametrize(
    ("url", "peers", "column"),
    [(MEL, _comparable_epci, "epci_siren"), (NORD, _comparable_departements, "dep")],
    ids=["métropole", "nord"],
)
def test_medians_beside_imported_figures(
    sample: Small, url: str, peers: Callable[[], tuple[dict[str, int], object]], column: str
) -> None:
    """Of the same areas, zeros among them: places per 10 000, a share of communes in percent."""
    people, _ = peers()
    members = all_communes(column)
    figures = figures_of(sample, url)
    listed = imported("france-services-2024")
    rates = [
        Fraction(10_000 * sum(sum(listed.get(c, [0])) for c in members[area]), people[area])
        for area in people
    ]
    row = figures["indicateurs", "france-services-2024-comparables"]
    assert row["whole"] == str(len(people))
    assert float(row["value"]) == float(half_up(statistics.median(rates), 4))
    listed = imported("programme")
    shares = [
        Fraction(100 * sum(c in listed for c in members[area]), len(members[area]))
        for area in people
    ]
    row = figures["indicateurs", "programme-comparables"]
    assert float(row["value"]) == float(half_up(statistics.median(shares), 4))


def test_json_holds_the_same_figures(sample: Small) -> None:
    content = json.loads(sample.assets[f"{MEL}diagnostic.json"].content())
    assert content["code"] == "200093201"
    values = {(f["section"], f["id"]): f["value"] for f in content["figures"]}
    assert values == {key: row["value"] for key, row in figures_of(sample, MEL).items()}


@pytest.mark.parametrize("url", [MEL, NORD])
def test_the_files_list_what_several_figures_count_once(sample: Small, url: str) -> None:
    content = json.loads(sample.assets[f"{url}diagnostic.json"].content())
    lists = [tuple(f["records"]) for f in content["figures"] if len(f["records"]) > 1]
    assert len(lists) == len({*lists}) > 0
    lines = {f"{f['section']}/{f['id']}": f for f in content["figures"]}
    rate = lines["actions/taux"]
    assert (rate["records"], rate["same_records"]) == ([], "actions/nombre")
    assert "same_records" not in lines["actions/nombre"]
    assert len(lines["actions/nombre"]["records"]) == int(lines["actions/nombre"]["value"])
    for row in figures_of(sample, url).values():
        line = lines[f"{row['section']}/{row['id']}"]
        records = lines.get(line.get("same_records"), line)["records"]
        assert row["records"].split() == records


def test_every_figure_names_a_formula_of_the_method_page(sample: Small) -> None:
    ids = {t.attributes.get("id") for t in Html(sample.html("methode/")).all("h2")}
    for row in figures_of(sample, MEL).values():
        assert row["formula"] in ids


def test_the_method_works_its_examples_on_the_records(sample: Small) -> None:
    text = sample.text("methode/")
    again = of_epci("200093201")
    people = f"{again.population:,}".replace(",", " ")
    rate = half_up(Fraction(10_000 * len(again.actions), again.population), 2)
    expected = f"10 000 × {len(again.actions)} ÷ {people} = {rate.replace('.', ',')}"
    assert expected in text


def test_a_matrix_stays_bounded(sample: Small) -> None:
    """The Nord has 647 communes; only those with an action have a line."""
    page = sample.text(NORD)
    lines = {a["territory"] for a in of_departement("59").actions}
    empty = 647 - len(lines & set(of_departement("59").communes))
    assert f"ne connaît aucune action dans {empty} communes" in page


def test_pages_of_files_exist_for_each_area(sample: Small) -> None:
    for url in (MEL, NORD, "regions/32-hauts-de-france/diagnostic/"):
        assert url in sample.pages
        assert {f"{url}diagnostic.csv", f"{url}diagnostic.json"} <= set(sample.assets)
    assert Path(SAMPLE, "data/territories/59/59378-marcq-en-baroeul.yml").exists()
    assert "territoires/59378-marcq-en-baroeul/diagnostic/" not in sample.pages
