"""The forms under /contribuer/.

Everything that a form knows (labels, limits, choices, patterns) comes from the models, through
``forms``, and from the rules. What they fetch is made by ``contribute_files``.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from atlaas import text
from atlaas.directory import Directory
from atlaas.model.base import Shown
from atlaas.model.fields import MODELS, ModelField, as_data, fields_of, walk
from atlaas.pages import contribute_files
from atlaas.pages.contribute_files import FOLDER, TWINS, URL
from atlaas.pages.contribute_hints import hints
from atlaas.pages.page import Asset, Page, PageValues, Site, page_kind, root_of
from atlaas.read.layout import MAX_STEM, departement_of
from atlaas.rules import all_rules
from atlaas.rules.statements import published

OWN = ("name", "kind", "departement", "country", "successor")  # only for a code in x-
_OFFICIAL = frozenset({"commune", "epci", "ept", "departement", "region"})
STORY = ModelField(
    "body",
    "Description",
    "long",
    "string",
    False,
    "",
    "Ce que c'est, pour qui, avec qui, ce que cela a donné. Deux ou trois phrases suffisent ; une "
    "ligne vide sépare deux paragraphes, « - » en début de ligne commence une liste.",
    "Description",
    Shown(section="what"),
    max_length=20000,
)


class Section(NamedTuple):
    """A fieldset of a form, under the name by which the models put fields in it."""

    name: str
    legend: str
    intro: str = ""
    folded: bool = False  # a step of its own, which opens when it is asked for
    further: bool = False  # after the first questions, under « Aller plus loin »


class Form(NamedTuple):
    """One of the forms."""

    kind: str
    url: str
    title: str
    again: str  # title for a correction
    description: str
    sections: tuple[Section, ...]


FORMS = (
    Form(
        "action",
        f"{URL}action/",
        "Proposer une action",
        "Corriger une action",
        "Un formulaire pour ajouter une action numérique à l'Atlaas, ou en corriger la fiche.",
        (
            Section(
                "what",
                "Quelle action ?",
                "Écrivez avec vos propres mots. Ne recopiez pas de phrases.",
            ),
            Section("where", "Où ?"),
            Section(
                "sources",
                "Un lien qui la montre ?",
                "Une page publique, ou un document imprimé avec son éditeur, son titre et sa date.",
            ),
            Section("state", "Où en est-elle ?", further=True),
            Section(
                "find",
                "Classement et partenaires",
                "Le thème, plus haut, dit de quoi parle l'action ; l'enjeu, à quoi elle sert ; "
                "l'usage, ce que les habitants font en ligne.",
                further=True,
            ),
            Section(
                "again",
                "Pour que d'autres puissent refaire",
                "Dites ce que vous savez. Avec cinq réponses (partenaires compris), "
                "la fiche est dite complète.",
                folded=True,
                further=True,
            ),
        ),
    ),
    Form(
        "territory",
        f"{URL}territoire/",
        "Compléter un territoire",
        "Compléter un territoire",
        "Un formulaire pour ajouter un label, un service, une adhésion ou un chiffre à la fiche "
        "d'un territoire.",
        (
            Section(
                "which",
                "Quel territoire ?",
                "Son nom, sa population et sa place viennent des référentiels publics.",
            ),
            Section("labels", "Labels"),
            Section("services", "Services en ligne"),
            Section("memberships", "Adhésions"),
            Section("figures", "Programmes et chiffres"),
            Section("record", "Sources générales"),
        ),
    ),
)


@page_kind(order=10, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """Two forms, and what they fetch."""
    for form in FORMS:
        yield Page(
            form.url,
            "contribute-form",
            "contribuer",
            form.title,
            form.description,
            partial(values, directory, site, form),
            scripts=("assets/js/contribute.js",),
        )
    yield from contribute_files.files(directory, site)


def values(directory: Directory, site: Site, form: Form) -> dict[str, Any]:
    """What the template of a form shows, and what its script receives."""
    fields = fields_of(MODELS[form.kind])
    options, root = choices(directory), root_of(form.url)
    return {
        "crumbs": [("Accueil", root), ("Contribuer", f"{root}contribuer/"), (form.title, None)],
        "form": form,
        "sections": sections(form),
        "options": options,
        "own": OWN if form.kind == "territory" else (),
        "forge": site.forge if site.forge.url else None,
        "issue": site.forge.requests[form.kind],
        "settings": settings(directory, site, form, fields, options),
    }


def sections(form: Form) -> list[tuple[Section, list[ModelField]]]:
    """The fieldsets of a form with their fields, as the models place them."""
    fields = list(fields_of(MODELS[form.kind]))
    if form.kind == "action":
        at = next(i for i, field in enumerate(fields) if field.key == "title")
        fields.insert(at + 1, STORY)
    placed = sorted(fields, key=lambda field: field.shown.order)
    return [
        (section, [field for field in placed if field.shown.section == section.name])
        for section in form.sections
    ]


def settings(
    directory: Directory,
    site: Site,
    form: Form,
    fields: tuple[ModelField, ...],
    options: dict[str, list[tuple[str, str]]],
) -> dict[str, Any]:
    """What the script of a form works with: its fields, limits, patterns and addresses."""
    return PageValues(
        {
            "kind": form.kind,
            "root": root_of(form.url),
            "title": form.title,
            "again": form.again,
            "fields": as_data(fields),
            "choices": {
                name: [id_ for id_, _ in options[name]]
                for _, field in walk(fields)
                if (name := field.words) in options
            },
            "hints": hints(directory) if form.kind == "action" else {},
            "rules": published(rule for rule in all_rules() if form.kind in rule.kinds),
            "stem": MAX_STEM,
            "folders": sorted(
                {departement_of(a.path) for a in directory.actions.values()}
                | {departement_of(t.path) for t in directory.territories.values() if t.path}
            ),
            "records": TWINS if site.api else f"{FOLDER}actions/{{id}}.json",
            "forge": site.forge.form_addresses(),
            "mail": site.owner.url if site.owner.by_mail else "",
            "contact": [site.owner.url, site.owner.words],
            "limit": site.forge.limit,
            "own": list(OWN) if form.kind == "territory" else [],
        }
    )


def choices(directory: Directory) -> dict[str, list[tuple[str, str]]]:
    """Name of a list -> [(value, words)] of its choices, as the forms offer them."""
    options = {
        name: [(term.id, term.label) for term in terms.values()]
        for name, terms in directory.vocabularies.items()
    }
    options["kinds"] = [item for item in options.get("kinds", []) if item[0] not in _OFFICIAL]
    options["editions"] = [(str(year), str(year)) for year in sorted(directory.editions)[::-1]]
    options["levels"] = [(str(n), text.plural(n, "arobase")) for n in range(5, 0, -1)]
    options["actors"] = [(actor.id, actor.record.name) for actor in directory.actors.values()]
    options["departements"] = [
        (code, f"{code} {place.name}") for code, place in directory.reference.departements.items()
    ]
    return options
