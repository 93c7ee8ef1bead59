"""A real Chromium before a real server that has the article's meetings; each test starts from the same data."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import load_article

# Playwright's loop runs in the thread of the tests, and Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is not installed: apt-get install chromium, or set CHROMIUM to its path."
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS + sandbox)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def loaded(django_db_setup, django_db_blocker) -> Iterator[sqlite3.Connection]:
    """A copy of the database as it is just after loading the article's meetings."""
    with django_db_blocker.unblock():
        assert connection.vendor == "sqlite", "Browser tests run on SQLite."
        load_article()
        copy = sqlite3.connect(":memory:")
        connection.ensure_connection()
        connection.connection.backup(copy)
        connection.close()
    yield copy
    copy.close()


@pytest.fixture
def base_url(loaded: sqlite3.Connection, transactional_db, live_server: LiveServer) -> str:
    """The site's address, with the article's meetings as loaded and nothing else in it."""
    connection.ensure_connection()
    loaded.backup(connection.connection)
    return live_server.url


def opened(chromium: Browser, base_url: str, **options) -> Iterator[Page]:
    """A page at a site; a script error, or a breach of the CSP, fails the test."""
    context = chromium.new_context(base_url=base_url, **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def page(chromium: Browser, base_url: str) -> Iterator[Page]:
    """A desktop window, 1280 px wide; a script error or a breach of the CSP fails the test."""
    yield from opened(chromium, base_url, viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(chromium: Browser, base_url: str) -> Iterator[Page]:
    """A telephone, 375 px wide."""
    yield from opened(chromium, base_url, viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True)


@pytest.fixture
def scriptless(chromium: Browser, base_url: str) -> Iterator[Page]:
    """A desktop window without JavaScript."""
    yield from opened(chromium, base_url, viewport={"width": 1280, "height": 900}, java_script_enabled=False)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Ask axe-core about a page: one line per broken rule, with the first element that breaks it. The size of targets,
    which it looks at only if asked to, is among the rules."""
    run = "() => axe.run({rules: {'target-size': {enabled: true}}}).then(result => result.violations)"

    def violations(page: Page) -> list[str]:
        page.evaluate(AXE)
        found = page.evaluate(run)
        return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:200]}" for rule in found]

    return violations
