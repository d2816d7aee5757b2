"""``make fuzz``: random changes of good inputs for every reader, from a seed, as many as asked for.

A reader answers with values and problems, or refuses in its own words; any other exception, or an
answer much longer than what it was given, is a finding. What led to it is kept in .cache/fuzz/,
with what says it again; it then becomes a case of tests/hostile/cases/.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import traceback
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

from atlaas import build
from atlaas.contribute.generated_files import questions
from atlaas.contribute.handed import HandedError, message_text
from atlaas.contribute.intake import RequestError, comment
from atlaas.contribute.received import receive
from atlaas.directory import hand_written, redirects
from atlaas.directory.indicator_sets import parse_values, read_head
from atlaas.edit.workspace import open_workspace
from atlaas.imports import actions, palmares
from atlaas.imports.reading import TableError, read_source
from atlaas.names.resolve import resolve
from atlaas.project import Project
from atlaas.read import Document, read_bytes
from atlaas.read.comments import comments_of, yaml_of
from atlaas.read.problem import as_text
from atlaas.render.page_html import clean, fill
from atlaas.rules import check, make_context
from atlaas.text.quoted import escape
from support import PROJECT, SAMPLE, tiny_tree

KEPT = PROJECT / ".cache" / "fuzz"
TOKENS = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\t", b"---\n", b"\xe2\x80\xae"),
    *(b"- ", b": ", b"&a ", b"*a", b"!!python/name:os.system ", b"<<: ", b"{", b"[", b'"', b"'"),
    *(b"<script>", b"javascript:", b"![", b"](", b"&#0;", b"`", b"../", b"aux", b"{{", b"{%"),
    *(b"@alice", b"#12", b"=1+1", b"NaN", b"1e999", b"-0", "٣".encode(), b"2016-13-45", b",", b";"),
]


class Reader(NamedTuple):
    """What is given changed inputs: what it reads well, and itself."""

    good: list[bytes]
    read: Callable[[bytes], str]


def mutated(good: list[bytes], random: Random) -> bytes:
    """One of the good inputs with some bytes removed, doubled, moved, or taken from elsewhere."""
    raw = bytearray(random.choice(good))
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        at = random.randrange(len(raw) + 1)
        to = min(len(raw), at + random.choice((1, 2, 8, 64, 512)))
        match random.randrange(6):
            case 0:
                del raw[at:to]
            case 1:
                raw[at:at] = random.choice(TOKENS) * random.choice((1, 1, 3, 200))
            case 2:
                raw[at:to] = random.randbytes(min(8, to - at))
            case 3:
                raw[at:at] = raw[at:to] * random.choice((1, 2, 50))
            case 4:
                other = random.choice(good)
                start = random.randrange(len(other) + 1)
                raw[at:to] = other[start : start + 200]
            case _:
                moved = raw[at:to]
                del raw[at:to]
                place = random.randrange(len(raw) + 1)
                raw[place:place] = moved
    return bytes(raw[:80_000])


def readers(root: Path) -> dict[str, Reader]:
    """Every reader of what people write, on the tiny project below ``root``."""
    project = Project(root)
    directory, _ = build.load(project)
    space = open_workspace(project)
    context = make_context(directory.reference, [], [], "2026-11-21")

    def record(kind: str, path: str) -> Callable[[bytes], str]:
        def read(raw: bytes) -> str:
            document: Document = read_bytes(raw, path, kind)
            _, problems = check(document, context)
            if not document.problems:
                comments_of(yaml_of(document), document.data)
            return as_text([*document.problems, *problems])

        return read

    def old_addresses(raw: bytes) -> str:
        (root / redirects.PATH).write_bytes(raw)
        found = redirects.problems(project) + redirects.misdirected(project, {"carte/"})
        redirects.steps(project)
        return as_text(found)

    def indicator(raw: bytes) -> str:
        head = read_head(HEAD, "data/indicators/fibre.yml", "fibre")[0]
        assert head
        values = parse_values(raw, "data/indicators/fibre.csv", head, directory.reference)
        return as_text(values.problems + read_head(raw, "data/indicators/fibre.yml", "fibre")[1])

    def message(raw: bytes) -> str:
        try:
            receive(message_text(raw), directory)
        except HandedError as error:
            return comment([str(error)])
        except RequestError as error:
            return comment(error.reasons)
        return ""

    def draft(raw: bytes) -> str:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = urlsafe_b64encode(deflate.compress(raw) + deflate.flush()).decode()
        return message(f"https://atlaas.example/#brouillon={packed.rstrip('=')}".encode())

    def table(raw: bytes) -> str:
        try:
            read_source(raw)
            palmares.plan(
                space, palmares.read(raw, space, 2018, palmares.wanted(2018, {})), 2018, {}
            )
            actions.plan(space, actions.read(raw, {}), {})
        except TableError as error:
            return str(error)
        return ""

    def page(raw: bytes) -> str:
        (root / "content" / "page.md").write_bytes(raw)
        found = as_text(hand_written.problems(str(root)))
        try:
            text = fill(raw.decode("utf-8", "replace"), {}, PROJECT / "overrides")
        except ValueError as error:
            return found + str(error)
        cleaned, _ = clean(text)
        assert "<script" not in cleaned.lower() and "<style" not in cleaned.lower()
        return found

    def name(raw: bytes) -> str:
        text = raw.decode("utf-8", "replace")
        return escape(str(resolve(text, index=space.index).candidates))

    (root / "content").mkdir(exist_ok=True)
    data = root / "data"
    stories = [p.read_bytes() for p in sorted(data.glob("actions/**/*.md"))]
    form = "\n\n".join(
        f"### {question.label}\n\n{ANSWERS.get(question.key, '_No response_')}"
        for question in questions("action")
    )
    return {
        "territory": Reader(
            [p.read_bytes() for p in sorted(data.glob("territories/*/*.yml"))],
            record("territory", "data/territories/59/59378-marcq-en-baroeul.yml"),
        ),
        "action": Reader(stories, record("action", "data/actions/59/59378-marcq-en-baroeul/x.md")),
        "grid": Reader(
            [(SAMPLE / "data/evaluation/grille.yml").read_bytes()],
            record("evaluation", "data/evaluation/grille.yml"),
        ),
        "redirects": Reader([b"- from: a/\n  to: carte/\n- from: b/\n  to: a/\n"], old_addresses),
        "indicators": Reader([HEAD, b"code,value\n59378,1\n59350,12.5\n73008,0\n"], indicator),
        "messages": Reader([form.encode(), MAIL, *stories], message),
        "drafts": Reader([DRAFT], draft),
        "imports": Reader([TABLE, TABLE.replace(b";", b","), TABLE.replace(b";", b"\t")], table),
        "pages": Reader([p.read_bytes() for p in sorted(PROJECT.glob("content/*.md"))], page),
        "names": Reader(
            [b"ST ETIENNE DU ROUVRAY", b"Lille (59)", "Marcq-en-Barœul".encode()], name
        ),
    }


MAIL = b"""From: a@ville.example
Subject: =?utf-8?q?Fiche_=C3=A9t=C3=A9?=
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour,

