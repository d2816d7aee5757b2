"""What a code of five characters is, for three numberings and the parts of communes share them.

« 75015 » is a postcode of Paris and the dead code of Bry-sur-Marne, « 69383 » a part of Lyon,
« 51100 » a postcode of Reims and the INSEE code of La Caure. Nothing here chooses: the answer says
all that a code is, and who asks knows which numbering was meant.
"""

from typing import NamedTuple

from atlaas.geography.reference import CommunePart, Place, Reference

KINDS = {  # kind of a part, as data/reference/ writes it -> what it is, with « de »
    "ARM": "arrondissement de ",
    "COMD": "commune déléguée de ",
    "COMA": "commune associée de ",
}
UNDATED = "2019-01-02"  # the first day after those that data/reference/ knows


class CodeMeaning(NamedTuple):
    """All that a code is. Where nothing is filled in, it is none."""

    code: str  # with its zero, its capital, without spaces
    commune: Place | None  # the commune of today that has this INSEE code
    postal: tuple[Place, ...]  # the communes of today with this postcode, by code
    successors: tuple[Place, ...]  # of a dead code: where it leads
    part: CommunePart | None  # the part of a commune; a chief one has the code of its commune
    is_split: bool  # a dead code of a commune dissolved into several: a person decides

    @property
    def is_part_only(self) -> bool:
        """Whether this INSEE code is a part of a commune, and no commune of its own."""
        return self.part is not None and self.commune is None


def meaning_of(text: str, reference: Reference) -> CodeMeaning:
    """All that a code is, as people write it: « 59 000 », « 2a004 », « 1053 »."""
    code = tidy(text)
    part = reference.parts.get(code)
    commune = reference.get(code)
    if commune is not None and commune.kind != "commune":
        commune = None
    dead = () if commune or part else reference.former.get(code, ())
    successors = tuple(place for place in map(reference.get, dead) if place)
    postal = tuple(reference.places[insee] for insee in reference.postcodes.get(code, ()))
    is_split = bool(dead) and code in reference.split
    return CodeMeaning(code, commune, postal, successors, part, is_split)


def tidy(text: str) -> str:
    """A code without spaces, with its capital letters and the zero that spreadsheets drop."""
    code = "".join(text.split()).upper()
    return f"0{code}" if len(code) == 4 and code.isascii() and code.isdigit() else code


def whole_of(code: str, reference: Reference) -> frozenset[str]:
    """The codes whose parts together are the whole commune; none where that is not certain.

    Arrondissements always are. Communes déléguées are where the chief one is among them and no
    other commune came in with them; communes associées leave out their chief town.
    """
    parts = [part for part in reference.parts.values() if part.parent == code]
    codes = frozenset(part.code for part in parts)
    kinds = {part.kind for part in parts}
    if kinds == {"ARM"}:
        return codes
    if kinds != {"COMD"} or code not in codes:
        return frozenset()
    moves = [move for move in reference.movements if move.current == code]
    since = min((move.date or UNDATED for move in moves if move.code in codes), default=UNDATED)
    # What ended before the parts came together lies within one of them.
    later = [move for move in moves if move.code not in codes and (move.date or UNDATED) >= since]
    return frozenset() if later else codes


def said_of_part(part: CommunePart, reference: Reference) -> str:
    """What a part is, in French: « Lyon 3e Arrondissement (69383), arrondissement de Lyon »."""
    parent = reference.places[part.parent]
    return f"{part.name} ({part.code}), {KINDS[part.kind]}{parent.name}"
