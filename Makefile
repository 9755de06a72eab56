# Everything sets itself up in .venv on first use: uv where it is installed, else pip.
# No make? The README has the two lines of pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data/demo
OUT ?= reports/latest

# Tests and reports start hundreds of programs: what is imported is compiled once.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help report lab test test-all lint format lessons catalogue demo benchmarks oracles locks clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

report: $(VENV)/.ready ## the report on the demonstration company, or DATA=my_portfolio
	@$(BIN)/kamlab report --data $(DATA) --out $(OUT)

lab: $(VENV)/.ready ## JupyterLab with the lessons
	@$(BIN)/jupyter lab --notebook-dir=. notebooks/00_orientation.ipynb

test: $(VENV)/.ready-dev oracles lint ## all tests but the slow ones
	@$(BIN)/python -m pytest -q -n 2 --dist loadscope -p no:nbval -m "not slow"

test-all: $(VENV)/.ready-dev oracles lint ## the slow ones too: many seeds, Spark (needs Java)
	@$(call INSTALL,-r requirements-spark.txt)
	@KAMLAB_EXAMPLES=100 $(BIN)/python -m pytest -q -n 2 --dist loadscope -p no:nbval

lint: $(VENV)/.ready-dev ## layout and common mistakes
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: $(VENV)/.ready-dev ## put the layout right
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

lessons: $(VENV)/.ready-dev ## build the notebooks from notebooks/src
	@$(BIN)/kamlab course build

demo: $(VENV)/.ready ## make the demonstration company again
	@$(BIN)/kamlab demo --out data/demo --replace

benchmarks: $(VENV)/.ready-dev oracles ## measure against the peers, into benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

# Data files of a wheel that cannot be installed beside the lock; without a network the
# tests that want them are skipped and listed.
oracles: $(VENV)/.ready-dev
	@test -d .oracles/lifetimes || $(call INSTALL,--no-deps --target .oracles --require-hashes -r requirements-oracles.txt) \
	  || echo "could not fetch the published data sets; their tests will be skipped"

catalogue: $(VENV)/.ready-dev ## bring the Chinese words up to date, and compile them
	@$(BIN)/pybabel -q extract -F babel.cfg --no-default-keywords -k _ -k plural:1,2 -k translatable -k Filler:4 --add-location=file --sort-output --omit-header -w 88 -o $(VENV)/kamlab.pot .
	@$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 88 -i $(VENV)/kamlab.pot -d kamlab/locale -D kamlab -l zh
	@$(BIN)/pybabel -q compile -d kamlab/locale -D kamlab

locks: ## write both lock files again (needs uv)
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --group build --extra dev pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and the report on the demonstration company
	rm -rf $(VENV) .oracles reports/latest .pytest_cache .ruff_cache

# --- the environment ----------------------------------------------------------------

# Installs into .venv with whichever installer is there.
INSTALL = if command -v uv >/dev/null 2>&1; then uv pip install -q --python $(BIN)/python $(1); \
	else $(BIN)/python -m pip install -q --disable-pip-version-check $(1); fi

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(MAKE) -s $(VENV)/.installed LOCK=requirements.lock
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock pyproject.toml
	@$(MAKE) -s $(VENV)/.installed LOCK=requirements-dev.lock
	@touch $(VENV)/.ready $@

.PHONY: $(VENV)/.installed
$(VENV)/.installed:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "kamlab needs Python 3.11 or newer, and '$(PYTHON)' is not on this machine."; \
	  echo "Install it, or say where it is: make report PYTHON=/path/to/python3"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "kamlab needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)."; \
	  echo "Say where a newer one is: make report PYTHON=/path/to/python3"; exit 2; }
	@echo "Setting up $(VENV) from $(LOCK) (once; a minute or two) ..." >&2
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv -q --allow-existing --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV); \
	else \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "This Python cannot make virtual environments: its venv module is missing."; \
	    echo "On Debian or Ubuntu: sudo apt install python3-venv. Then run make again."; exit 2; }; \
	  $(PYTHON) -m venv $(VENV); \
	fi
	@$(call INSTALL,--require-hashes -r $(LOCK))
	@$(call INSTALL,--no-deps --no-build-isolation -e .)
