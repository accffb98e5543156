# What can be done here; `make` alone prints it.  Needs Python 3.11, make and the package registries.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
RUN := $(VENV)/bin/python
FIGURES ?=
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help up demo test bench lint fmt openapi lock clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: $(VENV)/.installed ## Run everything on this machine, in the foreground (Ctrl-C ends it)
	@exec $(RUN) -m deploy.local.up $(ARGS)

demo: $(VENV)/.installed ## Replay Hangzhou's year 2023 and compare its figures (FIGURES=file.json: others)
	@exec $(RUN) -m deploy.demo $(if $(FIGURES),--figures $(FIGURES)) $(ARGS)

test: $(VENV)/.installed ## Run all tests, on a RabbitMQ and a PostgreSQL of their own (ARGS="-k …": some)
	$(RUN) -m pytest -n 2 --dist loadfile $(ARGS)

bench: $(VENV)/.installed ## Measure beside a bare nameko build (ARGS="--only similar": one part)
	@exec $(RUN) -m tests.benchmarks $(ARGS)

lint: $(VENV)/.installed ## Check style, formatting, types and who imports whom
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

fmt: $(VENV)/.installed ## Format the code and mend what ruff can mend
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

openapi: $(VENV)/.installed ## Write docs/openapi.json anew from the routes
	$(RUN) -m gateway.document > docs/openapi.json.new && mv docs/openapi.json.new docs/openapi.json

lock: $(VENV)/.installed ## Write requirements.lock anew from pyproject.toml (UPGRADE=1: newest versions)
	CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/pip-compile --quiet --all-extras --generate-hashes \
	  --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-emit-options $(if $(UPGRADE),--upgrade) \
	  --output-file requirements.lock pyproject.toml

clean: ## Remove the virtual environment, caches and what runs left under var/
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Debian keeps the module that makes virtual environments in a package of its own.
$(VENV)/.locked: requirements.lock
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo '需要 Python 3.11。Python 3.11 is needed: install it, or say make PYTHON=/path/to/python3.11'; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get -q update && DEBIAN_FRONTEND=noninteractive \
	      apt-get -q install -y --no-install-recommends python3.11-venv; \
	  else \
	    echo '缺少 python3.11-venv，请先安装。python3.11-venv is missing: install it first.'; exit 1; \
	  fi; }
	'$(PYTHON)' -m venv --clear $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	$(RUN) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
