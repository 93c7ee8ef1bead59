"""A matrix as HTML, written by functions: forty thousand cells took templates a second.

Every value that comes from a record goes through `html.escape`.
"""

from html import escape
from itertools import chain

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from meetings.figures import commas
from meetings.lenses.matrix import Line, Matrix
from meetings.lenses.together import Together
from meetings.pictures.keys import unheld
from meetings.pictures.matrix import of_all

register = template.Library()


@register.simple_tag
def matrix_table(matrix: Matrix, together: Together) -> SafeString:
    """The table, whose cells lead to the lists of ``together``."""
    writer = TableWriter(matrix, together)
    names = [escape(line.name) for line in matrix.lines]
    head = "".join(f'<th scope="col" title="{name}"><span><bdi>{name}</bdi></span></th>' for name in names)
    total = escape(gettext("All"))
    body = "".join(writer.row(at, line) for at, line in enumerate(matrix.lines))
    return SafeString(
        f'<table class="matrix"><thead><tr><td></td><th scope="col">{total}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


@register.simple_tag
def matrix_all(matrix: Matrix) -> str:
    """Why rows do not add up, where they do not."""
    return of_all(matrix)


@register.simple_tag
def matrix_legend(matrix: Matrix) -> SafeString:
    """The shades, each with the least number that has it."""
    steps = "".join(
        f'<li><span class="shade shade-{shade}" aria-hidden="true"></span>'
        f"{escape(gettext('from %(n)s') % {'n': commas(n)})}</li>"
        for shade, n in matrix.steps
    )
    if matrix.has_unheld:
        steps += f'<li><span class="shade mark-planned" aria-hidden="true"></span>{escape(unheld())}</li>'
    return SafeString(f'<ul class="legend matrix-legend">{steps}</ul>')


class TableWriter:
    """Writes the rows of one table: what all cells need is made once."""

    def __init__(self, matrix: Matrix, together: Together):
        self.prefix, self.room = escape(together.prefix), together.room
        #: The parameter of each record; nothing where the filter has it already.
        self.others = [escape(together.added(line.key)) for line in matrix.lines]
        #: What each number begins and ends with, around the address of its list.
        self.around = {
            n: (f'<td class=shade-{matrix.shade(n)}><a href="', f'">{commas(n)}</a>')
            for n in {*chain.from_iterable(line.cells for line in matrix.lines)} - {0}
        }

    def row(self, at: int, line: Line) -> str:
        """A record by all others. Of forty thousand cells each letter counts: HTML lets the end of a cell go without
        saying."""
        own = self.others[at]
        start = f"{self.prefix}{own}"
        cells = self.leading(line, f"{start}&amp;" if own else start) if self.room > 1 else self.few(line, own, start)
        cells[at] = "<td class=own>"
        for place in line.unheld:
            cells[place] = self.hollow(cells[place])
        return (
            f'<tr data-slug="{escape(line.key)}"><th scope="row" title="{escape(line.name)}"><a href="{start}">'
            f'<bdi>{escape(line.name)}</bdi></a></th><td class="all">{commas(line.total)}</td>{"".join(cells)}</tr>'
        )

    def leading(self, line: Line, start: str) -> list[str]:
        """The cells of a row, each number a link to its list."""
        around = self.around
        return [
            f"{(both := around[n])[0]}{start}{other}{both[1]}" if n else "<td>"
            for n, other in zip(line.cells, self.others, strict=True)
        ]

    @staticmethod
    def hollow(cell: str) -> str:
        """A cell of two of whose meetings none was held."""
        inside = cell.partition(">")[2]
        end = inside.rindex("</")
        return f'<td class=unheld>{inside[:end]}<span class="sr-only"> ({escape(unheld())})</span>{inside[end:]}'

    def few(self, line: Line, own: str, start: str) -> list[str]:
        """The same where the filter has so many values that a list does not take two more."""
        linked = self.leading(line, f"{start}&amp;" if own else start)
        return [
            cell if not n or bool(own) + bool(other) <= self.room else self.unlinked(n)
            for n, other, cell in zip(line.cells, self.others, linked, strict=True)
        ]

    def unlinked(self, n: int) -> str:
        return f"{self.around[n][0].partition('<a')[0]}<span>{commas(n)}</span>"
