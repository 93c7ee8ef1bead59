"""The neutral format says of each record what the database knows, and no cell of it is a formula."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from meetings.models.fields import Derived
from meetings.models.neutral import MODELS
from meetings.table import TABLES, escape, unescape
from tests.importing import import_table, numbers

DOCS = Path(settings.BASE_DIR, "docs", "neutral-format.md")

#: What stays in the database: who edited what is not public data.
LEFT_OUT = {"id", "merged_into"}


@pytest.mark.parametrize("name", TABLES)
def test_every_field_has_its_column(name):
    options = MODELS[name]._meta
    fields = {field.name for field in options.fields if not isinstance(field, Derived)} - LEFT_OUT
    many = {field.name for field in options.many_to_many}
    table = TABLES[name]
    assert set(table.header) == fields | many
    assert {column.name for column in table.columns if column.type == "keys"} == many
    assert options.get_field(table.key).unique
    assert set(table.identity) <= set(table.header)


@pytest.mark.parametrize("name", TABLES)
def test_keys_name_files_that_come_no_later(name):
    order = list(TABLES)
    for column in TABLES[name].columns:
        field = MODELS[name]._meta.get_field(column.name)
        assert bool(column.to) == isinstance(field, (models.ForeignKey, models.ManyToManyField))
        if column.to:
            assert field.related_model is MODELS[column.to]
            assert order.index(column.to) <= order.index(name)


@given(st.text(alphabet="'=+-@\t\ra1", max_size=6) | st.text())
def test_escaping_is_reversible_and_leaves_no_formula(cell):
    assert unescape(escape(cell)) == cell
    assert escape(cell)[:1] not in tuple("=+-@\t\r")


@pytest.mark.parametrize(
    ("cell", "escaped"),
    [("=1+1", "'=1+1"), ("'=1", "''=1"), ("'tis", "'tis"), ("Ann", "Ann"), ("-33", "'-33"), ("", ""), ("@a", "'@a")],
)
def test_only_what_a_spreadsheet_would_run_is_escaped(cell, escaped):
    assert escape(cell) == escaped


@pytest.mark.parametrize("name", TABLES)
def test_the_manual_lists_every_column(name):
    section = DOCS.read_text().partition(f"### {name}.csv\n")[2].partition("\n### ")[0]
    listed = re.findall(r"^\| (\*\*)?(\w+)(?:\*\*)?( †)? \|", section, re.MULTILINE)
    told = {column: (bool(bold), bool(mark)) for bold, column, mark in listed if column != "column"}
    assert told == {c.name: (c.required, c.name in TABLES[name].identity) for c in TABLES[name].columns}


def test_the_example_of_the_manual_works(article, tmp_path):
    files = dict(re.findall(r"^`(\w+)\.csv`\n\n```csv\n(.*?)```", DOCS.read_text(), re.MULTILINE | re.DOTALL))
    first = {name: files[name] for name in ("meetings", "participations")}
    assert numbers(import_table(tmp_path, first)) == (5, 0, 0, 0, 2)
    assert numbers(import_table(tmp_path, files)) == (3, 2, 3, 0, 0)
