"""YAML text -> nested dict, list and str, in one strict pass over libyaml's event stream.

What is written as nearly all records are is read by ``plain``, to the same values.

Every scalar stays the text that was written (``01004``, ``no``, ``22:22``), and what a record
never needs is refused: tags, anchors, aliases, merge keys, duplicate keys, second documents,
depth over 8.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from atlaas.model.fields import code_keys, number_keys
from atlaas.read.plain import SHORT, read_plain

MAX_DEPTH = 8

# Libyaml's parser, in every published wheel; the slow one where PyYAML lacks it.
LOADER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
KeyPath = tuple[str | int, ...]
Marks = dict[KeyPath, tuple[tuple[int, int], tuple[int, int]]]  # path -> places of key and value

_SYNTAX = (  # (words of libyaml, what they mean to a contributor, what to do)
    (
        "mapping values are not allowed",
        "deux-points inattendu",
        'Si la valeur contient « : », mettez-la entre guillemets : titre: "Lire : un plaisir".',
    ),
    (
        "cannot start any token",
        "caractère qui ne peut pas commencer une valeur",
        "Mettez la valeur entre guillemets (@, % et ` ne peuvent la commencer).",
    ),
    (
        "found unexpected end of stream",
        "guillemet ou crochet jamais refermé",
        "Refermez le guillemet ou le crochet ouvert plus haut.",
    ),
    *(
        (said, "caractère de contrôle interdit", "Supprimez ce caractère invisible.")
        for said in ("unacceptable character", "control characters are not allowed")
    ),
    (
        "could not find expected ':'",
        "il manque un deux-points",
        "Chaque ligne s'écrit « clé: valeur ».",
    ),
    (
        "did not find expected ',' or",
        "crochet ou accolade jamais refermé, ou virgule manquante",
        "Refermez le crochet, ou écrivez la liste en lignes « - … ».",
    ),
    (
        "did not find expected",
        "ligne mal alignée ou incomplète",
        "Vérifiez l'alignement avec les lignes voisines et les guillemets de la ligne d'avant.",
    ),
)


_TAB = re.compile(r"[ -]*\t")
_LINK = re.compile(r"\[[^\[\]]*\]\((https?://[^\s()]+)\)")
_CURLY = re.compile("[\u2018-\u201f«»]")


class Unreadable(Exception):
    """A place where reading stopped or had to refuse: line and column are 1-based."""

    def __init__(self, line: int, column: int, rule: str, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.rule = line, column, rule
        self.message, self.advice = message, advice

    @classmethod
    def whole(cls, rule: str, message: str, advice: str) -> Unreadable:
        """What is wrong with a file as a whole."""
        return cls(1, 1, rule, message, advice)


def merge_mark(line: int, written: str) -> Unreadable:
    """A line that Git left where two versions of a file disagree."""
    return Unreadable(
        line,
        1,
        "marque-de-fusion",
        f"deux versions du fichier s'y trouvent, autour de la ligne « {written[:7]} »",
        "Gardez une des deux versions, et supprimez les lignes « <<<<<<< », « ======= » et "
        "« >>>>>>> ».",
    )


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _refuse(event: Any, what: str, advice: str) -> Unreadable:
    return Unreadable(*_mark(event), "yaml-strict", what, advice)


def parse(text: str, misquoted: list[KeyPath] | None = None, marks: Marks | None = None) -> Any:
    """Read one YAML document as nested dict, list and str (None for an empty plain value).

    ``misquoted`` receives the paths of codes written without quotes and of numbers between
    quotes, ``marks`` the places of every key and value. Raises ``Unreadable`` at the first thing
    that a record may not hold.
    """
    if marks is None:
        plain = read_plain(text)
        if plain is not None:
            return plain
    try:
        return _build(text, misquoted, marks)
    except yaml.MarkedYAMLError as error:
        words = f"{error.problem or ''} {error.context or ''}"
        marks_of = (error.problem_mark, error.context_mark)
        if "end of stream" in words:  # what was never closed, rather than where the file ends
            marks_of = marks_of[::-1]
        mark = next(filter(None, marks_of), None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _syntax(words, *place, text) from None
    except yaml.reader.ReaderError as error:
        # libyaml counts the bytes before the character, PyYAML's own reader the characters.
        refused = chr(error.character) if isinstance(error.character, int) else error.character
        index = len(text.encode()[: error.position].decode("utf-8", "ignore"))
        index = index if text.startswith(refused, index) else max(text.find(refused), 0)
        raise _syntax(error.reason, *place_in_text(text, index), text) from None


def _syntax(words: str, line: int, column: int, text: str) -> Unreadable:
    before, written = ["", *text.split("\n"), ""][line - 1 : line + 1]
    tab = _TAB.match(written)
    if tab:
        message, advice = "tabulation en début de ligne", "Remplacez-la par des espaces."
        return Unreadable(line, tab.end(), "yaml-syntaxe", message, advice)
    if "=======" in (before, written):
        return merge_mark(line - (written != "======="), "=======")
    link = _LINK.search(written)
    if link:
        advice = f"Écrivez seulement l'adresse : {link[1]}."
        return Unreadable(line, link.start() + 1, "yaml-syntaxe", "lien écrit en Markdown", advice)
    if "end of stream" in words and _CURLY.search(written, column):
        advice = 'Fermez la valeur avec le même guillemet droit : "59378".'
        return Unreadable(line, column, "yaml-syntaxe", "guillemet jamais refermé", advice)
    for key, message, advice in _SYNTAX:
        if key in words:
            return Unreadable(line, column, "yaml-syntaxe", message, advice)
    advice = "Ouvrez une fiche du même dossier et reprenez sa forme."
    return Unreadable(line, column, "yaml-syntaxe", "ligne illisible", advice)


def _build(text: str, misquoted: list[KeyPath] | None, marks: Marks | None) -> Any:
    parser: Any = LOADER(text)
    result: Any = None
    documents = 0
    # The open containers: (container, key waiting for its value or None).
    stack: list[Any] = []
    keys: list[Any] = []
    container: Any = None
    key: Any = None
    while parser.check_event():
        event = parser.get_event()
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor is not None:
                advice = "Mettez la valeur entre guillemets."
                raise _refuse(
                    event, "le signe « & » au début d'une valeur n'est pas accepté", advice
                )
            if event.tag is not None:
                advice = "Mettez la valeur entre guillemets."
                raise _refuse(
                    event, "le signe « ! » au début d'une valeur n'est pas accepté", advice
                )
            value = event.value
            if len(value) < SHORT:
                value = intern(value)
            if type(container) is dict and key is None:
                if value == "<<" and not event.style:
                    raise _refuse(
                        event, "la clé « << » n'est pas acceptée", "Recopiez les clés voulues."
                    )
                if value in container:
                    raise Unreadable(
                        *_mark(event),
                        "cle-double",
                        f"la clé « {value} » est écrite deux fois",
                        "Gardez une seule des deux lignes.",
                    )
                key = value
                if marks is not None:
                    marks[(*_path(stack, keys), key)] = (_mark(event), _mark(event))
                continue
            if not event.style:  # plain, without quotes
                if value == "" or value == "~" or value == "null":
                    value = None
                elif misquoted is not None and value[0].isdigit():
                    owner = key if type(container) is dict else (keys[-1] if keys else None)
                    if owner in code_keys():
                        misquoted.append(_here(stack, keys, container, key))
            elif misquoted is not None and key in number_keys() and type(container) is dict:
                misquoted.append(_here(stack, keys, container, key))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor is not None:
                raise _refuse(
                    event,
                    "le signe « & » au début d'une valeur n'est pas accepté",
                    "Recopiez les valeurs voulues.",
                )
            if event.tag is not None:
                advice = "Mettez la valeur entre guillemets."
                raise _refuse(
                    event, "le signe « ! » au début d'une valeur n'est pas accepté", advice
                )
            if type(container) is dict and key is None:
                raise _refuse(
                    event,
                    "cette clé n'est pas un simple mot",
                    "Écrivez un simple mot avant les deux-points.",
                )
            if len(stack) >= MAX_DEPTH:
                what = f"trop de retraits : plus de {MAX_DEPTH} niveaux"
                raise _refuse(event, what, "Vérifiez les espaces en début de ligne.")
            value = {} if kind is MappingStartEvent else []
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            stack.pop()
            keys.pop()
            container = stack[-1] if stack else None
            key = None
            continue
        elif kind is AliasEvent:
            raise _refuse(
                event,
                "le signe « * » au début d'une valeur n'est pas accepté",
                "Mettez la valeur entre guillemets.",
            )
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                advice = "Supprimez la ligne « --- »."
                raise _refuse(event, "second document dans le fichier", advice)
            continue
        else:
            continue
        # A value: place it, and open it if it is a container.
        if marks is not None:
            here = _here(stack, keys, container, key)
            place = _mark(event)
            marks[here] = (marks[here][0] if here in marks else place, place)
        if container is None:
            result = value
        elif type(container) is dict:
            container[key] = value
        else:
            container.append(value)
        if type(value) is dict or type(value) is list:
            stack.append(value)
            keys.append(key)
            container = value
        key = None
    return result


def _path(stack: list[Any], keys: list[Any]) -> KeyPath:
    """The path of the innermost open container."""
    path: list[str | int] = []
    for depth, key in enumerate(keys):
        if depth == 0:
            continue
        parent = stack[depth - 1]
        path.append(key if type(parent) is dict else len(parent) - 1)
    return tuple(path)


def _here(stack: list[Any], keys: list[Any], container: Any, key: Any) -> KeyPath:
    """The path of the value about to be placed."""
    if container is None:
        return ()
    return (*_path(stack, keys), key if type(container) is dict else len(container))


def place_in_text(text: str, index: int) -> tuple[int, int]:
    """Line and column (1-based) of a character of a text."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
