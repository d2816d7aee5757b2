"""Sources that others cannot read: copies, test sites, shared documents, made-up addresses."""

import re
from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.conditions import Matches
from atlaas.rules.rule import Context, Finding, Rule, parts, shown
from atlaas.rules.statements import Statement

# A part of a host's name that no public site has (« staging.journal.fr », « imap.ville.fr »), or
# its end, where anybody publishes anything.
_TRIAL = "staging|preprod|recette|uat|tests?|testing|demo|dev|beta"
_MAIL = r"imap|smtp|pop3?|mx\w*|webmail"
_ENDS = (
    r"pages\.dev|workers\.dev|web\.app|netlify\.app|vercel\.app|azureedge\.net|cloudfront\.net|"
    r"s3\.(?:[\w-]+\.)?amazonaws\.com|translate\.goog|weglot\.com|rssing\.com|store"
)
COPY = re.compile(
    rf"https?://(?:(?:[\w-]+\.)*(?:{_TRIAL}|{_MAIL})(?:-[\w-]+)?(?:\.[\w-]+){{2,}}"
    rf"|(?:[\w-]+\.)+(?:{_ENDS}))(?:[/?#].*)?",
    re.ASCII,
)
# Documents that their owner may close or move, and pages that depend on who asks.
_SHARED = re.compile(
    r"https?://(?:"
    r"(?:docs|drive|mail|sites|photos|calendar)\.google\.com|(?:www\.)?google\.[a-z]+/search\b"
    r"|translate\.google\.[a-z]+|(?:[\w-]+\.)*sharepoint\.com|onedrive\.live\.com|1drv\.ms"
    r"|(?:www\.)?dropbox\.com|(?:www\.)?(?:we\.tl|wetransfer\.com)|(?:www\.)?notion\.so"
    r"|teams\.microsoft\.com|outlook\.(?:office|live)\.com|(?:www\.)?(?:bit\.ly|t\.co|tinyurl\.com)"
    r"|(?:intranet|extranet)(?:\.[\w-]+)+|(?:[\w-]+\.)*ngrok(?:-free)?\.(?:io|app)"
    r")(?:[/?#].*)?",
    re.ASCII,
)
# Names that are kept for examples (RFC 2606), and what people write in their place.
_MADE_UP = re.compile(
    r"https?://(?:www\.)?(?:example\.(?:com|net|org|fr)|exemple\.com)(?:[/?#].*)?", re.ASCII
)
_KINDS = (
    (
        COPY,
        "semble une copie ou un site d'essai",
        "donnez la page d'origine ; si elle n'est pas connue, dites-le dans",
    ),
    (
        _SHARED,
        "n'est pas une page publique et durable",
        "donnez la page qui présente ce document ou cette information ; s'il n'y en a pas, "
        "dites-le dans",
    ),
)
_NO_SOURCE = "donnez l'adresse de la page où le fait a été lu."
_SAID = re.compile(r"copi|repris|reprend|essai|test|démonstration|recoup|inhabituel|tiers|partag")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """A source is the page of who publishes it; a copy is said to be one in the doubt."""
    if "://" not in document.text:
        return
    doubts: dict[tuple[object, ...], str] = {}  # of the record, and of its part, by path
    for path, part, what in parts(document):
        if what != "source":
            doubts[path] = str(part.get("doubt") or "")
            continue
        url = part.get("url")
        if not isinstance(url, str):
            continue
        where = (*path, "url")
        if _MADE_UP.fullmatch(url):
            yield Finding(
                where, f"« {shown(url)} » est une adresse d'exemple", _capital(_NO_SOURCE)
            )
        for shape, what, advice in _KINDS:
            if shape.fullmatch(url) and not any(
                _SAID.search(doubts.get(of, "")) for of in ((), path[:-2])
            ):
                advice = f"{_capital(advice)} « doubt: … »."
                yield Finding(where, f"« {shown(url)} » {what}", advice)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


RULE = Rule(
    "source-copie",
    "La source est une page publique, celle d'origine, ou le doute dit ce qu'elle est.",
    check,
    kinds=("territory", "action", "actor", "edition"),
    severity="warning",
    statements=(
        Statement(
            "source",
            Matches("url", _MADE_UP),
            f"Cette adresse est un exemple : {_NO_SOURCE}",
            field="url",
        ),
        *(
            Statement(
                "source",
                Matches("url", shape),
                f"Cette page {what} : {advice} « À vérifier ».",
                field="url",
            )
            for shape, what, advice in _KINDS
        ),
    ),
)
