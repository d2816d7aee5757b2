"""Counts of the records, for maintainers: how much there is, and how well it is sourced."""

from collections import Counter
from typing import Any

from atlaas.diagnosis.doubts import doubts_in
from atlaas.directory import Records
from atlaas.geography.reference import Reference
from atlaas.model import Action, Label

Counts = dict[str, Any]  # title -> number, or a dict of key -> number


def count(records: Records, reference: Reference, problems: int) -> Counts:
    """Figures by title, in the order in which they are shown."""
    labels = [label for _, record in records.territories for label in record.labels]
    own = [reference.get(record.code) for _, record in records.territories]
    places = [*own, *(reference.get(record.territory) for _, record, _ in records.actions)]
    actions = [record for _, record, _ in records.actions]
    sourced: list[Label | Action] = [*labels, *actions]
    territories = [record for _, record in records.territories]
    doubts = [doubt for record in [*territories, *actions] for doubt in doubts_in(record)]
    kinds = Counter(place.kind if place else "autre" for place in own)
    return {
        "fiches de territoires": len(records.territories),
        "par type": dict(sorted(kinds.items())),
        "actions": len(records.actions),
        "territoires qui portent une action": len({r.territory for _, r, _ in records.actions}),
        "acteurs": len(records.actors),
        "éditions": len(records.editions),
        "labels": len(labels),
        "labels par édition": _tally(str(label.edition) for label in labels),
        "labels par niveau": _tally(
            f"{label.level} @" if label.level else "sans" for label in labels
        ),
        "actions par thème": _tally(t for _, r, _ in records.actions for t in r.themes),
        "actions par état": _tally(r.status or "sans" for _, r, _ in records.actions),
        "départements présents": len({p.departement for p in places if p and p.departement}),
        "services": sum(len(r.services) for _, r in records.territories),
        "indicateurs": sum(len(r.indicators) for _, r in records.territories),
        "labels et actions à une seule source": sum(len(one.sources) < 2 for one in sourced),
        "points à vérifier": len(doubts),
        "points à vérifier par question": _tally(d.kind.title for d in doubts),
        "actions jamais vérifiées": sum(not r.verified for _, r, _ in records.actions),
        "problèmes": problems,
    }


def _tally(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
