# One command for each thing one does with this repository; `make` alone lists them.
#
# Needs Python 3.11 or later with pip, git and make. Uses uv where it is there (`make UV= ...` does without).
# Everything is installed into .venv, nothing outside it; `make PYTHON=/path/to/python ...` chooses another Python.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
STORE ?= sqlite:///out/chengbu-2014/year.db
OUT ?= out/chengbu-2014

new_enough = -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	if "$$python" $(new_enough); then echo "$$python"; break; fi; done)
UV ?= $(shell command -v uv 2>/dev/null)
PYTHON := $(PYTHON)
UV := $(UV)

APP := $(VENV)/.installed-app
ALL := $(VENV)/.installed-all
ALL_EXTRAS := test,docs,dev
FLOOR_EXTRAS := test,dev

# ------------------------------------------------------------------ what one does

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: demo
demo: $(APP) ## A whole year of a union's scheme, into OUT (STORE and OUT can be set)
	@mkdir -p $(OUT)
	$(BIN)/mutualaid demo --store $(STORE) --out $(OUT)

.PHONY: test
test: $(ALL) ## All tests
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=

.PHONY: check
check: lint types imports coverage docs wheel ## Everything that must hold before a change lands
	@echo "check: all held"

.PHONY: docs
docs: $(ALL) ## The documentation in both languages, into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file mkdocs.zh.yml
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file mkdocs.en.yml

.PHONY: bench
bench: $(ALL) ## The benchmarks
	@set -e; for bench in benchmarks/*.py; do if [ -e "$$bench" ]; then echo "== $$bench"; $(BIN)/python "$$bench"; fi; done

# -------------------------------------------------------------- the parts of check

.PHONY: lint
lint: $(ALL) ## Ruff: all rules, and the form
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/interrogate --quiet src backends tests

.PHONY: types
types: $(ALL) ## Types, strictly
	$(BIN)/mypy

.PHONY: imports
imports: $(ALL) ## Who may import whom
	$(BIN)/lint-imports --no-logo

.PHONY: coverage
coverage: test ## Tests, then: every branch of domain and rules was taken
	$(BIN)/coverage report --fail-under=100

.PHONY: wheel
wheel: $(ALL) ## Build both distributions, look into them, install the wheel alone
	$(BIN)/python .ci/wheel.py "$(UV)"

# ------------------------------------------------------------------------ long ones

.PHONY: full
full: $(ALL) ## All tests with the long profile
	MUTUALAID_PROFILE=full $(BIN)/python -m pytest -n auto --dist worksteal

.PHONY: mutants
mutants: $(ALL) ## Faults planted in the rules of claims, and how many of them the tests find
	$(BIN)/python .ci/mutants.py $(MUTANTS)

.PHONY: floors
floors: ## All tests with the oldest dependencies that we promise
	$(MAKE) VENV=build/floors build/floors/.installed-floors
	build/floors/bin/python -m pytest -n auto --dist worksteal

.PHONY: format
format: $(ALL) ## Put the code into form
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

.PHONY: clean
clean: ## Remove what the targets made, the environment too
	rm -rf .venv build dist site out .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# ------------------------------------------------------------------ the environment

# Some systems ship Python without ensurepip; then the environment starts without pip.
$(BIN)/python:
	@if [ -z "$(PYTHON)$(UV)" ]; then \
		echo "Python 3.11 or later is needed; name it with: make PYTHON=/path/to/python" >&2; exit 1; fi
	@if [ -n "$(UV)" ]; then "$(UV)" venv --quiet --allow-existing --python "$(or $(PYTHON),3.11)" $(VENV); \
	else "$(PYTHON)" -m venv $(VENV) >/dev/null 2>&1 || "$(PYTHON)" -m venv --without-pip $(VENV); fi

# A system pip that is locked (PEP 668) still installs into another environment or folder.
define install
	@if [ -n "$(UV)" ]; then "$(UV)" pip install --quiet --python $(BIN)/python $(1); else \
		$(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| "$(PYTHON)" -m pip --python $(BIN)/python install --quiet pip \
		|| "$(PYTHON)" -m pip install --quiet pip \
			--target "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); fi
endef

$(APP): pyproject.toml | $(BIN)/python
	$(call install,--editable '.[app]')
	@touch $@

$(ALL): pyproject.toml | $(BIN)/python
	$(call install,--editable '.[$(ALL_EXTRAS)]')
	@touch $@ $(APP)

$(VENV)/.installed-floors: pyproject.toml .ci/floors.py | $(BIN)/python
	$(BIN)/python .ci/floors.py >$(VENV)/floors.txt
	$(call install,--constraint $(VENV)/floors.txt --editable '.[$(FLOOR_EXTRAS)]')
	@touch $@
