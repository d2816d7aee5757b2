"""The long lists: territories, actions, actors, régions, départements, and the context figures."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from atlaas import text
from atlaas.directory import Directory, LinkedAction, LinkedActor
from atlaas.pages import views
from atlaas.pages.page import Asset, ListingPage, Page, Site, T, page_kind, parts, root_of


@page_kind(order=70)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """Every listing of the site that belongs to no single record."""
    territories = [t for t in directory.territories.values() if t.path or t.actions]
    yield from _listing(
        "territoires/",
        "territories",
        "territoires",
        "Territoires",
        "Les territoires dont l'Atlaas connaît un label ou une action, par ordre alphabétique.",
        territories,
        text.plural(len(territories), "territoire"),
        lambda shown: {"rows": shown},
    )
    yield from _actors(directory, site)
    yield _areas(directory, "regions/", "Régions", "region")
    yield _areas(directory, "departements/", "Départements", "departement")
    yield _context(directory, site)


def _listing(
    base: str,
    template: str,
    section: str,
    title: str,
    lead: str,
    items: Sequence[T],
    count: str,
    shown_values: Callable[[Sequence[T]], dict[str, Any]],
) -> Iterator[Page]:
    for part in parts(base, items):

        def values(part: ListingPage[T] = part) -> dict[str, Any]:
            root = root_of(part.url)
            return {
                "crumbs": [("Accueil", root), (title, None)],
                "title": title,
                "lead": f"{lead} {count}.",
                **part.pager(root + base),
                **shown_values(part.items),
            }

        yield Page(part.url, template, section, title + part.suffix, lead + part.suffix, values)


def _actors(directory: Directory, site: Site) -> Iterator[Page]:
    actors = list(directory.actors.values())
    yield from _listing(
        "acteurs/",
        "actors",
        "actions",
        "Acteurs",
        "Les structures qui prennent part aux actions, par ordre alphabétique.",
        actors,
        text.plural(len(actors), "acteur"),
        lambda shown: {"rows": shown},
    )
    for actor in actors:
        for part in parts(actor.url, actor.actions):
            yield _actor(directory, site, actor, part)


def _actor(
    directory: Directory, site: Site, actor: LinkedActor, part: ListingPage[LinkedAction]
) -> Page:
    def values() -> dict[str, Any]:
        root = root_of(part.url)
        return {
            "crumbs": [
                ("Accueil", root),
                ("Acteurs", f"{root}acteurs/"),
                (actor.record.name, None),
            ],
            "actor": actor,
            "territory": directory.territories.get(actor.record.territory or ""),
            "cards": [views.action_card(directory, a) for a in part.items],
            **part.pager(root + actor.url),
            "facts": views.facts(directory, actor.record, root),
            "sources": views.sources(directory, actor.record.sources),
            "upkeep": views.upkeep(directory, site, actor.path, root),
        }

    count = text.plural(len(actor.actions), "action")
    return Page(
        part.url,
        "actor",
        "actions",
        actor.record.name + part.suffix,
        f"{actor.record.name} dans l'Atlaas : {count}.{part.suffix}",
        values,
        actor.path,
        about=actor,
    )


def _areas(directory: Directory, url: str, title: str, kind: str) -> Page:
    def values() -> dict[str, Any]:
        root = root_of(url)
        rows = []
        for t in directory.territories.values():
            if t.kind == kind:
                inside = directory.inside(t.code)
                labelled = sum(1 for i in inside if i.labels)
                actions = sum(len(i.actions) for i in inside) + len(t.actions)
                rows.append((t, labelled, actions))
        return {
            "crumbs": [("Accueil", root), ("Territoires", f"{root}territoires/"), (title, None)],
            "title": title,
            "rows": rows,
        }

    lead = f"{title} : territoires dont un label est connu, et actions."
    return Page(url, "areas", "territoires", title, lead, values)


def _context(directory: Directory, site: Site) -> Page:
    def values() -> dict[str, Any]:
        root = root_of("contexte/")
        return {
            "crumbs": [("Accueil", root), ("Contexte", None)],
            "figures": [(f.area, views.figure(directory, f)) for f in directory.context],
            "upkeep": views.upkeep(directory, site, "data/context.yml", root, add=""),
        }

    return Page(
        "contexte/",
        "context",
        "donnees",
        "Contexte national",
        "Les chiffres nationaux sur les usages du numérique que citent les sources, datés.",
        values,
        "data/context.yml",
    )
