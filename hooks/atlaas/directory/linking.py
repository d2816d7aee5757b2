"""Valid records -> the directory: each linked to those that it names, and to its place."""

from collections.abc import Iterable, Mapping

from atlaas.directory.collections import link_collections
from atlaas.directory.linked import (
    Directory,
    LinkedAction,
    LinkedActor,
    LinkedEdition,
    LinkedTerritory,
    Records,
    linked_territory,
)
from atlaas.geography.reference import Reference
from atlaas.model import Action, Territory
from atlaas.read.layout import stem_of
from atlaas.text import sort_key
from atlaas.work.text_file import Text


def link(
    reference: Reference,
    records: Records,
    changed: Mapping[str, str],
    commits: Mapping[str, str] | None = None,
) -> Directory:
    """Link valid records; a place that only an action names gets an empty record of its own."""
    kinds = records.vocabularies.get("kinds", {})
    files = {record.code: (path, record) for path, record in records.territories}
    named = {action.territory for _, action, _ in records.actions}
    named.update(code for _, action, _ in records.actions for code in action.partners)
    named.update(code for _, one in records.collections for code in one.territories)
    areas = [p.code for p in (*reference.departements.values(), *reference.regions.values())]
    territories: dict[str, LinkedTerritory] = {}
    for code in {*files, *named, *areas}:
        path, record = files.get(code) or ("", Territory(code=code))
        territories[code] = linked_territory(record, path, reference, kinds)
    territories = dict(
        sorted(territories.items(), key=lambda item: (sort_key(item[1].name), item[0]))
    )
    actors = {
        id_: LinkedActor(id_, f"acteurs/{id_}/", record, path)
        for path, record in sorted(records.actors, key=lambda item: sort_key(item[1].name))
        for id_ in (stem_of(path),)
    }
    actions = _link_actions(records.actions, territories, actors)
    editions = {
        record.edition: LinkedEdition(record.edition, f"label/{record.edition}/", record, path)
        for path, record in sorted(records.editions, key=lambda item: item[1].edition)
    }
    for territory in territories.values():
        for label in territory.labels:
            editions[label.edition].labels.append((territory, label))
    for edition in editions.values():
        edition.labels.sort(key=lambda item: -(item[1].level or 0))  # stable: names stay in order
    return Directory(
        reference,
        records.vocabularies,
        territories,
        actions,
        actors,
        editions,
        records.context,
        changed,
        records.grid,
        records.indicators,
        records.commented,
        link_collections(records.collections, actions, territories),
        commits or {},
    )


def _link_actions(
    records: Iterable[tuple[str, Action, Text]],
    territories: Mapping[str, LinkedTerritory],
    actors: Mapping[str, LinkedActor],
) -> dict[str, LinkedAction]:
    actions = {}
    rank = {code: index for index, code in enumerate(territories)}
    titles = sorted(records, key=lambda r: (sort_key(r[1].title), rank[r[1].territory], r[0]))
    ordered = sorted(enumerate(titles), key=lambda item: (rank[item[1][1].territory], item[0]))
    for by_title, (path, record, body) in ordered:
        territory = territories[record.territory]
        id_ = f"{record.territory}/{stem_of(path)}"
        action = LinkedAction(id_, f"actions/{id_}/", record, body, path, territory, by_title)
        actions[id_] = action
        territory.actions.append(action)
        action.partners = tuple([territories[code] for code in record.partners])
        for partner in action.partners:
            partner.partner_in.append(action)
        action.actors = tuple([actors[id_] for id_ in record.actors])
        for actor in action.actors:
            actor.actions.append(action)
    return actions
