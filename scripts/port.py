"""Say in plain words when a port is no port, or taken: python3 scripts/port.py 8000. Exit status 1 then."""

import socket
import sys


def problem(port: str) -> str | None:
    """Why nothing can be served on this port of 127.0.0.1, or None."""
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        return f"PORT={port} is no port: write a number from 1 to 65535, as in make run PORT=8080."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            return f"PORT={port} is reserved for the administrator: choose another, as in make run PORT=8080."
        except OSError:
            return f"PORT={port} is in use by another program: choose another, as in make run PORT=8080."
    return None


if __name__ == "__main__":
    sys.exit(problem(sys.argv[1]))
