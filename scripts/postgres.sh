#!/bin/bash
# Run a command with a throw-away PostgreSQL in DATABASE_URL: scripts/postgres.sh COMMAND...
# Works for root (as the user postgres) and for anyone else; leaves no process and no file behind.
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
as_owner=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as_owner=(setpriv --reuid postgres --regid postgres --init-groups)
fi
as_server() { cd "$folder" && exec "${as_owner[@]}" "$binaries/$1" -D "$folder/data" "${@:2}"; }

server=
clean_up() {
    if [ -n "$server" ]; then
        kill -QUIT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

(as_server initdb -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync) >"$folder/log" 2>&1 </dev/null ||
    { cat "$folder/log" >&2; exit 1; }

# In process groups of their own: Ctrl-C ends the command first, and the server after it.
set -m
(as_server postgres -k "$folder" -h '' -c fsync=off -c synchronous_commit=off -c full_page_writes=off) \
    >"$folder/log" 2>&1 </dev/null &
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
