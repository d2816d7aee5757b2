# The verbs of the project. `make help` names them.
.DEFAULT_GOAL := help
.PHONY: help site serve check test lint types imports unit browser lock clean
# Material announces its end of life at each build; the project knows (see pyproject and README).
export NO_MKDOCS_2_WARNING := 1
PY := .venv/bin/python

help: ## Dit ce que fait chaque verbe
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

site: ## Construit le site dans site/
	@scripts/venv.sh site
	@$(PY) -m mkdocs build --strict

serve: ## Aperçu sur http://127.0.0.1:8000/, mis à jour à chaque enregistrement
	@scripts/venv.sh site
	@$(PY) -m mkdocs serve

check: ## Contrôle toutes les fiches
	@scripts/venv.sh site
	@$(PY) -m atlaas check

test: ## Tous les contrôles : style, types, ordre des modules, essais, navigateur
	@scripts/venv.sh test
	@$(MAKE) --no-print-directory lint types imports
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) -m pytest -q

lint: ## Style du code
	@scripts/venv.sh test
	@$(PY) -m ruff check . && $(PY) -m ruff format --check --quiet .

types: ## Types
	@scripts/venv.sh test
	@$(PY) -m mypy

imports: ## Ordre des modules (le chemin des données)
	@scripts/venv.sh test
	@.venv/bin/lint-imports --no-logo 2>/dev/null || .venv/bin/lint-imports

unit: ## Essais sans navigateur
	@scripts/venv.sh test
	@$(PY) -m pytest -q -m "not browser"

browser: ## Essais dans un vrai navigateur
	@scripts/venv.sh test
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) -m pytest -q -m browser

lock: ## Refait les verrous requirements/*.txt depuis requirements/*.in
	@scripts/venv.sh test
	@for name in site test; do $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Efface ce qui se refait : site, caches
	@rm -rf site site.next .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
