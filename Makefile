# `make demo` and `make test` set up everything by themselves in .venv; they need Python, make and git.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test format lint types imports coverage docs corpus bench fuzz compat checkers clean

help:  ## Show what there is.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

# --- Environments: the linter alone, and on top of it what the checks need --------------------------------------------

.venv/linter: pyproject.toml
	@echo 'Setting up .venv ...'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/demo: .venv/linter
	@echo 'Adding gokart, pytest and what the examples need ...'
	@$(BIN)/python -m pip install --quiet --editable '.[pytest,mypy]' scikit-learn
	@touch $@

.venv/dev: .venv/linter
	@echo 'Adding what the checks and the tests need ...'
	@$(BIN)/python -m pip install --quiet --editable '.[all]' --group dev
	@touch $@

# --- What people run ----------------------------------------------------------------------------------------------------

demo: .venv/demo  ## Lint, test and type-check the two examples: one in good form, one as people first write it; then change a line.
	@echo '$$ gokart-lint check examples/wine             (a pipeline in good form: nothing to report)'
	@$(BIN)/gokart-lint check examples/wine
	@echo
	@echo '$$ gokart-lint check examples/wine_before      (the same pipeline as people first write it: each finding says where, why and what next)'
	@$(BIN)/gokart-lint check examples/wine_before; test $$? -eq 1
	@echo
	@echo '$$ cd examples/wine; pytest                    (its pipeline is found and resolves, beside its own tests)'
	@cd examples/wine && ../../$(BIN)/python -m pytest -q -p no:cacheprovider -W ignore
	@echo
	@echo '$$ cd examples/wine_before; pytest             (it has no tests: its pipeline is found, and does not resolve)'
	@cd examples/wine_before && ../../$(BIN)/python -m pytest -q -p no:cacheprovider -W ignore; test $$? -eq 1
	@echo
	@echo '$$ cd examples/wine; mypy wine main.py         (with the plugin: its wiring is right, under --strict)'
	@cd examples/wine && ../../$(BIN)/python -m mypy wine main.py
	@echo
	@echo '$$ cd examples/wine_before; mypy wine_before   (with the plugin: what the types of its wiring say)'
	@cd examples/wine_before && ../../$(BIN)/python -m mypy wine_before; test $$? -eq 1
	@echo
	@sh examples/stale_demo.sh $(BIN)/gokart-lint

test: lint types imports  ## Run every check: format, lint, types, import contracts, tests.
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --cov --cov-report=term

format: .venv/dev  ## Format, and mend what ruff can mend.
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lint: .venv/dev  ## Check format and lint.
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: .venv/dev  ## Check types.
	$(BIN)/mypy
	cd examples/wine && ../../$(BIN)/mypy wine main.py tests

imports: .venv/dev  ## Check who imports whom.
	$(BIN)/lint-imports

coverage: .venv/dev  ## Run the tests and show each line that none reached.
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --cov --cov-report=term-missing --cov-report=html

docs: .venv/linter  ## Write docs/rules from the rules.
	$(BIN)/python docs/make_rules.py

corpus: .venv/dev  ## Download real gokart code to lint into .corpus.
	$(BIN)/python -m benchmarks.corpus

.venv-bench/peers: benchmarks/requirements.txt
	@echo 'Setting up .venv-bench with the linters to compare with ...'
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

bench: .venv/dev .venv-bench/peers  ## Measure speed against other linters.
	$(BIN)/python -m benchmarks.lint
	$(BIN)/python -m benchmarks.resolve
	$(BIN)/python -m benchmarks.pytest_startup
	$(BIN)/python -m benchmarks.stale
	$(BIN)/python -m benchmarks.mypy

fuzz: .venv/dev corpus  ## Try to break the reader, the fixes and what is written to the disk: slow.
	$(BIN)/python -m benchmarks.fuzz
	$(BIN)/python -m benchmarks.fixes
	$(BIN)/python -m benchmarks.killing
	$(BIN)/python -m benchmarks.editing
	$(BIN)/python -m benchmarks.editing .corpus/redshells-* .corpus/gokart-[0-9]*

compat: .venv/dev  ## Try old and new versions of what we stand on: slow, in .venv-compat.
	$(BIN)/python -m compatibility.matrix

checkers: .venv/dev  ## Measure what each type checker sees of gokart, and write it into docs/type-checkers.
	$(BIN)/python -m compatibility.conformance

clean:  ## Remove everything that is made.
	rm -rf .venv .venv-bench .venv-compat .corpus .site-packages .coverage .coverage.* htmlcov dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .gokart-lint-cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
