# The two commands that matter: `make site` and `make test`. Each does all the set-up from nothing;
# they need Python 3.11 or newer and make.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: site publish test lint types bench lock clean

site: $(VENV)/site.stamp
	$(RUN)/clinicpress build

publish: $(VENV)/site.stamp
	$(RUN)/clinicpress build --publish

test: $(VENV)/test.stamp lint types
	$(RUN)/python tests/browser.py
	$(RUN)/python -m pytest -n auto --cov --cov-report=term:skip-covered --cov-fail-under=95

lint: $(VENV)/test.stamp
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .

types: $(VENV)/test.stamp
	$(RUN)/mypy

bench: $(VENV)/test.stamp
	$(RUN)/python bench/way.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25"

$(VENV)/site.stamp: $(VENV)/bin/python requirements.lock pyproject.toml
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp requirements-dev.lock
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Needs uv. Run it to take newer versions, then `make test`.
lock:
	uv pip compile --universal --generate-hashes --upgrade --no-header --no-emit-index-url --python-version 3.11 \
	  pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --upgrade --no-header --no-emit-index-url --python-version 3.11 \
	  --constraint requirements.lock --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) site pdf dist .clinicpress
