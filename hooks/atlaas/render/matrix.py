"""A matrix of counts as the lines of a table and as the squares of a picture.

Made here rather than in a template: a large area has a thousand cells.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from atlaas.text.typography import typeset

STEP = 16  # units between lines and between columns of the picture
LEFT = 150  # units for the names of lines
TOP = 130  # units for the names of columns

Line = tuple[str, str, list[int], int]  # name, address, count per column, total


def table_rows(labels: Sequence[str], lines: Sequence[Line], total: str, linked: bool) -> Markup:
    """``<tr>`` per line; with ``linked``, each count leads where its line's name does."""
    heads = [f'<td class="n" data-label="{escape(typeset(label))}">' for label in labels]
    last = f'<td class="n" data-label="{escape(typeset(total))}">'
    rows = []
    for name, href, counts, whole in lines:
        link = f'<a href="{escape(href)}">'
        cells = [
            (f"{head}{link}{n}</a></td>" if linked else f"{head}{n}</td>") if n else "<td></td>"
            for head, n in zip(heads, counts, strict=True)
        ]
        title = escape(typeset(name))
        rows.append(
            f'<tr><th scope="row">{link}{title}</a></th>{"".join(cells)}{last}{whole}</td></tr>'
        )
    return Markup("\n".join(rows))


def squares(lines: Sequence[Line]) -> Markup:
    """Two paths: a square for a count, larger for more; a dot where nothing is known."""
    filled, dots = [], []
    for row, (_, _, counts, _) in enumerate(lines):
        for column, count in enumerate(counts):
            x, y = LEFT + STEP * column, TOP + STEP * row
            if count:
                side = 6 if count < 2 else 8 if count < 4 else 12 if count < 10 else 14
                gap = (STEP - side) // 2
                filled.append(f"M{x + gap} {y + gap}h{side}v{side}h-{side}z")
            else:
                dots.append(f"M{x + 8} {y + 8}h0")
    held, none = "".join(filled), "".join(dots)
    return Markup(f'<path class="held" d="{held}"/><path class="none" d="{none}"/>')
