# Everything a developer does. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help setup run test dated soak pythons check bench fuzz vitals migration lock audit clean
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
SECONDS ?= 60
# Where it is set, each of the many processes of the tests compiles again what it imports.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

setup:
	@$(PYTHON) tools/bootstrap.py --dev

run: ## set up, build and serve the demonstration on http://localhost:8000 (PORT=8001 for another)
	@$(PYTHON) tools/bootstrap.py
	@exec env PASSAVANT_DEMO=1 $(BIN)/passavant demonstrate --port $(PORT) --parent $$PPID

test: setup ## every test: unit, both databases, real browser (CLOCK=2026-12-31T23:58+01:00 to begin then)
	@$(BIN)/python -m pytest -n auto --dist loadfile $(if $(CLOCK),--clock $(CLOCK))

dated: setup ## all that depends on the day and the hour, at each of three instants
	@$(BIN)/python -m pytest -n auto --dist loadfile -m soak tests/test_other_clocks.py

soak: setup ## the races and kills of `make test` in their full length, one after the other: an hour or less
	@$(BIN)/python -m pytest -m soak --timeout 3600

pythons: ## a newcomer's start and the quick tests, on each supported Python that this machine has
	@$(PYTHON) tools/pythons.py

check: setup ## formatting, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: ## the measurements
	@$(PYTHON) tools/bootstrap.py --dev --bench
	@$(BIN)/python -m bench

vitals: setup ## the first visit of each page on a slow phone, and Lighthouse, into docs/vitals.md
	@$(BIN)/python -m tools.vitals

fuzz: ## the readers of messages, coverage-guided, a minute each (SECONDS=600 for longer)
	@$(PYTHON) tools/bootstrap.py --dev --fuzz
	@$(BIN)/python -m fuzz --seconds $(SECONDS)

migration: setup ## the next migration, from the tables: make migration NAME=what_changes
	@$(BIN)/python tools/migration.py $(NAME)

lock: setup ## the locks again, from pyproject.toml and what the pages import (KEEP=1: no newer versions)
	@$(BIN)/python tools/lock.py $(if $(KEEP),--keep)

audit: setup ## the locks against known vulnerabilities: make audit FILES="osv-pypi.zip osv-npm.zip"
	@$(BIN)/python -m tools.audit $(FILES)

clean: ## remove what can be made again (the data folder stays)
	rm -rf .venv .web .states build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
