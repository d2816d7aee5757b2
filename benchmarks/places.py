"""The pages of places that no record names, as peers are given them: facts, never markup.

What many of these pages share (an EPCI and what it does, actions of comparable places) stands once
in ``Shared``, under a key that each page names, so that a peer that can remember a part of a page
may do so, as the Atlaas does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from atlaas.directory import Directory

ROOT = "../../"  # from one of these pages, which all stand in territoires/x/
_CUT = len(ROOT) - 1
Link = dict[str, str]  # title and url; meta too where it is a card


class Shared(NamedTuple):
    """What several pages show, by the key that they name; addresses are from the site's root."""

    above: dict[str, dict[str, Any]]  # SIREN of the EPCI, or dep-xx
    ideas: dict[str, dict[str, Any]]  # its number


class Light(NamedTuple):
    """One page; addresses are from the site's root, with a slash first, or empty."""

    url: str  # without that slash
    values: dict[str, Any]


def _from_root(address: str | None) -> str:
    """« ../../regions/x/ » and « ../x/ » as « /regions/x/ » and « /territoires/x/ »."""
    if not address or address.startswith("http"):
        return address or ""
    if address.startswith("#"):
        return address
    return address[_CUT:] if address.startswith(ROOT) else f"/territoires/{address[3:]}"


def _links(pairs: Any) -> list[Link]:
    return [{"title": words, "url": _from_root(href)} for words, href in pairs]


def _card(card: Any) -> Link:
    return {"title": card.title, "url": f"/{card.url}", "meta": card.meta}


def _above(value: Any, departement: Any) -> dict[str, Any]:
    if value is None:
        return {"departement": {"title": departement.the, "url": f"/{departement.url}"}}
    return {
        "name": value.name,
        "url": _from_root(value.url),
        "level": value.latest.level if value.latest else 0,
        "communes": value.communes,
        "towns": [{"title": town.name, "url": f"/{town.url}"} for town in value.towns],
        "more": max(0, value.more),
        "offers": f"{value.offers} par {value.named}" if value.offers else "",
        "programmes": value.programmes,
        "actions": value.actions,
        "cards": [_card(card) for card in value.cards],
    }


def light_pages(directory: Directory) -> tuple[list[Light], Shared]:
    """Every page of a place that no record names, and what they share."""
    shared = Shared({}, {})
    return list(_pages(directory, shared)), shared


def _pages(directory: Directory, shared: Shared) -> Iterator[Light]:
    from atlaas.pages.page import Site
    from atlaas.pages.unrecorded import Surroundings

    around = Surroundings(directory, Site())
    keys: dict[str, str] = {}  # words of a group of comparable places -> its key
    for place in directory.unrecorded():
        found = around.values(place.code)
        t, ideas, departement = found["t"], found["elsewhere"], found["departement"]
        above = place.epci if found["above"] else departement and departement.code
        if above and above not in shared.above:
            shared.above[above] = _above(found["above"], departement)
        key = ""
        if ideas:
            key = keys.setdefault(ideas.words, str(len(keys)))
            cards = [_card(card) for card in ideas.cards]
            shared.ideas.setdefault(key, {"words": ideas.words, "cards": cards})
        figures = found["figures"]
        values = {
            "title": t.name,
            "code": t.code,
            "crumbs": _links(found["crumbs"]),
            "where": _links(found["where"]),
            "diagnosis": _links([found["diagnosis"]] if found["diagnosis"] else []),
            "figures": [list(row) for row in figures.shown] if figures else [],
            "none": figures.none if figures else "",
            "communes": [
                [row.name, f"/{row.url}", row.population]
                for row in (*(found["communes"] or ()), *(found["folded"] or ()))
            ],
            "above": above or "",
            "near": [
                {
                    "title": town.name,
                    "url": f"/{town.url}",
                    "level": town.latest.level or 0,
                    "edition": town.latest.edition,
                    "km": km,
                }
                for km, town in found["neighbours"]
            ],
            "ideas": key,
            "facts": [[term, words] for term, words, _ in found["facts"]],
            "like": f"/{found['like']}",
        }
        yield Light(t.url, values)


def as_markdown(page: Light, shared: Shared) -> str:
    """The page for tools that have no layouts of their own; addresses relative to it."""
    v = page.values

    def link(item: Link, more: str = "") -> str:
        url = item["url"]
        if url.startswith("/"):
            url = ROOT + url[1:]
        return (f"[{item['title']}]({url})" if url else item["title"]) + more

    def rows(title: str, items: list[str]) -> list[str]:
        return [f"## {title}", "", *(f"- {item}" for item in items), ""] if items else []

    def cards(items: list[Link]) -> list[str]:
        return [link(item, f" {item['meta']}") for item in items]

    def table(head: str, lines: list[str]) -> list[str]:
        return [head, "|---" * head.count(" | ") + "|---|", *lines, ""] if lines else []

    lines = [" › ".join(link(crumb) for crumb in v["crumbs"]), "", f"# {v['title']}", ""]
    lines += [" · ".join(link(item) for item in v["where"]), ""]
    lines += [" · ".join(link(item) for item in v["diagnosis"]), ""]
    lines += table(
        "| Chiffre | Valeur | Date |", [f"| {' | '.join(row)} |" for row in v["figures"]]
    )
    lines += [v["none"], ""]
    members = [
        f"| {link({'title': name, 'url': url})} | {population} |"
        for name, url, population in v["communes"]
    ]
    lines += table("| Commune | Habitants |", members)
    above = shared.above.get(v["above"], {})
    if "name" in above:
        lines += [
            "## Son intercommunalité",
            "",
            link({"title": above["name"], "url": above["url"]}),
        ]
        lines += [f"{above['communes']} communes. {above['offers']}", ""]
        lines += rows("Dans l'Atlaas", [link(town) for town in above["towns"]])
        lines += rows("Ses programmes", above["programmes"])
        lines += rows("Ses actions", cards(above["cards"]))
    elif above:
        lines += rows("Son département", [link(above["departement"])])
    near = [f"{link(n)} {n['level']} sur 5, {n['edition']}, à {n['km']} km" for n in v["near"]]
    lines += rows("Autour", near)
    if v["ideas"]:
        ideas = shared.ideas[v["ideas"]]
        lines += rows(f"Ce que d'autres ont fait : {ideas['words']}", cards(ideas["cards"]))
    lines += table("| Fait | Valeur |", [f"| {term} | {words} |" for term, words in v["facts"]])
    lines += ["## Pas encore de fiche", "", f"Personne n'a encore dit ce que fait {v['title']}."]
    propose = [
        {
            "title": "Proposez la première action",
            "url": f"/contribuer/action/?territoire={v['code']}",
        },
        {
            "title": "la fiche du territoire",
            "url": f"/contribuer/territoire/?territoire={v['code']}",
        },
        {"title": "ce que font les autres", "url": v["like"]},
        {"title": "comparez", "url": f"/comparer/?t={v['code']}"},
    ]
    return "\n".join([*lines, *rows("Proposer", [link(item) for item in propose])])
