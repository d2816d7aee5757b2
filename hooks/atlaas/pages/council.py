"""/fiche/: the sheet for the council, two A4 pages on any territory, made in the browser.

There are 36 000 territories: one page and some small files make all their sheets.

- ``fiche/commun.json``: what they share: editions, what is measured, the next edition;
- ``fiche/lieux/<number>.json``: code -> what is said of a territory; ``file_of`` tells the number;
- ``fiche/comparables/<digest of its words>.json``: a group of comparable territories: what stands
  next to a figure, and actions to copy.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, partial
from hashlib import blake2b
from typing import Any

from pydantic_core import to_json

from atlaas import text
from atlaas.diagnosis import recipe
from atlaas.diagnosis.areas import AREA_KINDS, Areas
from atlaas.diagnosis.comparable import ComparableGroup
from atlaas.diagnosis.figure_words import short_words
from atlaas.diagnosis.open_figures import OpenFigure, open_figures_of, telling
from atlaas.diagnosis.usages import STOPPED, Usages, asked_of
from atlaas.directory import Directory, LinkedAction, LinkedTerritory, territory_url
from atlaas.geography.reference import Place
from atlaas.pages import views
from atlaas.pages.compare import file_of
from atlaas.pages.page import Asset, Page, Site, any_date, page_kind, root_of

URL = "fiche/"
FILES = 256  # that hold the territories: some 140 each
_LABELLED = "territoire avec un label connu", "territoires avec un label connu"
POOL = 12  # actions of a group, from which the page takes three that are new to a territory


@page_kind(order=108, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page and its files."""
    sheets = Sheets(directory)
    yield Page(
        URL,
        "council",
        "territoires",
        "Fiche pour le conseil",
        "Deux pages à imprimer pour un conseil : le label, cinq chiffres à côté de territoires "
        "comparables, ce qui manque, trois actions à reprendre.",
        lambda: {
            "crumbs": [("Accueil", root_of(URL)), ("Fiche pour le conseil", None)],
            "files": FILES,
        },
        scripts=("assets/js/words.js", "assets/js/finder.js", "assets/js/council.js"),
    )
    yield Asset(f"{URL}commun.json", sheets.shared, dates=any_date)
    shards: dict[int, list[str]] = defaultdict(list)
    for code in sheets.codes:
        shards[file_of(code, FILES)].append(code)
    for number, codes in sorted(shards.items()):
        yield Asset(f"{URL}lieux/{number}.json", partial(sheets.places, codes))
    for name, group in sorted(sheets.groups.items()):
        yield Asset(f"{URL}comparables/{name}.json", partial(sheets.group, group))


