"""Indicators of an area, a theme, an edition: the fourth step of the way. Pure counting.

``counts`` counts the whole, ``areas`` indexes what lies in an EPCI, a département or a région,
``sizes`` compares with areas of like size, ``area`` makes the diagnosis of one, ``usages`` and
``mosaic`` say what a single territory has. Every formula is explained in French on /methode/.
"""

from atlaas.diagnosis.counts import (
    Coverage,
    Totals,
    by_region,
    coverage,
    is_exact,
    most_active,
    total_of,
    totals,
)
