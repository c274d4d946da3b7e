# Everything that a person or a build server does with this house. `make` alone lists it.
# Needs: Python 3.11 or newer, and make. Nothing is installed outside .venv, but for the Chromium of `make browser`.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
READY_TO_RUN := $(VENV)/.ready-to-run
READY_TO_BUILD := $(VENV)/.ready-to-build
READY_TO_MEASURE := $(VENV)/.ready-to-measure
WORKERS ?= auto

# What one process has compiled, the next one need not compile again, whatever the machine says about it.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-once test endure check lint types contracts templates docs pictures screenshots messages format bench lock clean browser sbom licences

help:  ## list what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

setup: $(READY_TO_BUILD)  ## make .venv with everything that developing needs

demo: $(READY_TO_RUN)  ## let the sample world run through, then serve portal and worker until Ctrl-C
	$(BIN)/vermittlerpost demo

demo-once: $(READY_TO_RUN)  ## let the sample world run through, print the report, end
	$(BIN)/vermittlerpost demo --once

check: $(READY_TO_BUILD)  ## everything that must be green before a change goes in
	$(MAKE) --no-print-directory --jobs=2 lint types contracts docs
	$(MAKE) --no-print-directory test

lint: $(READY_TO_BUILD) templates  ## style of code and templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check

templates: $(READY_TO_BUILD)
	@if find src -type d -name templates | grep -q .; then $(BIN)/djlint src --check --lint --quiet; fi

types: $(READY_TO_BUILD)  ## mypy, strict
	$(BIN)/mypy

contracts: $(READY_TO_BUILD)  ## who may import whom
	$(BIN)/lint-imports

docs: $(READY_TO_BUILD)  ## build the documentation into docs/_build; a warning is an error
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going docs docs/_build

screenshots: $(READY_TO_BUILD)  ## photograph the running demo for the documentation
	$(BIN)/python tools/screenshots.py

messages: $(READY_TO_BUILD)  ## collect what the portal says into the English catalogue, and compile it
	$(BIN)/python tools/messages.py

pictures: $(READY_TO_BUILD) demo-once  ## draw the pictures of the documentation from the demo's letters
	$(BIN)/python tools/pictures.py

test: $(READY_TO_BUILD) browser  ## the test suite, in parallel (WORKERS=0: in one process)
	$(BIN)/pytest --numprocesses=$(WORKERS) --dist=loadgroup

endure: $(READY_TO_BUILD)  ## the tests that kill and cut, twenty times in a row; ends at the first failure
	@for pass in $$(seq 20); do echo "Pass $$pass of 20"; \
		$(BIN)/pytest tests/faults --quiet --numprocesses=$(WORKERS) --dist=loadgroup || exit 1; done

sbom: $(READY_TO_BUILD)  ## write down what is shipped: build/sbom.cdx.json (CycloneDX)
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements/extras.txt --pyproject pyproject.toml --output-reproducible --of JSON --output-file build/sbom.cdx.json

licences: $(READY_TO_BUILD)  ## list what runs and its licences; GPL and AGPL are refused
	$(BIN)/python tools/licences.py

format: $(READY_TO_BUILD)  ## let ruff repair what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY_TO_MEASURE)  ## measure against peers and raw limits; prints goal and verdict
	$(BIN)/python -m benchmarks

lock: | $(BIN)/python  ## write requirements/ anew from pyproject.toml (needs uv)
	PYTHON=$(BIN)/python tools/lock.sh

clean:  ## remove what can be made again; var/ with its data stays
	rm -rf $(VENV) build dist docs/_build docs/_generated src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -prune -exec rm -rf {} +

# Debian's Chromium, for the tests that look at pages, without its window where that is to be had; where neither is,
# the tests are skipped, aloud.
browser:
	@if ! command -v chromium-headless-shell >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo 'Installing chromium-headless-shell, which the tests look at the pages with …'; \
			install='apt-get install --yes --no-install-recommends'; export DEBIAN_FRONTEND=noninteractive; \
			(apt-get update && ($$install chromium-headless-shell || command -v chromium || $$install chromium)) >/dev/null 2>&1 \
				|| command -v chromium || command -v chromium-browser \
				|| echo 'chromium could not be installed: tests in a browser will be skipped.' >&2; \
		elif ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then \
			echo 'There is no chromium: tests in a browser will be skipped.' >&2; fi; fi

# The first interpreter that is new enough and can make environments.
$(BIN)/python:
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
		if "$$python" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then exec "$$python" -m venv $(VENV); fi; \
	done; \
	echo 'No Python 3.11 or newer with venv was found. Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python' >&2; \
	exit 1

# What runs needs neither tests nor tools. `build.txt` holds setuptools, so that even that is checked by its hash.
$(READY_TO_RUN): requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_TO_BUILD): requirements/dev.txt $(READY_TO_RUN)
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(READY_TO_MEASURE): requirements/bench.txt $(READY_TO_BUILD)
	$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@
