#!/bin/sh
# Installs what `make validate` needs, where it is not there or a lock changed: the validators written
# for Node next to this script, those written for Python in .cache/validate.
set -eu
cd "$(dirname "$0")/../.."
here=scripts/validate

scripts/need_node.sh "make validate" 20.19
if ! command -v java >/dev/null 2>&1; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null
    else
        echo "« make validate » a besoin de Java 11 ou plus récent, pour le validateur de HTML." >&2
        exit 1
    fi
fi
if ! cmp -s "$here/package-lock.json" "$here/node_modules/.installed"; then
    echo "Installation des validateurs (npm)…" >&2
    (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --silent)
    cp "$here/package-lock.json" "$here/node_modules/.installed"
fi
tools=.cache/validate/venv
test -x "$tools/bin/python" || .venv/bin/python -m venv "$tools"
if ! cmp -s requirements/validate.txt "$tools/.installed"; then
    echo "Installation des validateurs (pip)…" >&2
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
      -r requirements/validate.txt
    cp requirements/validate.txt "$tools/.installed"
fi
