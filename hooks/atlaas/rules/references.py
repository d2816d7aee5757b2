"""References to other records: the actors and programmes that a record names are there."""

from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.conditions import Has, Listed, Named
from atlaas.rules.rule import Context, Finding, Rule, did_you_mean, entries, shown, texts
from atlaas.rules.statements import Statement
from atlaas.text import slug


def check_actors(document: Document, context: Context) -> Iterator[Finding]:
    """Each actor that an action names has its file."""
    for index, actor in texts(document.data, "actors"):
        if actor in context.actors:
            continue
        wanted = slug(actor)
        if wanted in context.actors:
            advice = f"Écrivez « {wanted} »."
        else:
            near = did_you_mean(wanted, context.actors)
            create = f"réez d'abord data/actors/{wanted or 'nom'}.yml."
            advice = f"{near} Sinon, c{create}" if near else f"C{create}"
        yield Finding(("actors", index), f"aucun acteur ne s'appelle « {shown(actor)} »", advice)


def check_programmes(document: Document, context: Context) -> Iterator[Finding]:
    """An indicator names a programme of the same file."""
    known: list[str] | None = None
    for index, indicator in entries(document.data, "indicators"):
        name = indicator.get("programme")
        if not isinstance(name, str):
            continue
        if known is None:
            titles = (item.get("title") for _, item in entries(document.data, "programmes"))
            known = [title for title in titles if isinstance(title, str)]
        if name not in known:
            near = did_you_mean(name, known)
            yield Finding(
                ("indicators", index, "programme"),
                f"cette fiche n'a pas de programme « {shown(name)} »",
                near or "Décrivez-le d'abord sous « programmes: », dans la même fiche.",
            )


ACTORS = Rule(
    "acteur-inconnu",
    "Un acteur cité a sa fiche dans data/actors/.",
    check_actors,
    kinds=("action",),
    statements=(Statement("action.actors", ~Listed(), "{name} : choisissez dans la liste."),),
)
PROGRAMMES = Rule(
    "programme-inconnu",
    "Le programme d'un indicateur est décrit dans la même fiche.",
    check_programmes,
    kinds=("territory",),
    statements=(
        Statement(
            "indicators",
            Has("programme") & ~Named("programme", "programmes", "title"),
            "Ce programme n'est pas dans la fiche : ajoutez-le plus haut, ou videz ce champ.",
            field="programme",
        ),
    ),
)
