"""The review sheet as one page that is opened from its file: a key a line, the sheet given back."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from atlaas.imports.decisions import Row, groups
from atlaas.imports.sheet import BEFORE, table

_TEMPLATE = Path(__file__).with_name("review.html")


def review_page(rows: list[Row], shown: Mapping[str, str], name: str) -> str:
    """The page for the decisions that are open; ``name`` is that of the sheet that it gives back.

    Nothing of a list runs: it is read from a block of data, and only the page's own script and
    style are let through, by their hashes.
    """
    lines = table(rows, shown)
    asked = []
    for at, same in enumerate(groups(rows).values(), 1):
        row, numbers = same[0], ", ".join(str(other.number) for other in same)
        said = [row.values.get(role, "") for role in ("nom", "titre", "département", "niveau")]
        options = row.question.options if row.question else ()
        asked.append(
            {
                "row": at,
                "title": f"Ligne {numbers} : {', '.join(filter(None, said))}",
                "text": row.reason,
                "options": [{"answer": one.answer, "text": one.text} for one in options[:6]],
            }
        )
    data = {"name": name, "table": lines, "decision": BEFORE.index("décision"), "asked": asked}
    page = _TEMPLATE.read_text(encoding="utf-8")
    for mark, tag in (("@style@", "style"), ("@script@", "script")):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)[0]
        digest = base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
        page = page.replace(mark, f"sha256-{digest}")
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return page.replace("@name@", escape(name)).replace("@data@", text)
