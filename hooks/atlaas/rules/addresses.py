"""Addresses: complete, public, and in https wherever that can be asked for."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from atlaas.read import Document
from atlaas.rules.conditions import Condition, Finds, Matches, OfField
from atlaas.rules.rule import Context, Finding, Rule, shown, texts_of
from atlaas.rules.statements import Statement

# The address that nearly all records have; only another one is looked at closely.
PLAIN = re.compile(
    r"(https?)://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,24}|xn--[a-z0-9-]{1,59})"
    r"(?:[/?#][^\s<>\"{}|\\^`]*)?"
)
PRIVATE = frozenset({"arpa", "corp", "domain", "example", "home", "host", "internal", "intra"}) | {
    *("intranet", "invalid", "lan", "local", "localdomain", "localhost", "onion", "private", "test")
}


# Between quotes or in brackets, or as Markdown writes a link.
_AROUND = re.compile(
    "(?:\\[[^\\[\\]]*\\])?[<(\\[\u2018-\u201f«»\\s]+(https?://[^\\s<>()\\[\\]\u2018-\u201f«»]+)"
    "[>)\\]\u2018-\u201f«»\\s]+"
)
_COPY = "Recopiez-la depuis la barre d'adresse du navigateur."


def wrong(url: str) -> tuple[str, str] | None:
    """Message and advice for an address that is not complete or not public, else None.

    Says nothing about http: ``check_https`` does.
    """
    plain = PLAIN.fullmatch(url)
    if plain and plain[2] not in PRIVATE:
        return None
    shape = f"« {shown(url)} » n'est pas une adresse complète"
    around = _AROUND.fullmatch(url)
    if around:
        return f"« {shown(url)} » contient plus que l'adresse", f"Écrivez {shown(around[1])} seul."
    if any(c.isspace() for c in url):
        if len(url.split()) > 1:
            return f"l'adresse « {shown(url)} » contient un blanc", _COPY
        return shape, f"Écrivez {shown(url.strip())}."
    if "://" not in url:
        if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", url):
            return shape, f"Écrivez https://{shown(url)}."
        return shape, "Recopiez-la depuis la barre d'adresse du navigateur : https://…"
    scheme = url.partition("://")[0]
    if scheme not in ("https", "http"):
        if scheme.lower() in ("https", "http"):
            return shape, f"Écrivez « {scheme.lower()}:// » en minuscules."
        message = f"« {shown(scheme)}:// » n'est pas une adresse de page web"
        return message, "Donnez une adresse qui commence par https://."
    return _wrong_host(url)


def _wrong_host(url: str) -> tuple[str, str]:
    scheme, _, rest = url.partition("://")
    netloc = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    user, at, bare = netloc.rpartition("@")
    if at:
        return (
            "cette adresse contient un identifiant ou un mot de passe",
            f"Écrivez {scheme}://{shown(bare)} sans ce qui précède « @ »"
            + (", et changez ce mot de passe : il a été publié." if ":" in user else "."),
        )
    try:
        split = urlsplit(url)
        host, port = split.hostname or "", split.port
    except ValueError:
        host, port = "", None
    after = url[len(scheme) + 3 + len(netloc) :]
    if not host or not re.fullmatch(r"[\w.-]+", host):
        if re.fullmatch(r"\[[0-9a-fA-F:.]+\](:\d+)?", netloc):
            return _private(netloc)
        return f"« {shown(url)} » n'est pas une adresse possible", _COPY
    last = host.rstrip(".").rpartition(".")[2]
    if "." not in host.rstrip(".") or last.isdigit() or last.startswith("0x") or last in PRIVATE:
        return _private(host)
    if port is not None or ":" in netloc:
        return (
            f"l'adresse « {shown(url)} » contient un numéro de port",
            f"Écrivez {scheme}://{host}{shown(after)} si la page s'ouvre ainsi.",
        )
    if not host.isascii():
        try:
            encoded = host.encode("idna").decode("ascii")
        except UnicodeError:
            encoded = ""
        if encoded:
            return (
                f"le nom de site « {shown(host)} » contient des lettres accentuées",
                f"Écrivez sa forme technique : {scheme}://{encoded}{shown(after)}.",
            )
    fixed = f"{scheme}://{host}{after}"
    if fixed != url and PLAIN.fullmatch(fixed):
        return f"le nom de site « {shown(netloc)} » n'est pas en minuscules", f"Écrivez {fixed}."
    return f"« {shown(url)} » n'est pas une adresse possible", _COPY


def _private(host: str) -> tuple[str, str]:
    return (
        f"« {shown(host)} » n'est pas un site public",
        "Donnez une adresse que tout le monde peut ouvrir, ou supprimez la ligne.",
    )


def check(document: Document, context: Context) -> Iterator[Finding]:
    """An address is complete, without password or port, and everybody can open it."""
    for path, url, _, _ in texts_of(document, "url"):
        found = wrong(url)
        if found:
            yield Finding(path, *found)


def check_https(document: Document, context: Context) -> Iterator[Finding]:
    """An address that readers are sent to is in https; a source may be a page in http."""
    if "http:" not in document.text and "\\" not in document.text:
        return
    for path, url, _, _ in texts_of(document, "url"):
        if "sources" not in path and url.startswith("http:"):
            yield Finding(
                path,
                f"l'adresse « {shown(url)} » n'est pas en https",
                f"Écrivez https:{shown(url[5:])} si la page s'ouvre ainsi, sinon supprimez la "
                "ligne (http n'est accepté que dans les sources).",
            )


# What a form says, in the order of what is to be fixed first.
STEPS: tuple[tuple[Condition, str], ...] = (
    (Finds(".", re.compile(r"\s")), f"Cette adresse contient un blanc. {_COPY}"),
    (~Matches(".", re.compile(r"https?://[\s\S]*")), f"Une adresse commence par https://. {_COPY}"),
    (
        Matches(".", re.compile("https?://[^/?#]*@.*")),
        "Cette adresse contient un identifiant ou un mot de passe : retirez ce qui précède « @ ».",
    ),
    (
        Matches(".", re.compile("https?://[^/?#]*:.*")),
        "Cette adresse contient un numéro de port : donnez-la sans lui.",
    ),
    (~Matches(".", PLAIN), f"Cette adresse n'est pas possible. {_COPY}"),
    (
        Matches(".", re.compile(rf"https?://[^/?#]*\.(?:{'|'.join(sorted(PRIVATE))})(?:[/?#].*)?")),
        "Ce site n'est pas public. Donnez une adresse que tout le monde peut ouvrir.",
    ),
)
_URL = OfField("kind", ("url",))
RULE = Rule(
    "adresse",
    "Une adresse est complète, publique, sans mot de passe ni numéro de port.",
    check,
    statements=tuple(Statement("value", _URL & when, say) for when, say in STEPS),
)
HTTPS = Rule(
    "adresse-https",
    "Une adresse est en https, sauf dans une source dont la page n'existe qu'en http.",
    check_https,
    kinds=("territory", "action", "actor"),
    statements=(
        Statement(
            "value",
            _URL & ~OfField("part", ("source",)) & Matches(".", re.compile("http://.*")),
            "Donnez l'adresse en https:// (http n'est accepté que pour une source).",
        ),
    ),
)
