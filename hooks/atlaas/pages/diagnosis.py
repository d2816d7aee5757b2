"""The page of the diagnosis of an EPCI, a département, a région, and the addresses of its files.

Every number leads to the list at the foot of the page, « Les fiches derrière ces chiffres », and
every formula to /methode/.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from atlaas import text
from atlaas.diagnosis import membership
from atlaas.diagnosis.area import Diagnosis, Gap, Matrix
from atlaas.diagnosis.figure_words import short_words
from atlaas.diagnosis.figures import SHARES
from atlaas.diagnosis.open_figures import nothing_words, telling
from atlaas.diagnosis.quality import Quality
from atlaas.diagnosis.sizes import FEWEST, decimal, percent
from atlaas.diagnosis.studies import Studies
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.pages import synthesis, views
from atlaas.pages import territory as territory_pages
from atlaas.pages.diagnosis_files import DiagnosisFiles
from atlaas.pages.page import Asset, Page, PageValues, Site, T, page_kind, root_of
from atlaas.render.commune_map import Mark
from atlaas.render.matrix import Line, table_rows

FOLDER = "diagnostic/"
MAX_ROWS = 40  # lines of a matrix on the page; the files hold them all
MAX_ACTIONS = 120  # actions listed at the foot; beyond, each territory's page has its own
MAX_LISTED = 12  # entries of the short lists
SMALL = 5  # a count below this is said to be small


def url_of(area: LinkedTerritory) -> str:
    """The address of the diagnosis of an area."""
    return f"{area.url}{FOLDER}"


def _title(area: LinkedTerritory) -> str:
    """A région and a département may share their name."""
    named = f" ({area.kind_label.lower()})" if area.kind in ("departement", "region") else ""
    return f"Diagnostic : {area.name}{named}"


@page_kind(order=20, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """A page and two files for each area that has a diagnosis."""
    studies = Studies(directory)
    files = DiagnosisFiles(studies)
    for area in studies.areas.diagnosed:
        url, dates = url_of(area), partial(_files, studies, area)
        yield Page(
            url,
            "diagnosis",
            "territoires",
            _title(area),
            f"{area.name} ({area.kind_label.lower()}) : adhésion, label, actions, services et "
            "usages numériques connus, avec leurs sources et leurs limites.",
            partial(values, studies, area),
            area.path,
            dates=dates,
        )
        yield Asset(f"{url}diagnostic.csv", partial(files.csv, area), dates=dates)
        yield Asset(f"{url}diagnostic.json", partial(files.json, area), dates=dates)


def _files(studies: Studies, area: LinkedTerritory) -> Iterator[str]:
    """The files of the records that a diagnosis rests on."""
    for territory in studies.areas.present(area):
        yield territory.path
        yield from (action.path for action in territory.actions)


def values(studies: Studies, area: LinkedTerritory) -> dict[str, Any]:
    """What the template « diagnosis » shows."""
    directory = studies.directory
    url = url_of(area)
    root = root_of(url)
    study = studies.of(area)
    d, q = study.diagnosis, study.quality
    listed = len(d.actions) <= MAX_ACTIONS
    return {
        "t": area,
        "d": d,
        "q": q,
        "crumbs": [*territory_pages.crumbs(directory, area, root), ("Diagnostic", None)],
        "as_of": text.date(q.as_of) if q.as_of else "",
        "synthesis": synthesis.points(directory, d, q),
        "telling": _telling(studies, area),
        "unit": "départements" if area.kind == "region" else "communes",
        "shares": [_share_row(d, name, label) for _, label, name in SHARES],
        "levels": [(level, towns) for level, towns in d.by_level.items()],
        "agreements": [
            (status.through, membership.in_words(status, with_name=False), status.record.note or "")
            for status in _first(d.agreements)
        ],
        "own_members": [(t, membership.in_words(status)) for t, status in _first(d.own_members)],
        "own_members_more": _rest(d.own_members),
        "known_now": _known_now(directory, d),
        "marks": _marks(directory, d),
        "themes": _matrix_view(directory, studies, d, d.themes, "themes", root, listed),
        "usages": _matrix_view(directory, studies, d, d.usages, "usages", root, listed),
        "services": [
            (t, directory.term("usages", service.usage) if service.usage else None, service)
            for t, service in _first(d.services)
        ],
        "services_more": _rest(d.services),
        "comparison": _comparison(studies, d),
        "silent_themes": [directory.term("themes", id_) for id_ in d.silent_themes],
        "silent_usages": [directory.term("usages", id_) for id_ in d.silent_usages],
        "gaps": _gaps(directory, d.gaps),
        "newest": [views.action_card(directory, a) for a in q.newest],
        "oldest": [views.action_card(directory, a) for a in q.oldest],
        "knowledge": _knowledge(d, q),
        "doubts": _first(q.doubts),
        "doubts_more": _rest(q.doubts),
        "changed": [(item.url, item.title, text.date(item.date)) for item in _first(q.changed)],
        "changed_more": _rest(q.changed),
        "since": text.date(q.since) if q.since else "",
        "listed": listed,
        "records": [
            (
                t,
                _record_words(directory, t),
                [_action_line(directory, a) for a in t.actions] if listed else [],
            )
            for t in d.present[: None if listed else MAX_ACTIONS]
        ],
        "records_more": 0 if listed else max(0, len(d.present) - MAX_ACTIONS),
        "small": SMALL,
    }


def _first(items: Sequence[T]) -> Sequence[T]:
    return text.first_of(items, MAX_LISTED)


def _rest(items: Sequence[Any]) -> int:
    return len(items) - len(_first(items))


def _telling(studies: Studies, area: LinkedTerritory) -> PageValues | None:
    """The five figures of the synthesis, as the macro « telling » takes them."""
    figures = telling(studies.open_figures.of(area.code))
    group = studies.open_figures.comparables.of(area.code)
    if not figures:
        return None
    return PageValues(
        figures=[figure for figure in figures if not figure.nothing],
        short={f.head.id: short_words(f.head, f.compared) for f in figures if f.compared},
        none=nothing_words(figures),
        group=group.words if group and group.enough else "",
    )


def _share_row(d: Diagnosis, name: str, label: str) -> PageValues:
    """A line of the table of participation."""
    share = getattr(d, name)
    return PageValues(
        label=label[:1].upper() + label[1:],
        n=text.number(share.n),
        of=text.number(share.of),
        percent=_percent(share.n, share.of, share.told),
        population=text.number(share.population),
        population_percent=_percent(share.population, share.of_population, share.told),
        small=share.told and share.n < SMALL,
        territories=_first(share.communes),
        more=_rest(share.communes),
        whole=name == "offered",  # every commune: no list is needed
    )


def _percent(part: int, whole: int, told: bool) -> str:
    """« 12,6 % », or « non connu » where too little is known; empty where the whole is zero."""
    value = percent(part, whole)
    return f"{text.number(value)} %" if told and value else "non connu" if value else ""


def _known_now(directory: Directory, d: Diagnosis) -> str:
    """« 3 labels connus sur 205 collectivités labellisées »: what the newest edition rests on."""
    return f"{views.known_labels(directory.editions[d.edition])} en France" if d.edition else ""


def _marks(directory: Directory, d: Diagnosis) -> list[Mark]:
    marks = []
    for t in d.present:
        if t.kind == "commune" and t.point:
            words = [_record_words(directory, t)] if t.labels or t.actions else []
            marks.append(
                Mark(t.name, t.point, bool(t.labels), len(t.actions), " : ".join([t.name, *words]))
            )
    return marks


def _record_words(directory: Directory, t: LinkedTerritory) -> str:
    """« 4 arobases en 2014, 1 action »."""
    words = []
    if t.latest:
        level = t.latest.level
        label = text.plural(level, "arobase") if level else "label de niveau non connu"
        words.append(" ".join(filter(None, (f"{label} en {t.latest.edition}", views.later(t)))))
    if t.actions:
        words.append(text.plural(len(t.actions), "action"))
    if t.record.services:
        words.append(text.plural(len(t.record.services), "service"))
    own = membership.own(directory, t)
    if own:
        words.append(membership.in_words(own[0], with_name=False))
    return ", ".join(words)


def _matrix_view(
    directory: Directory,
    studies: Studies,
    d: Diagnosis,
    matrix: Matrix,
    vocabulary: str,
    root: str,
    listed: bool,
) -> dict[str, Any]:
    """A matrix without its empty columns, bounded to the most populated lines."""
    columns = [id_ for id_ in matrix.columns if any(id_ in row.cells for row in matrix.rows)]
    rows = list(matrix.rows)
    if len(rows) > MAX_ROWS:
        largest = sorted(rows, key=lambda r: -(r.territory.population if r.territory else 0))
        kept = {id(row) for row in largest[:MAX_ROWS]}
        rows = [row for row in rows if id(row) in kept]
    lines: list[Line] = []
    for row in rows:
        t = row.territory
        if t is None:
            continue
        if d.area.kind == "region" and t is not d.area and studies.areas.has_diagnosis(t.code):
            href = root + url_of(t)
        else:
            href = f"#f-{t.code}" if listed else root + t.url
        lines.append((row.name, href, [row.cells.get(id_, 0) for id_ in columns], row.total))
    by_term = d.by_theme if vocabulary == "themes" else d.by_usage
    totals = [sum(row.cells.get(id_, 0) for row in matrix.rows) for id_ in columns]
    return PageValues(
        {
            "columns": [
                (directory.term(vocabulary, id_).label, f"{root}actions/?{vocabulary[:-1]}={id_}")
                for id_ in columns
            ],
            "rows": lines,
            "body": table_rows(
                [directory.term(vocabulary, id_).label for id_ in columns],
                lines,
                "Actions" if vocabulary == "themes" else "Actions et services",
                linked=listed,
            ),
            "totals": totals,
            "hidden": len(matrix.rows) - len(lines),
            "empty": matrix.empty,
            "actions": sum(len(by_term.get(id_, ())) for id_ in columns),
        }
    )


def _comparison(studies: Studies, d: Diagnosis) -> dict[str, Any]:
    compared = d.compared
    found = compared.spread
    names = (d.area.name, "Premier quartile", "Médiane", "Troisième quartile")
    rows = zip(names, (d.rate, found.low, found.median, found.high), strict=True)
    named = [
        (
            p.name,
            p.territory,
            text.plural(p.population, "habitant"),
            text.plural(p.actions, "action"),
            text.number(decimal(p.rate)),
        )
        for p in compared.peers[:MAX_ROWS]
    ]
    return PageValues(
        {
            "words": compared.words,
            "many": compared.many,
            "areas": text.number(compared.areas),
            "n": found.n,
            "enough": found.median is not None,
            "fewest": FEWEST,
            "value": text.number(decimal(d.rate)),
            "rows": [(name, Decimal(decimal(v)), None) for name, v in rows if v is not None],
            "peers": named,
            "peers_more": max(0, len(compared.peers) - MAX_ROWS),
        }
    )


def _gaps(directory: Directory, gaps: Sequence[Gap]) -> list[PageValues]:
    """Figures of one thing, in words; empty where there is none of a nature."""
    result = []
    for gap in gaps:
        words = {"objectif": "", "existant": "", "contexte": ""}
        for nature, indicator in gap.by_nature.items():
            figure = views.figure(directory, indicator)
            words[nature] = f"{figure.value} ({figure.date})" if figure.date else figure.value
        result.append(
            PageValues(
                territory=gap.territory,
                programme=gap.programme,
                label=gap.label,
                aim=words["objectif"],
                existing=words["existant"],
                context=words["contexte"],
                doubt="; ".join(i.doubt for i in gap.by_nature.values() if i.doubt),
            )
        )
    return result


def _knowledge(d: Diagnosis, q: Quality) -> list[tuple[str, str, str]]:
    """(what, how many, of how many)."""
    total = text.number(len(d.actions))
    counts: Iterable[tuple[str, Sequence[LinkedAction]]] = (
        ("Actions dont l'état d'avancement n'est pas connu", q.no_status),
        ("Actions dont le début n'est pas connu", q.no_start),
        ("Actions qui ne nomment aucun enjeu", q.no_enjeu),
        ("Actions qui ne nomment aucun usage", q.no_usage),
        ("Actions que personne n'a encore vérifiées", q.never_verified),
        ("Actions vérifiées il y a plus de deux ans", q.stale),
    )
    rows = [(label, text.number(len(actions)), total) for label, actions in counts]
    unknown = text.number(q.labels_without_level), text.number(q.labels)
    return [*rows, ("Labels dont le niveau n'est pas connu", *unknown)]


def _action_line(directory: Directory, action: LinkedAction) -> tuple[str, str, str]:
    """(title, address, « thème, thème · en cours · 2016 »)."""
    themes = ", ".join(directory.term("themes", id_).label for id_ in action.record.themes)
    usages = ", ".join(directory.term("usages", id_).label for id_ in action.record.usages)
    meta = views.action_meta(directory, action, with_territory=False)
    words = [themes, f"usage : {usages}" if usages else "", meta]
    return action.record.title, action.url, " · ".join(word for word in words if word)
