"""The built site -> one zip to read offline.

Addresses that end in "/" name their index.html, which a server would find and a disk does not;
the content policy goes, since browsers hold a file to be of another origin than its neighbour.
Browsers refuse to files what they fetch and import, not the scripts that they name: each JSON file
and module stands in the zip as a script too, which assets/js/offline.js asks for instead. The
same site always gives the same bytes.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = "atlaas/"
SCRIPT = "assets/js/offline.js"
_DATE = (2000, 1, 1, 0, 0, 0)  # of all files: the zip is the same for two builds of one site
_LINK = re.compile(rb'(\b(?:href|src)=")((?![a-z][a-z0-9+.-]*:|//|#)[^"?#]*)([?#][^"]*)?(")')
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_FIRST = re.compile(rb'<script src="([^"]*)assets/js/(?:atlaas|embed)\.js"')
_NOT_ASKED = ("api/", "schemas/", "donnees/", "recherche/0/")  # JSON that no page fetches
_STATIC = re.compile(r'^import \{ (.+?) \} from "(\./[\w.-]+)";$', re.M)
_DYNAMIC = re.compile(r"\bimport\(")
_EXPORT = re.compile(r"^export (?=(?:const|async function|function|class) (\w+))", re.M)
_AGAIN = re.compile(r"^export \{ (.+?) \};$", re.M)
_README = """\
L'Atlaas, copie à lire hors ligne.

Ouvrez atlaas/index.html dans un navigateur. Les pages se lisent et se parcourent toutes :
territoires, actions, thèmes, label, statistiques, listes. La recherche d'une commune, la carte et
la comparaison y marchent aussi.

Ce qui ne marche pas ainsi, la page le dit : la recherche dans le texte des fiches, que les
navigateurs refusent aux fichiers. Pour l'avoir aussi, servez le dossier, par exemple :

    python3 -m http.server --directory atlaas

puis ouvrez http://localhost:8000/. Données sous Licence Ouverte 2.0.
"""


def to_files(html: bytes) -> bytes:
    """A page whose relative links lead to files, without its content policy, that asks for
    scripts first where it would fetch."""

    def link(match: re.Match[bytes]) -> bytes:
        before, path, rest, after = match.groups(default=b"")
        if path.endswith((b"/", b"..")) or path == b".":
            path = path.removesuffix(b"/") + b"/index.html"
        return before + path + rest + after

    page = _LINK.sub(link, _POLICY.sub(b"", html, count=1))
    own = SCRIPT.encode()
    return _FIRST.sub(lambda m: b'<script src="%s%s"></script>' % (m[1], own) + m[0], page)


def twin(name: str, content: bytes) -> bytes | None:
    """A JSON file, or a module, as the script that gives it; None for what nobody asks for."""
    given = json.dumps(name)
    if name.endswith(".json") and not name.startswith(_NOT_ASKED):
        return f"atlaasGive({given},".encode() + content.strip() + b");\n"
    if name.startswith("assets/js/") and name.endswith(".js"):
        source = content.decode()
        names = [*_EXPORT.findall(source), *", ".join(_AGAIN.findall(source)).split(", ")]
        names = [name for name in names if name]
        if names:
            bare = _AGAIN.sub("", _EXPORT.sub("", plain_script(source)))
            wanted = _STATIC.sub(_asked_for, bare)
            shown = f"return {{ {', '.join(names)} }};"
            return f"atlaasGive({given}, (async () => {{\n{wanted}\n{shown}\n}})());\n".encode()
    return None


def plain_script(source: str) -> str:
    """A script that imports by a function of offline.js, as a file may not."""
    return _DYNAMIC.sub("globalThis.atlaasImport(", source)


def _asked_for(match: re.Match[str]) -> str:
    names = match[1].replace(" as ", ": ")
    return f'const {{ {names} }} = await globalThis.atlaasImport("{match[2]}");'


def entries(site: Path, script: bytes) -> Iterator[tuple[str, bytes]]:
    """(name in the zip, bytes) of every file, by name; the explanation first.

    ``script`` is offline.js, which the site itself does not have.
    """
    yield "LISEZ-MOI.txt", _README.encode()
    yield FOLDER + SCRIPT, script
    for file in sorted(site.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            name = file.relative_to(site).as_posix()
            if name.endswith(".html"):
                content = to_files(content)
            elif scripted := twin(name, content):
                yield f"{FOLDER}{name}.js", scripted
            elif name.startswith("assets/js/"):
                content = plain_script(content.decode()).encode()
            yield FOLDER + name, content


def pack(site: Path, target: Path, script: bytes) -> int:
    """Write the zip; how many files it holds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in entries(site, script):
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
            count += 1
    return count
