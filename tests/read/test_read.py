"""Reading: values stay what was written, places are exact, and no file is a danger."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from atlaas import read
from atlaas.read import Document, Entry, Unreadable, strict
from atlaas.read.plain import read_plain
from support import SAMPLE

TERRITORY = "data/territories/59/59378-marcq-en-baroeul.yml"
ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"


def quoted(text: str) -> str:
    """A JSON string that is YAML too: what YAML may not hold as it is stands escaped."""
    kept = []
    for c in json.dumps(text, ensure_ascii=False):
        raw = c == " " or (c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF)
        kept.append(c if raw else f"\\U{ord(c):08x}")
    return "".join(kept)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
VALUES = st.recursive(
    TEXT,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(TEXT.filter(lambda key: len(key) < 30), inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
).filter(lambda value: depth(value) < read.MAX_DEPTH)


def depth(value: object) -> int:
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, str):
        return 0
    return 1 + max((depth(child) for child in children), default=0)


def flow(value: object) -> str:
    """A value in YAML's flow style, each scalar JSON-quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"? {quoted(k)} : {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return quoted(str(value))


# Records as they are written, with a value now and then, or a line moved, that makes them odd.
PLAIN = st.sampled_from(["mots", "2016", "l'été", "É, ou è", "https://a.fr/b", "22:22", '"01004"'])
ODD = st.sampled_from(
    """ | a: b|a:b|fin:|a #b|a#b|null|~|no|-|- a|?|&a|*a|!x|<<|>|[a]|{a: b}|''|""|'cité'|"a: b"|
    59378|01004| a|a |%|@x|a\tb|a\u00a0b|a\u2028b|"\\x41"|'l''été'|"a" #b""".replace(
        "\n", ""
    ).split("|")
)
WORDS = st.one_of(PLAIN, PLAIN, PLAIN, PLAIN, ODD)
KEYS = ("title", "code", "partners", "sources", "level", "doubt", "labels")


def mapping(words: list[str], indent: str) -> str:
    """A mapping of as many lines as words."""
    return "\n".join(f"{indent}{KEYS[at]}: {word}" for at, word in enumerate(words))


def entry(words: list[str], indent: str) -> str:
    """The same in a list."""
    return f"{indent}- {mapping(words, f'{indent}  ').lstrip()}"


SOME = st.lists(WORDS, min_size=1, max_size=3)
GROUPS = st.one_of(
    WORDS.map(lambda word: f" {word}"),
    SOME.map(lambda words: "".join(f"\n  - {word}" for word in words)),
    st.lists(SOME, min_size=1, max_size=2).map(
        lambda entries: "".join("\n" + entry(words, "  ") for words in entries)
    ),
    SOME.map(lambda words: f"\n  - edition: 2018\n    sources:\n{entry(words, ' ' * 6)}"),
    SOME.map(lambda words: "\n" + mapping(words, "  ")),
    SOME.map(lambda words: f"\n  - edition: 2018\n    cost:\n{mapping(words, ' ' * 6)}"),
)
RECORDS = st.lists(GROUPS, min_size=1, max_size=4).map(
    lambda groups: "\n".join(f"{KEYS[at]}:{group}" for at, group in enumerate(groups))
)


def moved(text: str, line: int, by: int) -> str:
    """The text with one line further to the right, or written twice."""
    lines = text.split("\n")
    at = line % len(lines)
    lines[at] = f"{lines[at]}\n{lines[at]}" if by < 0 else f"{' ' * by}{lines[at]}"
    return "\n".join(lines)


@settings(max_examples=1500, deadline=None)
@given(st.one_of(RECORDS, st.builds(moved, RECORDS, st.integers(0, 9), st.integers(-1, 2))))
def test_the_quick_way_reads_what_the_strict_one_does(text: str) -> None:
    """Where it answers: the same values, and neither a code nor a number to report."""
    found = read_plain(text)
    event(f"answered: {found is not None}")
    if found is not None:
        misquoted: list[read.KeyPath] = []
        assert strict._build(text, misquoted, None) == found
        assert misquoted == []


def test_the_quick_way_reads_a_mapping_in_a_mapping() -> None:
    text = "title: Un bus\ncost:\n  amount: 44500\n  note: pour le bus\ntools:\n  - bus équipé\n"
    assert read_plain(text) == {
        "title": "Un bus",
        "cost": {"amount": "44500", "note": "pour le bus"},
        "tools": ["bus équipé"],
    }
    # Of another column, or without a key of its own: what it is, the strict way says.
    assert read_plain(text.replace("  amount", "   amount")) is None
    assert read_plain(text.replace("  note", "    note")) is None
    assert read_plain("cost:\n  44500\n") is None


