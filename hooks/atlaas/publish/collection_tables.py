"""The tables of collections: what each is about, and the actions and territories that it names."""

from dataclasses import replace
from operator import attrgetter

from atlaas.model import Collection
from atlaas.publish.tables import (
    RANK,
    TERRITORY,
    URL,
    Column,
    DataTable,
    ForeignKey,
    columns,
    of_each,
    of_lists,
    own,
)

_COLLECTION = own("id", "Collection", "Identifiant de la collection (table « collections »).")
_OF = replace(_COLLECTION, name="collection", required=True)
_TO_COLLECTION = ForeignKey(("collection",), "collections", ("id",))


def tables() -> tuple[DataTable, ...]:
    """The collections, then their members in the order in which they are shown."""
    return (
        DataTable(
            "collections",
            "Collections",
            "Des actions et des territoires réunis sur un sujet, et pourquoi les lire ensemble.",
            ("id",),
            columns(
                Collection,
                replace(_COLLECTION, title="Identifiant", description="Nom de son fichier."),
                "title",
                "why",
                URL,
                exclude=("actions", "territories"),
            ),
            of_each(lambda d: ((c.record, c) for c in d.collections.values())),
        ),
        DataTable(
            "collections_actions",
            "Actions des collections",
            "Une ligne par action d'une collection.",
            ("collection", "rank"),
            (
                _OF,
                RANK,
                Column(
                    "action",
                    "Action",
                    "Identifiant de l'action (table « actions »).",
                    attrgetter("record.id"),
                    required=True,
                ),
            ),
            of_lists(lambda d: ((c.actions, c) for c in d.collections.values())),
            (_TO_COLLECTION, ForeignKey(("action",), "actions", ("id",))),
        ),
        DataTable(
            "collections_territoires",
            "Territoires des collections",
            "Une ligne par territoire d'une collection.",
            ("collection", "rank"),
            (_OF, RANK, replace(TERRITORY, value=attrgetter("record.code"))),
            of_lists(lambda d: ((c.territories, c) for c in d.collections.values())),
            (_TO_COLLECTION, ForeignKey(("territory",), "territoires", ("code",))),
        ),
    )
