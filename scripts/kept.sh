#!/bin/sh
# What one publication leaves to the next: `kept.sh put FOLDER` packs the caches into a folder that
# has the archive of the site (make archive); `kept.sh take FOLDER` unpacks both from such a folder.
# Without them, or where they hold anything but files of site/ and .cache/, nothing is taken and the
# build makes all. Nor is what is taken believed: the build compares every byte (last_build.py).
set -eu
verb="$1" folder="$2" new=.cache/taken
case "$verb" in
put)
    tar --sort=name --exclude=.cache/archive --exclude=.cache/last -czf "$folder/cache.tar.gz" .cache
    ;;
take)
    if ! [ -f "$folder/site.tar.gz" ] || ! [ -f "$folder/cache.tar.gz" ]; then
        echo "Rien n'est gardé d'une publication précédente : tout est fait."
        exit 0
    fi
    [ ! -e site ] || { echo "Il y a déjà un site/ : rien n'est pris." >&2; exit 1; }
    rm -rf "$new"
    mkdir -p "$new"
    whole=yes
    for name in site cache; do
        tar -xzf "$folder/$name.tar.gz" -C "$new" --no-same-owner --no-same-permissions || whole=no
    done
    others="$(find "$new" -mindepth 1 ! -type d ! -type f; ls -A "$new" | grep -vx -e site -e .cache || true)"
    if [ $whole = no ] || [ -n "$others" ] || ! [ -d "$new/site" ] || ! [ -d "$new/.cache" ]; then
        echo "Ce qui est gardé de la publication précédente n'est pas entier : tout est fait."
    else
        for kind in "$new"/.cache/*/; do
            [ -e ".cache/$(basename "$kind")" ] || mv "$kind" .cache/
        done
        mv "$new/site" site
        echo "Le site et les caches de la publication précédente sont là, à contrôler."
    fi
    rm -rf "$new"
    ;;
*)
    echo "kept.sh put|take FOLDER" >&2
    exit 1
    ;;
esac
