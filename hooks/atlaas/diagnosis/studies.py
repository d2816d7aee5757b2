"""Diagnoses with what is known of them and their figures, made when they are asked for."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from atlaas.diagnosis.area import Diagnosis, diagnose
from atlaas.diagnosis.areas import Areas
from atlaas.diagnosis.figures import Figure, figures
from atlaas.diagnosis.quality import Quality, assess
from atlaas.directory import Directory, LinkedTerritory

_KEPT = 8  # diagnoses kept: a page and its two files ask for the same one


class Made(NamedTuple):
    """A diagnosis with what is known of it, and its figures."""

    diagnosis: Diagnosis
    quality: Quality
    figures: list[Figure]


class Maker:
    """Makes the diagnoses of a directory when they are asked for, and keeps the last few."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.areas = Areas(directory)
        self._kept: OrderedDict[str, Made] = OrderedDict()

    def of(self, area: LinkedTerritory) -> Made:
        """The diagnosis of an area that has one."""
        made = self._kept.get(area.code)
        if made is None:
            diagnosis = diagnose(self.areas, area)
            known = assess(self.directory, diagnosis.present)
            made = Made(diagnosis, known, figures(self.directory, diagnosis, known))
            self._kept[area.code] = made
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made
