PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH_PAPERS ?= 10000
BENCH_SIZES ?= 10000 100000 1000000
# Many tests wait for a terminal or another process: three for each core.
TEST_PROCESSES ?= $(shell $(PYTHON) -c 'import os; print(3 * (os.cpu_count() or 1))')
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
# The tests start the program a few hundred times: what is compiled is kept.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test lint format bench bench-plot pictures contact-sheet tour build clean

run: $(VENV)/.run ## open the program
	$(BIN)/reader $(ARGS)

test: $(VENV)/.dev ## run all tests
	$(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist worksteal $(ARGS)

lint: $(VENV)/.dev ## check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## put the code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## measure import, start-up, keys, searches, changes and rest
	$(BIN)/python -m benchmarks --papers $(BENCH_PAPERS) --save build/bench/$(BENCH_PAPERS).json $(ARGS)

bench-plot: $(VENV)/.dev ## measure at BENCH_SIZES and draw the growth: docs/growth.svg
	$(BIN)/python -m pip install --quiet -e '.[plot]'
	for size in $(BENCH_SIZES); do $(MAKE) bench BENCH_PAPERS=$$size || exit 1; done
	$(BIN)/python -m benchmarks.plot docs/growth.svg $(BENCH_SIZES:%=build/bench/%.json)

pictures: $(VENV)/.dev ## draw the documents' pictures from the real screen
	$(BIN)/python -m docs.picture

contact-sheet: $(VENV)/.dev ## draw every screen in four themes at three sizes: build/contact-sheet.html
	$(BIN)/python -m docs.contact_sheet

tour: $(VENV)/.dev ## record the tour in a real terminal: docs/tour.cast
	$(BIN)/python -m docs.tour

build: $(VENV)/.dev ## make the wheel and the source distribution
	$(BIN)/python -m build

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist .hypothesis .pytest_cache .ruff_cache .mypy_cache .import_linter_cache

$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -e .
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $@ $(VENV)/.run
