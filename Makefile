# The commands of this house. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

.PHONY: help run test check fix docs messages bench shots coverage mutants lock clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' Makefile | while IFS=: read -r name rest; do printf '  make %-10s %s\n' "$$name" "$${rest##*## }"; done

run: ## start Klimtouw with a small demo school (PORT=8000, DATABASE_URL=, KLIMTOUW_HOME=)
	@scripts/run.sh

test: ## everything: lint, types, guards, unit tests on two databases, journeys in a browser
	@scripts/test.sh all

check: ## what takes seconds: lint, types, imports, templates, guards; no browser
	@scripts/test.sh quick

fix: ## repair what can be repaired by itself: lint, layout, outdated idioms
	@scripts/fix.sh

docs: ## write the documents that follow from the code: who may do what, states
	@scripts/docs.sh

messages: ## gather the texts to translate and compile the translations
	@scripts/messages.sh

bench: ## measure pages beside two floors, print a table
	@scripts/bench.sh

shots: ## take pictures of every page, in every dress, into var/shots
	@scripts/shots.sh

coverage: ## unit tests with the branches no test takes
	@scripts/coverage.sh

mutants: ## lay small faults in the policy, the gate and the second lock; say which no test notices
	@scripts/mutants.sh

lock: ## choose the newest allowed version of every dependency, with hashes
	@scripts/lock.sh

clean: ## throw away the environment and caches; never what is in var/
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