code: "01004"
labels:
  - edition: 2018
    sources:
      - url: https://exemple.fr/=C3=A9t=C3=A9

Fin de la fiche.
"""
DRAFT = b"""{"kind": "action", "record": {"title": "Le fablab", "territory": "59378", "themes":
["reseau-social"], "sources": [{"url": "https://exemple.fr/"}]}, "body": "Chaque mardi.",
"of": "actions/59378/le-fablab", "base": {"record": {"title": "Le fab"}, "body": ""}}"""
HEAD = b"""id: "fibre"
label: "Locaux"
kind: "somme"
level: "commune"
unit: "lieu"
absent: "zero"
date: "2026-03-31"
publisher: "Essai"
source: "https://exemple.org/arcep"
licence: "Licence Ouverte 2.0"
rows: 3
"""
TABLE = "Commune;Département;Niveau\nLille;59;@@@@\nRoubaix;59;5 @\nAix-les-Bains;73;4\n".encode()
ANSWERS = {
    "territory": "Marcq-en-Barœul",
    "title": "Le fablab des grands-parents",
    "themes": "Réseau social",
    "sources": "- https://exemple.fr/fablab",
    "body": "Chaque mardi, dans la salle du conseil.",
}


def run(seed: int, rounds: int, kept: Path = KEPT) -> int:
    """Give every reader so many inputs; how many findings there were."""
    findings = 0
    with tempfile.TemporaryDirectory() as scratch:
        root = tiny_tree(Path(scratch) / "x")
        for door, reader in readers(root).items():
            random = Random(f"{seed}-{door}")
            for number in range(rounds):
                raw = mutated(reader.good, random)
                try:
                    answer = reader.read(raw)
                    assert len(answer) < 100_000, f"{len(answer)} caractères de réponse"
                except Exception:
                    findings += 1
                    kept.mkdir(parents=True, exist_ok=True)
                    file = kept / f"{door}-{sha256(raw).hexdigest()[:12]}"
                    file.write_bytes(raw)
                    print(f"{door}, seed {seed}, round {number}: {file}\n{traceback.format_exc()}")
        shutil.rmtree(root)
    return findings


def main() -> None:
    """Read the seed and the bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args()
    found = run(given.seed, given.rounds)
    print(f"graine {given.seed}, {given.rounds} tours par lecteur : {found} trouvailles")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
