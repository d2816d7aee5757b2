"""What pages promise: each such sentence stands in promises.yml with what holds it, or it goes.

A promise is held by a test elsewhere, named by its file and function, or by a check below on the
built site. A sentence with a strong word (« toujours », « aucun »…) that is not in the table fails.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from atlaas.model.fields import MODELS, fields_of_kind, walk
from atlaas.read.layout import code_of
from support import PROJECT, SAMPLE, SITE_URL, Html, plain


class Built(NamedTuple):
    """The site of the sample: its folder, and the pages that people read, by address."""

    folder: Path
    pages: dict[str, Html]

    def scripts(self) -> Iterator[str]:
        """The text of each script."""
        return (path.read_text("utf-8") for path in self.folder.glob("assets/js/*.js"))


def known() -> set[str]:
    """The codes of the territories that have a record, or an action."""
    records = {code_of(path.stem) for path in SAMPLE.glob("data/territories/*/*.yml")}
    return records | {code_of(path.name) for path in SAMPLE.glob("data/actions/*/*")}


def every_known_territory_has_a_page(site: Built) -> None:
    assert len(known()) > 100
    for code in known():
        document = json.loads((site.folder / f"api/v1/territories/{code}.json").read_bytes())
        assert document["url"].removeprefix(SITE_URL) in site.pages, code


def every_known_territory_has_a_feed(site: Built) -> None:
    for code in known():
        assert (site.folder / f"flux/territoires/{code}.xml").is_file(), code


def signs_are_named(site: Built) -> None:
    signs = [
        tag
        for page in site.pages.values()
        for tag in page.tags
        if "sign" in tag.attributes.get("class", "").split()
    ]
    assert len(signs) > 100
    for tag in signs:
        assert tag.attributes["role"] == "img" and tag.attributes["aria-label"], tag


def correction_is_at_the_foot(site: Built) -> None:
    """On the page of each record: after its last heading."""
    looked = 0
    for url, page in site.pages.items():
        names = [tag.attributes.get("id", tag.name) for tag in page.tags]
        if re.match(r"(territoires|actions)/\w", url) and "corriger" in names:
            looked += 1
            foot = names.index("corriger")
            assert not {tag.name for tag in page.tags[foot:]} & {"h1", "h2", "h3"}, url
            assert page.tags[foot].text.startswith("Corriger cette fiche"), url
    assert looked > 100


def nothing_is_sent(site: Built) -> None:
    for url, page in site.pages.items():
        policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
        rules = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
        assert rules["connect-src"] == "'self'", url
        assert rules["form-action"] in ("'self'", "'none'"), url
        assert all(form.attributes.get("method", "get") == "get" for form in page.all("form")), url


def no_script_writes_a_cookie(site: Built) -> None:
    assert not [text for text in site.scripts() if "document.cookie" in text]


def what_the_browser_keeps_is_named(site: Built) -> None:
    """Each name under which a script keeps something stands on the page of privacy."""
    said = site.pages["confidentialite/"].one("main").text
    named = {
        name
        for text in site.scripts()
        if "Storage" in text
        for name in re.findall(r"\"(atlaas-(?:scheme|evaluation|slash|brouillon)[\w-]*:?)", text)
    }
    assert len(named) >= 4
    for text in site.scripts():
        for key in re.findall(r"Storage\.setItem\((?:\"([^\"]+)|`([^`$]+))", text):
            named.add(next(filter(None, key)))
    assert [name for name in named if name not in said] == []


def nothing_is_deprecated(site: Built) -> None:
    texts = [path.read_text("utf-8") for path in site.folder.glob("schemas/**/*.json")]
    texts.append((site.folder / "api/v1/openapi.json").read_text("utf-8"))
    assert not [text for text in texts if '"deprecated"' in text or "obsolète" in text]


def feeds_are_short(site: Built) -> None:
    for path in site.folder.glob("flux/**/*.xml"):
        assert path.read_text("utf-8").count("<entry>") <= 50, path


def fields_have_examples(site: Built) -> None:
    """Every key of every kind of record that people write, with an example or its choices."""
    shown = site.pages["contribuer/champs/"].one("main").text
    for kind in ("territory", "action"):
        for _, field in walk(fields_of_kind(kind)):
            assert field.key in shown, field.key
    assert set(MODELS) >= {"territory", "action"}


def the_slash_opens_everywhere(site: Built) -> None:
    for url, page in site.pages.items():
        found = [tag.attributes.get("src", "") for tag in page.all("script")]
        assert any("/js/atlaas" in f"/{src}" for src in found), url


def links_of_ideas_lead_to_actions(site: Built) -> None:
    looked = 0
    for page in site.pages.values():
        for tag in page.all("a"):
            if "?usage=" in tag.attributes["href"] and "/action/" not in tag.attributes["href"]:
                looked += 1
                assert re.search(r"(^|/)actions/\?usage=", tag.attributes["href"])
    assert looked


def a_list_is_there_even_empty(site: Built) -> None:
    for path in site.folder.glob("api/v1/territories/*.json"):
        document = json.loads(path.read_bytes())
        if "moved" not in document:
            assert isinstance(document["actions"], list), path


TABLE = yaml.safe_load((Path(__file__).parent / "promises.yml").read_text("utf-8"))
SAID = [plain(words) for words in TABLE.pop("sans-promesse")]
PROMISES = [(page, words, held) for page, told in TABLE.items() for words, held in told.items()]
CHECKS: dict[str, Callable[[Built], None]] = {
    check.__name__: check
    for check in (
        a_list_is_there_even_empty,
        correction_is_at_the_foot,
        every_known_territory_has_a_feed,
        every_known_territory_has_a_page,
        feeds_are_short,
        fields_have_examples,
        links_of_ideas_lead_to_actions,
        no_script_writes_a_cookie,
        nothing_is_deprecated,
        nothing_is_sent,
        signs_are_named,
        the_slash_opens_everywhere,
        what_the_browser_keeps_is_named,
    )
}
STRONG = re.compile(
    r"\b(toujours|jamais|automatique\w*|gratuit\w*|en bas|sans compte|restent? (dans|sur)|"
    r"promis|aucun cookie|rien n'|aucune?s? [a-zé]+ n'est (?!encore|connue?)|"
    r"ne (doivent|dépose|chargent?|quitte)|à jour toute)",
    re.IGNORECASE,
)


@cache
def sentences(path: str) -> list[str]:
    """The sentences of a page of content/ or of a template, without markup."""
    text = (PROJECT / path).read_text("utf-8")
    text = re.sub(r"\A---.*?^---", "", text, count=1, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"```.*?```|<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", " ", text, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)|\*\*|`", r"\1", text)
    parts = re.split(r"\n\s*\n|\n(?=[-|#] )|(?<=[.!?])\s+(?=[«A-ZÀÉÊ])", text)
    return [words for part in parts if (words := plain(part)).strip(" |-")]


def stands(path: str, words: str) -> bool:
    """Whether these words stand in one sentence of a page, or run over two."""
    return plain(words) in " ".join(sentences(path)).replace(" ,", ",").replace("  ", " ")


@cache
def functions_of(path: str) -> set[str]:
    """The names of the tests of a file."""
    tree = ast.parse((PROJECT / path).read_text("utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}


@pytest.mark.parametrize(
    ("path", "words", "held"), PROMISES, ids=[f"{p} : {w[:40]}" for p, w, _ in PROMISES]
)
def test_a_promise_stands_on_its_page_and_is_held(
    path: str, words: str, held: str, built_site: Path, pages: dict[str, Html]
) -> None:
    assert stands(path, words), "ces mots ne sont plus sur la page : la promesse est à ôter d'ici"
    if held in CHECKS:
        CHECKS[held](Built(built_site, pages))
    else:
        file, _, name = held.partition("::")
        assert name in functions_of(file), f"{held} n'existe plus"


PAGES = sorted(
    path.relative_to(PROJECT).as_posix()
    for path in [*(PROJECT / "content").glob("*.md"), *(PROJECT / "overrides").rglob("*.html")]
    if path.name != "outils.md"  # of commands, each with its own tests
)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_promises_what_nothing_holds(path: str) -> None:
    told = [plain(words) for words in TABLE.get(path, ())] + SAID
    for sentence in sentences(path):
        if STRONG.search(sentence):
            held = any(words in sentence or sentence in words for words in told)
            assert held, f"dans promises.yml, dites ce qui tient cette promesse : {sentence}"


def test_a_promise_that_nothing_holds_is_seen() -> None:
    assert STRONG.search("Une fiche est toujours relue.")
    assert STRONG.search("Rien n'est perdu.")
    assert not STRONG.search("Aucune action n'est encore connue.")
