"""What a proposal means, for a terminal and for a program; ``forge_report`` says it to a forge."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from atlaas.read.problem import Problem
from atlaas.review.cards import Card
from atlaas.review.changed_words import ChangedSpan
from atlaas.review.diff import Diff, by_territory
from atlaas.review.forge_report import as_markdown
from atlaas.review.headlines import headline, parted, summary, verdict
from atlaas.review.imported import Imported
from atlaas.review.risk import Look, called
from atlaas.review.wording import Note
from atlaas.text import plural
from atlaas.text.quoted import clean

_PAGES = ("nouvelle", "supprimée", "modifiée")


def as_text(diff: Diff) -> str:
    """For a terminal."""
    said = f"{summary(diff)}. {verdict(diff)}".rstrip(". ")
    lines = [". ".join(part[:1].upper() + part[1:] for part in said.split(". ")) + "."]
    for problem in diff.problems:
        lines += ["", f"Ailleurs : {clean(problem.path)}", f"  {_problem(problem)}"]
    if diff.looks:
        lines += ["", *(f"{_look(look)}  [{clean(look.path)}]" for look in diff.looks)]
    for done in diff.imports:
        lines += ["", *_imported(done)]
    for who, cards in by_territory(diff.cards):
        lines += ["", clean(who)]
        for card in cards:
            lines += [f"  {clean(headline(card))}  [{clean(card.path)}]"]
            lines += [f"    {line}" for line in _lines(card)]
    if diff.pages:
        lines += ["", "Pages publiées (et les pages d'ensemble : accueil, carte, statistiques)"]
        lines += [f"  {change:<9}  {clean(url)}" for url, change in _pages(diff)]
    if diff.others:
        lines += ["", "Autres fichiers", *(f"  {clean(path)}" for path in diff.others)]
    return "\n".join(lines).rstrip() + "\n"


def _lines(card: Card) -> Iterator[str]:
    """What is wrong, what deserves a look, then the rest."""
    yield from map(_problem, card.errors)
    yield from map(_look, card.warned)
    read, rest = parted(card)
    yield from map(_note, [*read, *rest])


def _problem(problem: Problem) -> str:
    return clean(f"Erreur, ligne {problem.line} : {problem.message}. {problem.advice}".strip())


def _look(look: Look) -> str:
    return clean(f"{called(look.risk)} : {look.text}")


def _note(note: Note) -> str:
    said = clean(note.text) + (f" : « {_marked(note.spans)} »" if note.spans else "")
    why = f", {clean(note.why)}" if note.why else ""
    return f"{called(note.risk)}{why} : {said}" if note.look else said


def _marked(spans: Iterable[ChangedSpan]) -> str:
    """« … du [-matin-] [+soir+] … », as « git diff --word-diff » writes it."""
    said = ""
    for text, mark in spans:
        sign = "-" if mark == "removed" else "+"
        shown = clean(text)
        lead, tail = (" " if side.isspace() else "" for side in (text[:1], text[-1:]))
        inner = shown if mark in ("same", "cut") or not shown else f"[{sign}{shown}{sign}]"
        said += f"{lead}{inner}{tail}" if inner else lead
    return re.sub("  +", " ", said.strip())


def _imported(done: Imported) -> Iterator[str]:
    yield f"Label {clean(done.edition)} : {plural(done.count, 'label ajouté', 'labels ajoutés')}"
    for level, count in done.levels.items():
        new = plural(done.new[level], "nouveau venu", "nouveaux venus")
        yield f"  {level} @ : {count}, dont {new}"
    for step in done.jumps:
        yield f"  À regarder (chiffre) : {clean(step.name)}, {step.before} → {step.after} @"
    if done.lost:
        yield f"  sans label, alors qu'en {clean(done.previous)} : {len(done.lost)}"


def _pages(diff: Diff) -> list[tuple[str, str]]:
    return sorted(diff.pages.items(), key=lambda item: (_PAGES.index(item[1]), item[0]))


def as_json(diff: Diff) -> str:
    """For a program: summary, records, errors, looks, cards, imports, pages, others."""
    whole = {
        "summary": summary(diff),
        "records": diff.records,
        "errors": [problem._asdict() for problem in diff.problems],
        "looks": [_look_of(look) for look in diff.looks],
        "cards": [_card(card) for card in diff.cards],
        "imports": [_import(done) for done in diff.imports],
        "pages": [{"url": url, "change": change} for url, change in _pages(diff)],
        "others": diff.others,
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    # A file name that is not UTF-8 is shown with escapes rather than refused.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _look_of(look: Look) -> dict[str, str]:
    return {"risk": look.risk.word, "text": look.text, "path": look.path}


def _card(card: Card) -> dict[str, Any]:
    return {
        "who": card.who,
        "called": card.called,
        "kind": card.kind,
        "record": card.record,
        "path": card.path,
        "url": card.url,
        "said": card.said,
        "errors": [problem._asdict() for problem in card.errors],
        "looks": [_look_of(look) for look in card.warned],
        "changes": [
            {
                "text": note.text,
                "about": note.about,
                "risk": note.risk.word if note.look else "",
                "look": note.look,
                "words": [{"text": text, "mark": mark} for text, mark in note.spans],
            }
            for note in card.notes
        ],
    }


def _import(done: Imported) -> dict[str, Any]:
    return {
        "edition": done.edition,
        "previous": done.previous,
        "levels": done.levels,
        "newcomers": done.newcomers,
        "jumps": [step._asdict() for step in done.jumps],
        "lost": [step.name for step in done.lost],
    }


FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
