#!/bin/sh
# Keeps one open issue up to date: LABEL TITLE FILE CLOSING. An empty file closes it, with CLOSING.
set -eu
label="$1" title="$2" file="$3" closing="$4"
gh label create "$label" --description "$title" 2>/dev/null || true
number="$(gh issue list --label "$label" --state open --limit 1 --json number \
  --jq '.[0].number // empty')"
if ! [ -s "$file" ]; then
    [ -z "$number" ] || gh issue close "$number" --comment "$closing"
elif [ -n "$number" ]; then
    head -c 60000 "$file" | gh issue edit "$number" --title "$title" --body-file -
else
    head -c 60000 "$file" | gh issue create --title "$title" --label "$label" --body-file -
fi
