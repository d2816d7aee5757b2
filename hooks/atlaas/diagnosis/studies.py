"""Diagnoses with what is known of them and their figures, made when they are asked for."""

from functools import lru_cache
from typing import NamedTuple

from atlaas.diagnosis.area import Diagnosis, diagnose
from atlaas.diagnosis.areas import Areas
from atlaas.diagnosis.figures import Figure, figures
from atlaas.diagnosis.open_figures import open_figures_of
from atlaas.diagnosis.quality import Quality, assess
from atlaas.directory import Directory, LinkedTerritory

_RECENT = 8  # studies that stay: a page and its two files ask for the same one


class Study(NamedTuple):
    """A diagnosis with what is known of it, and its figures."""

    diagnosis: Diagnosis
    quality: Quality
    figures: list[Figure]


class Studies:
    """The studies of a directory's areas, each made when it is asked for; the last few stay."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.open_figures = open_figures_of(directory)
        self.areas = Areas(directory)
        self.of = lru_cache(_RECENT)(self._study)

    def _study(self, area: LinkedTerritory) -> Study:
        """The study of an area that has a diagnosis."""
        diagnosis = diagnose(self.areas, area)
        quality = assess(self.directory, diagnosis.present)
        imported = self.open_figures.of(area.code)
        return Study(diagnosis, quality, figures(self.directory, diagnosis, quality, imported))
