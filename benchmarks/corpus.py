"""French words from which the generator makes titles and stories. Nothing here is a real fact."""

from __future__ import annotations

# A title is « <what> <for whom> <where> »: the three lists multiply to over 30 000 titles.
WHAT = (
    "Atelier numérique",
    "Portail de démarches en ligne",
    "Bus du numérique",
    "Fablab municipal",
    "Budget participatif en ligne",
    "Application de signalement",
    "Prêt de tablettes",
    "Espace public numérique",
    "Plateforme d'entraide",
    "Réseau wifi gratuit",
    "Ouverture des données publiques",
    "Permanence d'écrivain public numérique",
    "Carte interactive des services",
    "Cours d'informatique",
    "Retransmission du conseil municipal",
    "Tiers-lieu partagé",
    "Visite virtuelle du patrimoine",
    "Paiement en ligne des factures",
    "Collecte et reconditionnement d'ordinateurs",
    "Concours d'idées numériques",
    "Tableaux interactifs",
    "Café des usages",
    "Lettre d'information électronique",
    "Consultation citoyenne",
    "Médiathèque numérique",
    "Capteurs de qualité de l'air",
    "Télétravail des agents",
    "Accueil en langue des signes à distance",
    "Radio locale en ligne",
    "Formation aux premiers clics",
)
WHOM = (
    "pour les seniors",
    "pour les écoles",
    "pour les associations",
    "pour tous les habitants",
    "pour les demandeurs d'emploi",
    "pour les jeunes",
    "pour les familles",
    "pour les commerçants",
    "pour les agriculteurs",
    "pour les nouveaux arrivants",
    "pour les personnes malvoyantes",
    "pour les agents",
    "pour les collégiens",
    "pour les entreprises",
    "pour les touristes",
    "pour les bénévoles",
    "pour les parents",
    "pour les étudiants",
    "pour les artisans",
    "pour les curieux",
)
WHERE = (
    "au centre-ville",
    "dans les quartiers",
    "à la médiathèque",
    "à la mairie",
    "au marché",
    "dans les hameaux",
    "à la maison des services",
    "au centre social",
    "à la gare",
    "dans les écoles",
    "au musée",
    "sur la place centrale",
    "à la salle des fêtes",
    "dans les transports",
    "au bord de l'eau",
    "dans la vallée",
    "à l'ancienne usine",
    "au parc",
    "chez l'habitant",
    "dans le bourg",
    "à la maison de santé",
    "au stade",
    "au théâtre",
    "dans les villages voisins",
    "à la pépinière",
    "au lycée",
    "dans la zone nord",
    "dans la zone sud",
    "à la ferme communale",
    "au club",
    "au château",
    "à la chapelle",
    "sur le port",
    "à la halle",
    "au relais",
    "à la bibliothèque",
    "au gymnase",
    "dans les serres",
    "au moulin",
    "à la source",
    "au phare",
    "sous les arcades",
    "dans la cour",
    "au kiosque",
    "à la fontaine",
    "au carrefour",
    "sur la colline",
    "au lavoir",
    "dans le jardin",
    "à la criée",
    "au conservatoire",
    "à l'observatoire",
    "dans la forêt",
    "au belvédère",
    "à la cité",
)

