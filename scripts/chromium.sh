#!/bin/sh
# Prints the path of a Chromium for the browser tests; installs one where none is found.
set -eu
cd "$(dirname "$0")/.."

find_browser() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    own="$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)' 2>/dev/null || true)"
    if [ -n "$own" ] && [ -x "$own" ]; then
        echo "$own"
        return 0
    fi
    return 1
}

find_browser && exit 0
if command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "Installation de Chromium (apt-get)…" >&2
    { $sudo apt-get update -qq && $sudo apt-get install -y -qq chromium; } >/dev/null 2>&1 || true
    find_browser && exit 0
fi
echo "Installation de Chromium (playwright)…" >&2
.venv/bin/python -m playwright install chromium >&2 || true
find_browser && exit 0
cat >&2 <<'MESSAGE'
Il manque un navigateur Chromium pour les essais, et il n'a pas pu être installé.
Installez-le (Debian : apt-get install chromium ; macOS : brew install --cask chromium),
ou donnez son chemin dans la variable CHROMIUM.
MESSAGE
exit 1
