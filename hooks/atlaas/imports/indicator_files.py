"""The files of an imported indicator, as data/indicators/ has them."""

import json
from collections.abc import Mapping

from atlaas.directory.indicator_areas import Measure
from atlaas.directory.indicator_sets import columns_of
from atlaas.model.indicator_head import IndicatorHead

_ALWAYS = ("level", "absent")  # what a head says even where it is what it would be anyway


def as_csv(head: IndicatorHead, parts: Mapping[str, Measure], wholes: Mapping[str, Measure]) -> str:
    """The file ``<id>.csv``, by code."""
    lines = [",".join(columns_of(head))]
    for code, part in sorted(parts.items()):
        numbers = [part, wholes[code]] if code in wholes else [part]
        lines.append(",".join([code, *map(_plain, numbers)]))
    return "\n".join(lines) + "\n"


def _plain(number: Measure) -> str:
    return str(number) if isinstance(number, int) else f"{number:f}"


def as_yaml(head: IndicatorHead) -> str:
    """The file ``<id>.yml``: every text in quotes, so that nothing is misread."""
    lines = []
    kept = head.model_dump(mode="json", exclude_defaults=True)
    for key, value in head.model_dump(mode="json").items():
        if key not in kept and key not in _ALWAYS:
            continue
        if key == "classes":
            lines.append("classes:")
            for one in value:
                label = json.dumps(one["label"], ensure_ascii=False)
                lines += [f"  - value: {one['value']}", f"    label: {label}"]
        else:
            text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
            lines.append(f"{key}: {text}")
    return "\n".join(lines) + "\n"


def sources_with(existing: str, head: IndicatorHead) -> str:
    """SOURCES.md of data/indicators/ with the line of this indicator added or replaced."""
    title = "# Sources des indicateurs importés\n\n"
    kept = [
        line
        for line in existing.splitlines()
        if line.startswith("- ") and not line.startswith(f"- `{head.id}` ")
    ]
    dataset = f", {head.dataset}" if head.dataset else ""
    date = f"{head.since} à {head.date}" if head.since else head.date
    origin = f" ({head.origin})" if head.origin else ""
    kept.append(
        f"- `{head.id}` : {head.label}, {head.publisher}{dataset}, {date}, {head.licence}, "
        f"<{head.source}>{origin}"
    )
    return title + "\n".join(sorted(kept)) + "\n"
