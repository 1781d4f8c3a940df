# make lab     opens the course in JupyterLab
# make lint    style, types, import contracts
# make quick   lint, and the tests that take neither a kernel nor a browser: under a minute
# make test    everything: also each notebook with its outputs compared, and JupyterLab in Chromium
# make replay  stored outputs and pictures once more, as a processor without AVX-512 computes them
# Each installs what it needs into .venv first, with the tested versions of constraints.txt.
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
# Copied on installation, also on an editable one: a change of these is installed anew.
LAB := $(wildcard course_utils/lab/labextensions/*/*.json course_utils/lab/labextensions/*/static/*)

# A test run starts some 200 Python processes: where nothing compiled is kept, each compiles anew.
unexport PYTHONDONTWRITEBYTECODE

# Workers as many as processors, up to four; each that meets a browser test starts a JupyterLab.
# The tests of one file, and the cells of one notebook, stay on one worker: they share a kernel.
# Taken in order, the long files (browser) come early and the short ones last.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadscope \
	--no-loadscope-reorder --durations 15

.PHONY: lab lint quick test together replay build install clean

lab: install
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" notebooks/00-start-here.ipynb

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

quick: lint
	$(PYTEST) -m "not slow and not browser" tests

# Style and types keep one processor busy for half a minute, so the tests begin beside them. What
# measures time runs at the end, with nothing beside it; all of it is done in the browser, and to
# collect every test takes as long as to run these (`conftest.py` refuses one elsewhere).
test: install
	$(MAKE) --jobs=2 lint together
	$(BIN)/python -m pytest -m alone tests/browser

together: install
	$(PYTEST) -m "not alone" --nbval tests notebooks solutions

# Sums are rounded otherwise where more numbers are added at once; what chaos makes of that shows.
replay: install
	ATEN_CPU_CAPABILITY=avx2 MKL_ENABLE_INSTRUCTIONS=AVX2 ONEDNN_MAX_CPU_ISA=AVX2 \
	OPENBLAS_CORETYPE=Haswell NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL AVX512_SPR" \
	$(PYTEST) --nbval solutions tests/notebooks/test_pictures.py

build: install
	$(BIN)/course build

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt $(LAB)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet $(if $(VERSIONS),-c $(VERSIONS)) $(PIP_ARGS) -e ".[dev]"
	$(BIN)/python -c "open('$(STAMP)', 'w').close()"

clean:
	$(PYTHON) -c "import shutil; shutil.rmtree('$(VENV)', ignore_errors=True)"
