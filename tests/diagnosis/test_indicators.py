"""Imported indicators: a sample made for this test, in the layout of ARCEP's commune_techno.csv."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from atlaas.cli import main
from atlaas.directory.indicator_sets import IndicatorSet, parse_values, read_sets
from atlaas.geography.reference import Reference
from atlaas.imports.indicators import Columns, convert
from atlaas.read.problem import as_text
from support import Html, Small, tiny_tree

SAMPLE = Path(__file__).parent / "sample" / "commune_techno.csv"
SHARE = Columns(value="elig_ftth", total="nbr")
OPTIONS = [
    "--id",
    "fibre",
    "--label",
    "Locaux éligibles à la fibre",
    "--value",
    "elig_ftth",
    "--total",
    "nbr",
    "--date",
    "2026-03-31",
    "--publisher",
    "Arcep (échantillon d'essai)",
    "--source",
    "https://example.org/arcep",
    "--licence",
    "Licence Ouverte 2.0",
]


def test_shares_are_worked_out(reference: Reference) -> None:
    done = convert(SAMPLE.read_bytes(), "x.csv", SHARE, reference)
    assert done.problems == []
    assert {code: str(value) for code, value in done.values.items()} == {
        "59009": "1E+2",
        "59350": "9E+1",
        "59378": "75",
        "73008": "33.33",
    }


def test_former_communes_are_added_up(reference: Reference) -> None:
    """A former code goes to its one successor, and the counts of both make its share."""
    old = next(o for o, new in reference.former.items() if len(new) == 1)
    new = reference.successor(old)
    assert new is not None
    raw = f"code_insee,nbr,elig_ftth\n{old},100,50\n{new},300,300\n".encode()
    done = convert(raw, "x.csv", SHARE, reference)
    assert done.values == {new: Decimal("87.5")}


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        (
            "code_insee;nbr;elig\n",
            SHARE,
            "x.csv:1:1: import-indicateur: la colonne « elig_ftth » n'existe pas\n"
            "    Vouliez-vous dire « elig » ?",
        ),
        (
            "code_insee;nbr;elig_ftth\n99999;1;1\n",
            SHARE,
            "x.csv:2:1: import-indicateur: « 99999 » n'est le code d'aucune commune actuelle\n"
            "    Corrigez-le, ou ajoutez --skip-unknown pour passer ces lignes.",
        ),
        (
            "code_insee;nbr;elig_ftth\n59350;10;beaucoup\n",
            SHARE,
            "x.csv:2:1: import-indicateur: la valeur de 59350 n'est pas un nombre",
        ),
        (
            "code_insee;nbr;elig_ftth\n59350;10;11\n",
            SHARE,
            "x.csv:2:1: import-indicateur: 59350 : 11 dépasse le total 10",
        ),
        (
            "code_insee;type;elig_ftth\n59350;a;1\n59350;b;2\n",
            Columns(),
            "x.csv:3:1: import-indicateur: la commune 59350 a déjà une valeur\n"
            "    Choisissez les lignes avec --where, ou donnez la colonne --total.",
        ),
    ],
)
def test_a_wrong_file_is_reported_in_french(
    reference: Reference, text: str, columns: Columns, expected: str
) -> None:
    done = convert(text.encode(), "x.csv", columns, reference)
    assert done.values == {}
    assert as_text(done.problems) == expected


def test_missing_values_are_counted(reference: Reference) -> None:
    text = "code_insee;v\n59350;12\n" + "".join(
        f"{code};{mark}\n"
        for code, mark in (("59378", "s"), ("59009", "N/A"), ("73008", ""), ("59295", "…"))
    )
    done = convert(text.encode(), "x.csv", Columns(value="v"), reference)
    assert (done.values, done.missing, done.problems) == ({"59350": Decimal(12)}, 4, [])


def test_a_sentinel_is_asked_once_and_answered(reference: Reference) -> None:
    raw = b"code_insee;v\n59350;12\n59378;-9999\n59009;-9999\n"
    done = convert(raw, "x.csv", Columns(value="v"), reference)
    assert as_text(done.problems[:1]) == (
        "x.csv:1:1: import-indicateur: 2 lignes valent « -9999 » : valeur, ou absence ?\n"
        '    Si elle manque : --missing "-9999".'
    )
    done = convert(raw, "x.csv", Columns(value="v", missing="-9999"), reference)
    assert (done.values, done.missing) == ({"59350": Decimal(12)}, 2)


def test_a_header_below_title_lines(reference: Reference) -> None:
    raw = "Équipement des communes\nSource : essai ; 2026\n\ncode_insee;v\n59350;12\n".encode()
    assert convert(raw, "x.csv", Columns(value="v"), reference).values == {"59350": Decimal(12)}


def lyon(values: str = "", count: int = 9) -> bytes:
    lines = [f"6938{number};10;5{values}" for number in range(1, count + 1)]
    return "\n".join(["code_insee;nbr;v", *lines]).encode()


def test_arrondissements_are_added_up(reference: Reference) -> None:
    """Nine arrondissements of Lyon with 5 of 10 each: 45 in all, 50 %."""
    counted = convert(lyon(), "x.csv", Columns(value="v", counts=True), reference)
    assert (counted.values, counted.added) == ({"69123": Decimal(45)}, ("69123",))
    shares = convert(lyon(), "x.csv", Columns(value="v", total="nbr"), reference)
    assert shares.values == {"69123": Decimal(50)}


@pytest.mark.parametrize(
    ("raw", "columns", "words"),
    [
        (
            lyon(count=8),
            Columns(value="v", counts=True),
            "Lyon : il manque 1 de ses 9 arrondissements (69389…)",
        ),
        (
            lyon(),
            Columns(value="v"),
            "Lyon : les parts de ses arrondissements ne s'additionnent pas",
        ),
    ],
)
def test_parts_that_do_not_make_a_whole_are_refused(
    reference: Reference, raw: bytes, columns: Columns, words: str
) -> None:
    done = convert(raw, "x.csv", columns, reference)
    assert (done.values, [p.message for p in done.problems]) == ({}, [words])


def test_lines_can_be_chosen(reference: Reference) -> None:
    raw = b"code_insee;type;elig_ftth\n59350;a;1\n59350;b;2,5\n"
    done = convert(raw, "x.csv", Columns(where={"type": "b"}), reference)
    assert done.values == {"59350": Decimal("2.5")}


def test_a_zero_that_was_lost_is_found_again(reference: Reference) -> None:
    done = convert(b"code_insee;elig_ftth\n1001;5\n", "x.csv", Columns(), reference)
    assert done.values == {"01001": Decimal(5)}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The tiny project with the sample imported by the command."""
    root = tiny_tree(tmp_path_factory.mktemp("divide"))
    arguments = ["--project", str(root), "import", "indicators", str(SAMPLE), *OPTIONS]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert done.output == "4 communes : data/indicators/fibre.csv\n"
    return Small(root)


