"""The figures of a diagnosis as CSV and JSON."""

import json
from typing import Any

from atlaas.diagnosis.areas import Compared
from atlaas.diagnosis.figures import COLUMNS, told
from atlaas.diagnosis.sizes import decimal
from atlaas.diagnosis.studies import Studies
from atlaas.directory import LinkedTerritory
from atlaas.pages.charts import csv_bytes

_FIGURES, _PEERS = "@figures@", "@peers@"  # placeholders for what ``_lines`` writes


class DiagnosisFiles:
    """The two files of each area that has a diagnosis."""

    def __init__(self, studies: Studies) -> None:
        self._studies = studies
        self._lists: dict[int, str] = {}

    def csv(self, area: LinkedTerritory) -> bytes:
        """All figures, one per line."""
        return csv_bytes(COLUMNS, (line.row() for line in told(self._studies.of(area).figures)))

    def json(self, area: LinkedTerritory) -> bytes:
        """The same with the area and those it is compared with.

        Without a date: a change of a text alone must not change this file.
        """
        study = self._studies.of(area)
        compared = study.diagnosis.compared
        content = {
            "code": area.code,
            "name": area.name,
            "kind": area.kind,
            "edition": study.diagnosis.edition,
            "figures": _FIGURES,
            "compared": {
                "class": compared.words,
                "areas": compared.areas,
                "with_action": compared.spread.n,
                "territories": _PEERS,
            },
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        text = text.replace(f'"{_PEERS}"', self._peers(compared), 1)
        lines = _lines([line.fields() for line in told(study.figures)])
        text = text.replace(f'"{_FIGURES}"', lines, 1)
        return text.encode() + b"\n"

    def _peers(self, compared: Compared) -> str:
        """Those compared with: one list for a class of areas, kept by ``studies.areas``."""
        lines = self._lists.get(id(compared))
        if lines is None:
            peers = [
                {"code": p.code, "name": p.name, "actions": p.actions, "rate": decimal(p.rate)}
                for p in compared.peers
            ]
            lines = self._lists[id(compared)] = _lines(peers)
        return lines


def _lines(items: list[dict[str, Any]]) -> str:
    """A JSON list, one item per line: quicker to make than an indented one, and easier to compare.

    All are written in one go and split afterwards: JSON never holds a bare quote inside a string.
    """
    text = json.dumps(items, ensure_ascii=False, separators=(",", ":"))
    return "[\n" + text[1:-1].replace('},{"', '},\n{"') + "\n]"
