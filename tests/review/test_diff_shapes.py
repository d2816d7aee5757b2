"""The semantic diff bears whatever a proposal may hold: any shape, any bytes, any file name."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from atlaas.edit.workspace import Workspace
from atlaas.review.diff import review
from atlaas.review.report import FORMATS
from atlaas.review.versions import Version

PATHS = {
    "data/territories/59/59350-lille.yml": False,
    "data/actions/59/59350-lille/x.md": True,
    "data/actions/x.md": True,
    "data/actors/adico.yml": False,
    "data/editions/2018.yml": False,
    "data/vocabulary/themes.yml": False,
    "data/context.yml": False,
}
KEYS = st.sampled_from(
    "code title name territory themes partners actors labels edition level mentions sources url "
    "doubt memberships through since indicators label value unit programmes services counts id "
    "verified started website spellings ceremony".split()
)
WORDS = st.sampled_from(["59350", "2018", "5", "x", "numerique-educatif", "https://a.fr/", "", "é"])
SHAPES = st.recursive(
    WORDS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def raw(value: Any, front: bool) -> bytes:
    text = json.dumps(value, ensure_ascii=False)
    return (f"---\n{text}\n---\n\nRécit.\n" if front else text).encode()


@given(st.sampled_from(sorted(PATHS)), SHAPES, SHAPES)
@settings(max_examples=300, deadline=None)
def test_any_shape(space: Workspace, path: str, old: Any, new: Any) -> None:
    front = PATHS[path]
    version = Version(path, raw(old, front), raw(new, front), "M")
    done = review(space, [version])
    for form in FORMATS.values():
        assert form(done).encode("utf-8")
    added = Version(path, None, raw(new, front), "A")
    gone = Version(path.replace("59350", "59378"), raw(old, front), None, "D")
    assert review(space, [added, gone]).records


def test_bytes_and_names_of_any_kind(space: Workspace) -> None:
    versions = [
        Version("data/actors/x.yml", b"\xff\xfe", b"\x00", "M"),
        Version("data/\udcff.txt", None, b"", "A"),
        Version("data/territories/59/x-\u202ey.yml", None, b"code: a\n", "A"),
    ]
    done = review(space, versions)
    for form in FORMATS.values():
        text = form(done)
        assert text.encode("utf-8")
    assert "\u202e" not in FORMATS["markdown"](done)
    assert "\u202e" not in FORMATS["text"](done)
