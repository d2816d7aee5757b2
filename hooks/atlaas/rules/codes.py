"""Codes of territories: known, current, and written in quotes."""

from collections.abc import Iterator

from atlaas.geography.meanings import said_of_part
from atlaas.model.fields import code_keys
from atlaas.read import Document, KeyPath, locate
from atlaas.read.values import at_path, last_key
from atlaas.rules.conditions import All, OfField
from atlaas.rules.rule import Context, Finding, Rule, shown, texts_of
from atlaas.rules.statements import Statement
from atlaas.text import slug
from atlaas.text.typed import bare


def check_known(document: Document, context: Context) -> Iterator[Finding]:
    """A code names a current place, or a territory in x- that has a file."""
    places = context.reference.places
    for path, code, _, _ in texts_of(document, "place", "places"):
        # The file of an x-… territory is its own proof: rule « nom-de-fichier » compares them.
        own = path == ("code",) and code.startswith("x-")
        if code not in places and code not in context.own_codes and not own:
            yield Finding(path, *_unknown(code, context))


def _unknown(code: str, context: Context) -> tuple[str, str]:
    """Message and advice for a code that leads nowhere."""
    places = context.reference.places
    part = context.reference.parts.get(code)
    if part and part.parent in places:
        parent = places[part.parent].name
        return (
            f"le code « {code} » est celui d'une partie de commune : "
            f"{said_of_part(part, context.reference)}",
            f'Si le fait vaut pour toute la commune, écrivez "{part.parent}" ({parent}), et dites '
            "dans le texte quelle partie il concerne.",
        )
    current = [c for c in context.reference.former.get(code, ()) if c in places]
    if len(current) == 1 and code not in context.reference.split:
        return (
            f"le code « {code} » est celui d'une ancienne commune",
            f'Écrivez "{current[0]}" ({places[current[0]].name}).',
        )
    if current:
        choices = " ou ".join(f'"{c}" ({places[c].name})' for c in current)
        more = ", ou une autre commune qui en a reçu une part" if len(current) == 1 else ""
        return (
            f"le code « {code} » est celui d'une ancienne commune, partagée depuis",
            f"Écrivez {choices}{more}.",
        )
    if code.startswith("x-"):
        return (
            f"aucune fiche ne porte le code « {shown(code)} »",
            f"Créez d'abord {shown(code)}.yml dans data/territories/, ou corrigez le code.",
        )
    return f"le code « {shown(code)} » n'existe pas", _advice(code, context)


def _advice(code: str, context: Context) -> str:
    """The code that was meant, where that is clear, else what a code looks like."""
    places = context.reference.places
    for guess, what in (
        (bare(code), "Les guillemets d'un code sont droits : écrivez"),
        (f"0{code}", "Il manque sans doute le zéro du début : écrivez"),
        (code.upper(), "La lettre d'un code est une majuscule : écrivez"),
        (code.lower(), "Ce code s'écrit en minuscules : écrivez"),
        (f"dep-{code}", "Pour le département, écrivez"),
        ("".join(code.split()), "Un code s'écrit sans espace : écrivez"),
    ):
        if guess != code and guess in places:
            return f'{what} "{guess}" ({places[guess].name}).'
    named = context.codes_by_name.get(slug(code), [])
    if len(named) == 1:
        name = places[named[0]].name
        return f'Un code est attendu, pas un nom : écrivez "{named[0]}" ({name}).'
    if named:
        choices = " ou ".join(f'"{c}" ({_where(c, context)})' for c in named[:6])
        return f"Un code est attendu, pas un nom : écrivez {choices}."
    if len(code) == 9 and code.isdigit():
        return "Vérifiez le SIREN de l'intercommunalité : elle a peut-être changé ou disparu."
    return (
        "Donnez le code INSEE de la commune (5 caractères, pas le code postal), le SIREN de "
        "l'intercommunalité (9 chiffres), dep-59 pour un département ou reg-32 pour une région."
    )


def _where(code: str, context: Context) -> str:
    place = context.reference.places[code]
    return place.kind if place.kind != "commune" else f"département {place.departement}"


def _unquoted(document: Document) -> list[KeyPath]:
    """The paths of the codes that have no quotes."""
    return [path for path in document.misquoted if last_key(path) in code_keys()]


def check_quoted(document: Document, context: Context) -> Iterator[Finding]:
    """A code made of digits stands in quotes: other readers would take it for a number."""
    for path in _unquoted(document):
        code = shown(at_path(document.data, path))
        yield Finding(path, f"le code {code} est écrit sans guillemets", f'Écrivez "{code}".')


def fix_quoted(document: Document, context: Context) -> str:
    """The text with quotes around its unquoted codes."""
    lines = document.text.split("\n")
    places = sorted(((*locate(document, path), path) for path in _unquoted(document)), reverse=True)
    for line, column, path in places:
        code, text = str(at_path(document.data, path)), lines[line - 1]
        if text.startswith(code, column - 1):
            after = text[column - 1 + len(code) :]
            lines[line - 1] = f'{text[: column - 1]}"{code}"{after}'
    return "\n".join(lines)


KNOWN = Rule(
    "code-inconnu",
    "Un code de territoire existe dans la géographie officielle, ou porte une fiche en x-.",
    check_known,
    kinds=("territory", "action", "actor", "collection"),
    statements=(
        Statement(
            "missing",
            OfField("kind", ("place",)),
            "{name} : cherchez-le et choisissez-le dans la liste.",
        ),
        Statement(
            "unplaced",
            All(),
            "Ce territoire n’est pas reconnu : cherchez-le et choisissez-le dans la liste.",
        ),
    ),
)
QUOTED = Rule(
    "code-sans-guillemets",
    "Un code de territoire s'écrit entre guillemets.",
    check_quoted,
    kinds=("territory", "action", "actor", "collection"),
    fix=fix_quoted,
)
