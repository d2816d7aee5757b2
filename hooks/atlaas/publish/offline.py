"""The built site -> one zip to read offline.

Addresses that end in "/" name their index.html, which a server would find and a disk does not;
the content policy goes, since browsers hold a file to be of another origin than its neighbour.
Without a server, browsers refuse what pages fetch: what stops working is said in LISEZ-MOI.txt.
The same site always gives the same bytes.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = "atlaas/"
_DATE = (2000, 1, 1, 0, 0, 0)  # of all files: the zip is the same for two builds of one site
_LINK = re.compile(rb'(\b(?:href|src)=")((?![a-z][a-z0-9+.-]*:|//|#)[^"?#]*)([?#][^"]*)?(")')
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_README = """\
L'Atlaas, copie à lire hors ligne.

Ouvrez atlaas/index.html dans un navigateur. Les pages se lisent et se parcourent toutes :
territoires, actions, thèmes, label, statistiques, listes.

Ce qui va chercher des données ne marche pas ainsi, car les navigateurs le refusent aux fichiers :
la recherche, la recherche d'une commune, la carte (sa liste, elle, est complète) et la
comparaison. Pour les avoir aussi, servez le dossier, par exemple :

    python3 -m http.server --directory atlaas

puis ouvrez http://localhost:8000/. Données sous Licence Ouverte 2.0.
"""


def to_files(html: bytes) -> bytes:
    """A page whose relative links lead to files, without its content policy."""

    def link(match: re.Match[bytes]) -> bytes:
        before, path, rest, after = match.groups(default=b"")
        if path.endswith((b"/", b"..")) or path == b".":
            path = path.removesuffix(b"/") + b"/index.html"
        return before + path + rest + after

    return _LINK.sub(link, _POLICY.sub(b"", html, count=1))


def entries(site: Path) -> Iterator[tuple[str, bytes]]:
    """(name in the zip, bytes) of every file, by name; the explanation first."""
    yield "LISEZ-MOI.txt", _README.encode()
    for file in sorted(site.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            name = file.relative_to(site).as_posix()
            yield FOLDER + name, to_files(content) if name.endswith(".html") else content


def pack(site: Path, target: Path) -> int:
    """Write the zip; how many files it holds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in entries(site):
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
            count += 1
    return count
