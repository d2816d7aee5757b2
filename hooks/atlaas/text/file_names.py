"""Names that a file may have on every system: what one of them refuses, no part of a path has."""

import re

# Windows takes these for devices, whatever follows their first dot, and drops a last dot or space.
# Source: « Naming Files, Paths, and Namespaces » of its documentation.
DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"]
)
# Two patterns, whose first characters ``re`` finds quickly: half the time of both in one.
_DEVICE = re.compile(
    rf"/(?:{'|'.join(map(re.escape, sorted(DEVICES)))})[ ]*(?:[.][^/]*)?(?:/|\Z)", re.IGNORECASE
)
_SIGN = re.compile(r'[. <>:"|?*\\\x00-\x1f](?:(?<![. ])|(?=/|\Z))')  # a dot or space ends a name


def held_everywhere(path: str) -> bool:
    """Whether every system can hold a file at this path, its parts separated by « / »."""
    return not _SIGN.search(path) and not _DEVICE.search(f"/{path}")
