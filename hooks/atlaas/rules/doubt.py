"""A doubt says what is uncertain: « oui » beside a fact tells a reader nothing."""

import re
from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.conditions import Matches, OfField
from atlaas.rules.rule import Context, Finding, Rule, shown, texts_of
from atlaas.rules.statements import Statement

_NONE = r"(?:non|no|faux|false|aucun|rien|nul|0|sans|ras|néant|n/a)\W{0,3}"
_SOME = (
    r"(?:oui|yes|vrai|true|ok|x|1|doutes?|douteux|incertain|peut-être|possible|probable|"
    r"à vérifier|a verifier|à confirmer|à voir|à compléter|inconnu|todo|tbd)?\W{0,3}"
)
_WORTHLESS = re.compile(f"{_NONE}|{_SOME}", re.IGNORECASE)
_WHAT = (
    "Dites en une phrase ce qui est incertain, et pourquoi (« le niveau est déduit d'un article »)"
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """A doubt is more than « oui », « x » or « à vérifier »."""
    if "doubt" not in document.text:
        return
    for path, value, _, field in texts_of(document, "text", "long"):
        if field.key == "doubt" and _WORTHLESS.fullmatch(value):
            message = f"« {shown(value)} » ne dit pas ce qui est incertain"
            yield Finding(path, message, f"{_WHAT} ; si rien ne l'est, supprimez la ligne.")


RULE = Rule(
    "doute",
    "Un doute dit ce qui est incertain.",
    check,
    statements=(
        Statement(
            "value",
            OfField("key", ("doubt",)) & Matches(".", _WORTHLESS),
            f"{_WHAT} ; si rien ne l'est, videz ce champ.",
        ),
    ),
)
