"""One record that a proposal changes -> its card: what is wrong, what deserves a look, the rest."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from atlaas.directory.redirects import PATH as REDIRECTS
from atlaas.model.fields import MODELS, fields_of
from atlaas.read import Document
from atlaas.read.problem import Problem
from atlaas.read.values import mappings, texts, values_of, word
from atlaas.review.changed_words import links
from atlaas.review.naming import called, owner, url_of
from atlaas.review.pairs import RecordPair
from atlaas.review.risk import Look, Risk
from atlaas.review.wording import Glossary, Note, label_words, notes, short
from atlaas.rules.people import RULE as NAME_OF_PERSON
from atlaas.rules.personal import EMAIL, PHONE
from atlaas.rules.recipe import CONTACT
from atlaas.text import plural

_NAMED = ("action", "actor", "collection", "edition", "vocabulary", "context")
_SAID_BY_THE_TITLE = frozenset({"title", "name", "code", "territory", "themes", "edition"})
_VERBS = {"ajout": "nouvelle", "modification": "modifiée", "renommage": "déplacée"}
_PERSONAL = frozenset(rule.id for rule in (EMAIL, PHONE, NAME_OF_PERSON, CONTACT))


@dataclass
class Card:
    """What a proposal makes of one record."""

    who: str  # the territory, or the part of the directory
    called: str  # « action « … » »
    kind: str  # ajout | retrait | modification | renommage
    record: str  # territory | action | actor | edition | vocabulary | context…
    path: str
    url: str = ""  # of its page, as it will be
    old_url: str = ""  # of its page, as it was
    said: str = ""  # what a new record is about, where a moved or removed one goes
    notes: list[Note] = field(default_factory=list)  # the changes, in the order of the model
    looks: list[Look] = field(default_factory=list)  # of the record as a whole
    problems: list[Problem] = field(default_factory=list)  # what ``check`` says of its file

    @property
    def verb(self) -> str:
        """« nouvelle », « modifiée », « déplacée », « retirée »."""
        return _VERBS.get(self.kind, "retirée")

    @property
    def named(self) -> bool:
        """Whether a list of several records needs the record's name next to the territory's."""
        return self.record in _NAMED

    @property
    def errors(self) -> list[Problem]:
        """What has to be mended before anything else."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warned(self) -> list[Look]:
        """What deserves a look of the record as a whole, the warnings of ``check`` too."""
        warnings = [_warning(p) for p in self.problems if p.severity != "error"]
        told = [look for look in self.looks if look.risk != Risk.REFUSED or not self.errors]
        return sorted([*told, *warnings])

    @property
    def risky(self) -> list[Note]:
        """The changes that deserve a look, the gravest first."""
        return sorted((note for note in self.notes if note.look), key=lambda note: note.risk)

    @property
    def plain(self) -> list[Note]:
        """The changes that nothing speaks against."""
        return [note for note in self.notes if not note.look]

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """What comes first is smaller: errors, the gravest risk, many risks, many changes."""
        risks = [look.risk for look in self.warned] + [note.risk for note in self.risky]
        return not self.errors, min(risks, default=len(Risk)), -len(risks), -len(self.notes)


def _warning(problem: Problem) -> Look:
    personal = problem.rule in _PERSONAL
    words = f"ligne {problem.line} : {problem.message}"
    if problem.advice:
        words += f". {problem.advice}" if words[-1] not in ".?!" else f" {problem.advice}"
    return Look(Risk.PERSON if personal else Risk.OTHER, words, problem.path)


def card_of(pair: RecordPair, glossary: Glossary, redirects: Mapping[str, str]) -> Card:
    """The card of one record; ``redirects`` are old addresses and what each leads to, in words."""
    before, after = pair
    shown = pair.shown
    url = url_of(shown, glossary) if after else ""
    card = Card(owner(shown, glossary), called(shown), pair.kind, shown.kind, shown.path, url)
    card.old_url = url_of(before, glossary) if before and not before.problems else ""
    if after and after.problems:
        problem = after.problems[0]
        words = f"fiche illisible, ligne {problem.line} : {problem.message}"
        card.looks.append(Look(Risk.REFUSED, words, shown.path))
    elif after is None:
        _gone(card, card.old_url, redirects)
    elif before is None or before.problems:  # of one that could not be read, all is new
        card.said = "elle ne se lisait pas" if before else _new(after, glossary)
        empty = Document(after.path, after.kind, "", [] if isinstance(after.data, list) else {})
        titles = {f.key: f.label for f in fields_of(MODELS[after.kind])} if _modelled(after) else {}
        known = {_lower(titles[key]) for key in _SAID_BY_THE_TITLE if key in titles}
        card.notes = [note for note in notes(empty, after, glossary) if note.about not in known]
    else:
        if before.path != after.path:
            _moved(card, card.old_url, redirects)
        card.notes = list(notes(before, after, glossary))
        if not card.notes and before.path == after.path:
            card.said = "mise en forme seulement"
    return card


def _modelled(document: Document) -> bool:
    return document.kind in MODELS and not isinstance(document.data, list)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _gone(card: Card, url: str, redirects: Mapping[str, str]) -> None:
    if url in redirects:
        card.said = f"réunie à {redirects[url]}"
    elif url:
        words = f"fiche retirée sans redirection de {url}"
        card.looks.append(Look(Risk.REMOVED, words, card.path))
    else:
        card.looks.append(Look(Risk.REMOVED, "fiche retirée", card.path))


def _moved(card: Card, old: str, redirects: Mapping[str, str]) -> None:
    card.said = f"adresse changée, {old} → {card.url}"
    if old and old != card.url and old not in redirects:
        card.looks.append(Look(Risk.OTHER, f"pas de redirection de {old}", REDIRECTS))


def _new(after: Document, glossary: Glossary) -> str:
    """What a new record is about: the themes of an action, the labels of a territory…"""
    data = values_of(after)
    if after.kind != "territory":
        themes = (short(glossary.term("themes", id_)).lower() for id_ in texts(data, "themes"))
        return ", ".join(themes)
    said = [
        f"label {short(word(label, 'edition'))}{label_words(label, glossary)}"
        for label in mappings(data, "labels")
    ]
    for field_ in fields_of(MODELS["territory"]):
        count = len(mappings(data, field_.key))
        if field_.shown.entry and field_.key != "labels" and count:
            said.append(plural(count, field_.shown.entry, field_.label.lower()))
    return " ; ".join(said)


def hosts_of(document: Document | None) -> dict[str, str]:
    """The sites that a record names, each with the first address of it."""
    found: dict[str, str] = {}
    for text in _texts([document.data, document.body] if document else []):
        for url in links(text):
            found.setdefault(host_of(url), url)
    return found


def host_of(url: str) -> str:
    """« exemple.fr » of an address, without « www. »."""
    host = url.partition("://")[2] or url
    for end in "/?#":
        host = host.partition(end)[0]
    return host.rpartition("@")[2].lower().removeprefix("www.")


def new_hosts(pair: RecordPair, known: Container[str]) -> dict[str, str]:
    """The sites that a record did not name before, and that no other one is ``known`` to name."""
    before, after = pair
    was = hosts_of(before)
    return {
        host: url for host, url in hosts_of(after).items() if host not in was and host not in known
    }


def _texts(value: object) -> Iterator[str]:
    """The texts in a value of any shape, in their order."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            waiting += reversed(list(found.values()))
        elif isinstance(found, list):
            waiting += reversed(found)
