"""A bad configuration is told at start, in one plain line that names the variable and a right value."""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from diplomacy import checks
from diplomacy.environment import secret_key
from diplomacy.middleware import client_address

ROOT = Path(settings.BASE_DIR)
EXAMPLE = dict(
    word.split("=", 1) for word in shlex.split((ROOT / "deploy/production.env.example").read_text(), comments=True)
)


def start(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project with these variables and nothing else of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, "SECRET_KEY": "only for this test", "DATABASE_URL": "sqlite://:memory:", **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("DEBUG", "maybe", "DEBUG=on"),
        ("HTTPS", "2", "HTTPS=on"),
        ("TIME_ZONE", "Mars/Olympus", "TIME_ZONE=Europe/Brussels"),
        ("TIME_ZONE", "../etc", "TIME_ZONE=Europe/Brussels"),
        ("LANGUAGE_CODE", "tlh", "LANGUAGE_CODE=en-gb"),
        ("PROXIES", "one", "PROXIES=0"),
        ("DATABASE_URL", "log.sqlite3", "DATABASE_URL=sqlite:////"),
        ("DATABASE_URL", "mysql://localhost/log", "DATABASE_URL=postgres://"),
        ("DATABASE_URL", "postgres://localhost:port/log", "DATABASE_URL=postgres://"),
        ("DATABASE_URL", "postgres://localhost", "DATABASE_URL=postgres://"),
    ],
)
def test_a_bad_value_is_one_line_with_the_variable_the_value_and_a_right_one(name, value, right):
    answer = start("manage.py", "check", **{name: value})
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert f"{name}={value} " in answer.stderr
    assert right in answer.stderr


def test_the_password_of_a_bad_database_url_is_not_shown():
    answer = start("manage.py", "check", DATABASE_URL="mysql://log:hunter2@localhost/log")
    assert "mysql://log:***@localhost/log" in answer.stderr
    assert "hunter2" not in answer.stderr


def test_https_needs_a_secret_key():
    answer = start("manage.py", "check", HTTPS="on", SECRET_KEY="")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Configuration: SECRET_KEY is not set, and HTTPS=on needs one.")


def test_a_database_that_does_not_answer_is_told_without_a_traceback():
    answer = start("manage.py", "migrate", DATABASE_URL="postgres://nobody@127.0.0.1:1/log")
    assert answer.returncode == 1
    assert answer.stderr.startswith("The database of DATABASE_URL does not answer as it should:")
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("address", ["sqlite:////no/such/folder/db.sqlite3", f"sqlite:///{ROOT}"])
def test_an_unusable_sqlite_file_is_told(address):
    answer = start("manage.py", "check", DATABASE_URL=address)
    assert "(diplomacy.E002)" in answer.stderr
    assert "set DATABASE_URL" in answer.stderr


def test_an_address_among_the_allowed_hosts_is_told():
    assert "(diplomacy.E003)" in start("manage.py", "check", ALLOWED_HOSTS="https://log.example.org/").stderr


def test_psycopg_3_is_told(tmp_path):
    (tmp_path / "psycopg.py").touch()
    answer = start("manage.py", "check", PYTHONPATH=str(tmp_path))
    assert "(diplomacy.E001)" in answer.stderr


def test_the_server_refuses_to_start_on_a_failed_check():
    answer = start("-c", "import diplomacy.wsgi", DATABASE_URL="sqlite:////no/such/folder/db.sqlite3")
    assert answer.returncode == 3
    assert answer.stderr.startswith("Configuration: ")
    assert "(diplomacy.E002)" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_server_caps_the_time_of_a_query_and_commands_do_not():
    script = "{}; from django.conf import settings; print(settings.DATABASES['default'].get('OPTIONS'))"
    address = "postgres://localhost/log"
    told = start(
        "-c",
        script.format("import diplomacy.wsgi"),
        DATABASE_URL=address,
    )
    assert "statement_timeout=5000" in told.stdout
    told = start("manage.py", "shell", "-c", script.format("pass"), DATABASE_URL=address)
    assert "statement_timeout" not in told.stdout
    assert "jit=off" in told.stdout


def test_deployment_checks_are_silent_with_the_production_example():
    answer = start("manage.py", "check", "--deploy", "--fail-level", "INFO", **EXAMPLE)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_a_supervisor_on_the_machine_may_ask_production_over_plain_http(tmp_path):
    script = (
        "import django; django.setup(); from django.test import Client; client = Client()\n"
        "for path in ('/healthz', '/readyz', '/'):\n"
        "    answer = client.get(path, headers={'host': '127.0.0.1:8000'}); print(answer.status_code)"
    )
    variables = {**EXAMPLE, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    start("manage.py", "migrate", **variables)
    answer = start("-c", script, DJANGO_SETTINGS_MODULE="diplomacy.settings", **variables)
    assert answer.stdout.split() == ["200", "200", "301"], answer.stderr


def test_the_production_example_names_every_variable():
    sources = (ROOT / "diplomacy/settings.py").read_text()
    assert set(EXAMPLE) == set(re.findall(r'environment\.\w+\(\s*"(\w+)"', sources))


def test_production_tells_that_static_files_are_to_be_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert "manage.py collectstatic" in checks.uncollected_static_files()
    (tmp_path / "staticfiles.json").touch()
    assert checks.uncollected_static_files() is None


def test_the_local_secret_key_is_made_once_and_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    kept_in = tmp_path / "var" / "secret-key"
    key = secret_key("SECRET_KEY", kept_in, must_be_given=False)
    assert len(key) >= 50
    assert kept_in.stat().st_mode & 0o777 == 0o600
    assert secret_key("SECRET_KEY", kept_in, must_be_given=False) == key
    assert list(kept_in.parent.iterdir()) == [kept_in]


@pytest.mark.parametrize(
    ("proxies", "noted", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_an_asker_cannot_choose_the_address_that_is_throttled(settings, rf, proxies, noted, address):
    settings.PROXIES = proxies
    assert client_address(rf.get("/", HTTP_X_FORWARDED_FOR=noted)) == address


@pytest.mark.django_db
def test_wrong_passwords_are_refused_after_five_tries(settings, client, django_user_model):
    settings.AXES_ENABLED = True
    django_user_model.objects.create_superuser("editor", password="right")
    form = {"username": "editor", "password": "wrong"}
    answers = [client.post("/admin/login/", form).status_code for _ in range(6)]
    assert answers[:4] == [200] * 4
    assert answers[-1] == 429
    assert client.post("/admin/login/", {**form, "password": "right"}).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post("/admin/login/", {**form, "password": "right"}).status_code == 302


@pytest.mark.django_db
def test_health_pages(client):
    assert client.get("/healthz").content == b"alive\n"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="meetings").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"manage.py migrate" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/admin/login/"])
def test_every_answer_carries_the_headers_of_safety(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("folder", ["static/vendor", "tests/browser/vendor"])
def test_copies_of_libraries_are_what_the_manifest_says(folder):
    manifest = ROOT / folder / "MANIFEST.json"
    told = {entry["file"]: entry["sha256"] for entry in json.loads(manifest.read_text())}
    found = {
        path.relative_to(manifest.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in manifest.parent.rglob("*")
        if path.is_file() and path != manifest and path.suffix != ".gz"  # those that `make setup` makes
    }
    assert found == told
