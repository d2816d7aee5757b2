#!/bin/sh
# Fetches the artefact that the last good run of a workflow left: WORKFLOW ARTEFACT FOLDER.
# Without one (the first run, an artefact that has expired, a forge that does not answer) the folder
# stays empty. Only runs of the main branch count: a proposal from a fork may change a workflow so
# that it runs under the same name and leaves what it likes, and its branch may be called main too,
# but no fork starts a run by a push, by hand or at an hour.
set -eu
workflow="$1" artefact="$2" folder="$3"
mkdir -p "$folder"
run=""
runs="$(gh run list --workflow "$workflow" --branch main --status success --limit 20 \
  --json databaseId,event --jq '.[] | "\(.event) \(.databaseId)"')" || runs=""
while read -r event id; do
    case "$event" in
        push | schedule | workflow_dispatch) run="${run:-$id}" ;;
    esac
done <<EOF
$runs
EOF
case "$run" in
    "" | *[!0-9]*) echo "Pas de passage précédent."; exit 0 ;;
esac
gh run download "$run" --name "$artefact" --dir "$folder" || echo "L'état précédent a expiré."
