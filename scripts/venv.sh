#!/bin/sh
# Makes .venv and installs the locked packages of requirements/$1.txt into it, with their hashes,
# then the project. A second run with the same lock and pyproject.toml does nothing.
set -eu
cd "$(dirname "$0")/.."
lock="requirements/$1.txt"

find_python() {
    for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3.14 python3 python; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "Il faut Python 3.11 ou plus récent. Aucun n'a été trouvé dans le PATH." >&2
    exit 1
}

if ! [ -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    python="$(find_python)"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian ships the venv module in a package of its own.
        package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
            apt-get update -qq && apt-get install -y -qq "$package" >/dev/null
        else
            echo "Le module venv de Python manque : installez le paquet $package." >&2
            exit 1
        fi
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

stamp=".venv/.installed-$1"
wanted="$(cat pyproject.toml "$lock" | .venv/bin/python -c 'import hashlib, sys
print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')"
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    echo "Installation des paquets de $lock…"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    # The project itself, where it stands: the command « atlaas » runs the code of hooks/.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
        --no-build-isolation --no-index --editable .
    printf '%s' "$wanted" > "$stamp"
fi