def test_the_quick_way_reads_nearly_all_records() -> None:
    """Every file of the sample, both ways; it answers for nineteen in twenty."""
    answered = []
    for path in [*SAMPLE.glob("data/actions/**/*.md"), *SAMPLE.glob("data/territories/**/*.yml")]:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            text = text.split("---\n")[1]
        found = read_plain(text)
        answered.append(found is not None)
        if found is not None:
            assert strict._build(text, None, None) == found, path
    assert len(answered) > 200 and sum(answered) > 0.95 * len(answered)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_quoted_values_read_back_identical(value: object) -> None:
    assert read.parse(flow(value)) == value


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text("[]{}:-?&*!|>'\"%@`#, \n\ta0é~<", max_size=80))
def test_no_file_crashes(raw: bytes | str) -> None:
    data = raw if isinstance(raw, bytes) else raw.encode()
    for kind, text in (("territory", data), ("action", b"---\n" + data + b"\n---\n")):
        document = read.read_bytes(text, "data/x", kind)
        for problem in document.problems:
            assert problem.rule in read.RULES
            assert problem.line >= 1 and problem.column >= 1
            assert problem.line <= len(text.decode("utf-8", "replace").splitlines()) + 1


@pytest.mark.parametrize(
    "scalar", ["01004", "no", "22:22", "2E001", "1_0", "0x1f", "on", "2016-07-02", "1.0", ".inf"]
)
def test_plain_scalars_stay_text(scalar: str) -> None:
    assert read.parse(f"a: {scalar}\nb: [{scalar}]") == {"a": scalar, "b": [scalar]}


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_empty_plain_values_are_none(empty: str) -> None:
    assert read.parse(f"a: {empty}\nb: ''") == {"a": None, "b": ""}


def test_codes_without_quotes_and_numbers_between_quotes_are_noted() -> None:
    text = 'code: 01004\nmemberships:\n  - through: 200093201\n    level: 5\nname: "7"\n'
    document = read.read_bytes(text.encode(), TERRITORY, "territory")
    assert document.misquoted == (("code",), ("memberships", 0, "through"))
    text = '---\nterritory: 2A004\npartners:\n  - "59378"\n  - 200093201\n---\nx\n'
    document = read.read_bytes(text.encode(), ACTION, "action")
    assert document.misquoted == (("territory",), ("partners", 1))
    text = """code: "01004"\nlabels:\n  - edition: '2018'\n    level: 5\n    value: "x"\n"""
    document = read.read_bytes(text.encode(), TERRITORY, "territory")
    assert document.misquoted == (("labels", 0, "edition"), ("labels", 0, "value"))


def test_places_in_yaml() -> None:
    text = (
        "# La fiche\n"  # 1
        "\n"  # 2
        'code: "59378"\n'  # 3
        "labels:\n"  # 4
        "  - edition: 2018\n"  # 5
        "    mentions: [é, bé]\n"  # 6
        "    doubt: « à »  \n"  # 7
    )
    document = read.read_bytes(text.encode(), TERRITORY, "territory")
    at = read.places(document)
    assert at(("code",), False) == (3, 7)
    assert at(("code",), True) == (3, 1)
    assert at(("labels",), False) == (5, 3)
    assert at(("labels", 0), False) == (5, 5)
    assert at(("labels", 0, "edition"), False) == (5, 14)
    assert at(("labels", 0, "mentions", 1), False) == (6, 19)
    assert at(("labels", 0, "doubt"), True) == (7, 5)
    assert at(("labels", 0, "sources", 2), False) == (5, 5)  # the nearest parent
    assert at((), False) == (3, 1)


@pytest.mark.parametrize("before", ["", "\n", "\n\n", "# un commentaire\n\n", "\n# là\n"])
def test_places_in_front_matter(before: str) -> None:
    text = f"---\n{before}title: Été\nthemes:\n  - a\n---\n\nLe récit.\n"
    document = read.read_bytes(text.encode(), ACTION, "action")
    first = 2 + before.count("\n")
    assert document.data == {"title": "Été", "themes": ["a"]}
    assert document.body == "Le récit."
    assert read.locate(document, ("title",)) == (first, 8)
    assert read.locate(document, ("themes",), on_key=True) == (first + 1, 1)
    assert read.locate(document, ("themes", 0)) == (first + 2, 5)


@pytest.mark.parametrize("before", ["", "\n\n", "# là\n"])
def test_errors_in_front_matter_have_the_line_of_the_file(before: str) -> None:
    text = f"---\n{before}title: a\ntitle: b\n---\n"
    (problem,) = read.read_bytes(text.encode(), ACTION, "action").problems
    assert (problem.line, problem.column) == (3 + before.count("\n"), 1)
    assert problem.rule == "cle-double"


def test_text_before_the_front_matter_is_refused_not_lost() -> None:
    (problem,) = read.read_bytes(b"---titre\n---\na: b\n---\n", ACTION, "action").problems
    assert problem.rule == "en-tete"


def test_control_character_after_accents_has_its_place() -> None:
    with pytest.raises(Unreadable) as caught:
        read.parse('é: "a"\nàé: a\x07b\n')
    assert (caught.value.line, caught.value.column) == (2, 6)
    assert caught.value.rule == "yaml-syntaxe"


def test_line_ends_and_byte_order_mark() -> None:
    document = read.read_bytes('\ufeffcode: "1"\r\nname: a\r\n'.encode(), TERRITORY, "territory")
    assert document.data == {"code": "1", "name": "a"}
    assert document.text == 'code: "1"\nname: a\n'


