"""What lies between two, as HTML: their meetings in order, and their topics by years.

Every value that comes from a record goes through `html.escape`.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meetings.choices import MeetingKind, Role, Status
from meetings.figures import commas
from meetings.filters import MeetingFilter
from meetings.lenses.addresses import addresses
from meetings.lenses.course import Facts
from meetings.lenses.ledger import NAMED, LedgerLine, Person
from meetings.lenses.shared import Counted, Side
from meetings.lenses.tallies import Territory, TopicLine, Topics
from meetings.lenses.visits import Unnamed
from meetings.templatetags.rows import RowWriter, leaf

register = template.Library()

#: Where two met, if not in the country of one.
WHERE = {
    "both": _("at home for both"),
    "elsewhere": _("elsewhere"),
    "remote": _("by phone, video or letter"),
    "unknown": _("place not known"),
}
#: Why what names both is no meeting of the two.
WHY: dict[str, object] = {
    MeetingKind.CONFERENCE: _("conference or summit"),
    MeetingKind.EXHIBITION: _("exhibition"),
    MeetingKind.EXERCISE: _("exercise"),
    Status.POSTPONED: _("postponed"),
    Status.CANCELLED: _("cancelled"),
    Status.UNCONFIRMED: _("not confirmed as held"),
    Status.DENIED: _("denied"),
    Role.INTERPRETER: _("one of the two only interpreted"),
}


@register.simple_tag
def ledger(lines: Iterable[LedgerLine], own: Side, other: Side) -> SafeString:
    """The meetings one after the other, with who was there on each side."""
    writer = LedgerWriter(own, other)
    head = "".join(f'<span class="side"><bdi>{name}</bdi></span>' for name in writer.called)
    return SafeString(
        f'<p class="ledger-head" aria-hidden="true"><span></span><span></span>{head}</p>'
        f'<ol class="meetings ledger">{"".join(map(writer.line, lines))}</ol>'
    )


class LedgerWriter(RowWriter):
    """Writes the lines of one page."""

    def __init__(self, own: Side, other: Side):
        super().__init__(topics=False, terms=())
        self.called = escape(own.name), escape(other.name)
        self.official = addresses("official", "SLUG")
        self.is_person = own.noun == "official"
        self.interpreter = escape(gettext("interpreter"))
        self.unnamed = escape(gettext("no person is named"))

    def line(self, line: LedgerLine) -> str:
        row = line.row
        place = self.link(self.place(row.place.slug), row.place.name) if row.place else self.no_place
        sides = zip(self.called, (line.own, line.other), strict=True)
        return (
            f'<li class="meeting is-{escape(row.status)}" data-uid="{escape(row.uid)}">'
            f'<p class="meeting-date">{leaf(row)}</p>'
            f'<div class="meeting-main"><h3>{self.link(self.meeting(row.uid, row.slug), row.title)}</h3> '
            f'<p class="ledger-facts">{self.status(row.status)} <span class="kind">{self.kinds[row.kind]}</span> '
            f"<span>{place}</span>{self.beside(line.beside)}</p>{self.whole(row)}</div>"
            f"{''.join(self.side(*side) for side in sides)}</li>"
        )

    def side(self, name: str, people: Sequence[Person]) -> str:
        """Who was there, with the post of then; of an official, the post alone."""
        # A country that takes part as a whole needs no line beside those who are named.
        people = [one for one in people if one.name or one.title] or people[:1]
        shown = "".join(f"<li>{self.person(one)}</li> " for one in people[:NAMED])
        if (more := len(people) - NAMED) > 0:
            shown += f"<li>{escape(ngettext('and %(n)s more', 'and %(n)s more', more) % {'n': more})}</li>"
        return f'<div class="side"><p class="side-name"><bdi>{name}</bdi></p><ul>{shown}</ul></div>'

    def person(self, one: Person) -> str:
        called = f"<bdi>{escape(one.name)}</bdi>" if one.name else ""
        if one.slug:
            called = f'<a href="{escape(self.official(one.slug))}">{called}</a>'
        told = [one.title, one.body] if self.is_person else [one.title]
        parts = ["" if self.is_person else called, *(f"<bdi>{escape(text)}</bdi>" for text in told if text)]
        if one.interprets:
            parts.append(self.interpreter)
        return ", ".join(filter(None, parts)) or f'<span class="soft">{self.nothing}</span>'

    @property
    def nothing(self) -> str:
        return escape(gettext("post not given")) if self.is_person else self.unnamed

    @staticmethod
    def beside(number: int) -> str:
        """How many others took part."""
        if not number:
            return ""
        told = ngettext("and %(n)s other party", "and %(n)s other parties", number) % {"n": number}
        return f' <span class="beside">{escape(told)}</span>'


@register.simple_tag
def heads(*names: str, numbers: int = 1) -> SafeString:
    """The head of a register; the last columns, so many of them, are of ``numbers``."""
    classes = [""] * (len(names) - numbers) + [' class="number"'] * numbers
    cells = (f'<th scope="col"{own}>{escape(name)}</th>' for own, name in zip(classes, names, strict=True))
    return SafeString(f"<thead><tr>{''.join(cells)}</tr></thead>")


@register.simple_tag
def topic_table(topics: Topics) -> SafeString:
    """Topics by periods, shaded."""
    head = "".join(f'<th scope="col" class="number">{escape(one.label)}</th>' for one in topics.periods)
    body = "".join(topic_line(topics, line) for line in topics.lines)
    return SafeString(
        f'<table class="register topic-years"><thead><tr><th scope="col">{escape(gettext("Topic"))}</th>'
        f'<th scope="col" class="number">{escape(gettext("Meetings"))}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def topic_line(topics: Topics, line: TopicLine) -> str:
    cells = "".join(f'<td class="number shade-{topics.shade(one.n)}">{counted(one)}</td>' for one in line.cells)
    address = escape(reverse("meetings:topic", args=[line.slug]))
    return (
        f'<tr data-slug="{escape(line.slug)}">'
        f'<th scope="row"><a href="{address}"><bdi>{escape(line.name)}</bdi></a></th>'
        f'<td class="number">{counted(line.total)}</td>{cells}</tr>'
    )


@register.simple_tag(name="counted")
def counted_tag(number: Counted, called: str = "") -> SafeString:
    """A number that leads to its list, if it has one; ``called`` says of what it is to those who cannot see it."""
    return SafeString(counted(number, called))


def counted(number: Counted, called: str = "") -> str:
    if not number.n:
        return ""
    shown = commas(number.n) + (f'<span class="sr-only">: {escape(called)}</span>' if called else "")
    return f'<a href="{escape(number.address)}">{shown}</a>' if number.address else f"<span>{shown}</span>"


@register.simple_tag
def relationship(filterset: MeetingFilter) -> list[tuple[str, str]]:
    """The pages of two that a filter names: address and names, where it is of exactly two officials, or two
    countries."""
    found = []
    for noun in ("official", "country"):
        named = sorted(filterset.asked.get(noun) or [], key=lambda one: one.key)
        if len({one.key for one in named}) == 2 == len(named):
            address = reverse(f"meetings:{noun}_pair", args=[one.key for one in named])
            names = gettext("%(own)s and %(other)s") % {"own": named[0].label, "other": named[1].label}
            found.append((address, names))
    return found


@register.simple_tag
def how_often(met: Counted, facts: Facts, number: int, mostly: tuple[str, int] | None = None) -> SafeString:
    """How often the two met, first and last, in which country most often, and the longest gap, in a few sentences."""
    if not met.n:
        held, none = gettext("No held meeting of the two is on record."), gettext("No meeting on record names both.")
        return SafeString(escape(held if number else none))
    times = escape(ngettext("met once", "met %(n)s times", met.n) % {"n": commas(met.n)})
    if met.address:
        times = f'<a href="{escape(met.address)}">{times}</a>'
    if not facts.first:
        sentence = gettext("On record they %(times)s; when is not known.")
    elif met.n == 1:
        sentence = gettext("On record they %(times)s: %(first)s.")
    else:
        sentence = gettext("On record they %(times)s. First: %(first)s; last: %(last)s.")
    told = [escape(sentence) % {"times": times, "first": escape(facts.first), "last": escape(facts.last)}]
    if mostly:
        country, n = mostly
        # Some names need an article that others must not have: here all stand by themselves.
        most = ngettext(
            "Most often in this country: %(country)s, once.", "Most often in this country: %(country)s, %(n)s times.", n
        )
        where = gettext("Each time in the same country: %(country)s.") if n == met.n else most
        told.append(escape(where) % {"country": f"<bdi>{escape(country)}</bdi>", "n": commas(n)})
    if facts.gap:
        told.append(escape(gettext("The longest time without one on record: %(gap)s.") % {"gap": facts.gap}))
    return SafeString(" ".join(told))


@register.simple_tag
def where_met(grounds: Sequence[Territory]) -> SafeString:
    """On whose ground they met how often, in a sentence."""
    told = [
        f"{escape(str(WHERE[one.ground])) if one.ground in WHERE else f'<bdi>{escape(one.name)}</bdi>'}"
        f" {commas(one.number.n)}"
        for one in sorted(grounds, key=lambda one: -one.number.n)
        if one.number.n
    ]
    # Some names need an article that others must not have: here all stand by themselves.
    return SafeString(escape(gettext("Where they met: %(places)s.")) % {"places": ", ".join(told)})


@register.simple_tag
def silent_at(side: Side, n: int) -> SafeString:
    """At how many meetings a country took part, and no one is known to have spoken for it."""
    told = ngettext(
        "At one of these the sources name %(name)s, but no official of it.",
        "At %(n)s of these the sources name %(name)s, but no official of it.",
        n,
    )
    return SafeString(escape(told) % {"n": commas(n), "name": f"<bdi>{escape(side.name)}</bdi>"})


@register.simple_tag
def not_counted(one: Unnamed) -> SafeString:
    """How many visits may have been meetings of the two, though nothing says so. What leads to a list is the number of
    that, which may have others too."""
    guest, host = (f"<bdi>{escape(side.name)}</bdi>" for side in (one.guest, one.host))
    number = visits(one.there)
    if one.n < one.there.n:
        number = escape(ngettext("one of %(all)s", "%(n)s of %(all)s", one.n)) % {"n": commas(one.n), "all": number}
    told = gettext(
        "Not counted: %(number)s of %(guest)s to %(host)s%(when)s,"
        " as no source says that they met anyone from %(host)s."
    )
    when = ""
    if one.there.address:
        lens, (_path, _mark, query) = reverse("meetings:meeting_timeline"), one.there.address.partition("?")
        when = f' (<a href="{escape(f"{lens}?{query}")}">{escape(gettext("when"))}</a>)'
    return SafeString(escape(told) % {"number": number, "guest": guest, "host": host, "when": when})


def visits(number: Counted) -> str:
    """A number of visits, with its list if it has one."""
    told = escape(ngettext("one visit", "%(n)s visits", number.n) % {"n": commas(number.n)})
    return f'<a href="{escape(number.address)}">{told}</a>' if number.address else told


@register.simple_tag
def why_not(reasons: Mapping[str, int]) -> str:
    """Why some that name both are no meetings of the two, with how many where there are several."""
    told = [f"{WHY[why]} ({commas(n)})" if n > 1 else str(WHY[why]) for why, n in sorted(reasons.items())]
    return ", ".join(told)
