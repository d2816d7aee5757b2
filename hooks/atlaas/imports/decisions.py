"""What a person is asked about the lines of a list, and how an answer is read.

Lines that hang on the same question share one answer, whichever of them it is written on.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from atlaas.text import fold

LineState = Literal["réglée", "douteuse", "refusée", "écartée"]
IGNORE = "ignorer"
_YES = frozenset(["oui", "o", "ok", "yes", "y"])
_IGNORE = frozenset(["ignorer", "ignore", "i"])


class AnswerError(Exception):
    """What a person wrote is no answer to the question; the message says what is."""


@dataclass(frozen=True)
class Option:
    """A possible answer: what it writes, and what speaks for it, in French."""

    answer: str  # « 14047 Bayeux », « 5 », « remplacer »
    why: str = ""

    @property
    def text(self) -> str:
        """The answer with its reasons."""
        return f"{self.answer} : {self.why}" if self.why else self.answer


@dataclass(frozen=True)
class OpenQuestion:
    """Something that a person must settle; the best answer comes first."""

    about: str  # territoire | niveau | mention…
    subject: str  # lines with the same subject hang on the same question
    text: str
    options: tuple[Option, ...] = ()
    read: Callable[[str], str | None] | None = None  # any other answer -> what it means
    other: str = ""  # what else may be written, in French

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same question on another line."""
        return self.about, self.subject

    def answer(self, text: str) -> str:
        """What a person's words mean: one of the answers, or IGNORE; raises AnswerError."""
        words = fold(text.strip())
        if words in _IGNORE:
            return IGNORE
        if words in _YES and self.options:
            return self.options[0].answer
        found = {option.answer for option in self.options if _is_same(words, fold(option.answer))}
        if len(found) == 1:
            return found.pop()
        rank = int(words) if words.isdecimal() and len(words) < 3 else 0
        if self.about != "niveau" and 0 < rank <= len(self.options):
            return self.options[rank - 1].answer
        meant = self.read(text.strip()) if self.read else None
        if meant is None:
            raise AnswerError(f"« {text} » n'est pas une réponse : {self.possible}")
        return meant

    @property
    def possible(self) -> str:
        """What may be written, in French."""
        words = ["oui"] if self.options else []
        if self.about == "niveau":
            words.append("un niveau de 1 à 5")
        elif len(self.options) > 1:
            words.append(f"1 à {len(self.options)}")
        return ", ".join([*words, *([self.other] if self.other else []), f"ou {IGNORE}"])


def _is_same(words: str, answer: str) -> bool:
    """« 14047 », « bayeux » and « 14047 bayeux : même nom » are « 14047 bayeux »."""
    code, _, name = answer.partition(" ")
    return words in (answer, name or answer) or (words.split(" ")[0] == code and len(code) > 4)


@dataclass
class Row:
    """A line and what becomes of it."""

    number: int
    values: dict[str, str]
    state: LineState = "réglée"
    code: str = ""
    reason: str = ""
    question: OpenQuestion | None = None
    path: str = ""
    effect: str = ""

    def ask(self, question: OpenQuestion, error: str = "") -> None:
        """Leave the line to a person."""
        self._set("douteuse", f"{error} ; {question.text}" if error else question.text)
        self.question = question

    def refuse(self, reason: str) -> None:
        """Say that nothing can be made of the line as it is."""
        self._set("refusée", reason)

    def dismiss(self) -> None:
        """Set the line aside, as a person has decided."""
        self._set("écartée", "écartée à la relecture")

    @property
    def candidates(self) -> list[str]:
        """The possible answers with their reasons, the best first."""
        return [option.text for option in self.question.options] if self.question else []

    def _set(self, state: LineState, reason: str) -> None:
        self.state, self.reason, self.effect, self.question = state, reason, "", None


@dataclass
class Decisions:
    """The answers that the lines of a review sheet hold, each used once on its own line."""

    cells: dict[int, str]  # number of the line -> what is written on it
    answers: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, row: Row, question: OpenQuestion) -> str | None:
        """The answer to a question of a line; None, and the line is asked, where there is none."""
        cell = self.cells.pop(row.number, "")
        if cell:
            try:
                answer = question.answer(cell)
            except AnswerError as error:
                row.ask(question, str(error))
                return None
            self.answers.setdefault(question.key, answer)
            row.values["décision"] = ""
            return answer
        if question.key not in self.answers:
            row.ask(question)
        return self.answers.get(question.key)


def settle(
    rows: Sequence[Row],
    decisions: Decisions,
    question_of: Callable[[Row], OpenQuestion | None],
    take: Callable[[Row, OpenQuestion, str], None],
) -> None:
    """Ask each line until it has no question left, or one without an answer.

    ``question_of`` gives the first open question of a line, or refuses the line; ``take`` writes
    an answer in its values.
    """
    told = [row for row in rows if row.number in decisions.cells]
    for row in (*told, *(row for row in rows if row.number not in decisions.cells)):
        while row.state == "réglée":
            question = question_of(row)
            if question is None:
                break
            answer = decisions.of(row, question)
            if answer == IGNORE:
                row.dismiss()
            elif answer is not None:
                take(row, question, answer)
        if (
            row.state in ("réglée", "refusée")
            and fold(decisions.cells.get(row.number, "")) in _IGNORE
        ):
            row.dismiss()


def groups(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """The lines of each question that is open, by the question."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.question:
            found.setdefault(row.question.key, []).append(row)
    return found
