#!/bin/bash
# Run a command with a throw-away PostgreSQL in DATABASE_URL: scripts/postgres.sh COMMAND...
# Works for root (as the user postgres) and for anyone else; leaves no process and no file behind.
# POSTGRES_DATA=FOLDER keeps the data there; POSTGRES_SETTINGS="name=value ..." are instead of those for throw-away data.
set -euo pipefail

binaries=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
if [ ! -x "$binaries/initdb" ]; then
    binaries=$(dirname "$(command -v initdb || echo /missing/initdb)")
fi
if [ ! -x "$binaries/initdb" ]; then
    echo "PostgreSQL is not installed. An administrator installs it with: apt-get install postgresql" >&2
    exit 1
fi

folder=$(mktemp -d)
data=${POSTGRES_DATA:-$folder/data}
mkdir -p "$data"
as_owner=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder" "$data"
    as_owner=(setpriv --reuid postgres --regid postgres --init-groups)
fi
as_server() { cd "$folder" && exec "${as_owner[@]}" "$binaries/$1" -D "$data" "${@:2}"; }

settings=()
# No statement of a test takes minutes: one that is planned badly fails instead of holding up everything.
for setting in ${POSTGRES_SETTINGS:-fsync=off synchronous_commit=off full_page_writes=off statement_timeout=300s}; do
    settings+=(-c "$setting")
done

server=
clean_up() {
    if [ -n "$server" ]; then
        # INT writes everything down first; data that are thrown away need not be.
        if [ -n "${POSTGRES_DATA:-}" ]; then signal=INT; else signal=QUIT; fi
        kill "-$signal" "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [ ! -e "$data/PG_VERSION" ]; then
    (as_server initdb -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync) >"$folder/log" 2>&1 </dev/null ||
        { cat "$folder/log" >&2; exit 1; }
fi

# In process groups of their own: Ctrl-C ends the command first, and the server after it.
set -m
(as_server postgres -k "$folder" -h '' "${settings[@]}") >"$folder/log" 2>&1 </dev/null &
server=$!
until "$binaries/pg_isready" -q -h "$folder"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
done

export DATABASE_URL="postgres://postgres@${folder//\//%2F}/postgres"
"$@" &
command=$!
set +m
trap 'kill -INT -- "-$command" 2>/dev/null || true' INT
trap 'kill -TERM -- "-$command" 2>/dev/null || true' TERM HUP

status=0
wait "$command" || status=$?
while kill -0 "$command" 2>/dev/null; do
    status=0
    wait "$command" || status=$?
done
exit "$status"
