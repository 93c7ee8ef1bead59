# The one door. `make` alone lists what it can do.
.DEFAULT_GOAL := help
PYTHON ?= python3
V := .venv/bin
export PIP_CACHE_DIR := $(CURDIR)/.cache/pip
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

.PHONY: setup
setup: $(V)/.runtime ## make .venv and install what the product runs on

$(V)/python:
	$(PYTHON) -m venv .venv

$(V)/.runtime: requirements.txt | $(V)/python
	$(V)/pip install -q --require-hashes -r requirements.txt
	@touch $@

$(V)/.dev: requirements-dev.txt | $(V)/.runtime
	$(V)/pip install -q --require-hashes -r requirements-dev.txt
	@touch $@
