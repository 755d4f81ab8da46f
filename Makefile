# Two commands: `make digest` prints the digest of the example article, `make test` runs all tests.
# Both set up what they need (environment, model weights) and are quick the second time.

PYTHON ?= python3
ARTICLE ?= examples/three-communities.txt
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: digest test check format model clean

digest: model
	@$(BIN)/summarize digest $(ARTICLE)

test: model
	@$(BIN)/python -m pytest --cov --cov-report=term

check: $(INSTALLED)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(INSTALLED)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

model: $(INSTALLED)
	@$(BIN)/summarize models pull --prepare

$(INSTALLED): pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (some minutes the first time) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e '.[dev]'
	@touch $(INSTALLED)

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage
