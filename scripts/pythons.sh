#!/bin/sh
# Builds the last commit's site with each Python that is there, and says whether the bytes are the same.
set -eu
cd "$(dirname "$0")/.."
top=".cache/pythons"
export NO_MKDOCS_2_WARNING=1
mkdir -p "$top"
rm -rf "$top/checkout" "$top"/site-*
git clone --quiet . "$top/checkout"
first=""
for name in python3.11 python3.12 python3.13 python3.14; do
    if ! command -v "$name" >/dev/null 2>&1; then
        echo "$name n'est pas installé."
        continue
    fi
    python="$PWD/$top/$name/bin/python" site="$PWD/$top/site-$name"
    [ -x "$python" ] || "$name" -m venv "$top/$name"
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
    rm -rf "$top/checkout/.cache"  # what another one has made would be taken as it is
    (cd "$top/checkout" && PYTHONPATH=hooks "$python" -m mkdocs build --quiet --strict -d "$site")
    if [ -z "$first" ]; then
        first="$name"
    else
        "$python" -m scripts.hedge "$top/site-$first" "$site" "$name" "$first"
    fi
done
