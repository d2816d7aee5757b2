"""Where a file belongs: its folder and its name, told from its code and its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from atlaas.read import Document
from atlaas.rules.rule import Context, Finding, Rule, shown
from atlaas.text import slug

OTHER = "autres"  # what belongs to no single département
MAX_STEM = 60  # of the file name proposed for an action
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBERED = re.compile(r"-\d{1,2}$")  # « forum-numerique-2 », where a title comes twice


@lru_cache(maxsize=65536)
def _stem(code: str, name: str) -> str:
    return f"{code}-{slug(name)}"


def home(code: object, context: Context) -> tuple[str, str] | None:
    """The département's folder of a territory and its file or folder name, or None if unknown.

    ``("59", "59378-marcq-en-baroeul")``; ``("autres", "reg-32-hauts-de-france")``; the name of a
    territory in x- is its code alone.
    """
    if not isinstance(code, str):
        return None
    place = context.reference.places.get(code)
    if place is not None:
        return place.departement or OTHER, _stem(code, place.name)
    if code in context.own_codes:
        return context.own_folders[code], code
    return None


def check_folder(document: Document, context: Context) -> Iterator[Finding]:
    """A record stands in the folder of its département; an action, in that of its territory."""
    folder, _, name = document.path.rpartition("/")
    if document.kind not in ("territory", "action"):
        wanted = {"edition": "data/editions", "actor": "data/actors"}[document.kind]
        if folder != wanted:
            yield _move(0, document, f"{wanted}/{name}", f"cette fiche va dans {wanted}/")
        return
    if document.kind == "territory":
        code = document.data.get("code")
        if isinstance(code, str) and code.startswith("x-"):
            departement = document.data.get("departement")
            known = isinstance(departement, str) and departement in context.reference.departements
            wanted = f"data/territories/{departement if known else OTHER}"
            why = _why(str(departement) if known else OTHER, code)
        else:
            place = home(code, context)
            if place is None:
                return
            wanted = f"data/territories/{place[0]}"
            why = _why(place[0], _name(str(code), context))
    else:
        code = document.data.get("territory")
        place = home(code, context)
        if place is None:
            return
        wanted = f"data/actions/{place[0]}/{place[1]}"
        why = f"les actions de {_name(str(code), context)} vont dans {wanted}/"
    if folder != wanted:
        yield _move(0, document, f"{wanted}/{name}", why)


def _name(code: str, context: Context) -> str:
    place = context.reference.places.get(code)
    return f"{place.name} ({code})" if place else code


def _why(folder: str, what: str) -> str:
    if folder == OTHER:
        return f"{what} n'est d'aucun département, sa fiche va dans « {OTHER} »"
    return f"{what} est dans le département {folder}"


def _move(where: int, document: Document, wanted: str, why: str) -> Finding:
    return Finding(where, f"fichier mal rangé : {why}", f"Déplacez-le vers {wanted}.")


def check_name(document: Document, context: Context) -> Iterator[Finding]:
    """A file name says what the file holds: code and name, title, year, or identifier."""
    stem, _, extension = document.path.rpartition("/")[2].rpartition(".")
    if document.kind == "action":
        title = document.data.get("title")
        if not isinstance(title, str) or not title:
            return
        words = slug(title)
        if f"-{stem}-" in f"-{words}-":
            return
        if f"-{_NUMBERED.sub('', stem)}-" in f"-{words}-" and _IDENTIFIER.fullmatch(stem):
            return
        wanted = _cut(words)
        why = "le nom du fichier ne reprend pas les mots du titre"
    elif document.kind == "territory":
        code = document.data.get("code")
        if isinstance(code, str) and code.startswith("x-"):
            wanted = f"x-{slug(code[2:])}"
        else:
            place = home(code, context)
            if place is None:
                return
            wanted = place[1]
        why = f"le nom du fichier ne va pas avec le code « {shown(code)} »"
    elif document.kind == "edition":
        year = document.data.get("edition")
        if not isinstance(year, str) or not year.isascii() or not year.isdigit():
            return
        wanted, why = year, f"le nom du fichier ne va pas avec l'édition {shown(year)}"
    else:
        wanted = stem if _IDENTIFIER.fullmatch(stem) else slug(stem)
        why = "le nom du fichier s'écrit en minuscules sans accent, avec des tirets"
    if wanted and stem != wanted:
        yield Finding(0, why, f"Renommez-le en {wanted}.{extension}")


def _cut(words: str) -> str:
    """A slug cut at a word, short enough for a file name."""
    if len(words) <= MAX_STEM:
        return words
    return words[: MAX_STEM + 1].rpartition("-")[0] or words[:MAX_STEM]


def check_twins(document: Document, context: Context) -> Iterator[Finding]:
    """No two files stand for the same record, even by case or accents."""
    twin = context.twins.get(document.path)
    if twin:
        yield Finding(
            0,
            f"cette fiche et {twin} portent le même nom (sans majuscules ni accents)"
            if document.kind != "territory"
            else f"cette fiche et {twin} décrivent le même territoire",
            "Réunissez-les en une seule fiche."
            if document.kind == "territory"
            else "Réunissez-les, ou renommez l'une des deux.",
        )


FOLDER = Rule(
    "dossier",
    "Une fiche est rangée dans le dossier de son département, une action dans celui de son "
    "territoire.",
    check_folder,
    kinds=("territory", "action", "edition", "actor"),
)
NAME = Rule(
    "nom-de-fichier",
    "Le nom d'un fichier reprend son code et son nom officiel, son titre ou son année.",
    check_name,
    kinds=("territory", "action", "edition", "actor"),
)
TWINS = Rule(
    "fiche-en-double",
    "Un territoire, une action, un acteur n'a qu'une fiche.",
    check_twins,
    kinds=("territory", "action", "edition", "actor", "vocabulary"),
)
