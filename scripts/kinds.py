"""One address of each kind of page: what the tests in a browser and ``make lighthouse`` go through.

A test holds that every template of overrides/pages/ is among them.
"""

from __future__ import annotations

NOWHERE = "nulle-part/"  # no such page: the host answers with 404.html

KINDS = {
    "accueil": "",
    "territoires": "territoires/",
    "territoire": "territoires/73008-aix-les-bains/",
    "commune sans fiche": "territoires/59100-bousignies/",
    "intercommunalité sans fiche": "territoires/200042190-ca-de-la-porte-du-hainaut/",
    "métropole": "territoires/200093201-metropole-europeenne-de-lille/",
    "syndicat": "territoires/x-sarthe-numerique/",
    "diagnostic": "territoires/200093201-metropole-europeenne-de-lille/diagnostic/",
    "régions": "regions/",
    "région": "regions/32-hauts-de-france/",
    "département": "departements/59-nord/",
    "diagnostic d'un département": "departements/59-nord/diagnostic/",
    "actions": "actions/",
    "actions, suite": "actions/page/2/",
    "action": "actions/94033/projet-vocabulons-apprendre-le-francais-avec-le-numerique/",
    "action à refaire": ("actions/35315/reseau-de-capteurs-communal-plus-petite-ville-connectee/"),
    "collections": "collections/",
    "collection": "collections/aller-vers-les-habitants/",
    "thèmes": "themes/",
    "thème": "themes/numerique-educatif/",
    "enjeu": "enjeux/mediation/",
    "usage": "usages/visioconference/",
    "acteurs": "acteurs/",
    "acteur": "acteurs/adico/",
    "label": "label/",
    "édition": "label/2018/",
    "5 arobases": "label/5-arobases/",
    "mention": "label/mentions/arobase-verte/",
    "carte": "carte/",
    "couche": "carte/indicateurs/france-services-2024/",
    "recherche": "recherche/?q=ecole+numerique&genre=action",
    "recherche vide": "recherche/?q=zzzxq",
    "statistiques": "statistiques/",
    "graphique": "statistiques/regions/",
    "fracture": "fracture/",
    "fracture par département": "fracture/departements/",
    "contexte": "contexte/",
    "méthode": "methode/",
    "comparer": "comparer/?t=59378&t=73008",
    "nouveautés": "nouveautes/",
    "à vérifier": "a-verifier/",
    "actions d'un usage": "actions/?usage=visioconference",
    "fiche pour le conseil": "fiche/?t=59378",
    "sur votre site": "integrer/?t=73008",
    "citer": "citer/?p=label%2F2018%2F&t=Label%202018",
    "archives": "donnees/archives/",
    "évaluation": "evaluation/",
    "formulaire d'une action": "contribuer/action/",
    "formulaire, second volet": (
        "contribuer/action/?fiche=actions/35315/"
        "reseau-de-capteurs-communal-plus-petite-ville-connectee#again"
    ),
    "formulaire d'un territoire": "contribuer/territoire/?territoire=59378",
    "champs": "contribuer/champs/",
    "écrite à la main": "contribuer/",
    "écrite, avec des tableaux": "outils/",
    "introuvable": NOWHERE,
}
