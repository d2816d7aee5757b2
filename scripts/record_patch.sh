#!/bin/sh
# What changes in data/, as a patch to carry from one job to another: make FILE, or apply FILE.
set -eu
verb="$1" file="$2"
case "$verb" in
    make)
        git add --all data
        git diff --cached --binary -- data > "$file"
        git reset --quiet
        ;;
    apply) git apply --include='data/*' "$file" ;;
    *) echo "make ou apply, et non « $verb »" >&2; exit 1 ;;
esac
