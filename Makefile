# make lab   opens the course in JupyterLab          make test   runs every test
# Both install what they need into .venv first, with the tested versions of constraints.txt.
# On Linux, PyTorch from PyPI is the large CUDA build; the README says how to take the CPU build.
PYTHON ?= python3
PIP_ARGS ?=
CONSTRAINTS ?= constraints.txt
VERSIONS := $(strip $(CONSTRAINTS))
VENV := .venv
ifeq ($(OS),Windows_NT)
  BIN := $(VENV)/Scripts
else
  BIN := $(VENV)/bin
endif
STAMP := $(VENV)/.installed

.PHONY: lab test build install clean

lab: install
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" notebooks/00-start-here.ipynb

test: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/course build --check
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not browser" --nbval tests notebooks solutions
	$(BIN)/python -m pytest -m browser tests/browser

build: install
	$(BIN)/course build

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet $(if $(VERSIONS),-c $(VERSIONS)) $(PIP_ARGS) -e ".[dev]"
	$(BIN)/python -c "open('$(STAMP)', 'w').close()"

clean:
	$(PYTHON) -c "import shutil; shutil.rmtree('$(VENV)', ignore_errors=True)"
