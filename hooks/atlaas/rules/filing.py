"""A file stands where it belongs, under a name that its code or title gives, and only once."""

import re
from collections.abc import Iterator

from atlaas.read import Document
from atlaas.read.layout import IDENTIFIER, OTHER, action_stem, free_path, home, own_home, stem_of
from atlaas.rules.rule import Context, Finding, Rule, shown
from atlaas.text import slug

_NUMBERED = re.compile(r"-\d{1,2}$")  # « forum-numerique-2 », where a title comes twice


def check_folder(document: Document, context: Context) -> Iterator[Finding]:
    """A record stands in the folder of its département; an action, in that of its territory."""
    folder, _, name = document.path.rpartition("/")
    if document.kind not in ("territory", "action"):
        wanted = f"data/{document.kind}s"
        if folder != wanted:
            yield _move(0, document, f"{wanted}/{name}", f"cette fiche va dans {wanted}/")
        return
    if document.kind == "territory":
        code = document.data.get("code")
        if isinstance(code, str) and code.startswith("x-"):
            place = own_home(code, document.data.get("departement"), context.reference)
            why = _why(place[0], code)
        else:
            found = home(code, context.reference, context.own_folders)
            if found is None:
                return
            place, why = found, _why(found[0], _name(str(code), context))
        wanted = f"data/territories/{place[0]}"
    else:
        code = document.data.get("territory")
        found = home(code, context.reference, context.own_folders)
        if found is None:
            return
        wanted = f"data/actions/{found[0]}/{found[1]}"
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
    return Finding(
        where, f"ce fichier n'est pas dans le bon dossier : {why}", f"Déplacez-le vers {wanted}."
    )


def check_name(document: Document, context: Context) -> Iterator[Finding]:
    """A file name says what the file holds: code and name, title, year, or identifier."""
    stem, extension = stem_of(document.path), document.path.rpartition(".")[2]
    if document.kind == "action":
        title = document.data.get("title")
        if not isinstance(title, str) or not title:
            return
        words = slug(title)
        if f"-{stem}-" in f"-{words}-":
            return
        if f"-{_NUMBERED.sub('', stem)}-" in f"-{words}-" and IDENTIFIER.fullmatch(stem):
            return
        wanted = action_stem(title)
        why = "le nom du fichier ne reprend pas les mots du titre"
    elif document.kind == "territory":
        code = document.data.get("code")
        if isinstance(code, str) and code.startswith("x-"):
            wanted = own_home(code, None, context.reference)[1]
        else:
            place = home(code, context.reference, context.own_folders)
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
        wanted = stem if IDENTIFIER.fullmatch(stem) else slug(stem)
        why = "le nom du fichier s'écrit en minuscules sans accent, avec des tirets"
    if wanted and stem != wanted:
        yield Finding(0, why, _rename(document, wanted, extension, context))


def _rename(document: Document, wanted: str, extension: str, context: Context) -> str:
    """The name that a file is to have, unless another file has it: it would be lost."""
    folder = document.path.rpartition("/")[0]
    others = context.paths.get(document.kind, ())
    if f"{folder}/{wanted}.{extension}" not in others:
        return f"Renommez-le en {wanted}.{extension}."
    twin = f"{wanted}.{extension} existe déjà : si c'est la même fiche, réunissez-les"
    if document.kind != "action":
        other = {"territory": "corrigez son code", "edition": "corrigez son année"}
        return f"{twin} ; sinon, {other.get(document.kind, 'donnez-lui un autre nom')}."
    free = free_path(folder, wanted, others.__contains__).rpartition("/")[2]
    return f"{twin} ; sinon, renommez celui-ci en {free}."


def check_twins(document: Document, context: Context) -> Iterator[Finding]:
    """No two files stand for the same record, even by case or accents."""
    twin = context.twins.get(document.path)
    if twin:
        what = "portent le même nom (sans majuscules ni accents)"
        advice = "Réunissez-les, ou renommez l'une des deux."
        if document.kind == "territory":
            what, advice = "décrivent le même territoire", "Réunissez-les en une seule fiche."
        yield Finding(0, f"cette fiche et {twin} {what}", advice)


FOLDER = Rule(
    "dossier",
    "Une fiche est rangée dans le dossier de son département, une action dans celui de son "
    "territoire.",
    check_folder,
    kinds=("territory", "action", "edition", "actor", "collection"),
)
NAME = Rule(
    "nom-de-fichier",
    "Le nom d'un fichier reprend son code et son nom officiel, son titre ou son année.",
    check_name,
    kinds=("territory", "action", "edition", "actor", "collection"),
)
TWINS = Rule(
    "fiche-en-double",
    "Un territoire, une action, un acteur n'a qu'une fiche.",
    check_twins,
    kinds=("territory", "action", "edition", "actor", "collection", "vocabulary"),
)
