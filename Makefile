# Every target prepares what it needs: .venv from requirements.lock, Chromium for the tests of the page.
# On a fresh Debian or Ubuntu: sudo apt install python3 python3-venv python3-pip make git

VENV := .venv
INSTALLED := $(VENV)/.installed
PYTHON := $(VENV)/bin/python
PARTS := bot handlers storage tests

.DEFAULT_GOAL := help
.PHONY: help venv demo run test lint format bench faults lock clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

venv: $(INSTALLED)  ## only install the program into .venv

demo: $(INSTALLED)  ## the real bot with a page of phones: no token, nothing leaves this machine
	@$(PYTHON) -m bot demo

run: $(INSTALLED)  ## the bot, with the settings of .env
	@$(PYTHON) -m bot run

test: $(INSTALLED)  ## every test; installs Chromium if there is none
	@chromium=$$(.ci/chromium $(PYTHON)) && CHROMIUM="$$chromium" \
	    $(PYTHON) -m pytest -n auto --maxprocesses 4 --dist loadfile $(PYTEST_ARGS)

lint: $(INSTALLED)  ## style, types, import contracts
	@$(PYTHON) -W error -m compileall -q -f $(PARTS)
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy --strict
	@$(VENV)/bin/lint-imports

format: $(INSTALLED)  ## let ruff put the code in order
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench: $(INSTALLED)  ## measure; the figures go into README.md
	@$(PYTHON) -m tests.bench

faults: $(INSTALLED)  ## kill and fault tests at full length
	@$(PYTHON) -m tests.faults

lock: $(INSTALLED)  ## pin the newest versions that pyproject.toml allows
	@$(PYTHON) -m pip --disable-pip-version-check install --quiet uv
	@$(PYTHON) -m uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-annotate \
	    --no-header --group dev pyproject.toml -o requirements.lock

clean:  ## forget .venv and everything built (data/ and .env stay)
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PARTS) -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock
	@.ci/venv $(VENV)
	@touch $@
