"""What the rules say, in the words of who filled a form: no key, no file, no sign of YAML."""

import re
from functools import cache

from atlaas.model import Source
from atlaas.model.fields import MODELS, fields_of
from atlaas.read.problem import Problem
from atlaas.rules import all_rules
from atlaas.text.quoted import clean

_KEY = re.compile(r"« ([a-z_]+)(?:: …)? »")
_TOP = re.compile(r"([a-z_]+):")
_MISSING = re.compile(r"la clé « ([a-z_]+) » (?:manque|n'a pas de valeur)")
_DELETE = re.compile(r",? (?:sinon|ou) supprimez la ligne[^.;]*")
_CLAUSES = re.compile(r" ; |(?<=[.?…]) ")
_OF_FILES = re.compile(
    r"\bclés?\b|data/|« [a-z_]+: |\(url\)|\blignes?\b|\.yml|\.md\b|atlaas|guillemets"
)
_LIST = re.compile(r"dans data/vocabulary/[\w-]+\.yml")


@cache
def _names() -> dict[str, str]:
    """Key -> the name of its field; « results.date » where a part has a name of its own for it."""
    names: dict[str, str] = {}
    for field in (*fields_of(MODELS["action"]), *fields_of(MODELS["territory"])):
        names.setdefault(field.key, field.name)
        for inner in field.fields:
            names.setdefault(f"{field.key}.{inner.key}", inner.name)
    for field in fields_of(Source):
        names.setdefault(field.key, field.name)
    return names


def _part(problem: Problem, text: str) -> str:
    """The key of the whole record under which the line of a problem stands."""
    above = text.split("\n")[: problem.line]
    return next((found[1] for line in reversed(above) if (found := _TOP.match(line))), "")


def key_missing(problem: Problem) -> str:
    """The key that a problem says to be missing, or an empty text."""
    found = _MISSING.match(problem.message)
    return found[1] if found else "sources" if problem.rule == "source-manquante" else ""


def in_words(problem: Problem, text: str = "") -> str:
    """A problem of a file's text as two sentences that name the questions of a form."""
    part = _part(problem, text)

    def name(found: re.Match[str]) -> str:
        key = found[1]
        return f"« {_names().get(f'{part}.{key}') or _names().get(key, key)} »"

    missing = _MISSING.match(problem.message)
    if missing:
        return f"{name(missing)} : à compléter."
    rule = next((rule for rule in all_rules() if rule.id == problem.rule), None)
    for statement in rule.statements if rule else ():
        if statement.form and statement.message == problem.message:
            return statement.form
    message, advice = (_KEY.sub(name, clean(words)) for words in (problem.message, problem.advice))
    message = _LIST.sub("dans la liste", message).removeprefix("la clé ")
    advice = _DELETE.sub("", advice)
    clauses = [part for part in _CLAUSES.split(advice) if part and not _OF_FILES.search(part)]
    if advice and not clauses and rule:
        said = {s.form for s in rule.statements if s.form and "{" not in s.form}
        clauses = list(said) if len(said) == 1 else []
    return " ".join(map(_sentence, (message, " ; ".join(clauses).replace("? ; ", "? ")))).rstrip()


def _sentence(text: str) -> str:
    """A text that begins with a capital and ends with a full stop, if it has any words."""
    text = f"{text[:1].upper()}{text[1:]}"
    return text if not text or text[-1] in ".?…" else f"{text}."
