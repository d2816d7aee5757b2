"""Collections: their actions are there."""

from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.rule import Context, Finding, Rule, did_you_mean, shown, texts


def check_members(document: Document, context: Context) -> Iterator[Finding]:
    """Each action that a collection names has its file."""
    for index, action in texts(document.data, "actions"):
        if action in context.actions:
            continue
        code, _, name = action.partition("/")
        of_territory = [id_ for id_ in context.actions if id_.startswith(f"{code}/")]
        same_name = [id_ for id_ in context.actions if name and id_.endswith(f"/{name}")]
        advice = did_you_mean(action, same_name or of_territory)
        yield Finding(
            ("actions", index),
            f"aucune action ne s'appelle « {shown(action)} »",
            advice
            or "Écrivez le code du territoire, « / », puis le nom du fichier de l'action, "
            "comme dans l'adresse de sa page.",
        )


MEMBERS = Rule(
    "membre-inconnu",
    "Une action citée par une collection a sa fiche.",
    check_members,
    kinds=("collection",),
)
