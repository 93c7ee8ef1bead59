"""The benchmark's own ground: its data are what they are said to be, and its floor is the product's page."""

import filecmp
import json
import re

import pytest
from django.core.management import call_command

from benchmarks.floor.page import render
from benchmarks.floor.ready import capture
from benchmarks.generate import generate

MEETINGS, SEED, OFFICIALS = 300, 7, 800


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Invented meetings in the neutral format."""
    made = tmp_path_factory.mktemp("benchmark") / "data"
    generate(MEETINGS, SEED, made, officials=OFFICIALS)
    return made


def bare(html: str) -> str:
    """A page without the whitespace that no one sees."""
    return re.sub(r"\s*(<[^>]*>)\s*", lambda tag: re.sub(r"\s+", " ", tag[1]), re.sub(r"\s+", " ", html))


def test_the_same_seed_gives_the_same_bytes(folder, tmp_path):
    generate(MEETINGS, SEED, tmp_path, officials=OFFICIALS)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert filecmp.cmpfiles(folder, tmp_path, names, shallow=False) == (names, [], [])


@pytest.mark.django_db
def test_every_probe_finds_what_the_generator_counted(folder, client):
    call_command("import_data", "table", str(folder), verbosity=0)
    probes = json.loads((folder / "probes.json").read_text())["probes"]
    assert len(probes) > 25
    found = {}
    for name, probe in probes.items():
        page = client.get(f"/meetings/{probe['query']}").content.decode()
        found[name] = int(re.search(r'class="result-count">(\d+)<', page)[1])
    assert found == {name: probe["count"] for name, probe in probes.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "page=3", "status=held&kind=visit"])
def test_the_floor_is_the_page_of_the_product(folder, client, query):
    call_command("import_data", "table", str(folder), verbosity=0)
    page = client.get(f"/meetings/?{query}").content.decode()
    ready = json.loads(json.dumps(capture(query)))
    assert bare(render(ready, "testserver")) == bare(page)
