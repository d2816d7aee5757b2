"""Collections linked to their members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlaas.model import Collection
from atlaas.read.layout import stem_of
from atlaas.text import sort_key

if TYPE_CHECKING:
    from atlaas.directory.linked import LinkedAction, LinkedTerritory


@dataclass(eq=False, slots=True)
class LinkedCollection:
    """A collection, its members in the order of its file."""

    id: str
    url: str
    record: Collection
    path: str
    actions: list[LinkedAction]
    territories: list[LinkedTerritory]

    @property
    def feed(self) -> str:
        """The name of its feed."""
        return f"collections/{self.id}"


def link_collections(
    records: Iterable[tuple[str, Collection]],
    actions: Mapping[str, LinkedAction],
    territories: Mapping[str, LinkedTerritory],
) -> dict[str, LinkedCollection]:
    """The collections by id, in alphabetical order of their titles."""
    return {
        id_: LinkedCollection(
            id_,
            f"collections/{id_}/",
            record,
            path,
            [actions[one] for one in record.actions],
            [territories[code] for code in record.territories],
        )
        for path, record in sorted(records, key=lambda item: sort_key(item[1].title))
        for id_ in (stem_of(path),)
    }
