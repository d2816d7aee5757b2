"""The page of a territory, whatever its kind; départements and régions show what lies in them."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from atlaas import text
from atlaas.diagnosis import membership
from atlaas.diagnosis.similar import Similar
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.model import Indicator, Source, Term
from atlaas.pages import explorer, panel, territory_area, views
from atlaas.pages.page import Asset, ListingPage, Page, PageValues, Site, page_kind, parts, root_of
from atlaas.pages.territory_context import Local

SHOWN = 60  # actions on a territory's own page; the others are on its paginated listing
# What ``unrecorded`` adds.
NOTHING_AROUND = dict.fromkeys(("above", "departement", "elsewhere", "figures"))
FEWEST_COMMUNES = 8  # of an EPCI, shown before the others are asked for
FEW = 6  # actions that need no headings by theme
GONE = frozenset({"epci-dissous"})  # what no longer acts: nothing is asked of it


@page_kind(order=30)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """One page per territory, by file, and a listing of its actions where they are many."""
    local, similar = Local(directory), Similar(directory)
    for territory in sorted(directory.territories.values(), key=attrgetter("path", "code")):
        yield _page(directory, site, territory, local, similar)
        if _more(territory):
            yield from _listing(directory, territory)


def _more(territory: LinkedTerritory) -> bool:
    """Whether some actions are only on the listing."""
    return len(text.first_of(territory.actions, SHOWN)) < len(territory.actions)


def _page(
    directory: Directory, site: Site, territory: LinkedTerritory, local: Local, similar: Similar
) -> Page:
    return Page(
        territory.url,
        "territory",
        "territoires",
        title(directory, territory),
        description(directory, territory),
        lambda: {
            **values(directory, site, territory),
            **local.of(territory),
            "panel": panel.of(territory, site),
            "ideas": similar.territories(territory),
            **NOTHING_AROUND,
        },
        territory.path,
        scripts=scripts_of(territory.kind),
        about=territory,
    )


def scripts_of(kind: str) -> tuple[str, ...]:
    """The scripts of the page of a kind: the table of communes sorts and unfolds."""
    return ("assets/js/table.js",) if kind in ("epci", "ept") else ()


def title(directory: Directory, territory: LinkedTerritory) -> str:
    """The name; where others have the same one, with its département or its kind."""
    if territory.kind in ("departement", "region"):
        return f"{territory.name} ({territory.kind_label.lower()})"
    above = directory.reference.departements.get(territory.departement)
    return f"{territory.name} ({above.name})" if above else territory.name


def description(directory: Directory, territory: LinkedTerritory) -> str:
    """One sentence for search engines and previews."""
    parts = []
    if territory.latest:
        level = territory.latest.level
        words = f"{text.plural(level, 'arobase')} en {territory.latest.edition}" if level else ""
        parts.append(words or f"label {territory.latest.edition}")
        parts.extend(filter(None, [views.later(territory)]))
    count = len(territory.actions)
    if count:
        parts.append(text.plural(count, "action numérique", "actions numériques"))
    return f"{territory.name} ({territory.kind_label.lower()}) dans l'Atlaas" + (
        f" : {', '.join(parts)}." if parts else "."
    )


def _listing(directory: Directory, territory: LinkedTerritory) -> Iterator[Page]:
    base = f"{territory.url}actions/"
    for part in parts(base, territory.actions):

        def values(part: ListingPage[LinkedAction] = part) -> dict[str, Any]:
            root = root_of(part.url)
            return {
                "crumbs": [*crumbs(directory, territory, root), ("Actions", None)],
                "title": territory.headed("Actions"),
                "lead": text.plural(len(territory.actions), "action"),
                "cards": [views.action_card(directory, a, False) for a in part.items],
                **part.pager(root + base),
            }

        yield Page(
            part.url,
            "listing",
            "territoires",
            f"{territory.headed('Actions')}{part.suffix}",
            f"{territory.headed('Toutes les actions numériques')}.{part.suffix}",
            values,
        )


def crumbs(
    directory: Directory, territory: LinkedTerritory, root: str, last: bool = False
) -> list[tuple[str, str | None]]:
    """Accueil › Territoires › région › département › territory; the last one is no link."""
    trail: list[tuple[str, str | None]] = [("Accueil", root)]
    trail.append(("Territoires", f"{root}territoires/"))
    for code in (f"reg-{territory.region}", f"dep-{territory.departement}"):
        above = directory.territories.get(code)
        if above and above is not territory and (trail[-1][0] != above.name):
            trail.append((above.name, root + above.url))
    trail.append((territory.name, None if last else root + territory.url))
    return trail


def values(directory: Directory, site: Site, territory: LinkedTerritory) -> dict[str, Any]:
    """What the template « territory » shows."""
    root = root_of(territory.url)
    record = territory.record
    alone = territory.recorded and territory.kind not in ("departement", "region")
    shown = text.first_of(territory.actions, SHOWN)
    inside = territory.kind in ("departement", "region")
    about = f"?territoire={territory.code}"
    won = views.won(directory, territory.labels)
    return {
        **placed(directory, territory),
        "latest": territory.latest,
        "latest_green": bool(territory.latest and views.GREEN in territory.latest.mentions),
        "later": views.later(territory),
        "timeline": views.timeline(directory, territory, root),
        "latest_won": won.get(territory.latest.won_by or "", "") if territory.latest else "",
        "label_sources": [
            (
                label.edition,
                won.get(label.won_by or "", ""),
                views.sources(directory, label.sources),
            )
            for label in reversed(territory.labels)
        ],
        "kept_up": _kept_up(territory),
        "groups": _groups(directory, shown),
        "more_actions": f"{root}{territory.url}actions/" if _more(territory) else "",
        "partner_in": [views.action_card(directory, a) for a in territory.partner_in[:12]],
        "services": [
            (
                directory.term("usages", service.usage) if service.usage else None,
                service,
                views.sources(directory, service.sources),
            )
            for service in record.services
        ],
        "programmes": _programmes(directory, territory),
        "memberships": _memberships(directory, territory, root) if territory.recorded else [],
        "neighbours": around(directory, territory, 6, 60) if alone else [],
        "outline": _outline(directory, territory) if territory.recorded else None,
        "sources": views.sources(directory, record.sources),
        "gone": territory.kind in GONE,
        "successor": directory.territories.get(record.successor or ""),
        "inside": territory_area.inside(directory, territory) if inside else None,
        "upkeep": views.upkeep(
            directory,
            site,
            territory.path,
            root,
            f"territoire/{about}",
            "" if territory.kind in {*GONE, "commune-a-identifier"} else f"action/{about}",
        ),
    }


def placed(directory: Directory, territory: LinkedTerritory) -> dict[str, Any]:
    """What the template shows of the place itself, whether or not a record names it."""
    root = root_of(territory.url)
    communes, folded = _communes(directory, territory)
    facts = _facts(directory, territory, root)
    return {
        "t": territory,
        "crumbs": crumbs(directory, territory, root, last=True),
        "where": _where(directory, territory, root),
        "facts": facts,
        "facts_named": ", ".join([term for term, *_ in facts]),
        "communes": communes,
        "folded": folded,
        "like": explorer.around(territory.code, territory.departement),
    }


def around(
    directory: Directory, territory: LinkedTerritory, count: int, within_km: float
) -> list[tuple[int, LinkedTerritory]]:
    """(whole kilometres, labelled territory) of those around, nearest first."""
    return [(round(km), t) for km, t in directory.neighbours(territory, count, within_km)]


def _groups(
    directory: Directory, actions: Sequence[LinkedAction]
) -> list[tuple[Term | None, list[views.ActionCard]]]:
    """Actions under their first theme; a few make one list, each card naming its theme."""
    if len(actions) > FEW:
        return [
            (term, [views.action_card(directory, a, False) for a in grouped])
            for term, grouped in views.by_first_theme(directory, actions)
        ]
    cards = []
    for action in actions:
        card = views.action_card(directory, action, False)
        theme = directory.term("themes", action.record.themes[0]).label
        cards.append(card._replace(meta=f"{theme} · {card.meta}" if card.meta else theme))
    return [(None, cards)] if cards else []


def _where(directory: Directory, territory: LinkedTerritory, root: str) -> list[tuple[str, str]]:
    """(words, address or nothing) of the line under the title: what it is, and where it lies."""
    place, reference = territory.place, directory.reference
    what = territory.kind_label[:1].upper() + territory.kind_label[1:]
    if territory.population:
        what += f", {text.number(territory.population)} habitants"
    line = [(what, "")]
    if place and place.kind in ("epci", "ept"):
        count = text.plural(len(reference.members(territory.code)), "commune")
        line.append((count, "#communes"))
    codes = [territory.epci, place.ept if place else ""]
    if territory.recorded:  # the trail above says it too: enough for a light page
        codes += [f"dep-{territory.departement}", f"reg-{territory.region}"]
    for code in codes:
        above = reference.get(code)
        if above and code != territory.code:
            line.append((above.name, root + directory.address_of(code)))
    if territory.record.country:
        line.append((territory.record.country, ""))
    if territory.record.successor:
        successor = directory.page_of(territory.record.successor)
        name = successor.name if successor else territory.record.successor
        line.append((f"devenu {name}", root + successor.url if successor else ""))
    return line


def _facts(
    directory: Directory, territory: LinkedTerritory, root: str
) -> list[tuple[str, str, str]]:
    """(term, words, address or nothing) of what administrations ask for: site, codes."""
    place, facts = territory.place, []
    website = territory.record.website or directory.reference.websites.get(territory.code, "")
    if website:
        facts.append(("Site officiel", website.split("/")[2].removeprefix("www."), website))
    if place and place.kind == "commune":
        facts.append(("Code postal", ", ".join(place.postcodes[:3]), ""))
        facts.append(("Code INSEE", territory.code, ""))
    elif place and place.kind in ("epci", "ept"):
        facts.append(("SIREN", territory.code, ""))
    return facts + views.facts(directory, territory.record, root)


def _kept_up(territory: LinkedTerritory) -> str:
    """« 5 arobases dans 9 éditions connues », where that says something."""
    full = sum(label.level == 5 for label in territory.by_edition.values())
    return f"5 arobases dans {full} éditions connues" if full > 1 else ""


def _programmes(
    directory: Directory, territory: LinkedTerritory
) -> list[tuple[Any, str, list[views.FigureView], list[views.SourceView]]]:
    """(programme or None, its start in words, figures, sources of all), in the record's order."""
    record = territory.record
    groups: dict[str | None, list[Indicator]] = {p.title: [] for p in record.programmes}
    for indicator in record.indicators:
        groups.setdefault(indicator.programme, []).append(indicator)
    programmes = {p.title: p for p in record.programmes}
    result = []
    for title, indicators in groups.items():
        programme = programmes.get(title or "")
        named: list[Source] = list(programme.sources) if programme else []
        for indicator in indicators:
            named.extend(indicator.sources)
        started = text.since(programme.started) if programme and programme.started else ""
        figures = [views.figure(directory, indicator) for indicator in indicators]
        result.append((programme, started, figures, views.sources(directory, named)))
    return result


