"""Themes, enjeux, usages and mentions: their index, and a paginated page per term."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from atlaas import diagnosis, text
from atlaas.diagnosis import usages
from atlaas.directory import Directory, LinkedAction, LinkedTerritory
from atlaas.model import Label, Term
from atlaas.pages import views
from atlaas.pages.page import Asset, ListingPage, Page, Site, page_kind, parts, root_of


@dataclass(frozen=True)
class _Family:
    """A vocabulary with pages of its own."""

    vocabulary: str
    url: str
    title: str
    one: str  # the word for one of its terms
    lead: str
    section: str = "themes"


# The parameter by which the form of an action receives a term.
_ASKED = {"themes": "theme", "enjeux": "enjeu", "usages": "usage"}
THEMES = _Family(
    "themes",
    "themes/",
    "Thèmes",
    "Thème",
    "De quoi parlent les actions : les sept thèmes du label de 2017, les mentions venues "
    "ensuite, et ce qu'il a fallu ajouter.",
)
ENJEUX = _Family(
    "enjeux",
    "enjeux/",
    "Enjeux",
    "Enjeu",
    "À quoi servent les actions : les enjeux que nomme le règlement du label.",
)
USAGES = _Family(
    "usages",
    "usages/",
    "Usages",
    "Usage",
    "Ce que les habitants et les entreprises font en ligne : dix usages cités par Villes Internet "
    "à propos de la Métropole européenne de Lille (2016).",
)
MENTIONS = _Family(
    "mentions",
    "label/mentions/",
    "Mentions",
    "Mention",
    "Des récompenses données en plus du niveau, selon les éditions.",
    "label",
)


@page_kind(order=50)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The index and the pages of each family of terms."""
    for family in (THEMES, ENJEUX, USAGES):
        index = directory.actions_by[family.vocabulary]
        terms = directory.vocabularies[family.vocabulary]
        counts = {id_: len(index.get(id_, ())) for id_ in terms}
        yield _index(directory, site, family, counts, "action")
        for term in terms.values():
            yield from _action_pages(directory, site, family, term, index.get(term.id, []))
    mentions = directory.vocabularies["mentions"]
    counts = {id_: len(directory.labels_by_mention.get(id_, ())) for id_ in mentions}
    yield _index(directory, site, MENTIONS, counts, "label")
    for term in mentions.values():
        labels = directory.labels_by_mention.get(term.id, [])
        yield from _mention_pages(directory, site, term, labels)


def _index(
    directory: Directory, site: Site, family: _Family, counts: Mapping[str, int], what: str
) -> Page:
    def values() -> dict[str, Any]:
        root = root_of(family.url)
        terms = directory.vocabularies[family.vocabulary].values()
        categories = directory.vocabularies.get("categories", {})
        return {
            "crumbs": [
                ("Accueil", root),
                *([("Label", f"{root}label/")] if family is MENTIONS else []),
                (family.title, None),
            ],
            "title": family.title,
            "lead": family.lead,
            "terms": [
                (
                    term,
                    f"{root}{family.url}{term.id}/",
                    text.plural(counts[term.id], what),
                    categories[term.category].label if term.category else "",
                )
                for term in terms
            ],
            "upkeep": views.upkeep(
                directory,
                site,
                f"data/vocabulary/{family.vocabulary}.yml",
                root,
                add="territoire/" if family is MENTIONS else "action/",
            ),
        }

    return Page(
        family.url,
        "terms",
        family.section,
        family.title,
        family.lead,
        values,
        dates=lambda: (f"data/vocabulary/{family.vocabulary}.yml",),
    )


def _action_pages(
    directory: Directory, site: Site, family: _Family, term: Term, actions: list[LinkedAction]
) -> Iterator[Page]:
    base = f"{family.url}{term.id}/"
    for part in parts(base, actions):

        def values(part: ListingPage[LinkedAction] = part) -> dict[str, Any]:
            root = root_of(part.url)
            first = part.number == 1
            return {
                **_term_values(directory, site, family, term, root),
                "count": text.plural(len(actions), "action"),
                "regions": [
                    (t.name, count, root + t.url)
                    for t, count in diagnosis.by_region(directory, actions if first else [])
                ],
                "active": [
                    (t.name, text.plural(count, "action"), root + t.url)
                    for t, count in diagnosis.most_active(actions if first else [], 8)
                ],
                "services": usages.offering(directory, term.id)
                if first and family is USAGES
                else [],
                "cards": [views.action_card(directory, a) for a in part.items],
                **part.pager(root + base),
            }

        yield Page(
            part.url,
            "term",
            family.section,
            f"{family.one} : {term.label}{part.suffix}",
            f"{term.definition or term.label}{part.suffix}",
            values,
            f"data/vocabulary/{family.vocabulary}.yml",
            about=(family.vocabulary, term),
        )


