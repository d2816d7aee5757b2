#!/bin/sh
# need_node.sh VERB VERSION: says what to do where Node and npm are missing or too old for a verb.
set -eu
verb="$1" version="$2"
major="$(node --version 2>/dev/null | sed 's/^v//; s/\..*//')" || major=""
if [ -z "$major" ] || ! command -v npm >/dev/null 2>&1 || [ "$major" -lt "${version%%.*}" ]; then
    cat >&2 <<MESSAGE
« $verb » a besoin de Node $version ou plus récent, et de npm ; rien d'autre n'en a besoin.
Installez-les (Debian : apt-get install nodejs npm ; ailleurs : https://nodejs.org/).
MESSAGE
    exit 1
fi
