# The verbs of the project. `make help` names them.
.DEFAULT_GOAL := help
.PHONY: help ready tools
.PHONY: site serve offline archive deploy hedge pythons screens lighthouse validate
.PHONY: check changed generate drift freshness geography
.PHONY: intake proposal gate scope
.PHONY: test lint types imports unit browser workflows fuzz audit sbom lock clean
.PHONY: bench cost
# Material announces its end of life at each build; the project knows (see pyproject and README).
export NO_MKDOCS_2_WARNING := 1
# What a verb prints is read by others (`make scope`), also when another make calls it.
MAKEFLAGS += --no-print-directory
PY := .venv/bin/python
ATLAAS := .venv/bin/atlaas
# All cores run the tests, each file's in one process: its fixtures are made once.
PYTEST := $(PY) -m pytest -q -n auto --maxprocesses 4 --dist loadfile
FORMAT := text
SEED := 0
ROUNDS := 200
BASE := origin/main

help: ## Dit ce que fait chaque verbe
	@awk -F ':.*## ' '/^##@ /{print "\n" substr($$0, 5)} /^[a-z]+:.*## /{printf "  %-12s%s\n", $$1, $$2}' \
	  $(MAKEFILE_LIST)

ready: # what a build needs
	@scripts/venv.sh site

tools: # and what tests, measures and pictures need on top of it
	@scripts/venv.sh test

##@ Le site

site: ready ## Construit le site dans site/
	@$(PY) -m mkdocs build --strict

serve: ready ## Aperçu sur http://127.0.0.1:8000/, mis à jour à chaque enregistrement
	@$(PY) -m mkdocs serve

offline: site ## Fait de tout le site un zip à lire hors ligne
	@$(ATLAAS) offline dist/atlaas-hors-ligne.zip

archive: ## Range site/ dans .cache/archive/site.tar.gz, toujours le même, et ses empreintes
	@scripts/archive.sh site .cache/archive

deploy: site ## Envoie le site (TO=hote:/dossier par rsync, ou TO=s3://seau), voir docs/hebergement.md
	@case "$(TO)" in s3://*) scripts/venv.sh deploy;; esac
	@$(PY) -m scripts.deploy site "$(TO)" $(if $(ENDPOINT),--endpoint "$(ENDPOINT)")

hedge: ready ## Vérifie que ProperDocs, la sortie de secours, construit le même site
	@test -x .cache/hedge/bin/python || $(PY) -m venv .cache/hedge
	@.cache/hedge/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements/hedge.txt
	@$(PY) -m mkdocs build --quiet --strict -d .cache/hedge-mkdocs
	@PYTHONPATH=hooks .cache/hedge/bin/properdocs build --quiet --strict -f mkdocs.yml -d .cache/hedge-site
	@$(PY) -m scripts.hedge .cache/hedge-mkdocs .cache/hedge-site ProperDocs MkDocs

pythons: ## Vérifie que chaque Python installé, de 3.11 à 3.14, construit le même site
	@scripts/pythons.sh

screens: tools ## Refait les images de README.md et de CONTRIBUTING.md, dans docs/images/
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) -m scripts.screens

lighthouse: ## Lighthouse à 100 sur chaque genre de page (demande Node ; KINDS=carte pour une seule)
	@scripts/lighthouse/install.sh
	@$(MAKE) --no-print-directory site tools
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PY) -m scripts.lighthouse.run $(KINDS)

validate: tools ## Ce qui est publié, lu par des validateurs et des outils d'analyse (Node et Java ; TOOLS=vnu)
	@scripts/validate/install.sh
	@ATLAAS_SITE_URL=https://atlaas.example/ $(PY) -m mkdocs build --quiet --strict -d .cache/validate/site
	@.cache/validate/venv/bin/python -m scripts.validate.run .cache/validate/site $(TOOLS)

##@ Les fiches

check: ready ## Contrôle toutes les fiches (FORMAT=github pour des annotations)
	@$(ATLAAS) check --format $(FORMAT)

