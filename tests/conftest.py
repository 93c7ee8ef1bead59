"""What every test stands on: an empty database of DATABASE_URL's kind, quick passwords, no throttled log-ins."""

import os
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.core.management import call_command
from hypothesis.configuration import set_hypothesis_home_dir

from meetings import index
from tests import factories

CACHE = project.BASE_DIR / ".cache"
CACHE.mkdir(exist_ok=True)
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(CACHE))  # where pytest makes its temporary folders
set_hypothesis_home_dir(CACHE / "hypothesis")
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("here")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as in production: in memory, the threads of a live server would share one connection."""
    database = project.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _quick(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = False
    cache.clear()


def load_article() -> None:
    """Load every fixture, in the order of the names, as `make run` does into an empty database."""
    call_command("loaddata", *sorted(Path(project.BASE_DIR, "fixtures").glob("*.json")), verbosity=0)
    index.rebuild()


@pytest.fixture
def article(db) -> None:
    """The article's meetings are in the database."""
    load_article()


@pytest.fixture
def gazetteer(db) -> dict:
    """Places of every sort, by name."""
    france = factories.CountryFactory(name="France", iso2="FR")
    state = factories.PlaceFactory(name="France", kind="country", country=france, latitude=46, longitude=2)
    region = factories.PlaceFactory(name="Normandy", kind="region", country=france, within=state)
    paris = factories.PlaceFactory(name="Paris", country=france, within=state, latitude=48.86, longitude=2.35)
    rouen = factories.PlaceFactory(name="Rouen", country=france, within=region, latitude=49.44, longitude=1.1)
    palace = factories.PlaceFactory(name="Palace", kind="venue", within=paris, latitude=48.87, longitude=2.32)
    bare = factories.PlaceFactory(name="Bare", kind="venue", within=paris)
    unknown = factories.PlaceFactory(name="Nowhere", country=france, within=state)
    hall = factories.PlaceFactory(name="Hall", kind="venue", within=unknown, latitude=45.0, longitude=5.0)
    loose = factories.PlaceFactory(name="Loose", latitude=-10, longitude=-60)
    return {
        one.name if one is not state else "state": one
        for one in (state, region, paris, rouen, palace, bare, unknown, hall, loose)
    }
