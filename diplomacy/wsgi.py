"""The server's entry point, as in: gunicorn diplomacy.wsgi. A bad configuration stops it before it serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, SystemCheckError
from django.core.wsgi import get_wsgi_application

GUNICORN_GIVE_UP = 3  # with this status of a worker gunicorn stops, instead of starting the next one

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
os.environ["STATEMENT_TIMEOUT"] = os.environ.get("STATEMENT_TIMEOUT") or "5"

try:
    application = get_wsgi_application()
    BaseCommand().check()

    from diplomacy.checks import uncollected_static_files

    if problem := uncollected_static_files():
        raise ImproperlyConfigured(problem)
except (ImproperlyConfigured, SystemCheckError) as error:
    sys.stderr.write(f"Configuration: {error}\n")
    sys.exit(GUNICORN_GIVE_UP)
