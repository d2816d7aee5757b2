#!/bin/sh
# Installs the locked Lighthouse next to this script, where it is not there or the lock changed.
set -eu
cd "$(dirname "$0")"

major="$(node --version 2>/dev/null | sed 's/^v//; s/\..*//')" || major=""
if [ -z "$major" ] || ! command -v npm >/dev/null 2>&1 || [ "$major" -lt 18 ]; then
    cat >&2 <<'MESSAGE'
« make lighthouse » a besoin de Node 18.20 ou plus récent, et de npm ; rien d'autre n'en a besoin.
Installez-les (Debian : apt-get install nodejs npm ; ailleurs : https://nodejs.org/).
MESSAGE
    exit 1
fi
if ! cmp -s package-lock.json node_modules/.installed; then
    echo "Installation de Lighthouse (npm)…" >&2
    npm ci --ignore-scripts --no-audit --no-fund --silent
    cp package-lock.json node_modules/.installed
fi
