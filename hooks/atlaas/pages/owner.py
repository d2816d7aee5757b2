"""Whose site it is: what a reader is told where a page says « écrivez-nous »."""

import re
from dataclasses import dataclass
from urllib.parse import quote

_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_PAGE = re.compile(r"https://[^\s<>\"]+")
SETTINGS = {key: f"ATLAAS_{key.upper()}" for key in ("contact", "publisher", "director", "host")}


@dataclass(frozen=True)
class SiteOwner:
    """The settings of mkdocs.yml that say it; each may be empty."""

    contact: str = ""  # an e-mail address of the team, or the address of a page
    publisher: str = ""  # who publishes the site: name, postal address
    director: str = ""  # who answers for what is published
    host: str = ""  # of the site: its name, postal address and telephone

    @property
    def url(self) -> str:
        """What a link to the contact leads to, or an empty text."""
        return f"mailto:{self.contact}" if self.by_mail else self.contact

    @property
    def by_mail(self) -> bool:
        """Whether the contact is an e-mail address, which a message can be written to."""
        return bool(_EMAIL.fullmatch(self.contact))

    def about(self, subject: str) -> str:
        """The same, with the subject of the message where it is an e-mail address."""
        return f"{self.url}?subject={quote(subject)}" if self.by_mail else self.url

    @property
    def words(self) -> str:
        """The contact inside a sentence: « écrivez à … »."""
        return self.contact if "@" in self.contact.split("/")[0] else "la page de contact"

    @property
    def wrong(self) -> str:
        """What is wrong with the contact, in French, or an empty text."""
        if not self.contact or _EMAIL.fullmatch(self.contact) or _PAGE.fullmatch(self.contact):
            return ""
        return (
            f"ATLAAS_CONTACT={self.contact} : ce n'est ni une adresse électronique, ni une adresse "
            "qui commence par https://."
        )

    @property
    def missing(self) -> list[str]:
        """The variables of the environment that would tell what is not known."""
        return [name for key, name in SETTINGS.items() if not getattr(self, key)]
