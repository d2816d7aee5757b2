"""Which territory a line of a list means: its code, or a question with the possible ones."""

import re
from dataclasses import replace

from rapidfuzz import fuzz

from atlaas.edit.workspace import Workspace
from atlaas.geography.meanings import meaning_of, said_of_part
from atlaas.imports.decisions import OpenQuestion, Option, Row
from atlaas.imports.known import SMALL
from atlaas.names.queries import words_of
from atlaas.names.resolve import Candidate, Resolution, resolve
from atlaas.text import number

KINDS = {  # words of a « type » column -> kind that resolve() knows
    "commune": "commune",
    "communes": "commune",
    "ville": "commune",
    "village": "commune",
    "epci": "epci",
    "agglomeration": "epci",
    "communaute": "epci",
    "intercommunalite": "epci",
    "interco": "epci",
    "metropole": "epci",
    "ca": "epci",
    "cc": "epci",
    "cu": "epci",
    "ept": "ept",
    "departement": "departement",
    "region": "region",
}
_DEPARTEMENT = re.compile(r"\s*\(?(\d{1,3}|2[abAB])\b")
_CODE = re.compile(r"\d{1,5}|\d[AB]\d{3}|\d{9}|(?:dep|reg|x)-\S+", re.I)
_SAME_NAME = 60  # of 100: under it, a code and a name are not of one territory


def departement_of(text: str, space: Workspace) -> str | None:
    """The bare code of a département given by number, name or both; None where unreadable."""
    known = space.index.departements
    words = [word for word in words_of(text) if word not in SMALL]
    found = known.get(" ".join(words))
    if found:
        return found
    number = _DEPARTEMENT.match(text)
    if number:
        bare = number[1].upper()
        for code in (bare, f"0{bare}", bare.lstrip("0").zfill(2)):
            if code in space.reference.departements:
                return code
    for start in range(len(words)):  # « 59 - Nord », « dép. du Nord », « Nord (59) »
        for stop in range(len(words), start, -1):
            found = known.get(" ".join(words[start:stop]))
            if found:
                return found
    return None


def place(row: Row, space: Workspace) -> None:
    """Settle the territory of a line: its code, or a question, or a refusal."""
    question = territory(row, space)
    if question:
        row.ask(question)


def territory(row: Row, space: Workspace) -> OpenQuestion | None:
    """Settle the territory of a line, or say what a person must be asked."""
    code, printed, name = (row.values.get(role, "") for role in ("code", "code lu", "nom"))
    if printed and not _CODE.fullmatch(printed):  # a column « territoire » may hold either
        printed, name = "", name or printed
    if code:
        row.code = _current(code, space) or ""
        return None if row.code else _unknown_code(code, name, space)
    if not name and not printed:
        row.refuse("la ligne ne nomme aucun territoire : écrivez-le dans la colonne « nom »")
        return None
    if not name:
        meaning = meaning_of(printed, space.reference)
        is_postcode = bool(meaning.successors and meaning.postal)  # 75015, of Paris too
        row.code = "" if is_postcode else _current(printed, space) or ""
        return None if row.code else _unknown_code(printed, name, space)
    found, stated = _by_name(row, name, space)
    if printed:
        return _with_printed_code(row, printed, name, found, space)
    if found.status == "settled" and found.code and not stated:
        row.code = found.code
        return None
    if stated and found.candidates:
        text = f"département « {stated} » inconnu"
    elif found.status == "unknown":
        text = "aucun territoire de ce nom ni d'un nom proche"
    elif len(found.candidates) == 1:
        text = "nom à confirmer"
    else:
        text = "plusieurs territoires possibles"
    return _which(row, text, found.candidates, space)


def _by_name(row: Row, name: str, space: Workspace) -> tuple[Resolution, str]:
    """What a line's name leads to with what else it says, and the département if it is unknown."""
    stated = row.values.get("département", "")
    departement = departement_of(stated, space) if stated else None
    kind = next((KINDS[w] for w in words_of(row.values.get("type", "")) if w in KINDS), None)
    region = row.values.get("région", "")
    if region and not stated:
        departement = _within(name, region, kind, space)
    found = resolve(name, index=space.index, departement=departement, kind=kind)
    if found.status == "unknown" and kind:
        found = resolve(name, index=space.index, departement=departement)
    unknown = stated if stated and departement is None else ""
    return _with_postcode(found, row.values.get("code postal", ""), space), unknown


def _with_printed_code(
    row: Row, printed: str, name: str, found: Resolution, space: Workspace
) -> OpenQuestion | None:
    """Settle by the code that a list prints, where its name agrees; else both are candidates."""
    code = _current(printed, space)
    if code is None:
        return _unknown_code(printed, name, space, found.candidates)
    if _is_alike(name, space.name(code)) or code == found.code:
        row.code = code
        return None
    postcode = _with_postcode(found, printed, space)
    if postcode.status == "settled" and postcode.code and postcode != found:
        row.code = postcode.code  # the column holds postcodes
        return None
    text = f"le code « {printed} » est celui de {space.name(code)}, la ligne dit « {name} »"
    by_code = Candidate(code, space.name(code), "selon le code")
    return _which(row, text, (*found.candidates, by_code), space)


