"""Serves the naive version: gunicorn benchmarks.naive.wsgi"""

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
django.setup(set_prefix=False)


class Request(WSGIRequest):
    urlconf = "benchmarks.naive.views"


class Handler(WSGIHandler):
    request_class = Request


application = Handler()
