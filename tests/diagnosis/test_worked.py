"""Two figures of a diagnosis worked out by hand, on records and a history made for it.

The real records change; these do not, so what is expected stands here with its reckoning.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from atlaas.text import slug
from diagnosis.recount import MEL, NORD, figures_of
from scratch import Project
from support import Html, Small, many_actions, tiny_tree
from tiny import TINY

# ------------------------------------------------------------------------------ quartiles

# SIREN -> (inhabitants given to it here, actions that it carries).
#
#   Métropole européenne de Lille   750 000    3   10 000 × 3 ÷ 750 000  = 0.04
#   (2 of Marcq-en-Barœul, 1 of Lille: the tiny project)
#   Rouen                           250 000    2   10 000 × 2 ÷ 250 000  = 0.08
#   Nice                            500 000    8   10 000 × 8 ÷ 500 000  = 0.16
#   Grenoble                        250 000    5   10 000 × 5 ÷ 250 000  = 0.20
#   Dijon                           250 000    6   10 000 × 6 ÷ 250 000  = 0.24
#   Rennes                          250 000   10   10 000 × 10 ÷ 250 000 = 0.40
#   Nantes                          900 000    0   comparable, not of the quartiles
#   Toulouse                        199 999    9   below the range
#
# The range of the Métropole is 700 000 to 999 999 inhabitants; one of two there has an action. A
# step wider on each side, two of three; two steps, the same; three, 200 000 to 2 999 999: six.
#
# Six values. The quartile of share p stands at place 1 + (6 - 1) × p:
#   Q1: place 2.25, a quarter of the way from 0.08 to 0.16: 0.10
#   median: place 3.5, half of the way from 0.16 to 0.20: 0.18
#   Q3: place 4.75, three quarters of the way from 0.20 to 0.24: 0.23
PEERS = {
    "200093201": (750_000, 0),
    "200023414": (250_000, 2),
    "200030195": (500_000, 8),
    "200040715": (250_000, 5),
    "242100410": (250_000, 6),
    "243500139": (250_000, 10),
    "244400404": (900_000, 0),
    "243100518": (199_999, 9),
}


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The tiny project in a France where these EPCI are the only large ones."""
    root = tiny_tree(tmp_path_factory.mktemp("peers"))
    table = root / "data" / "reference" / "epci.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        small = min(int(row["population"]), 100_000)
        row["population"] = str(PEERS.get(row["siren"], (small, 0))[0])
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        folder = f"data/actions/{row['dep_principal']}/{row['siren']}-{slug(row['nom'])}"
        for path, text in many_actions(PEERS.get(row["siren"], (0, 0))[1]).items():
            file = root / folder / Path(path).name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace('"59350"', f'"{row["siren"]}"'), encoding="utf-8")
    return Small(root)


def test_quartiles_worked_out_by_hand(compared: Small) -> None:
    figures = figures_of(compared, MEL)
    assert figures["actions", "taux"]["value"] == "0.04"
    for id_, value in (("quartile-bas", "0.10"), ("mediane", "0.18"), ("quartile-haut", "0.23")):
        row = figures["actions", id_]
        assert (row["value"], row["part"], row["whole"]) == (value, "6", "7"), id_
        assert set(row["records"].split()) == set(PEERS) - {"244400404", "243100518"}
    lines = [tag.text for tag in Html(compared.html(MEL)).all("tr")]
    start = lines.index("Métropole Européenne de Lille 0,04 action")
    assert lines[start + 1 : start + 4] == [
        "Premier quartile 0,10",
        "Médiane 0,18",
        "Troisième quartile 0,23",
    ]


# --------------------------------------------------------------------- changes of a year

MARCQ = "data/territories/59/59378-marcq-en-baroeul.yml"
ASCQ = "data/territories/59/59009-villeneuve-d-ascq.yml"
ROUBAIX = "data/territories/59/59512-roubaix.yml"
SYNDICAT = "data/territories/59/x-nord-numerique.yml"
AIX = "data/territories/73/73008-aix-les-bains.yml"
SCHOOL = "data/actions/59/59378-marcq-en-baroeul/ecole-connectee.md"
HOUSE = "data/actions/59/59350-lille/maison-du-numerique.md"
SHORT = "data/actions/59/59350-lille/atelier-numero-001.md"

