#!/bin/sh
# Fetches the artefact that the last good run of a workflow left: WORKFLOW ARTEFACT FOLDER.
# Without one (the first run, or an artefact that has expired) the folder stays empty.
set -eu
workflow="$1" artefact="$2" folder="$3"
mkdir -p "$folder"
run="$(gh run list --workflow "$workflow" --status success --limit 1 --json databaseId \
  --jq '.[0].databaseId // empty')"
case "$run" in
    "" | *[!0-9]*) echo "Pas de passage précédent."; exit 0 ;;
esac
gh run download "$run" --name "$artefact" --dir "$folder" || echo "L'état précédent a expiré."
