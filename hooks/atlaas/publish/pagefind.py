"""Words of records -> pagefind's index, made by its binary over its service protocol.

Records are sent one after the other without waiting for the answers; the index comes back in one
message. Two things are made smaller on the way: pagefind names each record by a hash, which no
compression shortens, and writes a file for each; here a record's name is its number, and
``publish.search`` ships what a reader sees of it in blocks. Both cost most of what a first
search transfers.
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

PER_INDEX = 30_000  # records of one index, about 600 MB of the indexer's memory
_MAGIC = b"pagefind_dcd"  # opens every file of an index once it is unpacked
_KEPT = ("pagefind.js", "wasm.unknown.pagefind")
_BATCH = 256  # messages sent at once


class Words(NamedTuple):
    """What is searched of a record: words of its title, which count more, and the others."""

    title: str
    others: str


class PagefindError(RuntimeError):
    """The indexer said no, or answered in a form that this module does not know."""


def make_files(records: Sequence[Words]) -> dict[str, bytes]:
    """The files of one index per ``PER_INDEX`` records, ``<number of the index>/<path>``.

    A result of a search is the record's number, whatever its index. Records are dealt out in turn:
    all indexes know much the same words, and where one does not know a word that is asked for,
    pagefind answers with shorter ones.
    """
    files = {}
    count = max(1, -(-len(records) // PER_INDEX))
    for number in range(count):
        dealt = [(str(at), records[at]) for at in range(number, len(records), count)]
        for path, content in _one_index(dealt):
            if number == 0 or not path.endswith(".js"):
                files[f"{number}/{path}"] = content
    return files


def _one_index(records: Sequence[tuple[str, Words]]) -> Iterator[tuple[str, bytes]]:
    made = {file["path"]: base64.b64decode(file["content"]) for file in _ask(records)}
    numbers = {}
    entry = json.loads(made["pagefind-entry.json"])
    for path, content in made.items():
        folder, _, name = path.rpartition("/")
        if folder == "fragment":
            numbers[PurePosixPath(name).stem] = json.loads(_unpack(content))["url"]
        elif folder == "index" or path in _KEPT:
            yield path, content
    language = entry["languages"]["unknown"]
    meta = f"pagefind.{language['hash']}.pf_meta"
    yield meta, _renamed(made[meta], numbers, entry["version"])
    yield "pagefind-entry.json", json.dumps(entry, separators=(",", ":"), sort_keys=True).encode()


def _renamed(packed: bytes, numbers: dict[str, str], version: str) -> bytes:
    """The list of records with numbers for names: [version, [[name, words], …], …]."""
    content = cbor2.loads(_unpack(packed))
    if content[0] != version or len(content[1]) != len(numbers):
        raise PagefindError("pagefind a changé de format : voir hooks/atlaas/publish/pagefind.py")
    content[1] = [[numbers[name], words] for name, words in content[1]]
    return gzipped([_MAGIC, cbor2.dumps(content)])


def _unpack(packed: bytes) -> bytes:
    content = gzip.decompress(packed)
    if not content.startswith(_MAGIC):
        raise PagefindError("pagefind a changé de format : voir hooks/atlaas/publish/pagefind.py")
    return content[len(_MAGIC) :]


def _ask(records: Sequence[tuple[str, Words]]) -> list[dict[str, str]]:
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


def _feed(stdin: Any, records: Sequence[tuple[str, Words]]) -> None:
    try:
        config = {"force_language": "unknown", "write_playground": False}
        batch = [_message({"type": "NewIndex", "config": config})]
        for name, words in records:
            batch.append(
                _message(
                    {
                        "type": "AddRecord",
                        "index_id": 0,
                        "url": name,
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
