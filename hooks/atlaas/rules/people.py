"""No agent's name: a title or a function with a name beside it is pointed out, never refused.

A name cannot be told from any other word, so this only asks for a second look. What streets and
schools are called, and the titles of published sources, are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from atlaas.read import Document, place_in_text, places
from atlaas.rules.conditions import Finds, OfField
from atlaas.rules.personal import findings_of
from atlaas.rules.rule import Context, Finding, Rule, scalars
from atlaas.rules.statements import IN_ADDRESS, Statement

_CAPITAL = "A-ZÀ-ÖØ-ÞŒŸ"
_SMALL = "a-zß-öø-ÿœ"
# Every run is bounded: a text made of one letter or of spaces then costs no more than another.
_BLANK = r"(?:[ \u00a0\u202f]|\n {0,12})"
_ENDINGS = {  # the stem of a function -> how it may end
    **dict.fromkeys(("adjoint", "agent", "chargé", "délégué", "député", "enseignant", "élu"), "e?"),
    **dict.fromkeys(("ingénieur", "président", "référent", "technicien"), "n?e?"),
    **dict.fromkeys(("animat", "coordinat", "direct", "fondat", "format"), "(?:eur|rice)"),
    **dict.fromkeys(("médiat", "sénat"), "(?:eur|rice)"),
    **dict.fromkeys(("bibliothécaire", "ministre", "responsable", "secrétaire", "webmestre"), ""),
    **dict.fromkeys(("DGA", "DGS", "DSI"), ""),
    "chef": "(?:fe)?",
    "conseill": "(?:er|ère)",
    "maire": "(?:-adjointe?)?",
    "préf": "(?:et|ète)",
}
_TITLES = ("adame", "ademoiselle", "onsieur", "octeur")  # in either case
_SHORT_TITLES = ("Dr", "M.", "Mlle", "Mme", "Mr")
_STEMS = ("ontact", *(stem if stem.isupper() else stem[1:] for stem in _ENDINGS))  # in either case
_FUNCTION = "|".join(
    stem + end if stem.isupper() else f"[{stem[0].upper()}{stem[0]}]{stem[1:]}{end}"
    for stem, end in _ENDINGS.items()
)
# « numérique », « au maire », « de la communication », « chargée de projets » after a function
_CHARGE = (
    rf"(?:{_BLANK}(?:de|du|des|à|au|aux|en|et|chargée?|déléguée?)"
    rf"(?:{_BLANK}(?:la|les?))?{_BLANK}?[\w'’-]{{1,30}}"
    rf"|{_BLANK}(?:d|l|de l|à l)['’][\w-]{{1,30}}|{_BLANK}France{_BLANK}Services"
    rf"|{_BLANK}[{_SMALL}-]{{1,30}}(?:ale?|elle|el|ique|aire|ée?|ant)s?)"
)
# What begins the name of a place, a body or a service rather than that of a person.
_BODY = (
    r"(?!(?:Action|Adjointe?|Affaires|Agence|Aidants|Association|Banque|Caisse|Capitale|Centre|"
    r"Cité|Club|Collectif|Comité|Commission|Communauté|Communautaire|Conseil|Conseillers?|"
    r"Culture|Déléguée?|Département|Départementale?|Développement|Direction|Emmaüs|Espace|"
    r"Fab|Fondation|France|Générale?|Grande?|Google|Informatique|Institut|La|Label|Les?|"
    r"Maison|Mairie|Maire|Métropole|Microsoft|Mission|Municipale?|Numérique|Office|Open|"
    r"Orange|Pass|Pays|Pôle|Point|Prix|Région|Régionale?|Ressources|Sainte?|Services?|"
    r"Syndicat|Technique|Tiers|Trophées?|Université|Vice|Villes?|Villages?|Web)(?!\w))"
)
_PART = rf"[{_CAPITAL}](?:[\w'’]|-(?![{_SMALL}])){{1,30}}"
_FIRST = rf"{_BODY}(?:[{_CAPITAL}]\.(?:-?[{_CAPITAL}]\.)?|{_PART})"
_PARTICLE = rf"(?:(?:de|du|des|van|von|L[ea]){_BLANK}(?:[Ll]a{_BLANK})?|d['’])?"
_FULL = rf"{_FIRST}{_BLANK}{_PARTICLE}{_PART}(?!\w)"
_OFFICE = r"(?!(?:L[ea]|Les|L['’]\w+|Maire|Adjointe?|Présidente?|Préf\w+|Ministre|Direct\w+)(?!\w))"
# « Mme Martin », « M. X », « Monsieur de Rigny », « le docteur Martin »
_TITLED = re.compile(
    r"(?<![\w-])(?:[Mm]adame|[Mm]ademoiselle|[Mm]onsieur|Mme|Mlle|MM?\.|Mr\.?|Dr\.?|[Dd]octeure?)"
    rf"{_BLANK}(?:de{_BLANK}|du{_BLANK}|d['’])?{_OFFICE}[{_CAPITAL}](?:[\w'’-]{{1,30}}|\.(?={_BLANK}?[{_CAPITAL}])|)"
    rf"(?:{_BLANK}{_OFFICE}{_PART})?"
)
# « le maire Jean Martin », « l'adjointe au numérique, Claire MARTIN », « référente : C. Martin »
_IN_OFFICE = re.compile(
    rf"(?<!\w)(?:(?:{_FUNCTION})(?:{_CHARGE}{{0,5}}?{_BLANK}?[,:(–]{_BLANK}?|"
    rf"{_CHARGE}?{_BLANK})|[Cc]ontact{_BLANK}?:{_BLANK}?){_FULL}"
)
# « Claire Martin, adjointe au maire »
_THEN_OFFICE = re.compile(
    rf"(?<![\w'’-])(?<!L[ae] ){_FULL}(?:,|{_BLANK}\(|{_BLANK}[:–]){_BLANK}?"
    rf"(?:(?:l[ae]|notre|sa|son|anci\w+|nouv\w+|premi\w+){_BLANK}|l['’])?(?:vice-)?(?:{_FUNCTION})(?!\w)"
)
_TWO_CAPITALS = re.compile(
    rf"[{_CAPITAL}][\w.'’-]{{0,30}}{_BLANK}(?:\w{{1,3}}(?:['’]|{_BLANK})){{0,2}}(?=[{_CAPITAL}])"
)
_WHOLE = re.compile(_FULL)
_PLACES = re.compile(
    r"(?:allée|amphithéâtre|avenue|bibliothèque|boulevard|centre|clinique|collège|cours|"
    r"crèche|[ée]cole|[ée]lémentaire|espace|esplanade|fondation|foyer|groupe scolaire|gymnase|"
    r"hôpital|institut|jardin|lycée|maison|maternelle|médiathèque|parc|place|primaire|pôle|quai|"
    r"résidence|rue|salle|square|stade|théâtre|université)"
    r" (?:de la |du |de |des |d['’]|« ?)?\Z|\d \Z",
    re.IGNORECASE,
)
_UNLESS = re.compile(f"{_PLACES.pattern}|{IN_ADDRESS.pattern}", re.IGNORECASE)
NAMES = tuple(Finds(".", shape, unless=_UNLESS) for shape in (_TITLED, _IN_OFFICE, _THEN_OFFICE))
_ADVICE = (
    "Une fiche ne nomme ni agent ni élu : écrivez la fonction ou le service (« l'adjointe au "
    "numérique »). Le nom d'un lieu ou d'un personnage peut rester."
)


def names(text: str) -> Iterator[tuple[int, str]]:
    """(place, words) of each title or function that a name goes with."""
    titled, *in_office = NAMES
    pairs = {pair.start(): pair[0] for pair in _TWO_CAPITALS.finditer(text)}
    words = " ".join(pairs.values())  # those before a capital: a short title begins with one
    if any(t in text for t in _TITLES) or any(t in words for t in _SHORT_TITLES):
        yield from titled.within(text)
    if any(_WHOLE.match(text, start) for start in pairs) and any(s in text for s in _STEMS):
        for shape in in_office:
            yield from shape.within(text)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """No title or function with a name, except in the title of a source."""
    cited: set[int] | None = None
    for finding in findings_of(document, names, "nom de personne possible :", _ADVICE):
        if isinstance(finding.where, int):
            if cited is None:
                at = places(document)
                cited = {at(p, False)[0] for p, _ in scalars(document.data) if "sources" in p}
            if place_in_text(document.text, finding.where)[0] in cited:
                continue
        elif "sources" in finding.where:
            continue
        yield finding


RULE = Rule(
    "nom-de-personne",
    "Une fiche ne nomme ni agent ni élu : elle dit la fonction ou le service.",
    check,
    severity="warning",
    statements=tuple(
        Statement(on, when, "Est-ce le nom d'une personne : « {match} » ? " + _ADVICE)
        for name in NAMES
        for on, when in (
            ("value", ~OfField("part", ("source",)) & name),
            ("story", replace(name, key="read")),
        )
    ),
)
