"""Records -> the words that templates show: sources, timelines, cards, links to the forge."""

from collections.abc import Iterable, Sequence
from functools import cache
from heapq import nlargest
from typing import Any, NamedTuple

from atlaas import diagnosis, text
from atlaas.directory import Directory, LinkedAction, LinkedEdition, LinkedTerritory
from atlaas.model import Count, Indicator, Label, Model, Service, Source, Term
from atlaas.model.fields import ModelField, fields_of
from atlaas.pages.page import PageValues, Site

GREEN = "arobase-verte"  # the mention that turns one @ of the sign green
_MASCULINE = ("departement", "ept", "syndicat")  # kinds of territories, in French


def newest_change(directory: Directory) -> str:
    """The ISO date of the newest record of all; empty where none is known."""
    dates = (date for path, date in directory.changed.items() if path.startswith("data/"))
    return max(dates, default="")


class SourceView(NamedTuple):
    """A source in words."""

    url: str
    label: str
    date: str
    seen: str


def source(directory: Directory, record: Source) -> SourceView:
    """A source by its title and publisher; where neither is known, by its host."""
    host = record.url.split("/")[2].removeprefix("www.") if record.url else ""
    publisher = record.publisher or directory.publishers.of(host)
    words = [word for word in (record.title, publisher) if word]
    return SourceView(
        record.url or "",
        ", ".join(words) or host,
        text.date(record.date) if record.date else "",
        text.date(record.seen) if record.seen else "",
    )


def sources(directory: Directory, records: Iterable[Source] | None) -> list[SourceView]:
    """Sources in words, each once."""
    return list(dict.fromkeys(source(directory, record) for record in records or ()))


def facts(directory: Directory, record: Model, root: str) -> list[tuple[str, str, str]]:
    """(title, words, address or nothing) of each fact of a record that no template places."""
    found = []
    for field in _facts_of(type(record)):
        shown = field_words(directory, field, getattr(record, field.key), root)
        if shown:
            words = ", ".join(words for words, _ in shown)
            found.append((field.label, words, shown[0][1] if len(shown) == 1 else ""))
    return found


def field_words(
    directory: Directory, field: ModelField, value: Any, root: str
) -> list[tuple[str, str]]:
    """(words, address or nothing) of each value of a field."""
    values = value if isinstance(value, list) else [value]
    given = (item for item in values if item is not None and item is not False)
    return [_fact(directory, field, item, root) for item in given]


@cache
def _facts_of(model: type[Model]) -> tuple[ModelField, ...]:
    return tuple(field for field in fields_of(model) if field.shown.fact and not field.inner)


def _fact(directory: Directory, field: ModelField, value: Any, root: str) -> tuple[str, str]:
    """(words, address or nothing) of one value."""
    if field.vocabulary:
        listed = field.vocabulary in ("themes", "enjeux", "usages")  # which have pages
        address = f"{root}{field.vocabulary}/{value}/" if listed else ""
        return directory.term(field.vocabulary, value).label, address
    if field.kind in ("place", "places"):
        territory, place = directory.territories.get(value), directory.reference.get(value)
        if territory:
            return territory.name, root + territory.url
        return place.name if place else value, ""
    match field.kind:
        case "whole" | "number":
            return text.number(value), ""
        case "flag":
            return "oui", ""
        case "date":
            return text.date(value), ""
        case "url":
            return value.split("/")[2].removeprefix("www."), value
    return str(value), ""


def won(directory: Directory, labels: Iterable[Label]) -> dict[str, str]:
    """« reçu par X, avant la fusion » by what « won_by » of these labels holds."""
    return {
        label.won_by: f"reçu par {directory.winner(label)}, avant la fusion"
        for label in labels
        if label.won_by
    }


def later(territory: LinkedTerritory) -> str:
    """« puis labellisée en 2022 »: after the last known level, a label without one; or nothing."""
    year = territory.labelled_later
    return f"puis labellisé{'' if territory.kind in _MASCULINE else 'e'} en {year}" if year else ""


class TimelineColumn(NamedTuple):
    """One label of a territory's timeline, or an edition without one."""

    edition: int
    known: bool
    level: int | None
    mentions: list[tuple[str, str]]
    doubt: str
    green: bool
    won: str = ""  # « reçu par X, avant la fusion »


def timeline(directory: Directory, territory: LinkedTerritory, root: str) -> list[TimelineColumn]:
    """One column per label, from the first known edition to the last; gaps stay visible."""
    if not territory.labels:
        return []
    first, last = territory.labels[0].edition, territory.labels[-1].edition
    winners = won(directory, territory.labels)
    columns = []
    for year in directory.editions:
        known = [label for label in territory.labels if label.edition == year]
        if first <= year <= last and not known:
            columns.append(TimelineColumn(year, False, None, [], "", False))
        for label in known:
            mentions = [
                (directory.term("mentions", id_).label, f"{root}label/mentions/{id_}/")
                for id_ in label.mentions
            ]
            green, words = GREEN in label.mentions, winners.get(label.won_by or "", "")
            columns.append(
                TimelineColumn(year, True, label.level, mentions, label.doubt or "", green, words)
            )
    return columns


