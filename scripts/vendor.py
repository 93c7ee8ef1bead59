"""Copy the browser libraries, pinned, from their npm packages into the project, with licences and checksums.

Run by `make vendor` after changing a version here; needs npm. The copies are committed, so nobody else does.
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVED = ROOT / "static" / "vendor"
FOR_TESTS = ROOT / "tests" / "browser" / "vendor"

# folder, package, version, licence, files of the package
LIBRARIES: list[tuple[Path, str, str, str, list[str]]] = [
    (
        SERVED,
        "bootstrap",
        "4.6.2",
        "MIT",
        ["dist/css/bootstrap.min.css", "dist/js/bootstrap.bundle.min.js", "LICENSE"],
    ),
    (SERVED, "jquery", "3.7.1", "MIT", ["dist/jquery.slim.min.js", "LICENSE.txt"]),
    (
        SERVED,
        "tom-select",
        "2.6.2",
        "Apache-2.0",
        ["dist/css/tom-select.bootstrap4.min.css", "dist/js/tom-select.complete.min.js", "LICENSE"],
    ),
    (SERVED, "cytoscape", "3.34.0", "MIT", ["dist/cytoscape.min.js", "LICENSE"]),
    (FOR_TESTS, "axe-core", "4.14.1", "MPL-2.0", ["axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"]),
]

# The maps are not copied, and a reference to a missing file stops collectstatic.
MAP_COMMENT = re.compile(rb"\n?(/\*# sourceMappingURL=\S+ \*/|//# sourceMappingURL=\S+)\s*$")


def fetch(package: str, version: str, files: list[str]) -> dict[str, bytes]:
    """The contents of the package's files, by path."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, f"{package}@{version}"]
        archive = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout.strip()
        with tarfile.open(Path(folder, archive)) as packed:
            found = {name: packed.extractfile(f"package/{name}") for name in files}
            return {name: file.read() for name, file in found.items() if file}


def main() -> None:
    manifests: dict[Path, list[dict[str, str]]] = {}
    for folder, package, version, licence, files in LIBRARIES:
        for name, content in fetch(package, version, files).items():
            path = folder / package / Path(name).name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(MAP_COMMENT.sub(b"\n", content))
            manifests.setdefault(folder, []).append(
                {
                    "file": path.relative_to(folder).as_posix(),
                    "package": package,
                    "version": version,
                    "licence": licence,
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                }
            )
    for folder, entries in manifests.items():
        Path(folder, "MANIFEST.json").write_text(json.dumps(entries, indent=2) + "\n")
        print(f"{folder.relative_to(ROOT)}: {len(entries)} files")


if __name__ == "__main__":
    main()
