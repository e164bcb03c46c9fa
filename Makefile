# Every target does its own set-up; see requirements/setup.sh. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test test-postgres bench house format lint requirements
export PYTHON
# What Deno compiles stays in the project, and it asks nobody for a newer one.
export DENO_DIR := var/deno
export DENO_NO_UPDATE_CHECK := 1

PY := .venv/bin/python
MANAGE := $(PY) manage.py
# Three processes keep two cores busy, as a browser is often waited for; `make test PYTEST_ARGS=tests/web/test_pages.py` runs one file.
PYTEST_ARGS ?= -n 3 --dist worksteal

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: ## start Waymark with its model and a small demo; Ctrl-C stops it
	@sh requirements/setup.sh base run
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable --verbosity 0
	@$(MANAGE) load_model fixtures/social-engagement-journey.json
	@$(MANAGE) seed_demo
	@exec $(MANAGE) serve

test: lint ## run every check and test, in the browser too
	env -u DATABASE_URL $(PY) -m pytest $(PYTEST_ARGS)

format: ## format Python and templates
	@sh requirements/setup.sh dev
	$(PY) -m ruff format .
	.venv/bin/djangofmt .

lint: ## check format, lint and types of Python, templates and scripts; migrations
	@sh requirements/setup.sh dev run test
	$(PY) -m ruff format --check .
	.venv/bin/djangofmt --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/deno lint --quiet static/js
	.venv/bin/deno check --quiet static/js
	env -u DATABASE_URL $(MANAGE) makemigrations --check --dry-run

test-postgres: ## run every test that opens a database on a PostgreSQL of its own
	@sh requirements/setup.sh dev run test postgres
	bash .ci/with-postgres $(PY) -m pytest $(PYTEST_ARGS)

bench: ## measure what docs/reference/benchmarks.md promises
	@sh requirements/setup.sh dev run
	@env -u DATABASE_URL $(PY) -m tests.bench

house: ## count lines, long modules, import circles and the like
	@sh requirements/setup.sh dev run
	@env -u DATABASE_URL $(PY) -m tests.house

requirements: ## pin the newest packages that requirements/*.in allow (needs uv)
	@for list in base dev; do \
	  (cd requirements && uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	    $$list.in --output-file $$list.txt) || exit 1; \
	done