changed: ready ## Contrôle ce qui change depuis BASE, et ce que cela casse ailleurs
	@$(ATLAAS) check --changed "$(BASE)" --format $(FORMAT)

generate: ready ## Refait les fichiers tirés des modèles : formulaires, schémas, modèles de fiches
	@$(ATLAAS) generate

drift: ready ## Dit si ces fichiers sont à refaire
	@$(ATLAAS) generate --check

freshness: ready ## Liens morts, fiches anciennes, nouveau COG, dans .cache/freshness/ (demande le réseau)
	@$(ATLAAS) freshness

geography: tools ## Refait points, contours et sites de data/reference/ (WHEEL=paquet, sinon demandé à PyPI)
	@$(PY) -m scripts.geography $(WHEEL)

##@ Les demandes

intake: ready ## Fait une fiche d'une demande (variable ISSUE_BODY), contrôlée
	@$(ATLAAS) intake --answer .cache/intake/message.md $(if $(OUTPUTS),--outputs "$(OUTPUTS)")

proposal: ready ## Ce qui change depuis BASE, dans .cache/proposal/ (HEAD=version : ses données, jamais son code)
	@$(ATLAAS) report "$(BASE)" .cache/proposal --number "$(NUMBER)" $(if $(HEAD),--head "$(HEAD)")

gate: ready ## Refuse une proposition trop grosse, ou de données et de code à la fois (ALLOWED=1 : avertit)
	@$(ATLAAS) gate "$(BASE)" --format $(FORMAT) $(if $(ALLOWED),--allowed)

scope: ## Dit « code=true » si autre chose que data/ et content/ change depuis BASE
	@if git diff --quiet "$(BASE)...HEAD" -- . ':!data' ':!content' 2>/dev/null; then echo code=false; else echo code=true; fi

##@ Le code

test: tools ## Tous les contrôles : style, types, ordre des modules, essais, navigateur
	@$(MAKE) --no-print-directory lint types imports
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PYTEST)

lint: tools ## Style du code
	@$(PY) -m ruff check . && $(PY) -m ruff format --check --quiet .

types: tools ## Types
	@$(PY) -m mypy

imports: tools ## Ordre des modules (le chemin des données)
	@.venv/bin/lint-imports --no-logo 2>/dev/null || .venv/bin/lint-imports

unit: tools ## Essais sans navigateur
	@$(PYTEST) -m "not browser"

browser: tools ## Essais dans un vrai navigateur
	@CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && $(PYTEST) -m browser

workflows: tools ## Contrôle .github/workflows/
	@.venv/bin/zizmor --offline --quiet .github/workflows && .venv/bin/actionlint .github/workflows/*.yml

fuzz: tools ## Entrées au hasard pour chaque lecteur (SEED=0 ROUNDS=200), trouvailles dans .cache/fuzz/
	@PYTHONPATH=hooks:tests:. $(PY) -m hostile.fuzz --seed $(SEED) --rounds $(ROUNDS)

audit: ready ## Failles connues des paquets verrouillés (demande le réseau)
	@scripts/audit.sh audit

sbom: ready ## Liste des paquets du site (CycloneDX), dans .cache/archive/sbom.cdx.json
	@scripts/audit.sh sbom .cache/archive/sbom.cdx.json

lock: tools ## Refait les verrous requirements/*.txt depuis pyproject.toml et requirements/*.in
	@for name in site test hedge deploy; do $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  pyproject.toml requirements/$$name.in -o requirements/$$name.txt; done
	@for name in audit validate; do $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Efface ce qui se refait : site, caches
	@rm -rf site .site.atlaas dist .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

##@ Les mesures

bench: tools ## Mesure les noms (NAMES.md), puis à côté de Hugo et du plancher (RESULTS.md, long)
	@$(PY) -m benchmarks.names --write
	@$(PY) -m benchmarks.run

cost: tools ## Le temps des fiches à côté de celui des seules pages de content/
	@$(PY) -m benchmarks.content
