# Deux commandes suffisent : « make run » et « make test ».

PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
EXECUTION := $(VENV)/.execution
DEVELOPPEMENT := $(VENV)/.developpement

export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: run test lint bench docs

run: $(EXECUTION)
	$(BIN)/pilotage executer --config data/sample/pilotage.toml

test: $(DEVELOPPEMENT)
	$(BIN)/python -m pytest

lint: $(DEVELOPPEMENT)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 0 sql
	@# pandera's option that drops rows in silence: forbidden
	@! grep -rn --include='*.py' 'drop_invalid''_rows' pipelines contracts

bench: $(DEVELOPPEMENT)
	$(BIN)/python -m benchmarks $(BENCH)

docs: $(DEVELOPPEMENT)
	$(BIN)/python -m pipelines.documentation

# The environment follows the lock files: versions and hashes are fixed there.
# A machine prepared for development already has all that a run needs.
$(EXECUTION): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Il faut Python 3.11 ou plus récent."; exit 1; }
	@echo "Préparation de l'environnement Python (une seule fois, quelques minutes)…"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPPEMENT): requirements-dev.lock $(EXECUTION)
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
