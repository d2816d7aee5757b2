"""What /recherche/ fetches: indexes of words, the facets of all records, and their cards.

Records are searched in volumes: the first one holds what most searches are for, the others are
asked where it has too few answers, or where a reader wants them all.
``recherche/facettes/<volume>.json`` holds what narrows a search, one column per facet, so that
counts need nothing else;
``recherche/index/<volume>/`` is made by ``publish.pagefind``. Cards are filed by the record's
number: ``recherche/fiches/<block>.json`` holds what a result shows, a few records per file.
``recherche/mots.json`` has what may have been meant by a word without any answer,
``recherche/lexique.json`` how words are searched (``publish.lexicon``).
Titles, summaries and facets are indexed, not whole texts.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.pages.page import Asset, Site, index
from atlaas.publish import pagefind
from atlaas.publish.lexicon import Lexicon
from atlaas.text import slug
from atlaas.work.cache import cached

BASE = "recherche/"
T = TypeVar("T")
PER_BLOCK = 8  # cards of one file: a page of results shows ten, mostly of ten files
FIRST_YEAR = 1990  # of the letters of editions
SUMMARY = 160  # letters shown of a text
INDEXED = 200  # letters searched of a text; benchmarks/README.md says what all would cost
PER_VOLUME = 20_000  # records searched at once: benchmarks/README.md says what that transfers
KNOWN = 4000  # words that may be proposed for a mistyped one
KINDS = ("territoire", "action", "theme", "acteur", "edition")
TERMS = (("themes", "Thème"), ("enjeux", "Enjeu"), ("usages", "Usage"), ("mentions", "Mention"))
CODES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# In half the names of themes, so that the index would say it of nearly every action.
_EVERYWHERE = re.compile(r"\bnumériques?\b", re.IGNORECASE)
_TELLING = re.compile(r"[^\W\d_]{4,}")
_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#>|]+|^\s*(?:[-+]|\d+[.)])\s+", re.MULTILINE)


class Record(NamedTuple):
    """One thing to find."""

    kind: str
    url: str
    title: str
    place: str  # « Nord », « Aix-les-Bains », « Thème »
    summary: str
    words: str  # searched in addition to title, place and summary
    departement: str = ""
    region: str = ""
    themes: tuple[str, ...] = ()
    status: str = ""
    labels: tuple[tuple[int, int], ...] = ()  # (edition, level or 0), newest first


def territories(directory: Directory) -> list[LinkedTerritory]:
    """The first records, by région and département; their actions follow in the same order."""
    return sorted(directory.territories.values(), key=lambda t: (t.region, t.departement))


def records(directory: Directory) -> list[Record]:
    """Everything that can be found; the order decides the numbers.

    By département, so that columns are runs and one page of results asks for few blocks.
    """
    territories_ = territories(directory)
    found = [_territory(directory, t) for t in territories_]
    found.extend(_action(directory, action) for t in territories_ for action in t.actions)
    for vocabulary, name in TERMS:
        base = "label/mentions/" if vocabulary == "mentions" else f"{vocabulary}/"
        found.extend(
            Record(
                "theme",
                f"{base}{term.id}/",
                term.label,
                name,
                shorten(term.definition or "", SUMMARY),
                " ".join(term.spellings),
                themes=(term.id,) if vocabulary == "themes" else (),
            )
            for term in directory.vocabularies.get(vocabulary, {}).values()
        )
    for actor in directory.actors.values():
        seat = directory.territories.get(actor.record.territory or "")
        found.append(
            Record(
                "acteur",
                actor.url,
                actor.record.name,
                actor.record.kind or "Acteur",
                shorten(actor.record.description or "", SUMMARY),
                seat.name if seat else "",
                seat.departement if seat else "",
                seat.region if seat else "",
            )
        )
    for edition in directory.editions.values():
        ceremony = edition.record.ceremony
        place = ceremony.place if ceremony and ceremony.place else ""
        found.append(
            Record(
                "edition",
                edition.url,
                f"Label {edition.year}",
                place,
                "",
                "édition palmarès territoires villes villages internet arobases",
                labels=((edition.year, 0),),
            )
        )
    return found


def _territory(directory: Directory, t: LinkedTerritory) -> Record:
    above = directory.reference.departements.get(t.departement)
    place = t.place
    where = above.name if above and t.kind not in ("departement", "region") else ""
    codes = " ".join((t.code, *place.postcodes[:5])) if place else t.code
    return Record(
        "territoire",
        t.url,
        t.name,
        ", ".join(filter(None, (t.kind_label, where))),
        "",
        f"{codes} {t.record.country or ''}",
        t.departement,
        t.region,
        labels=tuple((year, label.level or 0) for year, label in reversed(t.by_edition.items())),
    )


def _action(directory: Directory, action: LinkedAction) -> Record:
    record, territory = action.record, action.territory
    themes = [_EVERYWHERE.sub("", directory.term("themes", id_).label) for id_ in record.themes]
    actors = [actor.record.name for actor in action.actors]
    audience = [directory.term("audiences", id_).label for id_ in record.audience]
    text = _plain(action.body, INDEXED)
    return Record(
        "action",
        action.url,
        record.title,
        territory.name,
        _cut(text, SUMMARY),
        " ".join((*themes, *actors, *audience, *record.tools, text[SUMMARY - 20 : INDEXED])),
        territory.departement,
        territory.region,
        tuple(record.themes),
        record.status or "",
    )


def shorten(markdown: str, letters: int) -> str:
    """The beginning of a text without its marks, cut between two words."""
    return _cut(_plain(markdown, letters), letters)


def _plain(markdown: str, letters: int) -> str:
    return " ".join(_MARKS.sub(r"\1", markdown[: letters * 3]).split())


def _cut(words: str, letters: int) -> str:
    if len(words) <= letters:
        return words
    return words[:letters].rpartition(" ")[0].rstrip(" ,;:.") + "…"


@index
def assets(directory: Directory, site: Site) -> Iterator[Asset]:
    """Every file that /recherche/ fetches."""
    found = records(directory)
    lexicon = Lexicon(directory.vocabularies.get("synonyms", {}))
    shelves = shelved(directory, found)
    volumes = [[found[n] for n in numbers] for numbers in shelves]
    for volume, numbers in enumerate(shelves):
        columns = facets(directory, volumes[volume], lexicon)
        columns["steps"] = [n - before for before, n in pairwise((-1, *numbers))]
        if volume == 0:
            columns["volumes"] = [held(some) for some in volumes]
        yield _asset(f"facettes/{volume}.json", _json(columns))
    for start in range(0, len(found), PER_BLOCK):
        cards = [[r.url, r.title, r.place, r.summary] for r in found[start : start + PER_BLOCK]]
        yield _asset(f"fiches/{start // PER_BLOCK}.json", _json(cards))
    yield _asset("mots.json", _json(known_words(found)))
    yield _asset("lexique.json", _json(lexicon.data))
    files: dict[str, bytes] = {}
    for volume, some in enumerate(volumes):
        words = [_words(record, lexicon) for record in some]
        text = "\n".join("\t".join(item) for item in words)
        make = partial(pagefind.make_files, words, str(volume))
        name = f"search/{volume}"
        files |= cached(dict[str, bytes], directory.project.cache, name, make, text)
    for path, content in files.items():
        yield _asset(f"index/{path}", content)


def shelved(directory: Directory, found: Sequence[Record]) -> list[list[int]]:
    """The numbers of the records of each volume, in order.

    Where they do not all go into one, the first has the themes, actors and editions, the
    territories of which most is known, up to a quarter of it, and the newest actions; then come
    older actions, then the other territories.
    """
    if len(found) <= PER_VOLUME:
        return [list(range(len(found)))]
    known = [len(t.actions) + len(t.by_edition) for t in territories(directory)]
    busiest = sorted(range(len(known)), key=lambda n: -known[n])
    since = [a.record.started or "" for t in territories(directory) for a in t.actions]
    newest = sorted(range(len(since)), key=since.__getitem__, reverse=True)
    first = busiest[: PER_VOLUME // 4]
    actions = (len(known) + n for n in newest)
    groups = [*range(len(known) + len(since), len(found)), *first, *actions], busiest[len(first) :]
    return [
        sorted(group[start : start + PER_VOLUME])
        for group in groups
        for start in range(0, len(group), PER_VOLUME)
    ]


def held(found: Sequence[Record]) -> dict[str, object]:
    """How many records a volume has, and the values of each facet, named as in the form."""
    values = {
        "genre": {r.kind for r in found},
        "theme": {theme for r in found for theme in r.themes},
        "region": {r.region for r in found},
        "departement": {r.departement for r in found},
        "niveau": {str(level) for r in found for _, level in r.labels},
        "edition": {str(year) for r in found for year, _ in r.labels},
        "etat": {r.status for r in found},
    }
    return {"count": len(found)} | {name: sorted(some - {""}) for name, some in values.items()}


def _asset(name: str, content: bytes) -> Asset:
    return Asset(BASE + name, lambda: content)


def _words(record: Record, lexicon: Lexicon) -> pagefind.Words:
    others = " ".join((record.place, record.summary, record.words))
    title = lexicon.written(record.title) or [slug(record.title)]
    return pagefind.Words(" ".join(title), " ".join(lexicon.written(others)))


def known_words(found: Iterable[Record]) -> list[str]:
    """The words of titles as they are written, in small letters, the most frequent first."""
    counts = Counter(word for r in found for word in _TELLING.findall(r.title.lower()))
    return sorted(counts, key=lambda word: (-counts[word], word))[:KNOWN]


def facets(directory: Directory, found: Sequence[Record], lexicon: Lexicon) -> dict[str, object]:
    """The columns of a volume, each as short as its values allow.

    ``kinds``, ``departements`` and ``regions`` are runs [value, how many records in a row];
    ``themes`` and ``status`` are a letter of ``letters`` an entry, "." between records where there
    may be several; ``labels`` is sparse: how many records further, then a text of two letters an
    edition (years since 1990, level or 0), newest first. ``names`` has the tokens of each theme's.
    """
    themes = list(directory.vocabularies["themes"])
    statuses = list(directory.vocabularies["statuses"])
    letter = {id_: CODES[index] for index, id_ in enumerate(themes)}
    state = {id_: CODES[index] for index, id_ in enumerate(statuses)}
    return {
        "per_block": PER_BLOCK,
        "first_year": FIRST_YEAR,
        "letters": CODES,
        "kinds": runs(found, lambda record: record.kind),
        "departements": runs(found, lambda record: record.departement),
        "regions": runs(found, lambda record: record.region),
        "themes": ".".join("".join(map(letter.__getitem__, r.themes)) for r in found),
        "status": "".join(state.get(r.status, ".") for r in found),
        "labels": _sparse_labels(found),
        "names": [
            " ".join(slot.token for slot in lexicon.asked(record.title))
            for record in found
            if record.kind == "theme"
        ],
    }


def _sparse_labels(found: Sequence[Record]) -> list[int | str]:
    column: list[int | str] = []
    last = 0
    for number, record in enumerate(found):
        if record.labels:
            letters = (CODES[year - FIRST_YEAR] + str(level) for year, level in record.labels)
            column += (number - last, "".join(letters))
            last = number
    return column


def runs(found: Iterable[T], value: Callable[[T], str]) -> list[list[str | int]]:
    """A column as [value, how many in a row]."""
    return [[key, sum(1 for _ in group)] for key, group in groupby(found, value)]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
