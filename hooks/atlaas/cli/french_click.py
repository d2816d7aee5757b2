"""Click's own words in French: « Usage », « Options », and what it says when it was called wrongly.

Click asks gettext for them and ships no French; here each of its modules is handed a small table
instead, so that the words do not hang on the user's locale nor on a compiled catalogue.
"""

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from atlaas.work.terminal import on_terminal, typeset_terminal

WORDS = {
    "Usage:": "Usage :",
    "Options": "Options",
    "Commands": "Commandes",
    "Positional arguments": "Arguments",
    "Show this message and exit.": "Affiche cette aide.",
    "Show the version and exit.": "Affiche la version.",
    "required": "obligatoire",
    "default: {default}": "par défaut : {default}",
    "env var: {var}": "variable : {var}",
    "(dynamic)": "(calculé)",
    "Aborted!": "Abandon.",
    "Error: {message}": "Erreur : {message}",
    "Error: invalid input": "Erreur : réponse illisible",
    "Error: The two entered values do not match.": "Erreur : les deux réponses diffèrent.",
    "Repeat for confirmation": "Répétez pour confirmer",
    "Do you want to continue?": "Continuer ?",
    "Press any key to continue...": "Appuyez sur une touche…",
    "Try '{command} {option}' for help.": "Pour l'aide : {command} {option}",
    "Missing command.": "Il manque une commande.",
    "Missing argument": "Il manque l'argument",
    "Missing option": "Il manque l'option",
    "Missing parameter": "Il manque le paramètre",
    "Missing {param_type}": "Il manque {param_type}",
    "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "No such option {name!r}.": "L'option {name} n'existe pas.",
    "No such command {name!r}.": "La commande {name} n'existe pas.",
    "Got unexpected extra argument ({args})": "Argument en trop : {args}",
    "Got unexpected extra arguments ({args})": "Arguments en trop : {args}",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "Vouliez-vous dire : {possibilities} ?",
    "Option {name!r} does not take a value.": "L'option {name} ne prend pas de valeur.",
    "Option {name!r} requires an argument.": "L'option {name} attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L'option {name} attend {nargs} valeurs.",
    "Argument {name!r} takes {nargs} values.": "L'argument {name} prend {nargs} valeurs.",
    "{value!r} is not {choice}.": "« {value} » n'est pas {choice}.",
    "{value!r} is not one of {choices}.": "« {value} » n'est pas parmi {choices}.",
    "Choose from:\n\t{choices}": "Au choix :\n\t{choices}",
    "{value!r} is not a valid {number_type}.": "« {value} » n'est pas un nombre admis.",
    "{value} is not in the range {range}.": "{value} n'est pas dans {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": "« {value} » n'est ni oui ni "
    "non. Réponses admises : {states}",
    "file": "le fichier",
    "directory": "le dossier",
    "path": "le chemin",
    "{name} {filename!r} does not exist.": "« {filename} » n'existe pas.",
    "{name} {filename!r} is a file.": "« {filename} » est un fichier.",
    "{name} {filename!r} is a directory.": "« {filename} » est un dossier.",
    "{name} {filename!r} is not readable.": "« {filename} » ne peut être lu.",
    "{name} {filename!r} is not writable.": "« {filename} » ne peut être écrit.",
    "Could not open file {filename!r}: {message}": "Le fichier « {filename} » ne s'ouvre pas : "
    "{message}",
    "unknown error": "erreur inconnue",
}


def _one(text: str) -> str:
    return WORDS.get(text, text)


def _many(one: str, many: str, count: int) -> str:
    return _one(one if count < 2 else many)


def speak_french() -> None:
    """Hand the table to every module of click that is loaded; doing it twice changes nothing."""
    words: tuple[tuple[str, Callable[..., str]], ...] = (("_", _one), ("ngettext", _many))
    for name, module in list(sys.modules.items()):
        if name == "click" or name.startswith("click."):
            for attribute, french in words:
                if hasattr(module, attribute):
                    setattr(module, attribute, french)
    click.Context.formatter_class = _Formatter


class _Formatter(click.HelpFormatter):
    """Help whose lines are cut after its typography, so that none begins with a colon."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading} :\n")

    def write_text(self, text: str) -> None:
        super().write_text(on_terminal(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        super().write_dl([(name, on_terminal(text)) for name, text in rows], col_max, col_spacing)


class Group(click.Group):
    """A group of commands that speaks French, and completes under the name ``atlaas``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "COMMANDE [ARGUMENTS]...")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, which click keeps: in French, whoever asks for it first."""
        speak_french()
        return super().get_help_option(ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line in French."""
        speak_french()
        kwargs.setdefault("complete_var", "_ATLAAS_COMPLETE")
        with typeset_terminal():
            return super().main(*args, **kwargs)
