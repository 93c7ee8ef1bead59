"""What is measured, and what is to be reached: as many times the floor's time as stand here."""

from dataclasses import dataclass, field
from typing import Any

#: A set with more meetings than these may be "more than" that.
MOST_COUNTED = 10_000
#: A page far behind: the last but a few of a million.
FAR = 10_000
PER_PAGE = 25
LIST = "/meetings/"
#: The page that counts the options of a list which does not by itself.
COUNTING = "/meetings/facets/"
NAIVE_COUNTING = "facets=on"


@dataclass(frozen=True)
class Scenario:
    """A page that is asked for: by the query of a probe and what is added to it.

    ``limits`` are in T, for each database; ``growth`` is how much dearer it may be, in T, at ten times the meetings;
    empty where nothing is set.
    ``counted`` pages show the numbers of options; ``naive`` says whether the naive version has such a page.
    """

    name: str
    limits: dict[str, float]
    probe: str = ""
    path: str = LIST
    added: str = ""
    naive: bool = True
    counted: bool = False
    growth: dict[str, float] = field(default_factory=lambda: {"sqlite": 1.25, "postgres": 1.25})

    def address(self, probes: dict[str, Any], added: str | None = None) -> str:
        """The path and query, of the generator's ``probes``."""
        query = probes["probes"][self.probe]["query"] if self.probe else ""
        extra = (self.added if added is None else added).format(page=min(FAR, probes["meetings"] // PER_PAGE))
        path = self.path.format(official=probes["official"], country=probes["country"])
        return f"{path}{query}{('&' if query else '?') if extra else ''}{extra}"

    def naive_address(self, probes: dict[str, Any]) -> str | None:
        """What the naive version is asked: the same, in its words; None where it has no such page."""
        if not self.naive:
            return None
        return self.address(probes, NAIVE_COUNTING if self.counted else self.added).replace(COUNTING, LIST)


def limits(sqlite: float, postgres: float) -> dict[str, float]:
    return {"sqlite": sqlite, "postgres": postgres}


def lens(name: str, path: str, *, probe: str = "", added: str = "") -> Scenario:
    """A way to see a set, for which no limit is set."""
    return Scenario(name, {}, probe, path, added, naive=False, growth={})


LISTS = limits(1.0, 1.1)
FACETS = limits(5.0, 8.0)

SCENARIOS = (
    Scenario("newest", LISTS, "newest"),
    Scenario("official, rare", LISTS, "official rare"),
    Scenario("official, common", LISTS, "official common"),
    Scenario("country", LISTS, "country common"),
    Scenario("two officials", LISTS, "two officials", growth=limits(1.8, 1.25)),
    Scenario("two countries", LISTS, "two countries"),
    Scenario("a year", LISTS, "year"),
    Scenario("page 10,000", LISTS, "newest", added="page={page}"),
    Scenario("one rare word", limits(1.0, 1.2), "word rare"),
    Scenario("one common word", limits(1.0, 2.2), "word common"),
    Scenario("two words and a country", limits(2.5, 4.2), "two words and a country"),
    Scenario("facets, no filter", limits(1.0, 1.0), "newest", counted=True),
    Scenario("facets, a country", limits(1.0, 1.0), "country common", counted=True),
    Scenario("facets, a common official", FACETS, "official common", path=COUNTING, counted=True),
    Scenario("facets, a word", FACETS, "word middling", path=COUNTING, counted=True),
    Scenario("official's profile", limits(2.0, 2.3), path="/officials/{official}/"),
    Scenario("country's profile", limits(2.0, 2.3), path="/countries/{country}/", naive=False),
    Scenario("matrix 200 x 200", limits(6.0, 6.0), path="/meetings/matrix/", added="most=200", naive=False),
    lens("timeline", "/meetings/timeline/"),
    lens("timeline, a country", "/meetings/timeline/", probe="country common"),
    lens("calendar", "/meetings/calendar/"),
    lens("calendar, a month", "/meetings/calendar/", added="on=1990-06"),
    lens("map", "/meetings/map/"),
    lens("network", "/meetings/network/"),
)

#: The scenario that is also asked again, as a reader does who comes back.
AGAIN = "official, common"
AGAIN_LIMIT = limits(0.25, 0.25)


@dataclass(frozen=True)
class Limit:
    """A figure that is no page's time: what is reached at most, or at least."""

    name: str
    unit: str
    most: dict[str, float] | None = None
    least: dict[str, float] | None = None

    def met(self, database: str, value: float) -> bool:
        if self.most is not None:
            return value <= self.most[database]
        return self.least is None or value >= self.least[database]

    def told(self, database: str) -> str:
        if self.most is not None:
            return f"<= {self.most[database]:,g}"
        return f">= {self.least[database]:,g}" if self.least is not None else ""


FIGURES = {
    "import_seconds": Limit("import, all derived data included", "s", most=limits(900, 900)),
    "import_rss": Limit("import, peak memory", "MB", most=limits(500, 500)),
    "csv_rate": Limit("CSV of everything", "rows/s", least=limits(30_000, 30_000)),
    "csv_first": Limit("CSV of everything, first byte", "s", most=limits(1, 1)),
    "csv_growth": Limit("CSV of everything, growth of memory", "MB", most=limits(100, 100)),
    "naive_csv_rate": Limit("CSV of the naive version", "rows/s"),
    "export_seconds": Limit("export_data", "s"),
    "export_rss": Limit("export_data, peak memory", "MB"),
    "save": Limit("a save in the admin", "ms"),
    "save_added": Limit("a save in the admin: added by derived data", "ms", most=limits(25, 40)),
    "rename": Limit("renaming the official with most meetings", "s", most=limits(30, 30)),
    "worker_pss": Limit("peak memory of a web worker", "MB", most=limits(200, 200)),
}
