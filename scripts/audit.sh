#!/bin/sh
# Known flaws of the locked packages (audit), or their list in CycloneDX (sbom FILE): the tools are
# installed apart, in .cache/audit, from requirements/audit.txt and its hashes.
set -eu
cd "$(dirname "$0")/.."
verb="$1"
tools=.cache/audit
test -x "$tools/bin/python" || .venv/bin/python -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
  -r requirements/audit.txt
case "$verb" in
audit)
    status=0
    for name in site test hedge deploy audit; do
        echo "requirements/$name.txt"
        "$tools/bin/pip-audit" --require-hashes --disable-pip --progress-spinner off \
          -r "requirements/$name.txt" || status=1
    done
    exit "$status"
    ;;
sbom)
    mkdir -p "$(dirname "$2")"
    "$tools/bin/cyclonedx-py" requirements requirements/site.txt --pyproject pyproject.toml \
      --output-reproducible --output-format JSON --output-file "$2"
    ;;
*)
    echo "audit.sh audit | sbom FICHIER" >&2
    exit 2
    ;;
esac
