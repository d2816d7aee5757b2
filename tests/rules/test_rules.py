"""What examples do not show: good values that pass, any shape, mends, and the context."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlaas import read
from atlaas.geography.reference import Reference
from atlaas.model import Action, Territory
from atlaas.read import Document, Entry
from atlaas.read.layout import code_of
from atlaas.rules import Context, all_rules, check, codes, fields, make_context
from atlaas.rules.addresses import wrong
from atlaas.rules.characters import fix as fix_characters
from atlaas.rules.personal import PHONES, emails
from atlaas.rules.rule import KINDS, did_you_mean

TODAY = "2026-11-21"
TERRITORY = "data/territories/59/59378-marcq-en-baroeul.yml"
ACTION = "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"


def document(text: str, path: str = TERRITORY, kind: str = "territory") -> Document:
    return read.read_bytes(text.encode(), path, kind)


@pytest.fixture(scope="session")
def context(reference: Reference) -> Context:
    return make_context(reference, [], [], TODAY)


KEYS = sorted(
    {*Territory.model_fields, *Action.model_fields, "edition", "level", "mentions", "through"}
    | {"url", "usage", "offers", "seen", "publisher", "value", "counts", "ceremony", "id"}
)
WORDS = ["x-a", "59378", "200093201", "2018", "2018-13", "http://a", "https://[a", "a@b.fr", "é"]
SHAPES = st.recursive(
    st.none() | st.sampled_from(WORDS) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=15,
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(kind=st.sampled_from(KINDS), data=SHAPES, body=st.text("[](!<>`&#a:/ \n", max_size=30))
def test_no_shape_makes_a_rule_raise(context: Context, kind: str, data: Any, body: str) -> None:
    if not isinstance(data, list if kind in ("vocabulary", "context") else dict):
        return
    folder = {kind: folder for folder, (kind, _) in read.FOLDERS.items()}.get(kind, "")
    text = f"---\na: b\n---\n{body}" if kind == "action" else "a: b\n"
    wrong = Document(f"data/{folder}/a.yml", kind, text, data, body.strip())
    for problem in check(wrong, context)[1]:
        assert problem.message


def test_unreadable_document_has_no_further_problem(context: Context) -> None:
    assert check(document("[" * 20), context) == (None, [])


@pytest.mark.parametrize(
    "url",
    [
        "https://www.marcq-en-baroeul.org/",
        "https://a.fr",
        "https://l.francebleu.fr/infos/x-1446802467",
        "http://vds104.monespace.net/index.php/commune/herault?start=1485",
        "https://www.silicon.fr/les-%C2%ABvilles-internet%C2%BB-38421.html",
        "https://www.mairesdefrance.com/m/themes/maires-cœur-territoires",
        "https://xn--vry-9la.fr/",
        "https://mastodon.social/@ville",
        "https://www.ville.fr/#contact",
    ],
)
def test_good_addresses_pass(url: str) -> None:
    assert wrong(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/",
        "https://ville.local/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://ville.fr:443/",
        "https://ville.fr./",
        "https://-ville.fr/",
        "https://user@ville.fr/",
        "https:///a",
        "https://",
        "//ville.fr/",
        "javascript:alert(1)",
        "https://ville.fr\\@evil.fr/",
        "https://ville.fr/<b>",
        "HTTPS://ville.fr/",
        "https://Ville.fr/",
        "https://[a",
        "ville",
    ],
)
def test_bad_addresses_are_told(url: str) -> None:
    found = wrong(url)
    assert found and all(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03 20 45 12 34", True),
        ("0320451234", True),
        ("03\u00a020\u00a045\u00a012\u00a034", True),
        ("tel:03-20-45-12-34", True),
        ("+33320451234", True),
        ("0033 3 20 45 12 34", True),
        ("+262 262 12 34 56", True),
        ("https://ville.fr/0320451234", False),
        ("0320451234a", False),
        ("a0320451234", False),
        ("du 01/02/2017 au 05/02/2017", False),
        ("2016-07-02, 2017-01-02", False),
        ("+100 000 000 habitants", False),
        ("01004 et 02001 et 200093201", False),
    ],
)
def test_telephones(text: str, expected: bool) -> None:
    assert bool(list(PHONES.within(text))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("écrire à mairie@ville.fr.", ["mairie@ville.fr"]),
        ("https://ville.fr/?a=mairie@ville.fr", ["mairie@ville.fr"]),
        ("jean (arobase) ville.fr", ["jean (arobase) ville.fr"]),
        ("label 5@ en 2018, 4@-5@, @ville", []),
        ("https://mastodon.social/@ville.fr", []),
        ("https://jean:secret@ville.fr/", []),  # rule « adresse »
        ("a" * 60_000, []),
        ("@" * 60_000, []),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_emails(text: str, expected: list[str]) -> None:
    assert [what.strip() for _, what in emails(text)] == expected


def test_mend_of_codes(context: Context) -> None:
    wrong = document(
        "---\nterritory: 01004 # là\npartners: [59378, '59350', 200093201]\n---\n", ACTION, "action"
    )
    assert codes.fix_quoted(wrong, context) == (
        '---\nterritory: "01004" # là\npartners: ["59378", \'59350\', "200093201"]\n---\n'
    )


def test_mend_of_characters(context: Context) -> None:
    wrong = Document(TERRITORY, "territory", "a:\u200b b\u2028c\u00a0!\n\x07", {"a": "b"})
    assert fix_characters(wrong, context) == "a: b c\u00a0!\n"
    assert [rule.id for rule in all_rules() if rule.fix] == [
        "caractere-invisible",
        "code-sans-guillemets",
    ]


def test_context(reference: Reference) -> None:
    terms = document("- id: a\n  label: A\n- id: b\n", "data/vocabulary/themes.yml", "vocabulary")
    broken = document("- [", "data/vocabulary/usages.yml", "vocabulary")
    edition = document("edition: 2019\n", "data/editions/2018.yml", "edition")
    paths = {
        "vocabulary": ("data/vocabulary/themes.yml", "data/vocabulary/usages.yml"),
        "edition": ("data/editions/2018.yml",),
        "actor": ("data/actors/inr.yml",),
        "territory": ("data/territories/07/x-inforoutes.yml", TERRITORY),
        "action": (ACTION, "data/actions/autres/59378-marcq/La-Bonne-Appli.md"),
    }
    entries = [Entry("", path, kind, 1) for kind, found in paths.items() for path in found]
    context = make_context(reference, entries, [terms, broken, edition], TODAY)
    assert list(context.vocabularies["themes"]) == ["a", "b"]  # a mistaken term is still known
    assert "usages" not in context.vocabularies  # unreadable: nothing is said about its words
    assert context.vocabularies["enjeux"] == {}  # no file: each word is unknown
    assert context.editions == {2018, 2019}
    assert context.actors == {"inr"}
    assert context.own_codes == {"x-inforoutes"}
    assert context.own_folders == {"x-inforoutes": "07"}
    assert context.paths == paths
    assert context.twins == {paths["action"][0]: paths["action"][1]} | {
        paths["action"][1]: paths["action"][0]
    }


@pytest.mark.parametrize(
    ("stem", "code"),
    [
        ("59378-marcq-en-baroeul", "59378"),
        ("dep-59-nord", "dep-59"),
        ("reg-32-hauts-de-france", "reg-32"),
        ("x-siel", "x-siel"),
        ("2A004-ajaccio", "2A004"),
    ],
)
def test_code_of_a_name(stem: str, code: str) -> None:
    assert code_of(stem) == code


def test_nearest_value() -> None:
    assert did_you_mean("premium", ["membre", "praemium"]) == "Vouliez-vous dire « praemium » ?"
    assert did_you_mean("zzz", ["membre"]) == ""


def test_many_mistakes_are_reported_quickly(context: Context) -> None:
    text = 'code: "59378"\npartners:\n' + "  - 1\n" * 8_000
    problems = check(document(text), context)[1]
    # Fifty of the 8 000 unquoted codes, which say it all, and the key that is none.
    assert Counter(problem.rule for problem in problems) == {"code-sans-guillemets": 50, "champ": 1}


def test_a_record_does_not_remember_which_keys_were_given() -> None:
    """Some hundred thousand records would hold a set each, of 1 kB, that nobody asks."""
    label = "labels:\n  - edition: 2018\n    sources: [{url: 'https://exemple.fr/'}]\n"
    records = [fields.validate(document(f'code: "59378"\n{text}')) for text in ("", label)]
    shared = records[0].model_fields_set
    for record in (*records, records[1].labels[0], records[1].labels[0].sources[0]):
        assert record.model_fields_set is shared
