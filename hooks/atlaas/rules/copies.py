"""Sources that are copies: pages of a robot's site, of a test site, of a mail server."""

import re
from collections.abc import Iterator

from atlaas.read import Document
from atlaas.rules.conditions import Matches
from atlaas.rules.rule import Context, Finding, Rule, parts, shown
from atlaas.rules.statements import Statement

# A part of a host's name that no public site has (« staging.journal.fr », « imap.ville.fr »), or
# its end, where anybody publishes anything.
_TRIAL = "staging|preprod|recette|uat|testing|demo|dev|beta"
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
_SAID = re.compile(r"copi|repris|reprend|essai|test|démonstration|recoup|inhabituel|tiers")
_ADVICE = "Donnez la page d'origine ; si elle n'est pas connue, dites-le dans « doubt: … »."


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
        if not isinstance(url, str) or not COPY.fullmatch(url):
            continue
        if not any(_SAID.search(doubts.get(of, "")) for of in ((), path[:-2])):
            yield Finding(
                (*path, "url"), f"« {shown(url)} » semble une copie ou un site d'essai", _ADVICE
            )


RULE = Rule(
    "source-copie",
    "La source est la page d'origine, ou le doute dit que c'est une copie.",
    check,
    kinds=("territory", "action", "actor", "edition"),
    severity="warning",
    statements=(
        Statement(
            "source",
            Matches("url", COPY),
            "Cette page semble une copie ou un site d'essai : donnez la page d'origine ; si elle "
            "n'est pas connue, dites-le dans « Doute ».",
            field="url",
        ),
    ),
)
