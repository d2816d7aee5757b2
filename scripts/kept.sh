#!/bin/sh
# What one publication leaves to the next: `kept.sh put FOLDER` packs the caches into a folder that
# has the archive of the site (make archive); `kept.sh take FOLDER` unpacks both from such a folder.
# Without them, or where they hold anything but files of site/ and of caches (.cache/ also has tools
# that run), nothing is taken and the build makes all. Nor is what is taken believed: the build
# compares every byte (last_build.py).
set -eu
verb="$1" folder="$2" new=.cache/taken

caches() { # the files of a folder that are caches: .cache/<what>/<key>
    (cd "$1" && find .cache -type f | LC_ALL=C sort | grep -xE '\.cache/[a-z-]+/[0-9a-f]{20}' || true)
}

case "$verb" in
put)
    caches . | tar -czf "$folder/cache.tar.gz" -T -
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
    if [ $whole = no ] || [ -n "$others" ] || ! [ -d "$new/site" ] || ! [ -d "$new/.cache" ] ||
        [ "$(caches "$new" | wc -l)" != "$(find "$new/.cache" -type f | wc -l)" ]; then
        echo "Ce qui est gardé de la publication précédente n'est pas entier : tout est fait."
    else
        for kind in "$new"/.cache/*/; do
            [ -e ".cache/$(basename "$kind")" ] || mv "$kind" .cache/
        done
        mkdir -p .site.atlaas
        : > .site.atlaas/unseen # the build need not spare readers of it (write.py)
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
