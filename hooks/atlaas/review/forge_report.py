"""What a proposal means, in the Markdown of a forge; data cannot forge markup in it.

One block a card, in the order of risk. Where a forge would refuse the whole for its length, the
last blocks are left out, never the first.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from atlaas.read.problem import Problem
from atlaas.review.affected import Pages
from atlaas.review.cards import Card
from atlaas.review.changed_words import ChangedSpan
from atlaas.review.diff import Diff, by_territory
from atlaas.review.headlines import headline, parted, rest_of, summary, verdict
from atlaas.review.imported import Imported, LevelStep
from atlaas.review.risk import Look, called
from atlaas.review.wording import Note
from atlaas.text import plural, shortened
from atlaas.text.quoted import code, escape, in_html

MAX = 55_000  # characters; GitHub refuses comments of more than 65 536
MAX_LINES = 40  # of one list
MAX_NAMES = 160
MAX_TEXT = 1500  # characters of the words that changed in one text
_FOLDERS = {"": "accueil", "departements": "départements", "regions": "régions", "themes": "thèmes"}
_MARKS = {
    "same": ("", ""),
    "cut": ("", ""),
    "removed": ("<del>", "</del>"),
    "added": ("<ins>", "</ins>"),
    "figure": ("<ins><b>", "</b></ins>"),
    "link": ("<ins><b>", "</b></ins>"),
}


def as_markdown(diff: Diff) -> str:
    """For a forge's comment or summary, at most ``MAX`` characters."""
    first = [f"**{_capital(summary(diff))}.**"]
    if said := verdict(diff):
        first[0] += f" {_capital(said)}."
    blocks = [*first, *_whole(diff), *map(_imported, diff.imports)]
    last = [*_pages(diff.pages), *_others(diff.others)]
    room = MAX - sum(len(block) + 2 for block in [*blocks, *last]) - 200
    kept: list[str] = []
    for block in (block for who, own in by_territory(diff.cards) for block in _territory(who, own)):
        room -= len(block) + 2
        if room < 0:
            break
        kept.append(block)
    if left := len(diff.cards) - len(kept):
        words = plural(left, "fiche de moindre risque n'est", "fiches de moindre risque ne sont")
        kept.append(f"… {words} pas montrée{'s' if left > 1 else ''} ici : `atlaas diff main`.")
    return "\n\n".join([*blocks, *kept, *last]) + "\n"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _whole(diff: Diff) -> Iterator[str]:
    """What is to be known of the proposal before any of its cards."""
    if diff.problems:
        errors = (f"- {_problem(problem, path=True)}" for problem in diff.problems)
        yield _block("**Ailleurs**, dans des fiches qui ne changent pas :", errors)
    if diff.looks:
        yield _block("**Toute la proposition** :", map(_look, diff.looks))


def _block(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, *_capped(lines)])