OPENINGS = (
    "{place} a lancé cette action après une enquête auprès des habitants, qui demandaient "
    "surtout de l'aide pour leurs démarches et un lieu où poser leurs questions.",
    "Depuis {year}, {place} propose ce service à celles et ceux que l'écran décourage, sans "
    "rendez-vous et sans condition de ressources.",
    "L'idée est née d'un constat simple : un habitant sur {n} n'ouvre jamais le site de la "
    "collectivité, faute d'équipement ou d'habitude.",
    "Le conseil a voté ce projet en {year}, à l'unanimité, avec un budget de {n} 000 euros "
    "répartis sur trois ans.",
    "{place} voulait rapprocher le numérique de la vie quotidienne : moins de papier, moins de "
    "déplacements, et toujours une personne à qui parler.",
    "À {place}, tout est parti d'une dizaine de volontaires qui avaient appris seuls et "
    "souhaitaient transmettre ce qu'ils savaient.",
)
MIDDLES = (
    "Deux agents formés reçoivent le public le matin ; l'après-midi, la salle reste ouverte à "
    "ceux qui veulent s'exercer seuls.",
    "Les séances durent une heure et demie, par groupes de huit, avec un ordinateur pour chacun "
    "et une feuille de rappel à emporter.",
    "Le matériel vient pour moitié de postes reconditionnés, donnés par des entreprises voisines "
    "et remis en état par les élèves du lycée professionnel.",
    "Chaque trimestre, une réunion publique présente les chiffres, les retours des usagers et "
    "les prochaines étapes, puis laisse une heure aux questions.",
    "La fibre a été tirée jusqu'au bâtiment pour l'occasion, et la couverture mobile a été "
    "mesurée rue par rue avec l'aide des associations.",
    "Un comité d'usagers se réunit tous les deux mois : il teste les nouveautés avant leur mise "
    "en ligne et relit les textes pour les rendre plus clairs.",
    "Le logiciel est libre ; ses évolutions sont partagées avec les communes voisines, qui l'ont "
    "adopté à leur tour sans en payer une seconde fois le développement.",
    "Les enfants ont participé au choix des couleurs et du nom, et les plus grands animent "
    "désormais un atelier par mois avec leurs enseignants.",
    "Les documents existent aussi en gros caractères et en facile à lire ; un essai en langue "
    "des signes française est prévu avec une association du département.",
    "Les données produites sont publiées une fois par an sous licence ouverte, après relecture, "
    "et chacun peut les télécharger ou demander une correction.",
    "Le service a reçu {n} visites la première année, dont un tiers de personnes qui venaient "
    "pour la première fois et que les services ne connaissaient pas.",
    "La collectivité a choisi d'avancer par petites étapes : un quartier d'abord, puis un autre, "
    "en corrigeant à chaque fois ce qui n'avait pas marché.",
    "Un partenariat avec la caisse d'allocations, la poste et le centre communal d'action "
    "sociale permet d'orienter les personnes sans les faire attendre.",
    "Les élus tiennent à garder un guichet : le numérique s'ajoute à l'accueil, il ne le "
    "remplace pas, et personne n'est renvoyé vers une machine.",
    "Une évaluation menée en {year} montre que les habitants gagnent en moyenne deux "
    "déplacements par an, et que l'accueil téléphonique s'en trouve allégé.",
    "Les retours sont bons, mais les horaires restent trop courts le samedi ; une extension est "
    "à l'étude avec les bénévoles de la médiathèque.",
)
ITEMS = (
    "un accueil sans rendez-vous, deux fois par semaine",
    "huit postes équipés, dont deux adaptés",
    "des tutoriels courts, à lire ou à écouter",
    "une ligne dédiée aux questions simples",
    "des ateliers le soir, une fois par mois",
    "un prêt de matériel pour trois semaines",
    "une carte des lieux ouverts, mise à jour par les usagers",
    "un bilan public chaque année",
    "une formation de deux jours pour les agents",
    "des supports en facile à lire",
    "une charte des bons usages, écrite avec les habitants",
    "un forum modéré par la médiathèque",
)
CLOSINGS = (
    "Pour en savoir plus, {link} donne les horaires, le bilan et les documents à télécharger.",
    "Le détail des séances et les comptes rendus sont sur {link}, avec un formulaire de contact.",
    "Les autres communes peuvent reprendre la méthode : elle est décrite pas à pas sur {link}.",
)
LINK_TEXTS = ("la page du projet", "le site de la collectivité", "le carnet de bord")
SERVICES = (
    "Portail famille",
    "Guichet en ligne",
    "Espace citoyen",
    "Paiement de la cantine",
    "Prise de rendez-vous",
    "Catalogue de la médiathèque",
    "Signalement de voirie",
)
PUBLISHERS = ("Bulletin municipal", "La Gazette du pays", "Journal du canton", "Lettre des villes")
AUDIENCES = ("seniors", "jeunes", "familles", "habitants", "demandeurs-d-emploi")
TOOLS = ("Tablettes", "Logiciel libre de prise de rendez-vous", "Bornes wifi", "Portail de données")
LESSONS = (
    "Le service a été arrêté faute d'agent formé ; le besoin, lui, demeure.",
    "L'outil choisi était trop complexe, un simple formulaire aurait suffi.",
)
