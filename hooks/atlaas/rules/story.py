"""The story of an action: there, with links that can be followed, and without images."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from atlaas.read import Document
from atlaas.rules.addresses import PRIVATE, STEPS, wrong
from atlaas.rules.conditions import Finds, Has, Matches
from atlaas.rules.rule import Context, Finding, Rule, body_start, shown
from atlaas.rules.statements import Statement
from atlaas.text import commonmark

_ADDRESSES = re.compile(r'<a href="([^"]*)"|<img src="([^"]*)"')
# A link as nearly all are written, to an address that has nothing wrong but perhaps its end.
_PLAIN = re.compile(
    r"\]\(https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,24})(?:/[\w/.~%#?=+-]*)?\)",
    re.ASCII,
)


# A line that is neither empty, nor a title, nor an item of a list or what goes on below one.
PROSE = re.compile(r"^(?![-*+][ \t]|\d+[.)][ \t]|#|\s|$)", re.MULTILINE)


class _Links(HTMLParser):
    """Collects where links lead and what images show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a link or an image."""
        for name, value in attrs:
            if tag == "a" and name == "href":
                self.links.append(value or "")
            elif tag == "img" and name == "src":
                self.images.append(value or "")


def _links(body: str) -> _Links:
    """The links and images of a Markdown text, as its renderer understands them."""
    collected = _Links()
    if "[" in body or "<" in body or "://" in body or "www." in body:
        # Unsafe addresses are kept, to be named; nothing of this HTML is ever shown.
        html = commonmark.to_html(body, unsafe=True)
        if "<" in body:
            collected.feed(html)
        else:  # the renderer's own tags alone, of which the form is known
            for link, image in _ADDRESSES.findall(html):
                (collected.links if link else collected.images).append(unescape(link or image))
    return collected


def _plain(body: str) -> bool:
    """Whether all that can become a link is a plain one: then no rendering has to say.

    Each address (``://``) and each target (``](``) must be part of a plain link, and nothing else
    be there that the renderer takes for a link: HTML, definitions, www., e-mail addresses.
    """
    links = body.count("://")
    if body.count("](") != links or body.count("www.") != body.count("://www."):
        return False
    if "<" in body or "]:" in body or "@" in body:
        return False
    ends = _PLAIN.findall(body)
    return len(ends) == links and PRIVATE.isdisjoint(ends)


def _find(url: str, body: str) -> tuple[str, int]:
    """An address as the body writes it, and where; the renderer may have completed it."""
    for written in (url, unquote(url), url.removeprefix("http://")):
        found = re.search(re.escape(written) + r"(?![^\s()\[\]<>\"'])", body)
        if found and written:
            return written, found.start()
    return url, 0


def check_empty(document: Document, context: Context) -> Iterator[Finding]:
    """An action has a story below its front matter."""
    if not document.body:
        end = document.text.rstrip().rfind("\n") + 1
        yield Finding(
            end,
            "cette action n'a pas de texte",
            "Racontez-la en quelques phrases, sous la seconde ligne « --- ».",
        )


def check_notes(document: Document, context: Context) -> Iterator[Finding]:
    """A story is told in sentences: a list alone says little to who was not there."""
    if document.body and not PROSE.search(document.body):
        yield Finding(
            body_start(document),
            "cette description n'est qu'une liste de notes",
            "Écrivez-la en phrases courtes : qui fait quoi, pour qui, depuis quand.",
        )


def check_links(document: Document, context: Context) -> Iterator[Finding]:
    """A link in the story leads to a complete https address."""
    body = document.body
    if _plain(body):
        return
    for url in dict.fromkeys(_links(body).links):
        if url.startswith("mailto:") and "@" in url:
            continue  # rule « courriel »
        if url.startswith("https://") and wrong(url) is None:
            continue
        written, index = _find(url, body)
        where = body_start(document) + index
        if url.startswith("http:"):
            page = url.removeprefix("http://")
            yield Finding(
                where,
                f"le lien « {shown(written)} » n'est pas en https",
                f"Écrivez https://{shown(page)} si la page s'ouvre ainsi, sinon retirez le lien.",
            )
        elif not url.startswith("https://"):
            yield Finding(
                where,
                f"le lien « {shown(url)} » n'est pas une adresse complète",
                "Écrivez l'adresse entière : [le site de la ville](https://www.ville.fr/).",
            )
        elif found := wrong(url):
            yield Finding(where, *found)


def check_images(document: Document, context: Context) -> Iterator[Finding]:
    """No image in the story: it would be fetched from another site."""
    body = document.body
    if "![" not in body and "<" not in body:
        return
    for url in dict.fromkeys(_links(body).images):
        index = _find(url, body)[1]
        yield Finding(
            body_start(document) + max(body.rfind("![", 0, index), 0),
            f"l'image « {shown(url)} » ne serait pas affichée",
            "Retirez-la, ou donnez un lien vers la page qui la montre : [voir l'affiche](https://…).",
        )


EMPTY = Rule(
    "texte-vide",
    "Une action est racontée en quelques phrases.",
    check_empty,
    kinds=("action",),
    severity="warning",
    statements=(
        Statement(
            "story",
            ~Has("."),
            "Racontez l'action en quelques phrases : une fiche sans description apprend peu.",
        ),
    ),
)
NOTES = Rule(
    "recit-en-notes",
    "Une action est racontée en phrases, et non par une simple liste.",
    check_notes,
    kinds=("action",),
    severity="warning",
    statements=(
        Statement(
            "story",
            Has(".") & ~Finds(".", PROSE),
            "Cette description n'est qu'une liste de notes : écrivez en phrases courtes qui fait "
            "quoi, pour qui, depuis quand.",
        ),
    ),
)
LINKS = Rule(
    "lien",
    "Un lien du texte mène à une adresse https complète.",
    check_links,
    kinds=("action",),
    statements=(
        *(
            Statement(
                "link",
                ~Matches(".", re.compile("mailto:.*")) & when,
                f"Le lien « {{value}} » : {say[0].lower()}{say[1:]}",
            )
            for when, say in STEPS
        ),
        Statement(
            "link", Matches(".", re.compile("http://.*")), "Le lien « {value} » n'est pas en https."
        ),
    ),
)
IMAGES = Rule(
    "image",
    "Le texte d'une action ne contient pas d'image.",
    check_images,
    kinds=("action",),
    statements=(
        Statement(
            "story",
            Finds("bare", re.compile(r"!\[[^\]]*\]\(")),
            "Une image ne serait pas affichée : donnez plutôt un lien vers la page qui la montre.",
        ),
    ),
)
