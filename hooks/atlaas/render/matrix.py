"""A matrix of counts as the lines of a table.

Made here rather than in a template: a large area has a thousand cells.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from atlaas.text.typography import typeset

Line = tuple[str, str, list[int], int]  # name, address, count per column, total


def table_rows(labels: Sequence[str], lines: Sequence[Line], total: str, linked: bool) -> Markup:
    """``<tr>`` per line; with ``linked``, each count leads where its line's name does.

    The class of a cell says how many: k1 for 1, k2 from 2, k3 from 4, k4 from 10.
    """
    heads = [f'" data-label="{escape(typeset(label))}">' for label in labels]
    last = f'<td class="n" data-label="{escape(typeset(total))}">'
    rows = []
    for name, href, counts, whole in lines:
        link = f'<a href="{escape(href)}">'
        cells = [
            f'<td class="n k{_step(n)}{head}{f"{link}{n}</a>" if linked else n}</td>'
            if n
            else "<td></td>"
            for head, n in zip(heads, counts, strict=True)
        ]
        title = escape(typeset(name))
        rows.append(
            f'<tr><th scope="row">{link}{title}</a></th>{"".join(cells)}{last}{whole}</td></tr>'
        )
    return Markup("\n".join(rows))


def _step(count: int) -> int:
    return 1 if count < 2 else 2 if count < 4 else 3 if count < 10 else 4
