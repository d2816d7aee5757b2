"""Imported indicators after a change of the geography: former codes -> those of today."""

from collections.abc import Iterator
from pathlib import Path

from atlaas.directory.indicator_sets import columns_of, read_head
from atlaas.geography.reference import Reference
from atlaas.imports.indicator_files import as_csv, as_yaml
from atlaas.imports.indicators import Columns, Converted, convert
from atlaas.model.indicator_head import IndicatorHead
from atlaas.text import plural


def bring_up_to_date(folder: Path, reference: Reference) -> Iterator[str]:
    """Write the indicators of a folder anew whose codes are no longer all current; says which.

    The values of communes that have merged are added up, as an import does it. What cannot be is
    left out and counted in the head.
    """
    for path in sorted(folder.glob("*.yml")):
        table = path.with_suffix(".csv")
        head, _ = read_head(path.read_bytes(), path.name, path.stem)
        if head is None or not table.is_file():
            continue
        current = reference.codes(head.level)
        raw = table.read_bytes()
        codes = [line.partition(b",")[0].decode() for line in raw.splitlines()[1:]]
        gone = sum(code not in current for code in codes)
        if not gone:
            continue
        done = _again(raw, table.name, head, reference)
        if done.problems:
            yield f"{table.name} : {done.problems[0].message} ; refaites l'import."
            continue
        counts = {key: getattr(head, key) + getattr(done, key) for key in ("ignored", "skipped")}
        counts |= {"added": head.added + len(done.added), "rows": len(done.parts)}
        new = head.model_copy(update=counts)
        table.write_text(as_csv(new, done.parts, done.wholes), encoding="utf-8", newline="\n")
        path.write_text(as_yaml(new), encoding="utf-8", newline="\n")
        lost = done.ignored + done.skipped
        words = plural(gone, "code d'avant repris", "codes d'avant repris")
        yield f"{table.name} : {words}" + (f", dont {lost} sans suite" if lost else "")


def _again(raw: bytes, name: str, head: IndicatorHead, reference: Reference) -> Converted:
    value, *total = columns_of(head)[1:]
    columns = Columns(
        code="code", value=value, total="".join(total), skip_odd=True, skip_unknown=True
    )
    return convert(raw, name, columns, head, reference)
