#!/bin/sh
# Installs the locked Lighthouse next to this script, where it is not there or the lock changed.
set -eu
cd "$(dirname "$0")"

../need_node.sh "make lighthouse" 18.20
if ! cmp -s package-lock.json node_modules/.installed; then
    echo "Installation de Lighthouse (npm)…" >&2
    npm ci --ignore-scripts --no-audit --no-fund --silent
    cp package-lock.json node_modules/.installed
fi
