"""The territory that a person gives, by a code of any numbering or by a name, for all commands."""

import re

from atlaas.edit.workspace import Workspace
from atlaas.geography.meanings import CodeMeaning, meaning_of, said_of_part, tidy
from atlaas.names.resolve import Candidate, Resolution, resolve

_CODE = re.compile(r"\d[\dAB]\d{3}|\d{9}")
_INSIDE = re.compile(r"\((\w{5}|\d{9})\)$")
DISSOLVED = "commune dissoute, ses terres partagées entre plusieurs communes"


def place_given(text: str, space: Workspace, departement: str | None = None) -> Resolution:
    """What « 59350 », « 2a004 », « 1053 », « dep-59 », a SIREN or a name means.

    A part of a commune, a commune that was dissolved and a postcode of several are asked.
    """
    text = " ".join(text.split()).strip('"« »“”')
    known = space.index.known
    code = tidy(text)
    inside = _INSIDE.search(text)
    if inside and tidy(inside[1]) in known:
        code = tidy(inside[1])
    for one in (text, text.lower(), code):
        if one in known:
            return _settled(text, Candidate(one, known[one].name, "selon le code"))
    if _CODE.fullmatch(code):
        return _of_code(text, meaning_of(code, space.reference), space)
    found = resolve(text, index=space.index, departement=departement)
    names = space.reference.former_name
    if found.former and any(names.get(old) == found.former for old in space.reference.split):
        asked = tuple(c._replace(reason=DISSOLVED) for c in found.candidates)
        return Resolution(text, "doubtful", None, asked)
    return found


def _of_code(text: str, found: CodeMeaning, space: Workspace) -> Resolution:
    reference = space.reference
    if found.part:
        why = said_of_part(found.part, reference) + " : une partie n'est pas la commune entière"
        parent = Candidate(found.part.parent, space.name(found.part.parent), why)
        return Resolution(text, "doubtful", None, (parent,))
    why = DISSOLVED if found.is_split else "a succédé à ce code"
    candidates = [Candidate(p.code, p.name, "code postal") for p in found.postal]
    candidates += [Candidate(p.code, p.name, why) for p in found.successors]
    if len(candidates) == 1 and not found.is_split:
        return _settled(text, candidates[0], reference.former_name.get(found.code, ""))
    return Resolution(text, "doubtful" if candidates else "unknown", None, tuple(candidates))


def _settled(text: str, candidate: Candidate, former: str = "") -> Resolution:
    return Resolution(text, "settled", candidate.code, (candidate,), former)