def _capped(lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    more = len(listed) - MAX_LINES
    return listed if more <= 0 else [*listed[:MAX_LINES], f"- … et {plural(more, 'autre')}"]


def _problem(problem: Problem, path: bool = False) -> str:
    word = "Erreur" if problem.severity == "error" else "À regarder"
    where = f"{code(problem.path)}, " if path else ""
    said = f"{where}**{word}**, ligne {problem.line} : {escape(_sentence(problem.message))}"
    return f"{said} {escape(_sentence(problem.advice))}" if problem.advice else said


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _look(look: Look) -> str:
    path = f" ({code(look.path)})" if look.path else ""
    return f"- **{called(look.risk)}** : {escape(look.text)}{path}"


def _territory(who: str, cards: list[Card]) -> Iterator[str]:
    """The cards of one territory, the first under its name where there are several."""
    if len(cards) == 1:
        yield _card(cards[0], f"{who}, " if who else "")
        return
    for number, card in enumerate(cards):
        yield ("" if number else f"#### {escape(who)}\n\n") + _card(card, "")


def _card(card: Card, before: str) -> str:
    name, more = before + card.called, headline(card)[len(card.called) :]
    title = f"**{escape(_capital(name))}**{escape(more)} ({code(card.path)})"
    read, rest = parted(card)
    lines = [f"- {_problem(problem)}" for problem in card.errors]
    lines += [_look(look._replace(path="")) for look in card.warned]
    lines += map(_note, read)
    if len(rest) == 1:
        lines.append(_note(rest[0]))
    text = _block(title, lines)
    if len(rest) > 1:
        text += f"\n\n{_folded(rest_of(rest), map(_note, rest))}"
    if len(text) > MAX // 4:
        return f"{title}\n- trop de changements pour être montrés ici : `atlaas diff main`"
    return text


def _folded(title: str, lines: Iterable[str]) -> str:
    listed = "\n".join(_capped(lines))
    return f"<details><summary>{in_html(title)}</summary>\n\n{listed}\n\n</details>"


def _note(note: Note) -> str:
    said = escape(note.text) + (f" : {_marked(note.spans)}" if note.spans else "")
    if not note.look:
        return f"- {said}"
    why = f", {escape(note.why)}" if note.why else ""
    return f"- **{called(note.risk)}**{why} : {said}"


def _marked(spans: Iterable[ChangedSpan]) -> str:
    """« … du <del>matin</del><ins>soir</ins> … »."""
    said, room = "", MAX_TEXT
    for text, mark in spans:
        if room <= 0:
            return f"« {_one_space(said)} … »"
        shown = shortened(text, room)
        room -= len(shown)
        start, end = _MARKS[mark]
        lead, tail = (" " if side.isspace() else "" for side in (text[:1], text[-1:]))
        inner = escape(shown)
        said += f"{lead}{start}{inner}{end}{tail}" if inner else lead
    return f"« {_one_space(said)} »"


def _one_space(text: str) -> str:
    return re.sub("  +", " ", text.strip())


def _imported(done: Imported) -> str:
    """An import as a table by level, then what jumps, who is new, who is gone."""
    count = plural(done.count, "label ajouté", "labels ajoutés")
    title = f"**Label {escape(done.edition)}** : {count}"
    rows = ["| Niveau | Labels | Dont nouveaux venus |", "|---|---:|---:|"]
    for level, labels in done.levels.items():
        words = "non précisé" if level == "?" else plural(int(level), "arobase")
        rows.append(f"| {words} | {labels} | {done.new[level]} |")
    parts = [title, "\n".join(rows)]
    if done.jumps:
        parts.append(_jumps(done))
    if done.newcomers:
        names = escape(", ".join(done.newcomers[:MAX_NAMES]))
        more = len(done.newcomers) - MAX_NAMES
        names += f" et {plural(more, 'autre')}" if more > 0 else ""
        title = f"Nouveaux venus, sans label connu avant ({len(done.newcomers)})"
        parts.append(_folded(title, [names]))
    if done.lost:
        title = f"Labellisés en {done.previous}, sans label {done.edition} ({len(done.lost)})"
        parts.append(_folded(title, (_lost(step) for step in done.lost)))
    return "\n\n".join(parts)


def _jumps(done: Imported) -> str:
    title = "**À regarder (chiffre)**, une baisse ou un saut depuis le label d'avant :"
    rows = [f"| Territoire | Avant | {escape(done.edition)} |", "|---|---|---|"]
    shown = done.jumps[:MAX_LINES]
    rows += [f"| {escape(s.name)} | {s.before} ({escape(s.since)}) | {s.after} |" for s in shown]
    more = len(done.jumps) - len(shown)
    after = f"\n\n… et {plural(more, 'autre')}." if more > 0 else ""
    return f"{title}\n\n" + "\n".join(rows) + after


def _lost(step: LevelStep) -> str:
    return f"- {escape(step.name)}" + (f" ({step.before})" if step.before else "")


def kinds_of(urls: Iterable[str]) -> str:
    """« territoires 3, thèmes 1 »: how many pages of each kind, by where they stand."""
    counts = Counter(url.partition("/")[0] if "/" in url else "" for url in urls)
    listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{_FOLDERS.get(name, name)} {count}" for name, count in listed)


def _pages(pages: Pages) -> Iterator[str]:
    """The pages that come and go, and how many change."""
    if not pages:
        return
    ordered = sorted(url for url, change in pages.items() if change != "modifiée")
    changed = [url for url, change in pages.items() if change == "modifiée"]
    lines = [f"- {pages[url]} : {code(url)}" for url in ordered]
    if changed:
        lines.append(f"- modifiées : {escape(kinds_of(changed))}")
    yield _folded(f"Pages qui changent ({len(pages)})", lines)


def _others(others: list[str]) -> Iterator[str]:
    if others:
        title = plural(len(others), "autre fichier", "autres fichiers")
        yield _folded(title, (f"- {code(path)}" for path in others))
