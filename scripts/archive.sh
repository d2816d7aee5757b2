#!/bin/sh
# Packs a built site, byte for byte the same for the same site: FOLDER OUTPUT.
set -eu
site="$1" out="$2"
[ -d "$site" ] || { echo "Il n'y a pas de $site/ : lancez d'abord make site." >&2; exit 1; }
mkdir -p "$out"
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=a+rX,u+w,go-w \
  -cf - "$site" | gzip -n -9 > "$out/site.tar.gz"
(cd "$site" && find . -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum) > "$out/SHA256SUMS"
(cd "$out" && sha256sum site.tar.gz)
