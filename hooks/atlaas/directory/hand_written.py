"""The pages of content/, as far as they can be checked before MkDocs makes them.

Their HTML is looked at when it is made: see ``render.page_html``.
"""

import stat

from atlaas.read import MAX_BYTES, Unreadable, place_in_text, read_bytes, walk
from atlaas.read.document import decoded
from atlaas.read.problem import Problem
from atlaas.rules import characters

KEYS = frozenset(("title", "description"))  # of the header of a page


def problems(root: str) -> list[Problem]:
    """What is wrong with the texts and headers of the pages."""
    found: list[Problem] = []
    for absolute, path, info in walk(root, "content"):
        if stat.S_ISREG(info.st_mode) and path.endswith(".md"):
            with open(absolute, "rb") as file:
                found += _of_page(file.read(MAX_BYTES + 1), path)
    return found


def _of_page(raw: bytes, path: str) -> list[Problem]:
    try:
        text = decoded(raw)
    except Unreadable as error:
        said = error.line, error.column, error.rule, error.message, error.advice
        return [Problem(path, *said)]
    found = []
    for where, message, advice, _ in characters.check_text(text):
        assert isinstance(where, int)
        place = place_in_text(text, where)
        found.append(Problem(path, *place, characters.RULE.id, message, advice))
    if text.startswith("---\n"):
        document = read_bytes(raw, path, "action")  # which has a header of the same form
        found += document.problems
        unknown = sorted({*(document.data or ())} - KEYS)
        if unknown and not document.problems:
            message = f"l'en-tête d'une page n'a pas de clé « {unknown[0]} »"
            advice = f"Gardez {' et '.join(sorted(KEYS))} au plus."
            found.append(Problem(path, 1, 1, "structure", message, advice))
    return found
