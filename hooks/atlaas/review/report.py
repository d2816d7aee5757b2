"""What a proposal means, as text, Markdown or JSON; in Markdown, data cannot forge markup."""

import json
from collections.abc import Iterable, Iterator

from atlaas.review.diff import Diff, Look
from atlaas.text import plural
from atlaas.text.quoted import clean, code, escape

MAX_MARKDOWN = 55_000  # characters; the forge refuses comments of more than 65 536
MAX_LINES = 150
_ORDER = ("ajout", "modification", "renommage", "retrait")
_COUNTS = {
    "ajout": ("fiche ajoutée", "fiches ajoutées"),
    "modification": ("fiche modifiée", "fiches modifiées"),
    "renommage": ("fiche renommée", "fiches renommées"),
    "retrait": ("fiche retirée", "fiches retirées"),
}


def summary(diff: Diff) -> str:
    """« 2 fiches ajoutées, 1 fiche retirée »: how many records change, and how."""
    counts = [plural(diff.records[kind], *_COUNTS[kind]) for kind in _ORDER if kind in diff.records]
    if diff.others:
        counts.append(plural(len(diff.others), "autre fichier", "autres fichiers"))
    return ", ".join(counts) or "aucun changement"


def _line(who: str, text: str) -> str:
    return clean(f"{who} : {text}" if who else text)


def as_text(diff: Diff) -> str:
    """For a terminal."""
    lines = [f"{summary(diff)[:1].upper()}{summary(diff)[1:]}.", ""]
    lines += [_line(change.who, change.text) for change in diff.changes]
    if diff.looks:
        lines += ["", "À regarder"]
        lines += [f"  {_line(look.who, look.text)}  [{clean(look.path)}]" for look in diff.looks]
    if diff.pages:
        lines += ["", "Pages publiées (et les pages d'ensemble : accueil, carte, statistiques)"]
        lines += [f"  {change:<9}  {clean(url)}" for url, change in _pages(diff)]
    if diff.others:
        lines += ["", "Autres fichiers", *(f"  {clean(path)}" for path in diff.others)]
    return "\n".join(lines).rstrip() + "\n"


def _pages(diff: Diff) -> list[tuple[str, str]]:
    order = ("nouvelle", "supprimée", "modifiée")
    return sorted(diff.pages.items(), key=lambda item: (order.index(item[1]), item[0]))


def as_markdown(diff: Diff) -> str:
    """For a forge's comment or summary; cut where it would be refused for its length."""
    lines = [f"**{summary(diff)[:1].upper()}{summary(diff)[1:]}.**", ""]
    lines += _capped(f"- {escape(_line(c.who, c.text))}" for c in diff.changes)
    if diff.looks:
        lines += ["", "### À regarder", "", *_capped(_looked(diff.looks))]
    if diff.pages:
        lines += ["", f"<details><summary>Pages qui changent ({len(diff.pages)})</summary>", ""]
        lines += _capped(f"- {change} : {code(url)}" for url, change in _pages(diff))
        lines += ["", "</details>"]
    if diff.others:
        lines += ["", "### Autres fichiers", ""]
        lines += _capped(f"- {code(path)}" for path in diff.others)
    text = "\n".join(lines).rstrip() + "\n"
    if len(text) <= MAX_MARKDOWN:
        return text
    kept = text[:MAX_MARKDOWN].rpartition("\n")[0]
    closing = "\n\n</details>" if kept.count("<details>") > kept.count("</details>") else ""
    return f"{kept}{closing}\n\n… la suite est trop longue : « atlaas diff ».\n"


def _looked(looks: Iterable[Look]) -> Iterator[str]:
    for look in looks:
        yield f"- {escape(_line(look.who, look.text))} ({code(look.path)})"


def _capped(lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    more = len(listed) - MAX_LINES
    return listed if more <= 0 else [*listed[:MAX_LINES], f"- … et {more} autres"]


def as_json(diff: Diff) -> str:
    """For a program: summary, changes, looks, pages, others."""
    whole = {
        "summary": summary(diff),
        "records": diff.records,
        "changes": [change._asdict() for change in diff.changes],
        "looks": [look._asdict() for look in diff.looks],
        "pages": [{"url": url, "change": change} for url, change in _pages(diff)],
        "others": diff.others,
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    # A file name that is not UTF-8 is shown with escapes rather than refused.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
