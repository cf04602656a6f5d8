# Everything a person does in this repository. `make` lists it.
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo test chaos lint types bench gallery docs dev clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMP) ## install everything into .venv, and missing system libraries by apt

$(STAMP): pyproject.toml constraints.txt scripts/install.sh
	scripts/install.sh $(VENV)
	@touch $@

demo: $(STAMP) ## start a server, render two clips through its API, show where they are
	$(BIN)/python scripts/demo.py

test: $(STAMP) ## every test; the console's need a browser
	scripts/install.sh --browser
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

chaos: $(STAMP) ## kill and freeze everything under load, then check every task; about eight minutes
	PYTHONPATH=tests/support $(BIN)/python -m chaos

lint: $(STAMP) types ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP) ## static types, strict
	$(BIN)/basedpyright --pythonpath $(BIN)/python

bench: $(STAMP) ## measure rendering, the API, the queue, large bodies and the console; results in bench/results
	$(BIN)/python -m bench.clips
	$(BIN)/python -m bench.edits
	$(BIN)/python -m bench.feature
	$(BIN)/python -m bench.scenes
	$(BIN)/python -m bench.looks
	$(BIN)/python -m bench.http
	$(BIN)/python -m bench.queue
	$(BIN)/python -m bench.bodies
	$(BIN)/python -m bench.gallery
	$(BIN)/python -m bench.console

gallery: $(STAMP) ## make every case of scripts/gallery*.toml in gallery/, with a page that shows before beside after
	$(BIN)/python scripts/gallery.py $(GALLERY_FLAGS)

docs: $(STAMP) ## write the tables of docs that are made from the code
	$(BIN)/python scripts/write_docs.py

dev: $(STAMP) ## a server whose API reloads when the code changes
	$(BIN)/kirin serve --reload

clean: ## remove the virtual environment and what the demo and the gallery made
	rm -rf $(VENV) demo gallery