def _unknown_code(
    code: str, name: str, space: Workspace, candidates: tuple[Candidate, ...] = ()
) -> OpenQuestion:
    meaning = meaning_of(code, space.reference)
    after = [Candidate(p.code, p.name, "code postal") for p in meaning.postal]
    later = space.reference.former.get(code.upper().zfill(5), ())
    after += [Candidate(c, space.name(c), "a succédé à ce code") for c in later]
    row = Row(0, {"nom": name or code})
    text = f"le code « {code} » n'existe pas"
    if meaning.is_part_only and meaning.part:
        part = said_of_part(meaning.part, space.reference)
        text = f"une partie n'est pas la commune entière : {part}"
    elif meaning.is_split:
        text = f"le code « {code} » est celui d'une commune dissoute entre plusieurs"
    elif later:
        text = f"« {code} » est un code postal, et un code qui n'est plus"
    return _which(row, text, (*after, *candidates), space)


def _current(code: str, space: Workspace) -> str | None:
    """The code of today that a code leads to, where it is one."""
    known, meaning = space.index.known, meaning_of(code, space.reference)
    if meaning.is_part_only or meaning.is_split:  # never the whole, nor all of what it was
        return None
    for one in (code, code.upper(), code.upper().zfill(5)):
        if one in known:
            return one
    later = [c for c in space.reference.former.get(code.upper().zfill(5), ()) if c in known]
    return later[0] if len(later) == 1 else None


def _is_alike(name: str, official: str) -> bool:
    """Whether a code and a name may be of one territory."""
    words = " ".join(words_of(official)), " ".join(words_of(name))
    return fuzz.token_set_ratio(*words) >= _SAME_NAME


def _which(
    row: Row, text: str, candidates: tuple[Candidate, ...], space: Workspace
) -> OpenQuestion:
    """The question which territory a line means; lines that say the same place share it."""
    said = [row.values.get(role, "") for role in ("nom", "département", "région", "code postal")]
    options = {
        c.code: Option(f"{c.code} {c.name}", f"{c.reason} ; {known_of(c.code, space)}")
        for c in candidates
    }
    return OpenQuestion(
        "territoire",
        " ".join(words_of(" ".join([*said, row.values.get("code lu", "")]))),
        text,
        tuple(options.values()),
        lambda answer: _written(answer, space),
        "un nom comme « Bayeux (14) »",
    )


def _written(text: str, space: Workspace) -> str | None:
    """The territory that a person has written: « 14047 Bayeux », « Bayeux (14) »."""
    first = text.split()[0]
    code = _current(first, space) if _CODE.fullmatch(first) and len(first) > 3 else None
    if code is None:
        code = resolve(text, index=space.index).code
    return f"{code} {space.name(code)}" if code else None


def known_of(code: str, space: Workspace) -> str:
    """What helps to choose a territory: where it is, its size, its record and last label."""
    place = space.reference.get(code)
    parts = []
    if place and place.departement in space.reference.departements and place.kind != "departement":
        parts.append(space.reference.departements[place.departement].name)
    if place and place.population:
        parts.append(f"{number(place.population)} hab.")
    path = space.territories.get(code)
    data = space.document(path).data if path else None
    labels = data.get("labels") or [] if isinstance(data, dict) else []
    last = max((str(label.get("edition")) for label in labels), default="")
    has_last = f"fiche, dernier label {last}" if last else "fiche sans label"
    parts.append(has_last if path else "pas de fiche")
    return ", ".join(parts)


def _within(name: str, region: str, kind: str | None, space: Workspace) -> str | None:
    """The one département of a région in which a name is settled, where there is just one."""
    departements = space.reference.departements.items()
    bare = space.reference.regions.get(region.zfill(2))
    found = set()
    for code, place in departements:
        if bare and place.region == bare.region:
            one = resolve(name, index=space.index, departement=code, kind=kind)
            found |= {code} if one.status == "settled" else set()
    return found.pop() if len(found) == 1 else None


def _with_postcode(found: Resolution, postcode: str, space: Workspace) -> Resolution:
    """Of homonyms, the one that has the postcode; a settled name that has another one is asked."""
    digits = "".join(postcode.split()).upper().removeprefix("F-").zfill(5)
    if not postcode or not digits[:5].isdecimal() or found.status == "unknown":
        return found
    places = [space.reference.get(c.code) for c in found.candidates]
    having = [place.code for place in places if place and digits[:5] in place.postcodes]
    exact = [c for c in found.candidates if c.code in having and "proche" not in c.reason]
    if len(having) == 1 and exact:
        return Resolution(found.name, "settled", having[0], tuple(exact))
    home = places[0].departement if places and places[0] else ""
    start = "20" if home in ("2A", "2B") else home[:2]  # postcodes of Corsica are those of 1975
    if found.status == "settled" and not having and not digits.startswith(start):
        return replace(found, status="doubtful", code=None)
    return found
