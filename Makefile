# `make run` opens the app, `make test` runs every check. Everything lives in .venv.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PORT ?= 8501
export PYTHONPATH := .
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check format lint types layers unit docs bench clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /  /'

.venv/run.stamp: requirements.txt
	@test -n "$(PYTHON)" || { echo "Plumbline needs Python 3.11 or newer; none was found on this machine."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python could not make an environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: .venv/run.stamp ## install what is missing and open the app
	$(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT)

test: check ## everything: format, lint, types, layers, and all tests

check: .venv/dev.stamp
	@sh .ci/system-packages
	$(MAKE) --no-print-directory format lint types layers unit

format: .venv/dev.stamp ## is the code formatted
	$(BIN)/ruff format --check .

lint: .venv/dev.stamp ## lint
	$(BIN)/ruff check .

types: .venv/dev.stamp ## strict types
	$(BIN)/mypy

layers: .venv/dev.stamp ## dependencies point down
	$(BIN)/lint-imports

unit: .venv/dev.stamp ## unit, property, page, browser and PostgreSQL tests
	@. ./.ci/what-is-missing; $(BIN)/python -m pytest -n 3

docs: .venv/dev.stamp ## write the pages that are generated from the code
	$(BIN)/python -m core.glossary
	$(BIN)/python -m core.imports.catalogue
	$(BIN)/python -m core.sample.truths

bench: .venv/dev.stamp ## measure (ratios within one run; never part of the tests)
	$(BIN)/python -m bench

clean: ## remove the environment, keep the data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
