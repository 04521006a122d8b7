# Every command of the project; each is one or two lines around the tool that does the work.
# .tools/bin holds the tools that `make setup` builds; target holds everything else that is built.
SHELL := /bin/bash
export PATH := $(CURDIR)/.tools/bin:$(PATH)
export CARGO_TARGET_DIR := $(CURDIR)/target
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# Further arguments, of `burgee serve` (make run ARGS="--listen 127.0.0.1:8080") or of tools/bench (make bench ARGS="hit reports")
ARGS ?=

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ── run ──

.PHONY: run dev site build release
run: greeting build ## Set up, build and start Burgee on http://127.0.0.1:3000 with its data in ./data
	exec target/debug/burgee serve $(ARGS)

dev: site ## Like run, and rebuild and restart whenever a file changes
	@tools/dev.sh $(ARGS)

site: target/site/.built ## Build the browser's part: WebAssembly and styles

build: site ## Build the server (debug), with the site in it
	cargo build -p burgee-server

release: site ## Build target/release/burgee, the one file that is deployed
	@tools/shrink-wasm.sh
	cargo build --release -p burgee-server

SITE_SOURCES := $(shell find app crates/badge crates/domain frontend style tools/bundle-css.sh Cargo.toml Cargo.lock Trunk.toml -type f 2>/dev/null)
target/site/.built: $(SITE_SOURCES) | setup
	tools/trunk.sh build
	@touch $@

.PHONY: greeting
greeting:
	@[ -e target/debug/burgee ] || echo "The first run builds everything: about 12 minutes on two cores. Later runs take seconds."

# ── check ──

.PHONY: test lint unit e2e bench
test: ## Run every check and test there is
	@MAKE="$(MAKE)" tools/test.sh

lint: ## Check formatting, lints and the layers' dependencies
	cargo fmt --all --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy -p burgee-frontend -- -D warnings
	tools/check-layers && tools/check-layers --self-test

unit: setup-test ## Run the Rust tests, on SQLite and PostgreSQL
	tools/with-postgres.sh cargo nextest run
	cargo test --doc --quiet
	cargo test --quiet -p burgee-coherence --features model --test model

e2e: setup-test build ## Run the browser tests
	cd end2end && ../tools/with-postgres.sh npx playwright test $(ARGS)

bench: site ## Measure the release build against nginx, badge-maker and sharp (docs/PERFORMANCE.md)
	@for step in python bench; do tools/setup/$$step.sh || exit; done
	cargo build --release -p burgee-server
	python3 tools/bench $(ARGS)

# ── work ──

.PHONY: setup setup-test fmt docs clean
setup: ## Install what running needs, into .tools
	@for step in rust wasm-std trunk wasm-bindgen; do tools/setup/$$step.sh || exit; done

setup-test: setup ## Install what the tests need as well
	@for step in nextest python clients node chromium postgres nginx; do tools/setup/$$step.sh || exit; done

fmt: ## Format the source
	cargo fmt --all

docs: ## Build the documentation of the source into target/doc
	cargo doc --no-deps --document-private-items

clean: ## Delete what was built; .tools stays
	rm -rf target end2end/node_modules tools/bench/node/node_modules
