"""The page of all fields, /contribuer/champs/: what a record may hold, as the models say it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from atlaas.directory import Directory
from atlaas.model.fields import MODELS, ModelField, fields_of, walk
from atlaas.pages.contribute_files import URL
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

_KINDS = (
    ("action", "Une action", "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md"),
    ("territory", "Un territoire", "data/territories/59/59378-marcq-en-baroeul.yml"),
    ("actor", "Un acteur", "data/actors/universite-de-lille.yml"),
    ("collection", "Une collection", "data/collections/bus-des-demarches.yml"),
    ("edition", "Une édition du label", "data/editions/2018.yml"),
)


_TITLE = "Les champs des fiches"
_ROOT = root_of(f"{URL}champs/")
_SAMPLE = """\
---
title: Appel à projets « La bonne appli »
territory: "59378"
themes:
  - reseau-social
sources:
  - publisher: Le Monde (Smart Cities)
    title: Un palmarès des communes qui misent sur le numérique citoyen
    date: 2017-02-02
doubt: Le thème est déduit du contenu de l'article.
audience:
  - jeunes
cost:
  amount: 42000
  period: par-an
  date: 2021
duration: 8 mois
results:
  - text: 312 personnes accompagnées
    date: 2023
contact: https://www.ville.fr/contact
---

La ville invite à proposer des applications qui mettent les habitants en relation, pour agir
ensemble ou s'entraider entre voisins.
"""
_CODES = (
    ("Commune", "code INSEE", '"59378"'),
    ("Intercommunalité", "numéro SIREN", '"200093201"'),
    ("Département", "dep- et son numéro", '"dep-59"'),
    ("Région", "reg- et son numéro", '"reg-32"'),
    ("Syndicat, structure dissoute, ville étrangère", "x- et un nom court", '"x-inforoutes"'),
)


@page_kind(order=15, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page, after the forms."""
    yield Page(
        f"{URL}champs/",
        "contribute-champs",
        "contribuer",
        _TITLE,
        "Chaque champ d'une fiche de l'Atlaas, expliqué et illustré d'un exemple.",
        partial(_values, directory),
    )


def _values(directory: Directory) -> dict[str, Any]:
    return {
        "crumbs": [("Accueil", _ROOT), ("Contribuer", f"{_ROOT}contribuer/"), (_TITLE, None)],
        "kinds": [
            (kind, title, path, list(lines(fields_of(MODELS[kind]))))
            for kind, title, path in _KINDS
        ],
        "sample": _SAMPLE,
        "codes": _CODES,
        "lists": [
            (name, LISTS[name], [(term.id, term.label) for term in terms.values()])
            for name, terms in directory.vocabularies.items()
            if name in LISTS
        ],
    }


LISTS = {
    "themes": "Thèmes",
    "enjeux": "Enjeux",
    "usages": "Usages",
    "statuses": "États d'avancement",
    "audiences": "Publics",
    "periods": "Périodes d'un coût",
    "mentions": "Mentions",
    "membership-levels": "Niveaux d'adhésion",
    "natures": "Natures d'un chiffre",
    "kinds": "Types de territoire",
}


def lines(fields: tuple[ModelField, ...]) -> Iterator[tuple[str, ModelField, str, str, str]]:
    """(path, field, shape of its values, an example, its list) of each field."""
    for path, field in walk(fields):
        if ".sources." in f".{path}" and not path.startswith("sources."):
            continue  # a source is the same everywhere: said once
        listed = field.words if field.words in LISTS else ""
        yield path, field, _shape(field), example_of(field), listed


_SHAPES = {
    "url": "adresse",
    "date": "date",
    "whole": "nombre entier",
    "number": "nombre",
    "flag": "true ou false",
    "place": "code entre guillemets",
    "places": "liste de codes entre guillemets",
    "actors": "liste d'identifiants",
    "choices": "liste d'identifiants",
    "group": "liste",
    "part": "bloc",
    "lines": "liste de textes",
}


def _shape(field: ModelField) -> str:
    """« liste d'identifiants, 1 à 3 »: what a value looks like."""
    name = "identifiant" if field.kind == "choice" and field.words in LISTS else ""
    name = name or _SHAPES.get(field.kind, "texte")
    if field.kind == "choice" and not name.startswith("identifiant"):
        name = "code entre guillemets" if field.words == "departements" else "nombre entier"
    low, high = field.minimum, field.maximum
    if field.kind in ("text", "long"):
        low, high = field.min_length, field.max_length
        unit = " caractères"
    elif field.max_items:
        low, high, unit = field.min_items, field.max_items, ""
    else:
        unit = ""
    if high is None:
        return name
    return f"{name}, {low} à {high}{unit}" if low and low > 1 else f"{name}, {high}{unit} au plus"


_EXAMPLES = {
    "url": "https://www.ville.fr/page",
    "date": "2016-07-02",
    "flag": "true",
    "place": '"59378"',
}


def example_of(field: ModelField) -> str:
    """An example of a line of the file; groups are shown by their parts."""
    if field.kind in ("group", "part", "lines"):
        return f"{field.key}:"
    value = field.example or _EXAMPLES.get(field.kind, "…")
    if field.kind in ("place", "places") or field.words == "departements":
        value = f'"{value.strip(chr(34))}"'
    if field.kind in ("choices", "places", "actors"):
        value = f"[{value}]"
    return f"{field.key}: {value}"