def _memberships(
    directory: Directory, territory: LinkedTerritory, root: str
) -> list[dict[str, Any]]:
    """Its own memberships, then the one that its EPCI's agreement offers."""
    found = membership.own(directory, territory)
    offered = membership.offered(directory, territory.epci)
    if offered and territory.kind == "commune":
        found.append(offered)
    return [
        PageValues(
            {
                "level": status.level_words,
                "when": status.when,
                "through": status.through,
                "by": status.through.the if status.through else "",
                "offers": directory.term("membership-levels", status.record.offers).label
                if status.record.offers and not status.derived
                else "",
                "note": status.record.note or "",
                "doubt": status.record.doubt or "",
                "sources": views.sources(directory, status.record.sources),
                "derived": status.derived,
            }
        )
        for status in found
    ]


class CommuneRow(NamedTuple):
    """A commune in the table of its EPCI."""

    name: str
    population: int
    url: str
    recorded: LinkedTerritory | None


def _communes(
    directory: Directory, territory: LinkedTerritory
) -> tuple[list[CommuneRow], list[CommuneRow]]:
    """The members of an EPCI that have something to say, and the others, which a page folds.

    By name. Where few have a label or an action, the largest of the others stand with them.
    """
    if territory.kind not in ("epci", "ept"):
        return [], []
    found = [
        CommuneRow(
            m.name, m.population, directory.address_of(m.code), directory.territories.get(m.code)
        )
        for m in directory.reference.members(territory.code)
    ]
    saying = [row for row in found if (t := row.recorded) and (t.labels or t.actions)]
    silent = sorted((row for row in found if row not in saying), key=lambda row: -row.population)
    room = max(0, FEWEST_COMMUNES - len(saying))
    if len(silent) <= room + 1:  # a fold for one row would be longer than the row
        room = len(silent)
    first, folded = [*saying, *silent[:room]], silent[room:]
    return sorted(first, key=_by_name), sorted(folded, key=_by_name)


def _by_name(row: CommuneRow) -> tuple[str, str, str]:
    return text.sort_key(row.name)


def _outline(
    directory: Directory, territory: LinkedTerritory
) -> tuple[str, str, tuple[tuple[float, float], ...], str] | None:
    """(code of the area drawn, what the drawing says, points, context) of the small map."""
    if territory.place is None:
        return None
    if territory.kind in ("departement", "region"):
        inside = directory.inside(territory.code)
        points = tuple(t.point for t in inside if t.labels and t.point and t.kind != "departement")
        return territory.code, f"{territory.name} : territoires dont un label est connu", points, ""
    if territory.kind in ("epci", "ept"):
        around = f"dep-{territory.departement}"
        if territory.kind == "ept":
            return around, f"{territory.name} : le département", (), ""
        return territory.code, f"{territory.name} dans son département", (), around
    if territory.point is None:
        return None
    above = directory.reference.departements.get(territory.departement)
    name = above.name if above else ""
    return f"dep-{territory.departement}", f"{territory.name} ({name})", (territory.point,), ""
