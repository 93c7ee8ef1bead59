"""The house rules: who may import whom, and every noun has the same rooms."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from meetings import filters, models
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "meetings"

#: Rows may import from rows below them, never upwards and never sideways.
ROWS = [
    {"choices", "dates", "figures", "words", "table"},
    {"marks"},
    {"models"},
    {"index"},
    {"editorial"},
    {"filters", "lenses", "drafting"},
    {"exports", "imports", "pictures"},
    {"views", "api", "admin", "management", "feeds", "sitemaps", "templatetags"},
    {"urls", "apps"},
]
LEVEL = {room: level for level, row in enumerate(ROWS) for room in row}
MODULES = sorted(path for path in APP.rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted(Path(__file__).parent.rglob("*.py"))

#: The public nouns: the records that have a page.
NOUNS = [
    model._meta.model_name
    for model in apps.get_app_config("meetings").get_models()
    if hasattr(model, "get_absolute_url")
]


def room_of(path: Path) -> str:
    """The room of the house that a file is in: the first name below the app."""
    first = path.relative_to(APP).parts[0]
    return first.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a file imports from, absolutely or relatively."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("meetings.")}
        elif isinstance(node, ast.ImportFrom):
            package = ["meetings", *path.relative_to(APP).parts[:-1]][: -(node.level - 1) or None] if node.level else []
            module = [*package, *(node.module or "").split(".")]
            module = [name for name in module if name]
            if module == ["meetings"]:
                rooms |= {alias.name for alias in node.names}
            elif module[:1] == ["meetings"]:
                rooms.add(module[1])
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(APP)))
def test_imports_point_downwards(path):
    room = room_of(path)
    if room == "__init__":
        assert not imported_rooms(path)
        return
    wrong = {other for other in imported_rooms(path) - {room} if LEVEL[other] >= LEVEL[room]}
    assert not wrong, f"{room} (row {LEVEL[room]}) may not import {', '.join(sorted(wrong))}"


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("views", r"prefetch_related|select_related|filter\(publication|\.raw\(|cursor\(|RawSQL"),
        ("lenses", r"request"),
        ("models", r"connection\.vendor|cursor\(|RawSQL"),
        ("filters", r"connection\.vendor|cursor\(|RawSQL"),
    ],
)
def test_rooms_keep_to_their_work(room, forbidden):
    found = [
        f"{path.relative_to(APP)}: {match.group()}"
        for path in MODULES
        if room_of(path) == room
        for match in re.finditer(forbidden, path.read_text())
    ]
    assert not found


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=lambda path: str(path.relative_to(APP.parent)))
def test_files_stay_readable(path):
    lines = path.read_text().splitlines()
    assert len(lines) <= 400
    assert not [line for line in lines if re.search(r"[#] .*\b(TODO|FIXME|XXX)\b", line)]


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) == "views"], ids=lambda path: path.name)
def test_views_are_thin(path):
    """Twenty lines at most for a view, apart from those that all nouns share, and for any function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.ClassDef) and path.name != "base.py"):
            assert node.end_lineno - node.lineno <= 20, node.name


def test_the_nouns_are_the_ones_in_the_contract():
    assert set(NOUNS) == {"meeting", "official", "country", "organization", "place", "topic", "statement", "source"}


@pytest.mark.parametrize("noun", NOUNS)
class TestEveryNounHasTheSameRooms:
    def test_model_with_gate_and_list(self, noun):
        queryset = apps.get_model("meetings", noun).objects.published()
        assert queryset.for_list().model is apps.get_model("meetings", noun)

    def test_admin(self, noun):
        assert apps.get_model("meetings", noun) in admin.site._registry

    def test_filter(self, noun):
        model = apps.get_model("meetings", noun)
        filterset = getattr(filters, f"{model.__name__}Filter")
        assert filterset._meta.model is model
        assert {"q", "sort"} <= set(filterset.base_filters)

    def test_factory(self, noun):
        model = apps.get_model("meetings", noun)
        assert getattr(factories, f"{model.__name__}Factory")._meta.model is model

    def test_list_and_detail(self, noun):
        plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
        key = "abcdefghij" if apps.get_model("meetings", noun).KEY == "uid" else "some-slug"
        arguments = [key, "slug"] if noun == "meeting" else [key]
        assert reverse(f"meetings:{plural}") == f"/{plural}/"
        assert reverse(f"meetings:{noun}", args=arguments).startswith(f"/{plural}/{key}/")
        get_template(f"meetings/{noun}_list.html")
        get_template(f"meetings/{noun}_detail.html")


def test_every_address_is_spelled_out():
    """Addresses can be searched for: plain path() lines, no router and no regular expression."""
    text = (APP / "urls.py").read_text()
    assert "re_path" not in text
    assert "router" not in text.lower()
    with pytest.raises(NoReverseMatch):
        reverse("meetings:no-such-page")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_record_has_a_natural_key():
    for model in apps.get_app_config("meetings").get_models():
        if model.__module__.startswith("meetings.models") and not model.__name__.startswith("Historical"):
            if model is models.ImportRun:
                continue
            assert model.KEY in {field.name for field in model._meta.fields}
            assert model._meta.get_field(model.KEY).unique
