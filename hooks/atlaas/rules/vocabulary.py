"""Words of a vocabulary: only those that data/vocabulary/ lists, and lists that hold together."""

from collections.abc import Iterator
from typing import Any

from atlaas.model import VOCABULARIES
from atlaas.read import Document, KeyPath
from atlaas.rules.conditions import Listed, OfField
from atlaas.rules.rule import Context, Finding, Rule, did_you_mean, parts, shown, texts_of
from atlaas.rules.statements import Statement
from atlaas.text import slug
from atlaas.text.file_names import held_everywhere


def _words(document: Document) -> Iterator[tuple[KeyPath, str, str]]:
    """(path, word, name of its vocabulary) for each word that a vocabulary should hold."""
    for path, word, _, field in texts_of(document, "choice", "choices"):
        # A list where one word is expected, or the other way, is left to the rule « champ ».
        if field.vocabulary and isinstance(path[-1], int) is (field.kind == "choices"):
            yield path, word, field.vocabulary


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Each word of a vocabulary is the id of one of its terms."""
    for path, word, name in _words(document):
        known = context.vocabularies.get(name)
        if known is None or word in known:  # an unreadable list is a problem of its own
            continue
        yield Finding(
            path,
            f"« {shown(word)} » n'est pas dans data/vocabulary/{name}.yml",
            _advice(word, known, name),
        )


def check_id(document: Document, context: Context) -> Iterator[Finding]:
    """The id of a term is a folder of the site, which every system can hold."""
    for path, term, _ in parts(document):
        word = term.get("id")
        if isinstance(word, str) and len(word) < 10 and not held_everywhere(word):
            message = f"« {shown(word)} » serait un dossier du site, que Windows refuse"
            yield Finding((*path, "id"), message, "Choisissez un autre identifiant.")


def _advice(word: str, known: dict[str, Any], name: str) -> str:
    if not known:
        return f"La liste data/vocabulary/{name}.yml manque : il faut d'abord la rétablir."
    wanted = slug(word)
    spellings: dict[str, str] = {}
    for term in known.values():
        for spelling in (term.id, term.label, *term.spellings):
            spellings.setdefault(slug(spelling), term.id)
    if wanted in spellings:
        return f"Écrivez « {spellings[wanted]} »."
    if len(known) <= 12:
        choices = ", ".join(known)
        return f"{did_you_mean(wanted, known)} Valeurs possibles : {choices}.".strip()
    near = did_you_mean(wanted, known)
    return near or f"Choisissez un identifiant de data/vocabulary/{name}.yml."


RESERVED = Rule(
    "identifiant-reserve",
    "L'identifiant d'une entrée de liste est un nom de dossier sous tous les systèmes.",
    check_id,
    kinds=("vocabulary",),
)
RULE = Rule(
    "vocabulaire",
    "Thèmes, enjeux, usages, mentions, états, natures, adhésions et types sont ceux des listes "
    "de data/vocabulary/.",
    check,
    kinds=("vocabulary", "territory", "action", "context"),
    statements=(
        Statement(
            "value",
            OfField("words", VOCABULARIES) & ~Listed(),
            "{name} : choisissez dans la liste.",
        ),
    ),
)


def check_names(document: Document, context: Context) -> Iterator[Finding]:
    """A vocabulary file has the name of a list that the Atlaas knows."""
    stem = document.path.rpartition("/")[2].removesuffix(".yml")
    if stem not in VOCABULARIES or document.path.count("/") != 2:
        near = did_you_mean(stem, VOCABULARIES)
        yield Finding(
            0,
            f"aucune liste ne s'appelle « {shown(stem)} »",
            f"{near} Listes possibles : {', '.join(VOCABULARIES)}.".strip(),
        )


NAMES = Rule(
    "liste-inconnue",
    "Un fichier de data/vocabulary/ porte le nom d'une des listes de l'Atlaas.",
    check_names,
    kinds=("vocabulary",),
)


def check_aliases(document: Document, context: Context) -> Iterator[Finding]:
    """Each entry of the names in use is the code of a territory, with the names as spellings."""
    if not document.path.endswith("/aliases.yml") or not isinstance(document.data, list):
        return
    for place, term in enumerate(document.data):
        code = term.get("id") if isinstance(term, dict) else None
        if isinstance(code, str) and code not in context.reference.places:
            yield Finding(
                (place, "id"),
                f"« {shown(code)} » n'est le code d'aucun territoire",
                "Écrivez le code INSEE ou le SIREN de qui porte ces noms.",
            )
        elif isinstance(term, dict) and not term.get("spellings"):
            yield Finding(
                (place, "id"),
                "aucun nom d'usage",
                "Écrivez dans « spellings » les noms qui mènent à ce territoire.",
            )


ALIASES = Rule(
    "nom-d-usage",
    "Les noms d'usage (aliases.yml) mènent chacun à un territoire de la référence.",
    check_aliases,
    kinds=("vocabulary",),
)


def check_synonyms(document: Document, context: Context) -> Iterator[Finding]:
    """Each word or phrase of the synonyms stands once, and none stands alone."""
    if not document.path.endswith("/synonyms.yml") or not isinstance(document.data, list):
        return
    seen: dict[str, str] = {}
    for place, term in enumerate(document.data):
        if not isinstance(term, dict):
            continue
        spellings = term.get("spellings")
        forms = [term.get("label"), *(spellings if isinstance(spellings, list) else ())]
        if len(forms) == 1:
            yield Finding(
                (place, "id"),
                "aucun synonyme",
                "Écrivez dans « spellings » les mots qui veulent dire la même chose.",
            )
        for number, form in enumerate(forms):
            if not isinstance(form, str):
                continue
            key = slug(form)
            if key in seen:
                yield Finding(
                    (place, "spellings", number - 1) if number else (place, "label"),
                    f"« {shown(form)} » est déjà un synonyme de « {shown(seen[key])} »",
                    "Gardez-le dans un seul groupe.",
                )
            seen.setdefault(key, str(forms[0]))


SYNONYMS = Rule(
    "synonyme",
    "Un groupe de synonyms.yml a deux mots ou expressions au moins, qui ne sont dans aucun autre.",
    check_synonyms,
    kinds=("vocabulary",),
)
