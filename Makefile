# make run      serve the journal on http://localhost:8000 (make run PORT=9000 for another port)
# make demo     the same, with a demo person in it
# make test     everything that can run here
# make lint     what .ci/run checks besides the tests
PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
BIN = $(VENV)/bin

.DEFAULT_GOAL := run
.PHONY: run demo test lint format

# A stamp for each list: nothing is installed again until the list changes. A virtual environment without pip (Debian
# without python3-venv leaves one behind) is made anew.
$(VENV)/runtime.stamp: requirements.txt
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/runtime.stamp

run: $(VENV)/runtime.stamp
	$(BIN)/python manage.py serve --port $(PORT)

demo: $(VENV)/runtime.stamp
	$(BIN)/python manage.py serve --port $(PORT) --demo

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --check --quiet
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet
