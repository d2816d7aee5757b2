"""What the forms do as Python does it: files in canonical form, addresses, rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from atlaas.edit.canonical import canonical
from atlaas.forge import Forge
from atlaas.geography.reference import Reference
from atlaas.model.fields import MODELS, as_data, fields_of
from atlaas.pages.contribute import FORMS
from atlaas.read import read_bytes
from atlaas.rules import Context, all_rules
from atlaas.rules.statements import published
from atlaas.text import slug
from shared import rule_cases
from support import PROJECT, SAMPLE, Open

ACTION = "contribuer/action/"
EXAMPLES = PROJECT / "tests/examples/invalid"


def test_the_browser_writes_every_record_as_it_is(visit: Open) -> None:
    """The text that the form writes for each record is that of its file in canonical form."""
    wanted: dict[str, list[dict[str, object]]] = {"action": [], "territory": []}
    for folder, kind in (("actions", "action"), ("territories", "territory")):
        for file in sorted((SAMPLE / "data" / folder).rglob("*.*")):
            document = read_bytes(file.read_bytes(), str(file), kind)
            text = "\n".join(
                line for line in canonical(document).split("\n") if not line.startswith("#")
            )
            wanted[kind].append({"record": document.data, "body": document.body, "text": text})
    with visit() as visited:
        for form in FORMS:
            page = visited.go(form.url)
            wrong = page.evaluate(
                """async (records) => {
                  const { text } = await import("../../assets/js/contribute-yaml.js");
                  const settings = JSON.parse(document.getElementById("settings").textContent);
                  const { kind, fields } = settings;
                  return records.map((r) => [text(kind, fields, r.record, r.body), r.text])
                    .filter(([made, right]) => made !== right).slice(0, 3);
                }""".replace("../../assets", f"{visited.home}assets"),
                [item for item in wanted[form.kind] if "#" not in str(item["text"])],
            )
            assert wrong == []


def test_names_become_the_same_addresses_as_in_python(visit: Open, tiny: object) -> None:
    names = [place.name for place in tiny.directory.reference.places.values()]
    with visit() as visited:
        page = visited.go(ACTION)
        made = page.evaluate(
            f"""async (names) => (await import("{visited.home}assets/js/contribute-yaml.js"))
            && names.map((await import("{visited.home}assets/js/contribute-yaml.js")).slug)""",
            names,
        )
    assert made == [slug(name) for name in names]


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """An empty page that can load the scripts of the forms, without any site."""
    page = browser.new_page()

    def answer(route: Route) -> None:
        script = PROJECT / "overrides/assets/js" / Path(route.request.url).name
        if script.is_file():
            route.fulfill(body=script.read_bytes(), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>Vide</title>", content_type="text/html")

    page.route("**/*", answer)
    page.goto("https://vide.example/")
    yield page
    page.close()


def test_a_form_cleans_what_is_typed_and_pasted_as_python_does(blank: Page) -> None:
    """The other side of tests/text/test_typed.py."""
    table = json.loads((PROJECT / "tests/shared/typed.json").read_text("utf-8"))
    found = blank.evaluate(
        """async ({ addresses, pasted }) => {
          const clean = await import("https://vide.example/contribute-paste.js");
          return [addresses.map(([typed]) => clean.addressTyped(typed)),
            pasted.map(([text]) => clean.textPasted(text))];
        }""",
        table,
    )
    assert found == [[held for _, held in table[name]] for name in ("addresses", "pasted")]


def judged(page: Page, context: Context, cases: list[tuple[str, Any, str]]) -> list[list[Any]]:
    """What the script of the forms says of (kind, record, story), case by case."""
    choices: dict[str, list[str]] = {
        **{name: list(terms) for name, terms in context.vocabularies.items()},
        "editions": [str(year) for year in context.editions],
        "actors": sorted(context.actors),
        "levels": ["1", "2", "3", "4", "5"],
        "departements": list(context.reference.departements),
    }
    settings = {
        kind: {
            "kind": kind,
            "fields": as_data(fields_of(MODELS[kind])),
            "choices": choices,
            "rules": published(rule for rule in all_rules() if kind in rule.kinds),
        }
        for kind in {kind for kind, _, _ in cases}
    }
    found: list[list[Any]] = page.evaluate(
        """async ([settings, today, cases]) => {
          const { checker } = await import("https://vide.example/contribute-rules.js");
          return cases.map(([kind, record, body]) => checker(settings[kind], today)(record, body));
        }""",
        [settings, context.today, [list(case) for case in cases]],
    )
    return found


def test_a_form_says_what_the_shared_table_says(blank: Page, reference: Reference) -> None:
    """The other side of tests/rules/test_shared.py: the same records, judged by the script."""
    cases = rule_cases.cases()
    asked = [(case.kind, case.record, case.body) for case in cases]
    for case, found in zip(cases, judged(blank, rule_cases.context(reference), asked), strict=True):
        said = {".".join(map(str, problem["path"])): problem["message"] for problem in found}
        assert len(found) == len(said), (case, found)
        assert (said, sorted({p["rule"] for p in found})) == (case.says, case.form_rules), case


def test_a_form_points_out_names_of_people(blank: Page, reference: Reference) -> None:
    """The other side of tests/rules/test_people.py, in a title, in a story and in a source."""
    good = rule_cases.TABLE["base"]["action"]
    texts = [*rule_cases.PEOPLE["named"], *rule_cases.PEOPLE["nobody"]]
    source = {"publisher": "Le Journal", "title": "Rencontre avec Mme Martin", "date": "2019"}
    asked = [
        *(("action", {**good, "title": text}, "Un récit.") for text in texts),
        *(("action", good, text) for text in texts),
        ("action", {**good, "sources": [source]}, "Un récit."),
    ]
    answers = judged(blank, rule_cases.context(reference), asked)
    assert answers.pop() == []
    names = [*rule_cases.PEOPLE["named"].values(), *(None for _ in rule_cases.PEOPLE["nobody"])] * 2
    for (_, record, body), name, found in zip(asked, names, answers, strict=False):
        place = "title" if record["title"] in texts else "body"
        assert {(p["rule"], p["severity"], *p["path"]) for p in found} == (
            {("nom-de-personne", "warning", place)} if name else set()
        ), (record["title"], body)
        assert name is None or f"« {name} »" in found[0]["message"]


def test_a_form_knows_the_examples_of_its_rules(blank: Page, reference: Reference) -> None:
    """An example of a rule that has statements is refused by the script as well."""
    context = rule_cases.context(reference)
    asked, wanted = [], []
    for rule in all_rules():
        for file in sorted((EXAMPLES / rule.id / "data").rglob("*.*")) if rule.statements else ():
            path = file.relative_to(EXAMPLES / rule.id).as_posix()
            kind = {"actions": "action", "territories": "territory"}.get(path.split("/")[1], "")
            document = read_bytes(file.read_bytes(), path, kind)
            if kind and any(True for _ in rule.check(document, context)):
                asked.append((kind, document.data, document.body))
                wanted.append(rule.id)
    assert len(set(wanted)) > 20
    answers = judged(blank, context, asked)
    unseen = [
        rule
        for rule, found in zip(wanted, answers, strict=True)
        if rule not in {problem["rule"] for problem in found}
    ]
    assert set(unseen) == {"code-inconnu"}  # the script of the page asks the finder of places


@pytest.mark.parametrize(
    ("kind", "story", "opened", "said"),
    [
        (
            "github",
            "Récit",
            "new/main?filename=data%2Fa%2Fb.md&value=R%C3%A9cit",
            "La fiche est prête sur GitHub.",
        ),
        (
            "forgejo",
            "Récit",
            "_new/main/?filename=data%2Fa%2Fb.md&value=R%C3%A9cit",
            "La fiche est prête sur Forgejo.",
        ),
        (
            "gitlab",
            "Récit",
            "-/new/main?file_name=data%2Fa%2Fb.md",
            "Il reste à coller la fiche sur GitLab.",
        ),
        (
            "forgejo",
            "é" * 2000,  # six characters each in an address
            "_new/main/?filename=data%2Fa%2Fb.md",
            "La fiche est trop longue",
        ),
    ],
)
def test_a_form_opens_the_page_of_each_forge(
    blank: Page, kind: str, story: str, opened: str, said: str
) -> None:
    """And says what remains to be done there, in the words of that forge."""
    forge = Forge("https://forge.example/a/b", "main", kind)
    settings = {"forge": forge.form_addresses(), "limit": forge.limit, "contact": ["", ""]}
    address, words = blank.evaluate(
        """async ([settings, content]) => {
          globalThis.atlaasWords = { dateRead: (day) => day };
          const { outcomes } = await import("https://vide.example/contribute-outcome.js");
          const [box, preview] = ["div", "textarea"].map((name) => document.createElement(name));
          document.body.replaceChildren(box, preview);
          let address = "";
          window.open = (href) => { address = href; };
          await outcomes(settings, box, preview)
            .propose({ path: "data/a/b.md", content, page: "https://vide.example/b/" });
          return [address, box.innerText];
        }""",
        [settings, story],
    )
    assert address == f"https://forge.example/a/b/{opened}"
    assert said in words and forge.last in words
    assert ("GitHub" in words) is (kind == "github")
