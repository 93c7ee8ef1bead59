"""What tests of imports stand on: folders in the neutral format, and what came of them."""

from collections.abc import Iterable
from pathlib import Path

from meetings.imports import base, reader
from meetings.imports.report import Report, Row
from meetings.imports.table import read
from meetings.models import ImportRun, Meeting

#: Two meetings as people would type them, with ids of their own.
COUNTRIES = "slug,name\nisrael,Israel\nunited-states,United States\n"
OFFICIALS = "slug,name\nann,Ann Example\nbob,Bob Example\n"
SOURCES = "id,kind,title,url\ns1,news-report,A report,https://example.org/report\n"
MEETINGS = "id,title,date,status\n1,Talks,2023-06-15,held\n2,More talks,2023-07,planned\n"
PARTICIPATIONS = "meeting,official,country\n1,ann,israel\n1,bob,united-states\n2,ann,israel\n"
CITATIONS = "source,meeting\ns1,1\ns1,2\n"

FILES = {
    "countries": COUNTRIES,
    "officials": OFFICIALS,
    "sources": SOURCES,
    "meetings": MEETINGS,
    "participations": PARTICIPATIONS,
    "citations": CITATIONS,
}


#: Files of our own in the formats of the public datasets.
SAMPLES = Path(__file__).resolve().parent / "samples"
PATHS = {
    "us-travels": SAMPLES / "us-travels",
    "us-visits": SAMPLES / "us-visits",
    "gazetteer": SAMPLES / "us-gazetteer",
    "leaders": SAMPLES / "leaders.csv",
}


def imported(dataset: str, path: Path | None = None) -> Report:
    """Imports a dataset's sample, or another file or folder in its format; nothing is wrong with it."""
    report = base.run(reader(dataset), dataset, [path or PATHS[dataset]])
    assert report.problems == []
    return report


def record(dataset: str, identifier: str) -> Meeting:
    return Meeting.objects.get(external_ids__dataset=dataset, external_ids__identifier=identifier)


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """The folder with these files in it, by name without .csv."""
    for name, content in files.items():
        path = folder / f"{name}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def import_table(folder: Path, files: dict[str, str | bytes] | None = None, **options) -> Report:
    """Imports a folder, after some files were put into it; the last ImportRun says the same as the report."""
    report = base.run(read, "mine", [write(folder, files or {})], **options)
    if not options.get("dry_run"):
        run = ImportRun.objects.first()
        assert run.state == ("refused" if report.problems else "done")
        assert run.report == "\n".join(report.lines())
        assert run.counts == report.counts()
    return report


def import_rows(*rows: Row, dataset: str = "rows") -> Report:
    """Imports rows, as a dataset's reader would give them."""

    def given(paths: Iterable[Path], report: Report):
        yield from rows

    return base.run(given, dataset, [])


def numbers(report: Report) -> tuple[int, int, int, int, int]:
    """How many were made, changed, the same, skipped and doubtful."""
    assert report.problems == []
    made, changed, same = (counter.total() for counter in (report.made, report.changed, report.same))
    return made, changed, same, report.skipped, report.doubted


def problems(report: Report) -> str:
    """What was wrong, a line each."""
    return "\n".join(map(str, report.problems))
