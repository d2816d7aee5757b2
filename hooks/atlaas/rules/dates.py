"""Dates: possible, not in the future, in a possible order."""

from collections.abc import Iterator

from atlaas.read import Document, KeyPath
from atlaas.read.values import is_year
from atlaas.rules.conditions import Ahead, Before, Is, OfField, Possible, possible
from atlaas.rules.rule import Context, Finding, Rule, parts, shown, texts_of
from atlaas.rules.statements import Statement
from atlaas.text import date
from atlaas.text.typed import bare, date_typed

_YEARS = {"vocabulary": "since", "edition": "edition"}  # whole numbers: rule « champ » types them
_FORMS = "Écrivez une année (2016), un mois (2016-07) ou un jour (2016-07-02)."
_TYPED = "Écrivez une année (2016), un mois (juillet 2016) ou un jour (2 juillet 2016, 02/07/2016)."


def check_possible(document: Document, context: Context) -> Iterator[Finding]:
    """A date exists in the calendar and is written 2016, 2016-07 or 2016-07-02: « fix » writes it
    so from « 02/07/2016 » or « juillet 2016 »."""
    for path, value, _, _ in texts_of(document, "date"):
        if not possible(value):
            yield _impossible(path, value)


def _impossible(path: KeyPath, value: str) -> Finding:
    wanted = date_typed(bare(value))
    if wanted != value and possible(wanted):
        message = f"la date « {shown(value)} » n'est pas écrite comme les autres"
        fixed = ", ou lancez « atlaas fix », qui le fait" if bare(value) == value else ""
        return Finding(path, message, f"Écrivez {wanted}{fixed}.")
    return Finding(path, f"« {shown(value)} » n'est pas une date reconnue", _FORMS)


def check_future(document: Document, context: Context) -> Iterator[Finding]:
    """No date lies ahead, but for a ceremony, a planned action and an aim."""
    today = context.today
    for path, value, part, _ in texts_of(document, "date"):
        if value <= today or not possible(value) or path[0] == "ceremony":
            continue
        planned = path[-1] == "started" and document.kind == "action"
        if planned and part.get("status") == "prevue":
            continue
        if path[-1] == "date" and part.get("nature") == "objectif":
            continue
        advice = "corrigez-la, ou écrivez « status: prevue »." if planned else "corrigez-la."
        message = f"la date « {value} » est dans l'avenir"
        yield Finding(path, message, f"Nous sommes le {date(today)} : {advice}")
    yield from _future_years(document, int(today[:4]))


def _future_years(document: Document, this_year: int) -> Iterator[Finding]:
    key = _YEARS.get(document.kind)
    if key is None:
        return
    # The labels of an edition are often known at the end of the year before.
    last = this_year + 1 if key == "edition" else this_year
    for path, part, what in parts(document):
        year = part.get(key)
        if what != document.kind or not is_year(year):
            continue
        if int(year) > last:
            message = f"l'année « {year} » est dans l'avenir"
            yield Finding((*path, key), message, f"Écrivez {last} au plus tard.")


_DATE = OfField("kind", ("date",))
_PLANNED = Is("status", "prevue")
POSSIBLE = Rule(
    "date-impossible",
    "Une date existe au calendrier et s'écrit 2016, 2016-07 ou 2016-07-02.",
    check_possible,
    statements=(Statement("value", _DATE & ~Possible("."), _TYPED),),
)
FUTURE = Rule(
    "date-future",
    "Une date n'est pas dans l'avenir, sauf pour une cérémonie, une action prévue ou un objectif.",
    check_future,
    statements=(
        Statement(
            "action.started",
            Ahead(".") & ~_PLANNED,
            "Cette date est dans l'avenir : corrigez-la, ou choisissez l'état « Prévue ».",
        ),
        Statement(
            "value",
            _DATE
            & Ahead(".")
            & ~(OfField("key", ("started",)) & _PLANNED)
            & ~(OfField("key", ("date",)) & Is("nature", "objectif")),
            "Cette date est dans l'avenir.",
        ),
    ),
)
ORDER = Rule(
    "dates-inversees",
    "Une source n'est pas vue avant sa date, ni une action vérifiée avant son début.",
    statements=(
        Statement(
            "source",
            Before("seen", "date"),
            "Cette source aurait été vue avant sa date.",
            "cette source aurait été vue ({seen}) avant sa date ({date})",
            "Corrigez l'une des deux dates.",
            at="seen",
        ),
        Statement(
            "action",
            Before("verified", "started") & ~_PLANNED,
            "L'action serait vérifiée avant d'avoir commencé.",
            "action vérifiée ({verified}) avant d'avoir commencé ({started})",
            "Corrigez l'une des deux dates.",
            at="verified",
        ),
    ),
)
