"""A matrix as HTML, written by functions: forty thousand cells took templates a second.

Every value that comes from a record goes through `html.escape`.
"""

from html import escape

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from meetings.filters.together import Together
from meetings.lenses.matrix import Line, Matrix

register = template.Library()


@register.simple_tag
def matrix_table(matrix: Matrix, by: str, address: str, query: str) -> SafeString:
    """The table; ``address`` and ``query`` (the filter, from its "?" on) are those of the list that cells lead to."""
    writer = TableWriter(matrix, by, address, query)
    names = [escape(line.name) for line in matrix.lines]
    head = "".join(f'<th scope="col" title="{name}"><span><bdi>{name}</bdi></span></th>' for name in names)
    total = escape(gettext("All"))
    body = "".join(writer.row(at, line) for at, line in enumerate(matrix.lines))
    return SafeString(
        f'<table class="matrix"><thead><tr><td></td><th scope="col">{total}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


@register.simple_tag
def matrix_legend(matrix: Matrix) -> SafeString:
    """The shades, each with the least number that has it."""
    steps = "".join(
        f'<li><span class="shade shade-{shade}" aria-hidden="true"></span>'
        f"{escape(gettext('from %(n)s') % {'n': intcomma(n)})}</li>"
        for shade, n in matrix.steps
    )
    return SafeString(f'<ul class="legend matrix-legend">{steps}</ul>')


class TableWriter:
    """Writes the rows of one table: what all cells need is made once."""

    def __init__(self, matrix: Matrix, by: str, address: str, query: str):
        together = Together(by, address, query)
        self.prefix, self.room = escape(together.prefix), together.room
        #: The parameter of each record; nothing where the filter has it already.
        self.others = [escape(together.added(line.key)) for line in matrix.lines]
        self.shades = {n: matrix.shade(n) for n in {n for line in matrix.lines for n in line.cells}}

    def row(self, at: int, line: Line) -> str:
        """A record by all others."""
        own = self.others[at]
        start, joint = f"{self.prefix}{own}", "&amp;" if own else ""
        cells = [
            self.cell(n, f"{start}{joint}{other}", bool(own) + bool(other)) if n else "<td></td>"
            for n, other in zip(line.cells, self.others, strict=True)
        ]
        cells[at] = '<td class="own"></td>'
        return (
            f'<tr data-slug="{escape(line.key)}"><th scope="row" title="{escape(line.name)}"><a href="{start}">'
            f'<bdi>{escape(line.name)}</bdi></a></th><td class="all">{line.total}</td>{"".join(cells)}</tr>'
        )

    def cell(self, n: int, address: str, added: int) -> str:
        """A number, with its list's address where that takes so many more values."""
        shown = f'<a href="{address}">{n}</a>' if added <= self.room else f"<span>{n}</span>"
        return f'<td class="shade-{self.shades[n]}">{shown}</td>'
