"""What has aged: dead links, records not verified for long, the geography, generated files.

The only module that asks the network anything, and no build calls it:
``atlaas freshness`` runs weekly. A link is reported after several failures, a week apart; the state
between two runs is a JSON file, ``{address: {kind, failures, since, checked, to}}``.
"""

import json
import re
import socket
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import BaseModel

from atlaas.directory import Directory, LinkedAction
from atlaas.model.fields import fields_of
from atlaas.read.problem import visible
from atlaas.review.changed_words import links

LinkKind = Literal["ok", "gone", "moved", "refusing", "flaky"]
# How many failures in a row, one per run, before a link is reported.
PATIENCE: Mapping[LinkKind, int] = {"gone": 3, "moved": 2, "flaky": 4}
OLD = 730  # days after which a record deserves another look
SHOWN = 50  # lines of each part of the report
AGENT = "Mozilla/5.0 (compatible; Atlaas-fraicheur/1.0)"
REFERENCE = "https://registry.npmjs.org/@etalab/decoupage-administratif/latest"
_REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})
_GONE = frozenset({404, 410})
_PERMANENT = frozenset({301, 308})


class LinkAnswer(NamedTuple):
    """What an address answered: its class, and where it permanently leads, if elsewhere."""

    kind: LinkKind
    detail: str
    to: str = ""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects between pages, and notes whether all of them were permanent."""

    def __init__(self) -> None:
        self.permanent = True

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """The next request, or None for another scheme than http and https."""
        self.permanent = self.permanent and code in _PERMANENT
        if urlsplit(newurl).scheme not in ("http", "https"):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def probe(url: str, timeout: float = 20) -> LinkAnswer:
    """Ask one address; never raises."""
    redirects = _Redirects()
    opener = urllib.request.build_opener(redirects)
    try:
        request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "*/*"})
        with opener.open(request, timeout=timeout) as answer:
            answer.read(1024)
            return _arrived(url, answer.geturl(), redirects.permanent)
    except urllib.error.HTTPError as error:
        error.close()
        return _status(error.code)
    except urllib.error.URLError as error:
        if isinstance(error.reason, socket.gaierror):
            return LinkAnswer("gone", "le nom du site n'existe plus")
        return LinkAnswer("flaky", f"pas de réponse ({type(error.reason).__name__})")
    except (OSError, HTTPException, ValueError) as error:
        return LinkAnswer("flaky", f"pas de réponse ({type(error).__name__})")


def _status(code: int) -> LinkAnswer:
    if code in _GONE:
        return LinkAnswer("gone", f"page disparue ({code})")
    if code in _REFUSALS:
        return LinkAnswer("refusing", f"le site refuse les robots ({code})")
    return LinkAnswer("flaky", f"le site répond par une erreur ({code})")


def _arrived(url: str, final: str, permanent: bool) -> LinkAnswer:
    """A page that answered: the one that was asked for, or another one."""
    asked, got = urlsplit(url), urlsplit(final)
    if _same(url, final):
        return LinkAnswer("ok", "")
    if got.path in ("", "/") and not got.query and asked.path not in ("", "/"):
        return LinkAnswer("gone", "renvoie à la page d'accueil du site")
    return LinkAnswer("moved", "adresse changée", final) if permanent else LinkAnswer("ok", "")


def _same(one: str, other: str) -> bool:
    def plain(url: str) -> tuple[str, str, str]:
        parts = urlsplit(url)
        return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query

    return plain(one) == plain(other)


def addresses(directory: Directory) -> dict[str, list[str]]:
    """Every address that a record names, an action's story too -> the files that name it."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind in ("territories", "actions", "actors", "editions"):
        for linked in getattr(directory, kind).values():
            told = links(linked.body) if isinstance(linked, LinkedAction) else []
            for url in dict.fromkeys([*_addresses_in(linked.record), *told]):
                found[url].append(linked.path)
    return dict(sorted(found.items()))


def _addresses_in(record: BaseModel) -> Iterator[str]:
    """The addresses in a record, at any depth, where its model has some."""
    for field in fields_of(type(record)):
        value = getattr(record, field.key)
        if field.kind == "url" and value:
            yield value
        elif field.inner:
            for part in value if isinstance(value, list) else [value] if value else []:
                yield from _addresses_in(part)


LinkStates = dict[str, dict[str, Any]]


def due(known: Iterable[str], state: LinkStates, limit: int) -> list[str]:
    """The addresses to ask in this run: those in trouble, then those asked longest ago."""
    return sorted(
        known,
        key=lambda url: (
            not state.get(url, {}).get("failures"),
            state.get(url, {}).get("checked", ""),
            url,
        ),
    )[:limit]


