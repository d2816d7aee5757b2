"""Each figure of a diagnosis in words and numbers, counted by hand in tests/tiny.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlaas.diagnosis.counts import Coverage, enough
from atlaas.diagnosis.figures import Figure
from atlaas.diagnosis.studies import Studies
from support import Html, Small, tiny_tree
from tiny import TINY

MEL = "territoires/200093201-metropole-europeenne-de-lille/"
LILLE, MARCQ, ROUBAIX, ASCQ = "59350", "59378", "59512", "59009"
HOUSE, APP, SCHOOL = "59350/maison-du-numerique", "59378/la-bonne-appli", "59378/ecole-connectee"
PER_PEOPLE = "actions pour 10 000 habitants"

# (section, id) -> label, value, unit, formula, records
METROPOLE: dict[tuple[str, str], tuple[str, str, str, str, set[str]]] = {
    ("participation", "communes"): ("communes", "95", "communes", "compte", {"200093201"}),
    ("participation", "adhesion"): (
        "communes à qui une adhésion groupée est ouverte",
        "95",
        "communes",
        "compte",
        {"200093201"},
    ),
    ("participation", "labellisees-maintenant"): (
        "communes labellisées à la dernière édition",
        "2",
        "communes",
        "compte",
        {MARCQ, ROUBAIX},
    ),
    ("participation", "labellisees"): (
        "communes labellisées au moins une fois",
        "3",
        "communes",
        "compte",
        {MARCQ, ROUBAIX, ASCQ},
    ),
    ("participation", "labellisees-communes"): (
        "communes labellisées au moins une fois, part des communes",
        "3.2",  # 3 of 95
        "%",
        "part",
        {MARCQ, ROUBAIX, ASCQ},
    ),
    ("participation", "actions"): (
        "communes qui portent une action",
        "2",
        "communes",
        "compte",
        {LILLE, MARCQ},
    ),
    ("participation", "fiches"): (
        "communes présentes dans l'Atlaas",
        "4",
        "communes",
        "compte",
        {LILLE, MARCQ, ROUBAIX, ASCQ},
    ),
    ("participation", "adherents"): (
        "territoires dont la fiche porte une adhésion",
        "2",
        "territoires",
        "compte",
        {"200093201", ASCQ},
    ),
    ("participation", "niveau-5"): (
        "communes labellisées, dernier niveau connu : 5",
        "2",
        "communes",
        "niveau",
        {MARCQ, ROUBAIX},
    ),
    ("participation", "niveau-inconnu"): (
        "communes labellisées, dernier niveau non connu",
        "1",
        "communes",
        "niveau",
        {ASCQ},
    ),
    ("actions", "nombre"): ("actions connues", "3", "actions", "compte", {HOUSE, APP, SCHOOL}),
    ("actions", "mediane"): (
        "médiane des territoires comparés",
        "",  # the Métropole alone of its class has an action: too few
        PER_PEOPLE,
        "quartiles",
        {"200093201"},
    ),
    ("themes", "59378/numerique-educatif"): (
        "Marcq-en-Barœul, Numérique éducatif",
        "2",
        "actions",
        "matrice",
        {MARCQ},
    ),
    ("usages", "59378/demarches-administratives"): (
        "Marcq-en-Barœul, Démarches administratives",
        "2",  # « La bonne appli » and the « Portail famille »
        "actions et services",
        "matrice",
        {MARCQ},
    ),
    ("connaissance", "sans-etat"): (
        "actions dont l'état n'est pas connu",
        "1",
        "actions",
        "connaissance",
        {HOUSE},
    ),
    ("connaissance", "sans-debut"): (
        "actions dont le début n'est pas connu",
        "0",
        "actions",
        "connaissance",
        set(),
    ),
    ("connaissance", "sans-enjeu"): (
        "actions qui ne nomment aucun enjeu",
        "2",
        "actions",
        "connaissance",
        {HOUSE, SCHOOL},
    ),
    ("connaissance", "jamais-verifiees"): (
        "actions jamais vérifiées",
        "2",
        "actions",
        "connaissance",
        {HOUSE, SCHOOL},
    ),
    ("connaissance", "labels-sans-niveau"): (
        "labels dont le niveau n'est pas connu",
        "1",
        "labels",
        "connaissance",
        set(),
    ),
    ("connaissance", "doutes"): ("points à vérifier", "2", "fiches", "connaissance", set()),
    ("connaissance", "modifiees"): (
        "fiches modifiées en un an",
        "0",
        "fiches",
        "changement",
        set(),
    ),
}


def figures_of(small: Small, code: str) -> dict[tuple[str, str], Figure]:
    study = Studies(small.directory).of(small.directory.territories[code])
    return {(figure.section, figure.id): figure for figure in study.figures}


@pytest.mark.parametrize("key", METROPOLE, ids="/".join)
def test_a_figure_in_words_and_numbers(tiny: Small, key: tuple[str, str]) -> None:
    figure = figures_of(tiny, "200093201")[key]
    label, value, unit, formula, records = METROPOLE[key]
    assert (figure.label, figure.value, figure.unit, figure.formula) == (
        label,
        value,
        unit,
        formula,
    )
    assert set(figure.records) == records


def test_a_share_that_rests_on_few_known_labels_is_not_told(tmp_path: Path) -> None:
    """Three of 213 labels of 2018 are known, two of them in the Métropole: that is no share."""
    path = "data/editions/2018.yml"
    small = Small(tiny_tree(tmp_path, {path: TINY[path].replace("value: 3", "value: 213")}))
    figures = figures_of(small, "200093201")
    now = "labellisees-maintenant"
    assert figures["participation", now].value == "2"
    for part in ("communes", "population"):
        figure = figures["participation", f"{now}-{part}"]
        assert (figure.value, figure.part != "0", figure.whole != "0") == ("", True, True)
    assert figures["participation", "labellisees-communes"].value == "3.2"
    rows = [t.text for t in Html(small.html(f"{MEL}diagnostic/")).all("tr")]
    now, ever = (next(r for r in rows if words in r) for words in ("dernière édition", "au moins"))
    assert now.endswith("non connu") and now.count("non connu") == 2
    assert "2 sur 95" in now and "0,0" not in now
    assert "3,2 %" in ever


def test_an_edition_known_to_the_half_bears_a_share(tiny: Small) -> None:
    """All three labels of 2018 are known: 2 communes of 95 are 2.1 %."""
    assert (
        figures_of(tiny, "200093201")["participation", "labellisees-maintenant-communes"][3]
        == "2.1"
    )
    assert enough(Coverage(107, 213)) and not enough(Coverage(106, 213))
    assert not enough(Coverage(3, None))


def test_zero_known_is_not_zero(tiny: Small) -> None:
    """Nothing is known of the Lozère: neither its label nor its actions are 0.0 %."""
    figures = figures_of(tiny, "dep-48")
    for name in ("labellisees", "labellisees-maintenant", "actions"):
        assert figures["participation", name].value == "0"
        assert figures["participation", f"{name}-communes"].value == ""
    assert figures["participation", "fiches-communes"].value == "0.0"  # that is known


def test_the_rate_has_its_numerator_and_its_denominator(tiny: Small) -> None:
    figure = figures_of(tiny, "200093201")["actions", "taux"]
    people = tiny.directory.territories["200093201"].population
    assert (figure.label, figure.unit, figure.formula) == (PER_PEOPLE, PER_PEOPLE, "taux")
    assert (figure.part, figure.whole) == ("3", str(people))
    assert float(figure.value) == pytest.approx(30_000 / people, abs=0.005)


def test_a_region_counts_its_own_actions(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An action of the région itself, next to the three of the Nord: it lies in no département."""
    action = (
        "---\ntitle: Datacenter régional\nterritory: reg-32\nthemes: [reseau-social]\n"
        "sources:\n  - url: https://exemple.org/region\n---\n\nUn texte.\n"
    )
    path = "data/actions/autres/reg-32-hauts-de-france/datacenter.md"
    small = Small(tiny_tree(tmp_path_factory.mktemp("region"), {path: action}))
    figures = figures_of(small, "reg-32")
    own = "reg-32/datacenter"
    assert figures["actions", "nombre"].value == "4"
    assert set(figures["actions", "nombre"].records) == {own, HOUSE, APP, SCHOOL}
    assert figures["themes", "reg-32/reseau-social"].label == "Hauts-de-France, Réseau social"
    assert figures["themes", "reg-32/reseau-social"].value == "1"
    assert figures["themes", "dep-59/reseau-social"].value == "1"
    assert ("themes", "reg-32/numerique-educatif") not in figures
    # Of five départements the Nord alone has something: the région's own line is none of them.
    area = small.directory.territories["reg-32"]
    study = Studies(small.directory).of(area)
    assert study.diagnosis.themes.empty == 4
    # Nor do they count for the Nord, nor for its communes.
    assert figures_of(small, "dep-59")["actions", "nombre"].value == "3"
    assert study.diagnosis.acting.n == 2


def test_a_diagnosis_is_made_once_for_a_page_and_its_files(tiny: Small) -> None:
    studies = Studies(tiny.directory)
    area = tiny.directory.territories["200093201"]
    assert studies.of(area) is studies.of(area)