def action_meta(directory: Directory, action: LinkedAction, with_territory: bool = True) -> str:
    """The small line of a card: « Aix-les-Bains · en cours · 2016 »."""
    words = [action.territory.name] if with_territory else []
    status, year = action.record.status, action.year
    if status:
        words.append(directory.status_words[status])
    if year:
        words.append(year)
    return " · ".join(words)


class ActionCard(NamedTuple):
    """What a card shows of an action."""

    title: str
    url: str
    meta: str


def action_card(
    directory: Directory, action: LinkedAction, with_territory: bool = True
) -> ActionCard:
    """The card of an action."""
    return ActionCard(
        action.record.title, action.url, action_meta(directory, action, with_territory)
    )


def newest(actions: Iterable[LinkedAction], count: int) -> list[LinkedAction]:
    """The actions that started last, those of unknown date left out; ties by title."""
    dated = ((a.record.started, -a.by_title, a) for a in actions if a.record.started)
    return [action for _, _, action in nlargest(count, dated)]


def by_first_theme(
    directory: Directory, actions: Sequence[LinkedAction]
) -> list[tuple[Term, list[LinkedAction]]]:
    """Actions under the first theme each names, in the order of the vocabulary."""
    groups: dict[str, list[LinkedAction]] = {}
    for action in actions:
        groups.setdefault(action.record.themes[0], []).append(action)
    themes = directory.vocabularies["themes"].items()
    return [(term, groups[id_]) for id_, term in themes if id_ in groups]


class FigureView(NamedTuple):
    """An indicator in words."""

    label: str
    value: str
    nature: str
    date: str
    doubt: str
    sources: list[SourceView]


def service(record: Service) -> str:
    """« Portail famille »; one without an address is only known from a source, and says so."""
    return record.title if record.url else f"{record.title} (vu dans une source)"


def counted(count: Count) -> str:
    """« plus de 230 », « environ 450 »: a published figure as its source says it."""
    about = "plus de " if count.at_least else "environ " if count.approximate else ""
    return f"{about}{text.number(count.value)}"


def total(edition: LinkedEdition) -> str:
    """« 241 collectivités présentées à l'édition »: what known labels stand against; or nothing."""
    found = diagnosis.total_of(edition)
    return f"{counted(found)} {found.label}" if found else ""


def known_labels(edition: LinkedEdition) -> str:
    """« 47 labels connus sur 205 collectivités labellisées », « … connus, total non connu »."""
    words = text.plural(len(edition.labels), "label connu", "labels connus")
    of = total(edition)
    return f"{words} sur {of}" if of else f"{words}, total non connu"


def figure(directory: Directory, indicator: Indicator) -> FigureView:
    """« environ 500 km », « 70 % »: an indicator in words."""
    about = "environ " if indicator.approximate else ""
    return FigureView(
        indicator.label,
        f"{about}{text.number(indicator.value)} {indicator.unit}",
        directory.term("natures", indicator.nature).label,
        text.date(indicator.date) if indicator.date else "",
        indicator.doubt or "",
        sources(directory, indicator.sources),
    )


_ADDED = {"action": "Ajouter une action", "territoire": "Signaler un label", "": ""}


def upkeep(
    directory: Directory,
    site: Site,
    path: str,
    root: str,
    correct: str = "",
    add: str = "action/",
    missing: Iterable[str] = (),
) -> dict[str, Any]:
    """What the foot of a record's page shows: its file, last change, and links to correct it.

    ``correct`` is the address of a form filled in with the record (below contribuer/); without
    one, the forge's editor is opened. ``add`` is the form that adds to what the page shows, or
    nothing; ``missing`` what a full record would still say.
    """
    changed = directory.changed.get(path, "")
    forge = site.forge
    links = (
        ("Corriger cette fiche", f"{root}contribuer/{correct}" if correct else ""),
        (_ADDED[add.partition("/")[0]], f"{root}contribuer/{add}" if add else ""),
        ("Signaler une erreur", site.owner.about(f"Une erreur : {path}")),
        (f"Modifier le fichier sur {forge.name}", "" if correct else forge.edit(path)),
        ("Historique", forge.history(path)),
    )
    return PageValues(
        file=path,
        file_url=forge.file(path),
        changed=text.date(changed) if changed else "",
        missing=", ".join(missing).lower(),
        links=[link for link in links if link[1]],
    )