def bomb() -> str:
    lines = ["a: &a [x, x]"]
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{two}: &{two} [*{one}, *{one}, *{one}]")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("raw", "rule", "line", "column"),
    [
        (b"[" * 40_000, "yaml-strict", 1, 9),
        (b"code: " + b"{a: " * 15_000, "yaml-strict", 1, 35),
        (bomb().encode(), "yaml-strict", 1, 4),
        ('code: "59378"\nname: Été\n'.encode("latin-1"), "encodage", 2, 7),
        (b"", "fichier-vide", 1, 1),
        (b" \n\n", "fichier-vide", 1, 1),
        (b"a" * (read.MAX_BYTES + 1), "fichier-trop-gros", 1, 1),
        (b"a: b\n---\nc: d\n", "yaml-strict", 2, 1),
        (b"<<: a\n", "yaml-strict", 1, 1),
        (b"? [a]\n: b\n", "yaml-strict", 1, 3),
        (b"a: [b\n", "yaml-syntaxe", 2, 1),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_file_is_one_problem(raw: bytes, rule: str, line: int, column: int) -> None:
    (problem,) = read.read_bytes(raw, TERRITORY, "territory").problems
    assert (problem.rule, problem.line, problem.column) == (rule, line, column)
    assert problem.message and problem.advice


def tree(root: Path, files: dict[str, str | bytes]) -> Path:
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def test_inventory_keeps_the_order_of_reading(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "data/context.yml": "- area: France\n",
            ACTION: "x",
            TERRITORY: "x",
            "data/territories/01/01004-amberieu-en-bugey.yml": "x",
            "data/vocabulary/themes.yml": "x",
            "data/editions/2018.yml": "x",
            "data/reference/communes.csv": "x",
            "data/LICENCE.md": "x",
        },
    )
    entries, problems = read.inventory(str(tmp_path))
    assert problems == []
    assert [(entry.kind, entry.path, entry.size) for entry in entries[:3]] == [
        ("vocabulary", "data/vocabulary/themes.yml", 1),
        ("edition", "data/editions/2018.yml", 1),
        ("territory", "data/territories/01/01004-amberieu-en-bugey.yml", 1),
    ]
    assert [entry.kind for entry in entries[3:]] == ["territory", "action", "context"]


def one_problem(root: Path) -> read.Problem:
    """The one problem of a tree that holds nothing readable."""
    entries, problems = read.inventory(str(root))
    assert entries == []
    (problem,) = problems
    return problem


def test_symlinks_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text('code: "59378"\n')
    for name, link in enumerate(
        (TERRITORY, "data/territories/59", "data/territories", "data/context.yml")
    ):
        root = tmp_path / str(name)
        (root / link).parent.mkdir(parents=True)
        (root / link).symlink_to(secret if link.endswith(".yml") else tmp_path)
        problem = one_problem(root)
        assert (problem.path, problem.rule) == (link, "lien-symbolique")


def test_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    for name, path in enumerate((TERRITORY, "data/context.yml")):
        root = tmp_path / str(name)
        (root / path).parent.mkdir(parents=True)
        os.mkfifo(root / path)
        problem = one_problem(root)
        assert (problem.path, problem.rule) == (path, "fichier-special")


def test_big_file_is_refused_without_being_read(tmp_path: Path) -> None:
    root = tree(tmp_path, {TERRITORY: b"a" * 10_000_000})
    problem = one_problem(root)
    assert problem.rule == "fichier-trop-gros"
    assert problem.message == "le fichier pèse 9765 ko, plus que 64 ko"
    document = read.read_entry(Entry(str(root / TERRITORY), TERRITORY, "territory", 1))
    assert document.text == ""  # grown since the inventory: at most 64 kB are read
    assert [problem.rule for problem in document.problems] == ["fichier-trop-gros"]


@pytest.mark.parametrize("name", ["a\nb.yml", "a\u202eb.yml", b"caf\xe9.yml"])
def test_unreadable_names_are_shown_escaped(tmp_path: Path, name: str | bytes) -> None:
    folder = tmp_path / "data/territories/59"
    folder.mkdir(parents=True)
    with open(os.path.join(os.fsencode(folder), os.fsencode(name)), "wb"):
        pass
    problem = one_problem(tmp_path)
    assert problem.rule == "nom-illisible"
    assert problem.path.isascii() and problem.path.isprintable()


def test_deep_folders_are_not_walked(tmp_path: Path) -> None:
    (tmp_path / "data/territories" / ("a/" * 30)).mkdir(parents=True)
    problem = one_problem(tmp_path)
    assert problem.rule == "fichier-special"
    assert problem.path.count("/") == read.MAX_FOLDERS


def test_locate_reads_what_stands_before_an_error() -> None:
    document = Document(TERRITORY, "territory", "a: b\nc: d\na: e\n")
    assert read.locate(document, ("c",)) == (2, 4)
    assert read.locate(document, ("z",)) == (1, 1)
