#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def main() -> None:
    """Run one command; a bad setting or a silent database is one plain line, with --traceback the whole story."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Configuration: {error}")
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The database of DATABASE_URL does not answer as it should: {error}")


if __name__ == "__main__":
    main()
