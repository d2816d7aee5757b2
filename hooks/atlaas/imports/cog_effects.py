"""Which records a new official geography touches, and what to do about each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from atlaas.edit.workspace import Workspace
from atlaas.geography.reference import EARLIER_NAME
from atlaas.imports.cog import TableRow
from atlaas.text import plural


def touched(space: Workspace, tables: Mapping[str, Sequence[TableRow]]) -> list[str]:
    """One French line for each territory of the records that changes, in the order of codes."""
    names = {row["insee"]: row["nom"] for row in tables["communes.csv.gz"]}
    names |= {row["siren"]: row["nom"] for row in tables["epci.csv"]}
    names |= {row["siren"]: row["nom"] for row in tables["ept.csv"]}
    names |= {f"dep-{row['code']}": row["nom"] for row in tables["departements.csv"]}
    names |= {f"reg-{row['code']}": row["nom"] for row in tables["regions.csv"]}
    epci = {row["insee"]: row["epci_siren"] for row in tables["communes.csv.gz"]}
    moves: dict[str, list[str]] = defaultdict(list)
    for row in tables["mouvements.csv"]:
        if row["statut"] != EARLIER_NAME:
            moves[row["ancien_code"]].append(row["nouveau_code"])
    lines: list[str] = []
    for code in sorted({*space.territories, *space.actions}):
        if not code.startswith("x-"):
            lines += _changes(code, space, names, epci, moves)
    return lines


def _changes(
    code: str,
    space: Workspace,
    names: Mapping[str, str],
    epci: Mapping[str, str],
    moves: Mapping[str, list[str]],
) -> Iterator[str]:
    count = plural(len(space.actions.get(code, ())), "action")
    what = f"{space.name(code)} ({code}, {count})"
    place = space.reference.get(code)
    if code not in names:
        later = [new for new in moves.get(code, ()) if new in names]
        if len(later) == 1:
            yield f"{what} rejoint {names[later[0]]} : merge {code} {later[0]}"
        elif later:
            yield f"{what} est partagée entre {', '.join(later)} : à répartir à la main"
        elif len(code) == 9:
            yield f"{what} n'existe plus : rename {code} NOUVEAU-SIREN, ou un code en x-"
        else:
            yield f"{what} n'existe plus, sans successeur connu"
        return
    if place is None:
        yield f"{what} existe désormais sous le nom {names[code]}"
        return
    if names[code] != place.name:
        yield f"{what} devient {names[code]} : rename {code} {code}"
    if code in epci and epci[code] != place.epci:
        new = names.get(epci[code], "aucune intercommunalité")
        yield f"{what} passe de {place.epci or 'aucune'} à {epci[code] or 'aucune'} ({new})"
