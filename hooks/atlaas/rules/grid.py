"""What the grid of self-evaluation must hold together: its words, its classes, its weights."""

from collections.abc import Iterator
from typing import Any

from atlaas.read import Document
from atlaas.rules.rule import Context, Finding, Rule, did_you_mean, entries, shown


def _ids(data: Any, key: str) -> list[str]:
    return [item["id"] for _, item in entries(data, key) if isinstance(item.get("id"), str)]


def check_words(document: Document, context: Context) -> Iterator[Finding]:
    """Enjeux, themes and usages of statements stand in the vocabularies."""
    for index, item in entries(document.data, "statements"):
        for key, name in (("enjeu", "enjeux"), ("theme", "themes")):
            yield from _word(("statements", index, key), item.get(key), name, context)
        usages = item.get("usages")
        for place, usage in enumerate(usages if isinstance(usages, list) else ()):
            yield from _word(("statements", index, "usages", place), usage, "usages", context)
    for index, item in entries(document.data, "classes"):
        kinds = item.get("kinds")
        for place, kind in enumerate(kinds if isinstance(kinds, list) else ()):
            yield from _word(("classes", index, "kinds", place), kind, "kinds", context)


def _word(where: Any, word: Any, name: str, context: Context) -> Iterator[Finding]:
    known = context.vocabularies.get(name)
    if isinstance(word, str) and known is not None and word not in known:
        yield Finding(
            where,
            f"« {shown(word)} » n'est pas dans data/vocabulary/{name}.yml",
            did_you_mean(word, known),
        )


def check_classes(document: Document, context: Context) -> Iterator[Finding]:
    """Every statement weighs something, for the grid's own classes and no others."""
    classes = _ids(document.data, "classes")
    for index, item in entries(document.data, "statements"):
        weights, where = item.get("weights"), ("statements", index, "weights")
        if isinstance(weights, dict):
            for missing in (name for name in classes if name not in weights):
                advice = "Écrivez 0 si l'énoncé ne se pose pas pour cette classe."
                yield Finding(where, f"le poids pour « {missing} » manque", advice)
            if weights and all(value == "0" for value in weights.values()):
                advice = "Donnez-lui un poids dans une classe, ou supprimez-le."
                yield Finding(where, "cet énoncé ne pèse pour personne", advice)
        for key in ("weights", "texts"):
            named = item.get(key)
            for name in named if isinstance(named, dict) else ():
                if name not in classes:
                    yield Finding(
                        ("statements", index, key, name),
                        f"« {shown(name)} » n'est pas une classe de cette grille",
                        did_you_mean(name, classes),
                        on_key=True,
                    )


def check_repeats(document: Document, context: Context) -> Iterator[Finding]:
    """An id names one class, one answer, one statement; a level has one step."""
    for key in ("classes", "answers", "statements", "steps"):
        seen: set[str] = set()
        name = "level" if key == "steps" else "id"
        for index, item in entries(document.data, key):
            value = item.get(name)
            if isinstance(value, str):
                if value in seen:
                    message = f"« {shown(value)} » est déjà pris plus haut"
                    yield Finding((key, index, name), message, "Donnez un identifiant à chacun.")
                seen.add(value)


_GRID = ("evaluation",)
_WORDS = "La grille ne nomme que des enjeux, thèmes et usages connus."
_CLASSES = "Chaque énoncé de la grille a un poids dans chacune de ses classes."
_REPEATS = "Un identifiant ne sert qu'une fois dans la grille."
WORDS = Rule("grille-mot", _WORDS, check_words, _GRID)
CLASSES = Rule("grille-classes", _CLASSES, check_classes, _GRID)
REPEATS = Rule("grille-double", _REPEATS, check_repeats, _GRID)
