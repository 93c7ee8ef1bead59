#!/bin/sh
# Install the Debian packages that a step needs and that are missing: scripts/system.sh python|tests
# Root gets them installed; anyone else a line that says what to ask the administrator for.
set -eu

case "$1" in
    python)
        python=${2:-python3}
        if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "Python 3.11 or later is needed; $python is $("$python" --version)." >&2
            exit 1
        fi
        if "$python" -c 'import ensurepip, venv' 2>/dev/null; then exit 0; fi
        wanted=python3-venv
        ;;
    tests)
        wanted="postgresql chromium libatomic1 fonts-dejavu-core fonts-noto-core"
        ;;
    *)
        echo "usage: scripts/system.sh python|tests" >&2
        exit 2
        ;;
esac

if ! command -v apt-get >/dev/null; then
    echo "This is no Debian. Make sure that the counterparts of these packages are installed: $wanted" >&2
    exit 0
fi

missing=
for package in $wanted; do
    if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
        missing="$missing $package"
    fi
done
if [ -z "$missing" ]; then exit 0; fi

if [ "$(id -u)" != 0 ]; then
    echo "Debian packages are missing. An administrator installs them with: apt-get install$missing" >&2
    exit 1
fi

echo "Installing Debian packages:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Debian would make a cluster and start it; the tests bring their own.
clusters=/etc/postgresql-common/createcluster.conf
if [ ! -e "$clusters" ]; then
    mkdir -p "${clusters%/*}"
    echo "create_main_cluster = false" >"$clusters"
    trap 'rm -f "$log"; cp /usr/share/postgresql-common/createcluster.conf "$clusters" 2>/dev/null || rm -f "$clusters"' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
if ! { apt-get update -q && apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    exit 1
fi
