# The one door: `make` alone lists what it does.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
MEETINGS ?= 100000
SEED ?= 1
DATABASES ?= sqlite postgres
REUSE ?=
PEERS ?=

RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
PYTEST := $(RUN) -m pytest
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" .cache/lock/bin/python -m piptools compile --quiet --upgrade --allow-unsafe \
	--generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

export PIP_CACHE_DIR := $(CURDIR)/.cache/pip
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A stamp carries the checksum of what it stands for, so a changed file installs again and a touched one does not.
stamp = .venv/.$(1)-$(shell sha256sum $(2) | cut -c 1-16)
RUNTIME := $(call stamp,runtime,requirements.txt)
DEV := $(call stamp,dev,requirements-dev.txt)
SYSTEM := $(call stamp,system,scripts/system.sh)

.PHONY: help run setup fixtures admin test bench lint lock vendor clean

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 16

run: $(RUNTIME) | var ## set up, load the article's meetings into an empty database, and serve on PORT (8000)
	@$(RUN) scripts/port.py '$(PORT)'
	@$(MAKE) --no-print-directory setup
	@echo "Serving on http://127.0.0.1:$(PORT)/ (Ctrl-C stops)"
	@exec $(RUN) -m gunicorn -c deploy/gunicorn.conf.py --bind 127.0.0.1:$(PORT) diplomacy.wsgi

# Browser libraries never change under the same name, so what they are compressed to cannot be stale.
setup: $(RUNTIME) | var ## the same without serving: install, make the database, load the article's meetings
	@$(RUN) -m whitenoise.compress --quiet static/vendor
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed

fixtures: $(RUNTIME) | var ## load fixtures/ again, over what an editor changed in them
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed --reload

admin: $(RUNTIME) | var ## make an account for the admin
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createsuperuser

# Of pytest's statuses, 5 says that ARGS choose no test of this part.
test: $(DEV) $(SYSTEM) | var ## test on SQLite, on PostgreSQL and in Chromium; ARGS="-k dates" chooses
	@echo "== Tests on SQLite"
	@DATABASE_URL=sqlite://:memory: $(PYTEST) -m "not browser" $(ARGS) $(if $(ARGS),|| [ $$? = 5 ])
	@echo "== Tests on PostgreSQL"
	@scripts/postgres.sh $(PYTEST) -m "not browser" $(ARGS) $(if $(ARGS),|| [ $$? = 5 ])
	@echo "== Tests in Chromium"
	@DATABASE_URL=sqlite://:memory: $(PYTEST) -m browser $(ARGS) $(if $(ARGS),|| [ $$? = 5 ])

bench: $(DEV) $(SYSTEM) | var ## measure with MEETINGS (100000) on DATABASES (both); REUSE=1, PEERS=1: benchmarks/README.md
	@$(RUN) -m benchmarks.bench --meetings $(MEETINGS) --seed $(SEED) --databases "$(DATABASES)" \
		$(if $(REUSE),--reuse) $(if $(PEERS),--peers)

lint: export DATABASE_URL := sqlite://:memory:
lint: $(DEV) | var ## check style, types, templates and migrations
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check --quiet
	$(RUN) -m djlint templates --check --lint --quiet
	$(RUN) -m mypy
	$(MANAGE) makemigrations --check --dry-run
	@! command -v shellcheck >/dev/null || shellcheck scripts/*.sh .ci/run

# With Debian's own Python: a newer one would pick packages that refuse to run on it.
lock: ## pin the newest versions that pyproject.toml allows
	/usr/bin/python3 -m venv --clear .cache/lock
	.cache/lock/bin/python -m pip install --quiet pip-tools
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --output-file requirements-dev.txt pyproject.toml

vendor: $(DEV) ## copy the browser libraries of scripts/vendor.py again (needs npm)
	$(RUN) scripts/vendor.py

clean: ## remove .venv and caches; the database in var/ stays
	rm -rf .venv .cache

var:
	@mkdir -p var

.venv/.made:
	@scripts/system.sh python $(PYTHON)
	@$(PYTHON) -m venv --clear .venv
	@touch $@

$(RUNTIME): | .venv/.made
	@echo "Installing what the product runs on"
	@$(RUN) -m pip install --quiet --require-hashes -r requirements.txt
	@rm -f .venv/.runtime-* && touch $@

$(DEV): | .venv/.made
	@echo "Installing what tests and checks need"
	@$(RUN) -m pip install --quiet --require-hashes -r requirements-dev.txt
	@rm -f .venv/.dev-* && touch $@

$(SYSTEM): | .venv/.made
	@scripts/system.sh tests
	@rm -f .venv/.system-* && touch $@
