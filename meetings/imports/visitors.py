"""The visitors of a dataset as officials: who is one person, who is one of ours, and in which post they came."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from meetings import words
from meetings.imports import evidence, titles
from meetings.imports.persons import Doubt, Mention, Person, gather
from meetings.imports.report import Report, Row
from meetings.models import Official, derived_uid

#: A person whom a source names in two runs of years with as long between them is two mentions, to be compared.
APART = 15

Words = tuple[str, frozenset[str]]


class Visitors:
    """Collects all mentions (`add`), brings them together (`rows`), and then tells who is meant (`participation`).

    Holds a line for each different name and title, however many visits there are.
    """

    def __init__(self, dataset: str, report: Report):
        self.dataset = dataset
        self.report = report
        self.years: dict[str, dict[Words, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.titles: dict[tuple[str, str], dict[Words, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.lands: dict[str, set[str]] = defaultdict(set)
        self.found: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
        self.posts: dict[tuple[str, str], list[evidence.Post]] = defaultdict(list)

    def add(self, group: str, country: str, person: titles.Person, day: date) -> None:
        """One mention; ``group`` is what the source calls the country, the same for the states of several days."""
        if person.mixed:
            told = _("%(country)s: “%(words)s” is title and name, and not told apart: no official was made of it.")
            self.report.doubt(told % {"country": group, "words": person.name})
        elif person.name:
            key = person.name, titles.offices(person.title)
            self.years[group][key].add(day.year)
            self.titles[group, country][key].add("" if person.elect else titles.corrected(person.title))
            self.lands[group].add(country)

    def rows(self) -> Iterator[Row]:
        """The officials and their posts. Groups that share a country are one."""
        lands = {country for countries in self.lands.values() for country in countries}
        held = evidence.posts(lands)
        ours = evidence.mentions(lands, held, self.dataset)
        for post in held:
            self.posts[post.official, post.country].append(post)
        taken: set[str] = set()
        for group in sorted(self.years):
            known = [mention for country in sorted(self.lands[group]) for mention in ours.get(country, [])]
            people, doubts = gather([*self.mentions(group), *known])
            for person in people:
                yield from self.official(group, person, taken)
            for doubt in doubts:
                self.doubt(group, doubt)
        yield from self.positions()

    def mentions(self, group: str) -> Iterator[Mention]:
        """What the files say of persons, parted where many years lie between."""
        for (name, offices), years in self.years[group].items():
            run: list[int] = []
            for year in sorted(years):
                if run and year - run[-1] > APART:
                    yield Mention(name, offices, run[0], run[-1])
                    run = []
                run.append(year)
            yield Mention(name, offices, run[0], run[-1])

    def doubt(self, group: str, doubt: Doubt) -> None:
        one, other = (self.told(group, person) for person in doubt)
        told = _("%(country)s: %(one)s and %(other)s may be one person; they were kept apart.")
        self.report.doubt(told % {"country": group, "one": one, "other": other})

    def told(self, group: str, person: Person) -> str:
        """A person in the words of the source, with the official's slug: the same in every run."""
        given = person.as_given()
        slug = person.record or next(slug for mention, slug in self.found[group] if mention is given.mentions[0])
        return f"{given}, “{slug}”,"

    def official(self, group: str, person: Person, taken: set[str]) -> Iterator[Row]:
        """The official whom a person is: ours, or a new one. Nothing for persons whom only we know."""
        mentions = [mention for mention in person.mentions if not mention.record]
        if not mentions:
            return
        slug = person.record or self.free_slug(person, sorted(self.lands[group])[0] or group, taken)
        taken.add(slug)
        self.found[group] += [(mention, slug) for mention in mentions]
        if not person.record:
            name, *others = person.names
            yield Row("officials", {"slug": slug, "name": name, "other_names": "\n".join(others)}, only_new=True)

    def free_slug(self, person: Person, country: str, taken: set[str]) -> str:
        """A slug of the name that no other official has; with the country for a surname alone. A query."""
        name = person.names[0]
        single = len(words.tokens(name)) == 1
        wanted = [words.slugify(text) for text in (name, f"{name} {country}", f"{name} {country} {person.first}")][
            single:
        ]
        there = {*taken, *Official.objects.filter(slug__in=wanted).values_list("slug", flat=True)}
        numbered = (f"{wanted[-1]}-{number}" for number in range(2, len(there) + 3))
        return next(slug for slug in (*wanted, *numbered) if slug not in there)

    def of(self, group: str, person: titles.Person, year: int) -> str:
        """The slug of the official whom a mention means; "" for persons without a name."""
        offices = titles.offices(person.title)
        for mention, slug in self.found[group]:
            if (mention.name, mention.offices) == (person.name, offices) and mention.first <= year <= mention.last:
                return slug
        return ""

    def positions(self) -> Iterator[Row]:
        """The posts in which the visitors came, without dates: a visit says that it was held, not from when to when."""
        made = set()
        for group, found in self.found.items():
            for mention, slug in found:
                for country in sorted(self.lands[group] - {""}):
                    for title in sorted(self.titles[group, country].get((mention.name, mention.offices), ())):
                        uid = self.position_uid(slug, country, title)
                        if title and uid not in made and not self.post(slug, country, title, mention.first):
                            made.add(uid)
                            values = {"uid": uid, "official": slug, "title": title, "country": country}
                            yield Row("positions", {**values, "level": titles.level(title, country)}, only_new=True)
        self.made = made

    def position_uid(self, slug: str, country: str, title: str) -> str:
        return derived_uid(self.dataset, f"position/{slug}/{country}/{title.casefold()}")

    def post(self, slug: str, country: str, title: str, year: int) -> str:
        """The position of ours that a title means in a year: the one made for it, else one of the same office then."""
        own = self.position_uid(slug, country, title)
        ours = self.posts[slug, country]
        if any(post.uid == own for post in ours):
            return own
        offices = titles.offices(title)
        fits = (post.uid for post in ours if post.first <= year <= post.last and titles.offices(post.title) == offices)
        return next(fits, "") if offices else ""

    def participation(self, group: str, country: str, person: titles.Person, day: date) -> dict[str, str]:
        """The columns of a visitor's participation that tell who it is."""
        slug = "" if person.mixed else self.of(group, person, day.year)
        title = "" if person.elect else titles.corrected(person.title)
        position = ""
        if slug and title and country:
            own = self.position_uid(slug, country, title)
            position = own if own in self.made else self.post(slug, country, title, day.year)
        return {
            "official": slug,
            "name_as_written": person.name or person.title,
            "title_as_written": person.title if person.name else "",
            "position": position,
        }
