#!/bin/sh
# Fetches the commits of a proposal without checking anything out: NUMBER COMMIT.
set -eu
number="$1" commit="$2"
case "$number" in "" | *[!0-9]*) echo "Numéro de proposition : « $number » ?" >&2; exit 1 ;; esac
git fetch --quiet --no-tags --no-recurse-submodules origin "refs/pull/$number/head"
git cat-file -e "$commit^{commit}" || { echo "La proposition a changé entre-temps." >&2; exit 1; }