def test_the_files_that_the_import_writes(imported: Small) -> None:
    folder = imported.root / "data" / "indicators"
    assert (folder / "fibre.csv").read_text() == (
        "code,value\n59009,100\n59350,90\n59378,75\n73008,33.33\n"
    )
    assert "rows: 4\n" in (folder / "fibre.yml").read_text("utf-8")
    assert (folder / "SOURCES.md").read_text("utf-8") == (
        "# Sources des indicateurs importés\n\n- `fibre` : Locaux éligibles à la fibre, Arcep "
        "(échantillon d'essai), 2026-03-31, Licence Ouverte 2.0, <https://example.org/arcep>\n"
    )
    assert imported.warnings == []


def _cells(small: Small, url: str) -> list[str]:
    tags = Html(small.html(url)).tags
    names = [tag.text for tag in tags]
    start = names.index("Locaux éligibles à la fibre")
    return [tag.text for tag in tags[start:] if tag.name == "td"][:3]


def test_pages_show_them_next_to_the_medians(imported: Small) -> None:
    """France: 33.33, 75, 90, 100, so 82.5; Nord: 75, 90, 100, so 90."""
    assert _cells(imported, "territoires/59378-marcq-en-baroeul/") == [
        "75 %",
        "France : 82,5 %département : 90 %",
        "31 mars 2026, Arcep (échantillon d'essai), Licence Ouverte 2.0",
    ]
    people = {
        c: imported.directory.reference.places[c].population for c in ("59009", "59350", "59378")
    }
    mean = (100 * people["59009"] + 90 * people["59350"] + 75 * people["59378"]) / sum(
        people.values()
    )
    shown = f"{mean:.1f}".replace(".", ",")
    cells = _cells(imported, "territoires/200093201-metropole-europeenne-de-lille/")
    assert cells[0] == f"{shown} %3 communes sur 95"
    assert "3 communes sur 647" in _cells(imported, "departements/59-nord/")[0]


def test_the_map_has_a_layer_of_them(imported: Small) -> None:
    content = imported.assets["carte/indicateurs.json"].content().decode()
    assert '"id":"fibre"' in content and '"73":33.3' in content


def test_nothing_is_shown_where_nothing_was_imported(tiny: Small) -> None:
    assert "Couverture et équipement" not in tiny.text("territoires/59378-marcq-en-baroeul/")
    assert "carte/indicateurs.json" not in tiny.assets


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("insee,value\n", "l'en-tête n'est pas « code,value »"),
        ("code,value\n59350,1\n59350,2\n", "la commune 59350 a déjà une valeur"),
        ("code,value\n200093201,1\n", "« 200093201 » n'est pas le code d'une commune actuelle"),
        ("code,value\n59350,1e5\n", "« 1e5 » n'est pas un nombre"),
        ("code,value\n59350\n", "1 valeurs au lieu de 2"),
    ],
)
def test_a_file_changed_by_hand_is_checked(reference: Reference, raw: str, message: str) -> None:
    _, problems = parse_values(raw.encode(), "data/indicators/x.csv", reference)
    assert [p.message for p in problems] == [message]


def test_a_pair_that_is_not_whole_is_an_error(imported: Small, tmp_path: Path) -> None:
    (tmp_path / "seul.csv").write_text("code,value\n")
    (tmp_path / "autre.txt").write_text("")
    sets, problems = read_sets(str(tmp_path), "data/indicators", imported.directory.reference)
    assert sets == []
    assert [p.message for p in problems] == [
        "ce fichier n'est pas un indicateur",
        "la fiche seul.yml manque à côté",
    ]


def test_medians(imported: Small) -> None:
    values = {code: Decimal(n) for code, n in (("a", 9), ("b", 1), ("c", 2))}
    found = IndicatorSet(imported.directory.indicators[0].meta, "", values)
    assert (found.median([]), found.median(["x"]), found.national) == (None, None, 2)
    assert found.median(["a", "b", "x"]) == 5
    assert found.median(["b", "c"]) == Decimal("1.5")
