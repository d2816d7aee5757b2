"""Names that a file may have on every system: what one of them refuses, no part of a path has."""

import re

# Windows takes these for devices, whatever follows their first dot, and drops a last dot or space.
# Source: « Naming Files, Paths, and Namespaces » of its documentation.
DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"]
)
_DEVICE = "|".join(re.escape(name) for name in sorted(DEVICES))
_REFUSED = re.compile(
    rf"""(?:^|/)(?:{_DEVICE})[ ]*(?:[.][^/]*)?(?:/|$)   # whatever its extension
    | [. ](?:/|$)                                        # at the end of a name
    | [<>:"|?*\\\x00-\x1f]""",
    re.IGNORECASE | re.VERBOSE,
)


def held_everywhere(path: str) -> bool:
    """Whether every system can hold a file at this path, its parts separated by « / »."""
    return _REFUSED.search(path) is None