def _term_values(
    directory: Directory, site: Site, family: _Family, term: Term, root: str
) -> dict[str, Any]:
    themes, enjeux = directory.vocabularies["themes"], directory.vocabularies["enjeux"]
    related = []
    if term.theme:
        related.append((f"Thème : {themes[term.theme].label}", f"{root}themes/{term.theme}/"))
    if term.enjeu:
        related.append((f"Enjeu : {enjeux[term.enjeu].label}", f"{root}enjeux/{term.enjeu}/"))
    if family is THEMES:
        related += [
            (f"Mention : {m.label}", f"{root}label/mentions/{m.id}/")
            for m in directory.vocabularies["mentions"].values()
            if m.theme == term.id
        ]
    chosen = {"themes": "theme", "usages": "usage", "enjeux": "enjeu"}.get(family.vocabulary)
    if chosen:
        related.append(("Qui le fait près de chez vous ?", f"{root}actions/?{chosen}={term.id}"))
    if family is ENJEUX:
        related += [
            (f"Thème : {t.label}", f"{root}themes/{t.id}/")
            for t in themes.values()
            if t.enjeu == term.id
        ]
    return {
        "crumbs": [
            ("Accueil", root),
            *([("Label", f"{root}label/")] if family is MENTIONS else []),
            (family.title, f"{root}{family.url}"),
            (term.label, None),
        ],
        "family": family.title,
        "term": term,
        "origin": origin_words(term, family.one),
        "propose": f"{root}contribuer/action/"
        + (f"?{asked}={term.id}" if (asked := _ASKED.get(family.vocabulary)) else ""),
        "related": related,
        "sources": views.sources(directory, term.sources),
        "upkeep": views.upkeep(
            directory,
            site,
            f"data/vocabulary/{family.vocabulary}.yml",
            root,
            add=f"action/?{asked}={term.id}" if asked else "territoire/",
        ),
    }


def mention_title(term: Term) -> str:
    """« Mention Internet citoyen », or « Mention d'honneur » where the label says the word."""
    return term.label if term.label.startswith("Mention") else f"Mention {term.label}"


def origin_words(term: Term, one: str) -> str:
    """Where a term comes from, as a sentence, or an empty text."""
    if one == "Mention":
        year = (term.origin or "").removeprefix("mention ")
        return f"Mention citée dès l'édition {year}." if year.isdigit() else ""
    this = f"{'Ce' if one == 'Thème' else 'Cet'} {one.lower()}"
    match (term.origin or "").partition(" "):
        case ("ajout", _, _):
            return f"{this} a été ajouté par l'Atlaas."
        case ("label" | "mention" as what, _, year):
            came = "du label" if what == "label" else "d'une mention du label"
            return f"{this} vient {came} ({year})."
        case ("enjeu", _, _):
            return f"{this} vient de l'Atlaas officiel."
        case ("règlement", _, _):
            return f"{this} est nommé par le règlement du label."
        case ("usage", _, _):
            return (
                f"{this} est cité par Villes Internet à propos de la Métropole européenne de "
                f"Lille ({term.since or 2016})."
            )
    return f"{this} vient de : {term.origin}." if term.origin else ""


def _mention_pages(
    directory: Directory, site: Site, term: Term, labels: list[tuple[LinkedTerritory, Label]]
) -> Iterator[Page]:
    base = f"{MENTIONS.url}{term.id}/"
    for part in parts(base, labels):

        def values(part: ListingPage[tuple[LinkedTerritory, Label]] = part) -> dict[str, Any]:
            root = root_of(part.url)
            return {
                **_term_values(directory, site, MENTIONS, term, root),
                "count": text.plural(len(labels), "label connu", "labels connus"),
                "heading": mention_title(term),
                "labels": part.items,
                "won": views.won(directory, (label for _, label in part.items)),
                "green": term.id == views.GREEN,
                **part.pager(root + base),
            }

        yield Page(
            part.url,
            "mention",
            "label",
            f"{mention_title(term)}{part.suffix}",
            f"{term.definition or term.label}{part.suffix}",
            values,
            "data/vocabulary/mentions.yml",
            about=("mentions", term),
        )
