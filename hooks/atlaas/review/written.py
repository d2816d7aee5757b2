"""What changed in a text written at length, and why it deserves a look."""

from typing import NamedTuple

from atlaas.review.changed_words import ChangedSpan, differing, figures, is_year, links, spans
from atlaas.review.risk import Risk
from atlaas.text import plural

SHOWN = 6  # figures that are named


class ChangedText(NamedTuple):
    """Two versions of a text."""

    verb: str  # « modifiée », « ajoutée (12 mots) »
    look: str
    risk: Risk
    spans: tuple[ChangedSpan, ...]


def compared(old: str, new: str) -> ChangedText:
    """What became of a text: its words, its figures, how much of it is left."""
    before, after = len(old.split()), len(new.split())
    changed = spans(old, new)
    if not new:
        return ChangedText(f"retirée ({_words(before)})", "texte retiré", Risk.REMOVED, changed)
    reasons = [_figures(old, new)]
    risk = Risk.FIGURE if reasons[0] else Risk.REMOVED
    if after * 2 < before:
        reasons.append("texte réduit de plus de moitié")
    gone, _ = differing(links(old), links(new))
    if gone:
        reasons.append("lien retiré")
    verb = "modifiée" if old else f"ajoutée ({_words(after)})"
    return ChangedText(verb, " ; ".join(filter(None, reasons)), risk, changed)


def _words(count: int) -> str:
    return plural(count, "mot")


def _figures(old: str, new: str) -> str:
    """« chiffre changé, 200 → 20 000 »; a year that comes is no news, one that goes may be."""
    gone, come = differing(figures(old), figures(new))
    if not gone:
        come = [figure for figure in come if not is_year(figure)]
    if not gone and not come:
        return ""
    left, right = (", ".join(_some(side)) for side in (gone, come))
    if gone and come:
        return f"{_noun('chiffre changé', 'chiffres changés', gone)}, {left} → {right}"
    if gone:
        return f"{_noun('chiffre retiré', 'chiffres retirés', gone)}, {left}"
    return f"{_noun('nouveau chiffre', 'nouveaux chiffres', come)}, {right}"


def _noun(one: str, many: str, items: list[str]) -> str:
    return one if len(items) == 1 else many


def _some(items: list[str]) -> list[str]:
    return [*items[:SHOWN], *(["…"] if len(items) > SHOWN else [])]