# The day of a commit -> what it touches. None of the years is a leap year after 29 February 2024.
HISTORY = (
    ("2025-06-01", ROUBAIX),
    ("2026-03-10", ROUBAIX),  # the Métropole's limit itself: a year ago, no more within it
    ("2026-03-11", MARCQ),
    ("2026-04-20", ASCQ),
    ("2026-12-24", HOUSE),
    ("2027-01-15", SHORT),  # the file is removed
    ("2027-02-02", HOUSE),  # twice in the year: one record
    ("2027-03-10", SCHOOL),  # the newest of the Métropole
    ("2027-05-01", SYNDICAT),  # the newest of the Nord, outside the Métropole
    ("2027-06-01", AIX),  # elsewhere: says nothing of either
)
# The Métropole: newest date 2027-03-10, limit 365 days before: 2026-03-10. Within: Marcq's file,
# Villeneuve-d'Ascq's, the house of Lille, the school of Marcq: 4.
# The Nord: newest date 2027-05-01, limit 2026-05-01. Within: the house, the school, the syndicat:
# 3; Marcq's and Villeneuve-d'Ascq's are too old.
#
# Verified: the house on 2025-03-09, the school on 2025-03-10; « La bonne appli » on 2026-11-21.
# Two years are 730 days: the Métropole's limit is 2025-03-10 (the house alone is before it), the
# Nord's 2025-05-01 (the house and the school are).


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The tiny project after two years of changes."""
    changes: dict[str, str | None] = dict(many_actions(1))
    for path, day in ((HOUSE, "2025-03-09"), (SCHOOL, "2025-03-10")):
        changes[path] = TINY[path].replace("sources:", f"verified: {day}\nsources:", 1)
    project = Project(tiny_tree(tmp_path_factory.mktemp("lived"), changes))
    project.git("init", "--quiet", "--initial-branch=main")
    project.commit(day="2025-01-01")
    for day, path in HISTORY:
        if path == SHORT:
            (project.root / path).unlink()
        else:  # a comment in a record, a sentence in a story
            more = "\nRelu.\n" if path.endswith(".md") else "# relu\n"
            project.write({path: project.read(path) + more})
        project.commit(day=day)
    text = project.read(ROUBAIX)
    project.write({ROUBAIX: f"# pas encore enregistré\n{text}"})
    return Small(project.root)


@pytest.mark.parametrize(
    ("url", "count", "limit", "newest", "old"),
    [
        (MEL, 4, "10 mars 2026", "École connectée 10 mars 2027", {"59350/maison-du-numerique"}),
        (
            NORD,
            3,
            "1er mai 2026",
            "Fiche : Nord numérique 1er mai 2027",
            {"59350/maison-du-numerique", "59378/ecole-connectee"},
        ),
    ],
    ids=["métropole", "nord"],
)
def test_a_year_worked_out_by_hand(
    lived: Small, url: str, count: int, limit: str, newest: str, old: set[str]
) -> None:
    figures = figures_of(lived, url)
    assert figures["connaissance", "modifiees"]["value"] == str(count)
    shown = Html(lived.html(url)).section("Ce qui a changé en un an").split(" | ")
    assert shown[0].startswith(f"{count} fiches modifiées depuis le {limit}, ")
    assert shown[1] == newest
    assert len(shown) == 1 + count
    stale = figures["connaissance", "anciennes"]
    assert set(stale["records"].split()) == old
    assert stale["value"] == str(len(old))


def test_without_git_nothing_has_changed(tiny: Small) -> None:
    """There the newest date is the verification of « La bonne appli », 2026-11-21."""
    assert figures_of(tiny, MEL)["connaissance", "modifiees"]["value"] == "0"
    shown = Html(tiny.html(MEL)).section("Ce qui a changé en un an")
    assert shown.startswith("Aucune fiche n'a changé depuis le 21 novembre 2025")