def ask(
    urls: Iterable[str], look: Callable[[str], LinkAnswer], pause: float = 1.0
) -> dict[str, LinkAnswer]:
    """What each address answers: several sites at a time, one page at a time of each."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[urlsplit(url).netloc].append(url)

    def visit(of_host: list[str]) -> dict[str, LinkAnswer]:
        answers = {}
        for number, url in enumerate(of_host):
            if number:
                time.sleep(pause)
            answers[url] = look(url)
        return answers

    result: dict[str, LinkAnswer] = {}
    with ThreadPoolExecutor(8) as pool:
        for answers in pool.map(visit, by_host.values()):
            result.update(answers)
    return result


def remember(
    state: LinkStates, answers: Mapping[str, LinkAnswer], known: Iterable[str], today: str
) -> LinkStates:
    """The state after a run; addresses that no record names any more are forgotten."""
    after = {url: dict(state[url]) for url in known if url in state}
    for url, seen in answers.items():
        before = after.get(url, {})
        if seen.kind == "ok":
            after[url] = {"kind": "ok", "checked": today}
            continue
        same = before.get("kind") == seen.kind
        after[url] = {
            "kind": seen.kind,
            "detail": seen.detail,
            "failures": before.get("failures", 0) + 1 if same else 1,
            "since": before.get("since", today) if same else today,
            "checked": today,
            **({"to": seen.to} if seen.to else {}),
        }
    return dict(sorted(after.items()))


def failing(state: LinkStates, kind: LinkKind) -> list[str]:
    """The addresses of a class that failed often enough to be reported."""
    return [
        url
        for url, entry in state.items()
        if entry.get("kind") == kind and entry.get("failures", 0) >= PATIENCE.get(kind, 1)
    ]


def unverified(directory: Directory, today: date) -> list[tuple[str, str]]:
    """(file, since when) of the actions that nobody has verified or changed for long."""
    limit = (today - timedelta(days=OLD)).isoformat()
    found = []
    for action in directory.actions.values():
        last = max(action.record.verified or "", directory.changed.get(action.path, ""))
        if last and last < limit[: len(last)]:
            found.append((action.path, last))
    return sorted(found, key=lambda item: (item[1], item[0]))


def reference_version(folder: Path) -> str:
    """The version of the official geography in data/reference/, from its SOURCES.md."""
    text = (folder / "SOURCES.md").read_text(encoding="utf-8")
    match = re.search(r"decoupage-administratif\D{0,20}(\d+\.\d+\.\d+)", text)
    return match[1] if match else ""


def newest_reference(address: str = REFERENCE) -> str:
    """The version that is published; empty where it could not be asked."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            version = json.loads(answer.read(1_000_000)).get("version", "")
    except (OSError, ValueError):
        return ""
    return version if re.fullmatch(r"\d+\.\d+\.\d+", str(version)) else ""


_PARTS: tuple[tuple[LinkKind, str, str], ...] = (
    ("gone", "Liens disparus", "Cherchez la page ailleurs, ou une autre source."),
    ("moved", "Liens qui ont déménagé", "Remplacez l'adresse par la nouvelle."),
    ("flaky", "Liens qui ne répondent pas", "À essayer dans un navigateur."),
)


def report(
    directory: Directory,
    known: Mapping[str, list[str]],
    state: LinkStates,
    today: date,
    new: str = "",
    stale: Sequence[str] = (),
) -> str:
    """What has aged, in Markdown; empty where nothing has.

    ``new`` is the version of the official geography that is published, ``stale`` are the generated
    files that no longer go with the lists and the models.
    """
    parts = []
    for kind, title, advice in _PARTS:
        urls = failing(state, kind)
        if urls:
            lines = [_line(url, state[url], known[url]) for url in urls[:SHOWN]]
            parts.append(_part(title, len(urls), advice, lines))
    old = unverified(directory, today)
    if old:
        lines = [f"- `{path}`, {last}" for path, last in old[:SHOWN]]
        advice = "Relisez-les, puis mettez la date du jour dans `verified`."
        parts.append(_part("Fiches non vérifiées depuis deux ans", len(old), advice, lines))
    current = reference_version(directory.project.reference)
    if new and current and new != current:
        parts.append(
            "## Géographie officielle\n\n"
            f"La version {new} du découpage administratif est parue ; data/reference/ est en "
            f"{current}. Mettez-la à jour, puis lancez `make check`.\n"
        )
    if stale:
        lines = [f"- `{path}`" for path in stale]
        advice = (
            "Lancez `make generate` et proposez ce qui change : une proposition de code échoue."
        )
        parts.append(_part("Fichiers à refaire", len(stale), advice, lines))
    refusing = sum(entry.get("kind") == "refusing" for entry in state.values())
    if parts and refusing:
        parts.append(f"{refusing} adresses refusent les robots : elles ne sont pas jugées.\n")
    return "\n".join(parts)


def _part(title: str, count: int, advice: str, lines: list[str]) -> str:
    more = f"\n- … et {count - len(lines)} autres" if count > len(lines) else ""
    return f"## {title} ({count})\n\n{advice}\n\n" + "\n".join(lines) + more + "\n"


def _line(url: str, entry: Mapping[str, Any], paths: list[str]) -> str:
    to = f" → {_code(entry['to'])}" if entry.get("to") else ""
    files = ", ".join(f"`{path}`" for path in paths[:3])
    return f"- {_code(url)}{to} : {entry['detail']}, depuis le {entry['since']} ({files})"


def _code(text: str) -> str:
    """A text of the network as Markdown code: it can neither link, mention nor break the line."""
    return f"`{visible(text).replace('`', '')[:300]}`"