class Sheets:
    """Makes the files of a directory's sheets."""

    def __init__(self, directory: Directory) -> None:
        self._directory, self._reference = directory, directory.reference
        self._usages, self._areas = Usages(directory), Areas(directory)
        self._figures = open_figures_of(directory)
        self._name = cache(_name)
        self._rank = {item.head.id: rank for rank, item in enumerate(directory.indicators)}

    @cached_property
    def codes(self) -> list[str]:
        """Every place of the geography, then the territories of their own that can be asked."""
        others = (t for t in self._directory.territories.values() if t.place is None)
        return [
            *self._reference.populations,
            *(place.code for place in self._reference.places.except_communes()),
            *(t.code for t in others if asked_of(t)),
        ]

    @cached_property
    def groups(self) -> dict[str, ComparableGroup]:
        """Name of the file -> comparable territories."""
        found = {}
        for code in self.codes:
            group = self._figures.comparables.of(code)
            if group:
                found[group.words] = group
        return {self._name(words): group for words, group in found.items()}

    # ------------------------------------------------------------------ what all share

    def shared(self) -> bytes:
        """``{editions, measures: [[label, publisher, date, age], …], edition, asOf}``."""
        as_of = views.newest_change(self._directory)
        heads = [item.head for item in self._directory.indicators]
        return to_json(
            {
                "editions": list(self._directory.editions),
                "measures": [
                    [head.label, head.publisher, *self._figures.when(head)] for head in heads
                ],
                "edition": next_edition(self._directory),
                "asOf": text.date(as_of) if as_of else "",
            }
        )

    # ------------------------------------------------------------------ a territory

    def places(self, codes: Sequence[str]) -> bytes:
        """``{code: facts}``, see ``facts``."""
        return to_json({code: self.facts(code) for code in codes})

    def facts(self, code: str) -> dict[str, Any]:
        """What the sheet says of a territory; what is not known is left out."""
        t, place = self._directory.territories.get(code), self._reference.get(code)
        name, kind = (t.name, t.kind) if t else (place.name, place.kind) if place else ("", "")
        group = self._figures.comparables.of(code)
        found: dict[str, Any] = {
            "name": name,
            "kind": t.kind_label if t else self._directory.term("kinds", kind).label,
            "url": t.url if t else territory_url(code, name),
            "where": self._where(place) if place else "",
            "people": place.population if place else 0,
            "group": self._name(group.words) if group and group.enough else "",
            "figures": [
                [self._rank[f.head.id], f.value, _per(f)] for f in telling(self._figures.of(code))
            ],
        }
        if t and (t.path or t.actions or t.kind in AREA_KINDS):
            found |= self._recorded(t)
        return {key: value for key, value in found.items() if value}

    def _where(self, place: Place) -> str:
        """« Métropole Européenne de Lille, Nord, Hauts-de-France »."""
        codes = (place.epci, f"dep-{place.departement}", f"reg-{place.region}")
        above = (self._reference.get(code) for code in codes if code != place.code)
        return ", ".join(one.name for one in above if one)

    def _recorded(self, t: LinkedTerritory) -> dict[str, Any]:
        """``labels``: [edition, level or 0, whether green, mentions], oldest first."""
        area = t.kind in AREA_KINDS
        inside = [one for one in self._areas.present(t) if one is not t] if area else []
        return {
            "labels": [
                [
                    label.edition,
                    label.level or 0,
                    int(views.GREEN in label.mentions),
                    [self._directory.term("mentions", id_).label for id_ in label.mentions],
                ]
                for label in t.by_edition.values()
            ],
            "themes": sorted({id_ for action in t.actions for id_ in action.record.themes}),
            "known": self._known(t, inside),
            "missing": self._missing(t, inside, area),
            "diagnosis": int(self._areas.has_diagnosis(t.code)),
        }

    def _known(self, t: LinkedTerritory, inside: Sequence[LinkedTerritory]) -> list[str]:
        found = []
        if inside:
            labelled = sum(bool(one.labels) for one in inside)
            actions = sum(len(one.actions) for one in inside)
            found.append(
                f"Sur son territoire : {text.plural(labelled, *_LABELLED)} "
                f"et {text.plural(actions, 'action connue', 'actions connues')}."
            )
        if t.actions:
            newest = views.newest(t.actions, 2)
            titles = [f"« {text.shortened(a.record.title, 70)} »" for a in newest]
            words = text.plural(len(t.actions), "action connue", "actions connues")
            joint = "" if not titles else " : " if len(titles) == len(t.actions) else ", dont "
            found.append(f"{words}{joint}{', '.join(titles)}.")
        return found

    def _missing(
        self, t: LinkedTerritory, inside: Sequence[LinkedTerritory], area: bool
    ) -> list[tuple[str, str]]:
        """(of what, in words) of what the records do not say."""
        usages = self._usages.grid(t)
        unknown = [usage.term.label for usage in usages if not usage.by]
        found = [("Label", self._label(t)), ("Actions", _actions(t))]
        if area:
            communes = len(self._areas.communes(t))
            silent = communes - sum(one.kind == "commune" for one in inside)
            words = f"rien de connu pour {text.number(silent)} sur {text.number(communes)}"
            found.append(("Communes", words if silent else ""))
        if not t.record.services:
            found.append(("Services en ligne", "aucun connu"))
        if unknown:
            words = f"rien de connu pour {len(unknown)} sur {len(usages)}"
            found.append(("Usages", f"{words} : {', '.join(unknown).lower()}"))
        doubts = sum(bool(label.doubt) for label in t.labels)
        doubts += sum(bool(action.record.doubt) for action in t.actions)
        found.append(("À vérifier", text.plural(doubts, "point") if doubts else ""))
        return [(term, words) for term, words in found if words]

    def _label(self, t: LinkedTerritory) -> str:
        if not t.labels:
            return "aucun connu"
        words = []
        newest = max(e.year for e in self._directory.editions.values() if e.labels)
        if t.labels[-1].edition < newest:
            words.append(f"rien de connu depuis l'édition {t.labels[-1].edition}")
        without = sum(label.level is None for label in t.by_edition.values())
        if without:
            words.append(f"niveau non connu de {text.plural(without, 'édition')}")
        return ", ".join(words)

    # ------------------------------------------------------------------ a group

    def group(self, group: ComparableGroup) -> bytes:
        """``{words, beside: {measure: [[comparables or france, value, note], …]}, actions}``.

        ``actions`` are [title, address, small line, code of the territory, themes, whether it is
        comparable], those easiest to copy first; where a group has few, of places of near size.
        """
        beside = {}
        for item in self._directory.indicators:
            code = next((code for code in group.codes if item.amount(code)), None)
            found = self._figures.beside(item.head.id, code) if code else ()
            if found:
                beside[self._rank[item.head.id]] = [[b.id, b.short, b.note] for b in found]
        return to_json({"words": group.words, "beside": beside, "actions": self._actions(group)})

    def _actions(self, group: ComparableGroup) -> list[list[Any]]:
        comparable = set(group.codes)
        found = [self._idea(action, 1) for action in self._pool(group.codes)]
        if len(found) < POOL:
            middle = self._reference.get(group.codes[len(group.codes) // 2])
            assert middle is not None  # groups hold places of the geography
            near = [t for t in self._acting if t.code not in comparable and t.kind == middle.kind]
            near.sort(key=lambda t: (_ratio(t.population, middle.population), t.code))
            codes = [t.code for t in near[: POOL - len(found)]]
            found += [self._idea(action, 0) for action in self._pool(codes)]
        return found[:POOL]

    @cached_property
    def _acting(self) -> list[LinkedTerritory]:
        territories = self._directory.territories.values()
        return [t for t in territories if t.population and any(map(_goes_on, t.actions))]

    def _pool(self, codes: Sequence[str]) -> list[LinkedAction]:
        """The actions of some territories: of each its easiest to copy, then of each the next."""
        pages = self._directory.territories
        ranked = []
        for code in codes:
            actions = pages[code].actions if code in pages else []
            best = sorted(filter(_goes_on, actions), key=lambda a: -len(recipe.known(a.record)))
            ranked += [(turn, -len(recipe.known(a.record)), a.id, a) for turn, a in enumerate(best)]
        return [action for _, _, _, action in sorted(ranked)[:POOL]]

    def _idea(self, action: LinkedAction, comparable: int) -> list[Any]:
        card, t = views.action_card(self._directory, action, with_territory=False), action.territory
        people = f", {text.number(t.population)} habitants" if t.population else ""
        meta = " · ".join(filter(None, [f"{t.name}{people}", card.meta]))
        return [card.title, card.url, meta, t.code, list(action.record.themes), comparable]


def _name(words: str) -> str:
    """The name of a group's file, short since each of 36 000 places gives it."""
    return blake2b(words.encode(), digest_size=5).hexdigest()


def next_edition(directory: Directory) -> dict[str, str]:
    """The next edition that a record announces, else the last one: ``{words, url}``."""
    editions = list(directory.editions.values())
    held = [edition for edition in editions if edition.labels]
    newest = held[-1].year if held else 0
    coming = next((edition for edition in editions if edition.year > newest), None)
    edition = coming or (held[-1] if held else None)
    if edition is None:
        return {"words": "", "url": ""}
    number, ceremony = edition.record.number, edition.record.ceremony
    words = f"l'édition {edition.year}"
    if number:
        words += f", la {number}{'re' if number == 1 else 'e'}"
    if ceremony and ceremony.date:
        day = "le" if len(ceremony.date) == 10 else "en"
        words += f", remise {day} {text.date(ceremony.date)}"
    if ceremony and ceremony.place:
        words += f" à {ceremony.place}"
    after = "" if coming else " L'Atlaas ne connaît pas encore la date de la suivante."
    first = "La prochaine est" if coming else "La dernière connue est"
    return {"words": f"{first} {words}.{after}", "url": f"label/{edition.year}/"}


def _actions(t: LinkedTerritory) -> str:
    if not t.actions:
        return "aucune connue"
    never = sum(not action.record.verified for action in t.actions)
    if not never:
        return ""
    return f"{never} sur {len(t.actions)} jamais {'vérifiées' if never > 1 else 'vérifiée'}"


def _per(figure: OpenFigure) -> str:
    """« 0,8 pour 10 000 », of what is counted; else empty."""
    number = figure.compared if figure.per else None
    return "" if number is None else short_words(figure.head, number)


def _goes_on(action: LinkedAction) -> bool:
    return action.record.status != STOPPED


def _ratio(one: int, other: int) -> float:
    """How many times larger the larger is."""
    return max(one, other) / max(1, min(one, other))
