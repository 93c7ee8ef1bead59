"""Sites for the browser: the article's meetings, those of all public datasets too, a hundred thousand invented ones.

Each database is made once, by the product's own commands, and kept as long as the code that makes it is the same.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.servers import Server
from tests.shared_data import PATHS, ROOT

INVENTED = 100_000
FOLDER = ROOT / ".cache" / "sites"
#: What decides what is in a database.
MAKERS = ("meetings/models", "meetings/index", "meetings/imports", "meetings/migrations", "meetings/*.py", "fixtures")
INVENTORS = ("benchmarks/generate.py", "benchmarks/world.py", "benchmarks/words")


@contextmanager
def site(name: str) -> Iterator[str]:
    """The address of a site, "article", "real" or "invented", while it is served."""
    path = database(name)
    env = {"DATABASE_URL": f"sqlite:///{path}"}
    with Server.gunicorn("diplomacy.wsgi", FOLDER / f"{name}.log", "/healthz", env) as server:
        yield f"http://127.0.0.1:{server.port}"


def database(name: str) -> Path:
    """The file of a site's database, made if it is not there; those of other code go."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}-{fingerprint(*MAKERS, *INVENTORS)}.sqlite3"
    if not path.exists():
        for old in FOLDER.glob(f"{name}-*"):
            old.unlink()
        making = path.with_suffix(".making")
        manage(making, "migrate", "--verbosity", "0")
        fill(name, making)
        making.rename(path)
    return path


def fill(name: str, path: Path) -> None:
    if name == "invented":
        folder = FOLDER / "invented"
        run(sys.executable, "-m", "benchmarks.generate", "--meetings", str(INVENTED), "--out", str(folder))
        manage(path, "import_data", "table", str(folder), "--dataset-name", "invented")
        return
    manage(path, "seed")
    if name == "real":
        for dataset in ("gazetteer", "us-travels", "us-visits", "leaders"):
            manage(path, "import_data", dataset, *map(str, PATHS[dataset]))


def fingerprint(*patterns: str) -> str:
    """Of the files that these patterns name, and of those below."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    files = {path for one in found for path in ([one] if one.is_file() else one.rglob("*.*")) if path.is_file()}
    told = hashlib.sha256()
    for path in sorted(files):
        if path.suffix != ".pyc":
            told.update(f"{path.relative_to(ROOT)}\n".encode())
            told.update(path.read_bytes())
    return told.hexdigest()[:16]


def manage(path: Path, *arguments: str) -> None:
    run(sys.executable, "manage.py", *arguments, env={**os.environ, "DATABASE_URL": f"sqlite:///{path}"})


def run(*command: str, env: dict[str, str] | None = None) -> None:
    """Runs a command; its words are told if it fails."""
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (
        f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr}"
    )
