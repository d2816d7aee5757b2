"""Files -> values, each with its line and column on demand. The first step of the way.

``inventory`` finds the files, ``read_entry`` and ``read_bytes`` make documents of them, ``parse``
is the strict pass over YAML that both rest on.
"""

from atlaas.read.document import MAX_BYTES, Document, locate, places, read_bytes
from atlaas.read.door import MAX_FOLDERS, Seen, walk
from atlaas.read.inventory import Entry, Found, inventory, read_entry
from atlaas.read.layout import FOLDERS
from atlaas.read.strict import MAX_DEPTH, KeyPath, Marks, Unreadable, parse, place_in_text

RULES = {  # the ids that reading gives to its problems, and what each asks for
    "emplacement": "Une fiche est dans un des dossiers de data/, une page dans content/.",
    "nom-illisible": "Le nom d'un fichier se lit et s'affiche.",
    "nom-reserve": "Le nom d'un fichier va sous tous les systèmes, Windows compris.",
    "lien-symbolique": "Les dossiers data/ et content/ ne contiennent pas de lien symbolique.",
    "fichier-special": "Les dossiers data/ et content/ ne contiennent que des fichiers ordinaires.",
    "fichier-executable": "Un fichier de data/ ou de content/ ne s'exécute pas.",
    "fichier-fabrique": "Git ne suit pas ce que la construction fait : site/, .cache/, .venv/.",
    "sous-module": "Les dossiers data/ et content/ ne contiennent pas d'autre dépôt Git.",
    "trop-de-fichiers": "Un dossier a un nombre de fichiers raisonnable.",
    "extension": "Une action ou une page finit par .md, les autres fiches par .yml.",
    "fichier-trop-gros": "Une fiche pèse 64 ko au plus.",
    "fichier-vide": "Une fiche n'est pas vide.",
    "encodage": "Une fiche est enregistrée en UTF-8.",
    "en-tete": "Une action commence par un en-tête entre deux lignes « --- ».",
    "structure": "Une fiche est une suite de lignes « clé: valeur ».",
    "marque-de-fusion": "Une fiche est d'une seule version : Git n'y a laissé aucune marque.",
    "cle-double": "Une clé n'est écrite qu'une fois.",
    "yaml-strict": "Une fiche n'emploie de YAML que des clés, des valeurs et des listes.",
    "yaml-syntaxe": "Une fiche se lit comme du YAML.",
}
