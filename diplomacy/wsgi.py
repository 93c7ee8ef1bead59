"""The server's entry point: gunicorn diplomacy.wsgi. A bad configuration stops it before it serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")

try:
    application = get_wsgi_application()
    call_command("check")
except (ImproperlyConfigured, SystemCheckError) as error:
    sys.exit(f"Configuration: {error}")
