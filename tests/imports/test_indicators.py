"""The import of indicators, tried on a sample in the layout of ARCEP's commune_techno.csv."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from atlaas.cli import main
from atlaas.geography.reference import Reference
from atlaas.imports.indicators import Columns, Converted, convert
from atlaas.model.indicator_head import IndicatorHead, IndicatorKind
from atlaas.read.problem import as_text
from support import Small, tiny_tree

SAMPLE = Path(__file__).parent / "sample" / "commune_techno.csv"
SHARE = Columns(value="elig_ftth", total="nbr")
VALUE = Columns(value="v")
OPTIONS = {
    "--id": "fibre",
    "--label": "Locaux éligibles à la fibre",
    "--value": "elig_ftth",
    "--total": "nbr",
    "--date": "2026-03-31",
    "--publisher": "Arcep (échantillon d'essai)",
    "--source": "https://exemple.org/arcep",
    "--licence": "Licence Ouverte 2.0",
}


def head(kind: IndicatorKind = "taux", **more: Any) -> IndicatorHead:
    """The head of an indicator for these tests: of a kind, the rest is of no matter."""
    known = {"id": "x", "label": "x", "unit": "x", "date": "2026", "rows": 0}
    known |= {"publisher": "x", "source": "https://exemple.org", "licence": "x"}
    if kind == "classe":
        known["classes"] = [{"value": 1, "label": "Villes"}, {"value": 2, "label": "Campagnes"}]
    return IndicatorHead.model_validate({"kind": kind, **known, **more})


def take(
    reference: Reference, text: str, kind: IndicatorKind, columns: Columns, **more: Any
) -> Converted:
    return convert(text.encode(), "x.csv", columns, head(kind, **more), reference)


def said(done: Converted) -> str:
    assert done.parts == {}
    return as_text(done.problems)


def test_both_numbers_of_a_rate_are_kept(reference: Reference) -> None:
    done = convert(SAMPLE.read_bytes(), "x.csv", SHARE, head(), reference)
    assert done.problems == []
    assert done.parts == {"59009": 400, "59350": 900, "59378": 150, "73008": 100}
    assert done.wholes == {"59009": 400, "59350": 1000, "59378": 200, "73008": 300}


def test_former_communes_are_added_up(reference: Reference) -> None:
    """A former code goes to its one successor: the counts of both make its share."""
    old = next(o for o, new in reference.former.items() if len(new) == 1)
    new = reference.successor(old)
    assert new is not None
    done = take(
        reference, f"code_insee,nbr,elig_ftth\n{old},100,50\n{new},300,300\n", "taux", SHARE
    )
    assert (done.parts, done.wholes, done.added) == ({new: 350}, {new: 400}, (new,))


def test_parts_of_a_commune_are_added_up(reference: Reference) -> None:
    """Associated communes and those of before: 3 places in one, 2 in the other."""
    part = next(p for p in reference.parts.values() if p.kind == "COMA" and p.parent != p.code)
    text = f"code_insee,v\n{part.code},3\n{part.parent},2\n"
    done = take(reference, text, "somme", VALUE)
    assert (done.parts, done.added) == ({part.parent: 5}, (part.parent,))


@pytest.mark.parametrize(
    ("text", "columns", "kind", "expected"),
    [
        (
            "code_insee;nbr;elig\n",
            SHARE,
            "taux",
            "x.csv:1:1: import-indicateur: la colonne « elig_ftth » n'existe pas\n"
            "    Vouliez-vous dire « elig » ?",
        ),
        (
            "code_insee;nbr;elig_ftth\n99999;1;1\n",
            SHARE,
            "taux",
            "x.csv:2:1: import-indicateur: « 99999 » n'est le code d'aucune commune actuelle\n"
            "    Corrigez-le, ou ajoutez --skip-unknown pour passer ces lignes.",
        ),
        (
            "code_insee;nbr;elig_ftth\n59350;10;beaucoup\n",
            SHARE,
            "taux",
            "x.csv:2:1: import-indicateur: la valeur de 59350 n'est pas un nombre\n"
            "    Corrigez-la, ou ajoutez --skip-odd pour passer ces lignes.",
        ),
        (
            "code_insee;nbr;elig_ftth\n59350;10;11\n",
            SHARE,
            "taux",
            "x.csv:2:1: import-indicateur: 59350 : 11 dépasse le total 10\n"
            "    Corrigez-la, ou ajoutez --clip pour ramener les parts à leur total, ou --skip-odd "
            "pour passer ces lignes.",
        ),
        (
            "code_insee;type;v\n59350;a;1\n59350;b;2\n",
            VALUE,
            "somme",
            "x.csv:3:1: import-indicateur: 59350 a déjà une valeur\n"
            "    Choisissez les lignes avec --where, ou, si chaque ligne est un lieu, ajoutez "
            "--places.",
        ),
        (
            "code_insee;v\n59350;3\n",
            VALUE,
            "classe",
            "x.csv:2:1: import-indicateur: 59350 : 3 n'est pas une classe de la fiche\n"
            "    Corrigez-la, ou ajoutez --skip-odd pour passer ces lignes.",
        ),
        (
            "code_insee;v\n59350;peut-être\n",
            VALUE,
            "oui-non",
            "x.csv:2:1: import-indicateur: la valeur de 59350 n'est pas un nombre\n"
            "    Corrigez-la, ou ajoutez --skip-odd pour passer ces lignes.",
        ),
        (
            "code_insee;v\n59350;-3\n",
            VALUE,
            "somme",
            "x.csv:2:1: import-indicateur: 59350 : -3 est négatif\n"
            "    Corrigez-la, ou ajoutez --skip-odd pour passer ces lignes.",
        ),
        (
            "",
            VALUE,
            "somme",
            "x.csv:1:1: import-indicateur: aucun tableau ne se lit dans ce fichier",
        ),
        (
            f"code_insee;v\n59350;{'9' * 140_000}\n",
            VALUE,
            "somme",
            "x.csv:2:1: import-indicateur: cette ligne a plus de 131 072 caractères\n"
            "    Ce n'est pas un tableau de chiffres.",
        ),
    ],
)
def test_a_wrong_file_is_reported_in_french(
    reference: Reference, text: str, columns: Columns, kind: IndicatorKind, expected: str
) -> None:
    assert said(take(reference, text, kind, columns)) == expected


EXCEEDS = "code_insee;nbr;elig_ftth\n59350;10;11\n59378;10;5\n59009;10;rien\n"


def test_odd_lines_are_clipped_or_skipped_and_counted(reference: Reference) -> None:
    clip = Columns(value="elig_ftth", total="nbr", clip=True)
    assert "59009" in said(take(reference, EXCEEDS, "taux", clip))
    skip = Columns(value="elig_ftth", total="nbr", skip_odd=True)
    done = take(reference, EXCEEDS, "taux", skip)
    assert (done.parts, done.skipped, done.clipped) == ({"59378": 5}, 2, 0)
    both = Columns(value="elig_ftth", total="nbr", clip=True, skip_odd=True)
    done = take(reference, EXCEEDS, "taux", both)
    assert (done.parts, done.skipped, done.clipped) == ({"59350": 10, "59378": 5}, 1, 1)


def test_places_are_counted_a_line_each(reference: Reference) -> None:
    text = "code_insee;nom;postes\n59350;a;2\n59350;b;3\n59378;c;1\n"
    counted = take(reference, text, "somme", Columns(value="", places=True))
    assert counted.parts == {"59350": 2, "59378": 1}
    added = take(reference, text, "somme", Columns(value="postes", places=True))
    assert added.parts == {"59350": 5, "59378": 1}
    assert added.added == ()


def test_yes_and_no_and_the_labels_of_classes(reference: Reference) -> None:
    flags = take(reference, "code_insee;v\n59350;Oui\n59378;0\n59009;faux\n", "oui-non", VALUE)
    assert flags.parts == {"59009": 0, "59350": 1, "59378": 0}
    classes = take(reference, "code_insee;v\n59350;villes\n59378;2\n", "classe", VALUE)
    assert classes.parts == {"59350": 1, "59378": 2}


@pytest.mark.parametrize(
    ("level", "written", "code"),
    [
        ("departement", "59", "dep-59"),
        ("departement", "2a", "dep-2A"),
        ("departement", "1", "dep-01"),
        ("departement", "dep-59", "dep-59"),
        ("region", "32", "reg-32"),
        ("epci", "200093201", "200093201"),
        ("commune", "1001", "01001"),
    ],
)
def test_other_levels_by_their_codes(
    reference: Reference, level: str, written: str, code: str
) -> None:
    done = take(reference, f"code_insee;v\n{written};12,5\n", "nombre", VALUE, level=level)
    assert done.parts == {code: Decimal("12.5")}
    wrong = take(reference, "code_insee;v\n999999;1\n", "nombre", VALUE, level=level)
    assert "« 999999 » n'est" in said(wrong)


def test_each_line_may_have_its_date(reference: Reference) -> None:
    text = "code_insee;d;v\n59350;2023-03-31;1\n59378;2022-12-31;2\n59009;2024;\n"
    done = take(reference, text, "somme", Columns(value="v", date="d"))
    assert (done.dates, done.missing) == (("2022-12-31", "2023-03-31"), 1)


def test_missing_values_are_counted(reference: Reference) -> None:
    text = "code_insee;v\n59350;12\n" + "".join(
        f"{code};{mark}\n"
        for code, mark in (("59378", "s"), ("59009", "N/A"), ("73008", ""), ("59295", "…"))
    )
    done = take(reference, text, "nombre", VALUE)
    assert (done.parts, done.missing, done.problems) == ({"59350": 12}, 4, [])


def test_a_sentinel_is_asked_once_and_answered(reference: Reference) -> None:
    text = "code_insee;v\n59350;12\n59378;-9999\n59009;-9999\n"
    done = take(reference, text, "nombre", VALUE)
    assert as_text(done.problems[:1]) == (
        "x.csv:1:1: import-indicateur: 2 lignes valent « -9999 » : valeur, ou absence ?\n"
        '    Si elle manque : --missing "-9999".'
    )
    done = take(reference, text, "nombre", Columns(value="v", missing="-9999"))
    assert (done.parts, done.missing) == ({"59350": 12}, 2)


def test_a_header_below_title_lines(reference: Reference) -> None:
    text = "Équipement des communes\nSource : essai ; 2026\n\ncode_insee;v\n59350;12\n"
    assert take(reference, text, "nombre", VALUE).parts == {"59350": 12}


def lyon(values: str = "", count: int = 9) -> str:
    lines = [f"6938{number};10;5{values}" for number in range(1, count + 1)]
    return "\n".join(["code_insee;nbr;v", *lines])


def test_arrondissements_are_added_up(reference: Reference) -> None:
    """Nine arrondissements of Lyon with 5 of 10 each: 45 in all, of 90."""
    counted = take(reference, lyon(), "somme", VALUE)
    assert (counted.parts, counted.added) == ({"69123": 45}, ("69123",))
    shares = take(reference, lyon(), "taux", Columns(value="v", total="nbr"))
    assert (shares.parts, shares.wholes) == ({"69123": 45}, {"69123": 90})
    whole = take(reference, f"{lyon()}\n69123;90;40\n", "somme", VALUE)
    assert (whole.parts, whole.added) == ({"69123": 40}, ())


def test_parts_that_do_not_make_a_whole_are_refused(reference: Reference) -> None:
    done = take(reference, lyon(count=8), "somme", VALUE)
    assert [p.message for p in done.problems] == [
        "Lyon : il manque 1 de ses 9 arrondissements (69389…)"
    ]
    done = take(reference, lyon().replace("69381;10;5", "69381;10;6"), "nombre", VALUE)
    assert [p.message for p in done.problems] == [
        "Lyon : les valeurs de ses parties ne s'additionnent pas"
    ]


def test_lines_can_be_chosen(reference: Reference) -> None:
    text = "code_insee;type;elig_ftth\n59350;a;1\n59350;b;2,5\n"
    done = take(reference, text, "nombre", Columns(where={"type": "b"}))
    assert done.parts == {"59350": Decimal("2.5")}


# ------------------------------------------------------------------------------ the command


def run(root: Path, file: Path, *flags: str, **changed: str) -> Result:
    """The command on a project, with the options of the sample and some of them changed."""
    options = OPTIONS | {f"--{key}": value for key, value in changed.items()}
    given = [part for key, value in options.items() if value for part in (key, value)]
    return CliRunner().invoke(
        main, ["--project", str(root), "import", "indicators", str(file), *given, *flags]
    )


def test_the_files_that_the_import_writes(tmp_path: Path) -> None:
    root = tiny_tree(tmp_path / "p")
    done = run(root, SAMPLE)
    assert (done.exit_code, done.output) == (0, "4 communes : data/indicators/fibre.csv\n")
    folder = root / "data" / "indicators"
    assert (folder / "fibre.csv").read_text() == (
        "code,part,whole\n59009,400,400\n59350,900,1000\n59378,150,200\n73008,100,300\n"
    )
    text = (folder / "fibre.yml").read_text("utf-8")
    assert 'kind: "taux"\nlevel: "commune"\nunit: "%"\nabsent: "inconnu"\n' in text
    assert text.endswith("rows: 4\n")
    assert (folder / "SOURCES.md").read_text("utf-8") == (
        "# Sources des indicateurs importés\n\n- `fibre` : Locaux éligibles à la fibre, Arcep "
        "(échantillon d'essai), 2026-03-31, Licence Ouverte 2.0, <https://exemple.org/arcep>\n"
    )
    assert Small(root).warnings == []


def test_the_head_keeps_what_was_counted(tmp_path: Path) -> None:
    root = tiny_tree(tmp_path / "p")
    file = tmp_path / "odd.csv"
    file.write_text(f"{EXCEEDS}99999;1;1\n59295;s;s\n", "utf-8")
    done = run(root, file, "--clip", "--skip-odd", "--skip-unknown")
    assert done.output == (
        "2 communes, 1 code inconnu passé, 1 valeur absente, 1 ligne fausse passée, 1 part ramenée "
        "à son total : data/indicators/fibre.csv\n"
    )
    text = (root / "data/indicators/fibre.yml").read_text("utf-8")
    assert text.endswith("rows: 2\nmissing: 1\nignored: 1\nskipped: 1\nclipped: 1\n")


@pytest.mark.parametrize(
    ("flags", "changed", "words"),
    [
        ((), {"value": ""}, "dites la colonne avec --value, ou comptez des lieux avec --places"),
        ((), {"date": ""}, "dites la date avec --date, ou sa colonne avec --date-column"),
        ((), {"kind": "somme"}, "--total va avec les natures taux et evolution, et elles seules"),
        ((), {"absent": "zero"}, "valeur refusée : --absent"),
        ((), {"date": "hier"}, "valeur refusée : --date"),
        (("--class", "1"), {}, "« 1 » s'écrit NOMBRE=LIBELLÉ"),
        (("--class", "1=Villes"), {}, "valeur refusée : --class"),
        (("--role", "densite"), {}, "valeur refusée : --role"),
        (("--topic", "accueil"), {}, "valeur refusée : --topic"),  # a rate counts no places
    ],
)
def test_options_that_do_not_go_together(
    tmp_path: Path, flags: tuple[str, ...], changed: dict[str, str], words: str
) -> None:
    root = tiny_tree(tmp_path / "p")
    done = run(root, SAMPLE, *flags, **changed)
    assert done.exit_code == 2
    assert words in done.output
    assert not (root / "data" / "indicators").exists()
