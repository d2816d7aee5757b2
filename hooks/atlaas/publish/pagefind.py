"""Words of records -> pagefind's index, made by its binary over its service protocol.

Records are sent one after the other without waiting for the answers; the index comes back in one
message. Two things are made smaller on the way: pagefind names each record by a hash, which no
compression shortens, and writes a file for each; here a record's name is its number, the digits
that change first, and ``publish.search`` ships what a reader sees of it in blocks. Both cost most
of what a first search transfers.
"""

import base64
import gzip
import json
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import cbor2
import pagefind_bin

from atlaas.work.packing import gzipped

_MAGIC = b"pagefind_dcd"  # opens every file of an index once it is unpacked
_PROGRAM = ("pagefind.js", "wasm.unknown.pagefind")
_BATCH = 256  # messages sent at once


class Words(NamedTuple):
    """What is searched of a record: words of its title, which count more, and the others."""

    title: str
    others: str


class PagefindError(RuntimeError):
    """The indexer said no, or answered in a form that this module does not know."""


def make_files(records: Sequence[Words], folder: str) -> dict[str, bytes]:
    """The files of an index, ``<folder>/<path>``, and those of the program, at the root of all.

    A result of a search is the place of the record in ``records``, its digits turned round.
    """
    made = {file["path"]: base64.b64decode(file["content"]) for file in _ask(records)}
    files = {path: made[path] for path in _PROGRAM}
    names = {}
    for path, content in made.items():
        if path.startswith("index/"):
            files[f"{folder}/{path}"] = content
        elif path.startswith("fragment/"):
            names[PurePosixPath(path).stem] = json.loads(_unpack(content))["url"]
    entry = json.loads(made["pagefind-entry.json"])
    language = entry["languages"]["unknown"]
    language["wasm"] = "/../../wasm.unknown"  # read as <folder>/wasm.<this>.pagefind: one for all
    meta = f"pagefind.{language['hash']}.pf_meta"
    files[f"{folder}/{meta}"] = _renamed(made[meta], names, entry["version"])
    listed = json.dumps(entry, separators=(",", ":"), sort_keys=True)
    files[f"{folder}/pagefind-entry.json"] = listed.encode()
    return files


def _renamed(packed: bytes, names: dict[str, str], version: str) -> bytes:
    """The list of records under other names: [version, [[name, words], …], …]."""
    content = cbor2.loads(_unpack(packed))
    if content[0] != version or len(content[1]) != len(names):
        raise PagefindError("pagefind a changé de format : voir hooks/atlaas/publish/pagefind.py")
    content[1] = [[names[name], words] for name, words in content[1]]
    return gzipped([_MAGIC, cbor2.dumps(content)])


def _unpack(packed: bytes) -> bytes:
    content = gzip.decompress(packed)
    if not content.startswith(_MAGIC):
        raise PagefindError("pagefind a changé de format : voir hooks/atlaas/publish/pagefind.py")
    return content[len(_MAGIC) :]


def _ask(records: Sequence[Words]) -> list[dict[str, str]]:
    """Have the binary index the records; the files it made, contents in base 64."""
    command = [str(pagefind_bin.get_executable()), "--service"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, bufsize=0
    ) as process:
        feeder = threading.Thread(target=_feed, args=(process.stdin, records))
        feeder.start()
        try:
            for answer in _answers(process.stdout):
                if answer["type"] == "Error":
                    raise PagefindError(f"pagefind : {answer.get('message')}")
                if answer["type"] == "GetFiles":
                    files: list[dict[str, str]] = answer["files"]
                    return files
        finally:
            process.terminate()
            feeder.join()
    raise PagefindError("pagefind s'est arrêté sans rendre d'index")


def _feed(stdin: Any, records: Sequence[Words]) -> None:
    try:
        config = {"force_language": "unknown", "write_playground": False}
        batch = [_message({"type": "NewIndex", "config": config})]
        for number, words in enumerate(records):
            batch.append(
                _message(
                    {
                        "type": "AddRecord",
                        "index_id": 0,
                        "url": str(number)[::-1],
                        "language": "unknown",
                        "content": words.others or words.title,
                        "meta": {"title": words.title},
                    }
                )
            )
            if len(batch) == _BATCH:
                stdin.write(b"".join(batch))
                batch = []
        batch.append(_message({"type": "GetFiles", "index_id": 0}))
        stdin.write(b"".join(batch))
        stdin.flush()
    except BrokenPipeError:  # the binary stopped: who reads its answers says so
        pass


def _message(payload: dict[str, Any]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()) + b","


def _answers(stdout: Any) -> Iterator[dict[str, Any]]:
    """Each answer: base 64 of JSON, with a comma after it."""
    rest: list[bytes] = []
    while block := stdout.read(1 << 20):
        *ended, last = block.split(b",")
        for part in ended:
            payload: dict[str, Any] = json.loads(base64.b64decode(b"".join((*rest, part))))
            rest = []
            yield payload["payload"]
        rest.append(last)
