"""The files of the tiny project that many tests read: see support.tiny_tree."""

from __future__ import annotations

# Eleven records, and lists as short as they can be. Aix-les-Bains has a label in 2015 and 2018
# only; Lille has an action and no file; the Métropole offers its communes their membership.
TINY: dict[str, str] = {
    "data/vocabulary/themes.yml": """\
- id: numerique-educatif
  label: Numérique éducatif
  definition: Le numérique à l'école.
  origin: label 2017
  since: 2017
- id: reseau-social
  label: Réseau social
  origin: label 2017
- id: mediation-numerique
  label: Médiation numérique
  enjeu: mediation
""",
    "data/vocabulary/categories.yml": """\
- id: vivre-ensemble
  label: Vivre ensemble
""",
    "data/vocabulary/enjeux.yml": """\
- id: mediation
  label: Médiation
  category: vivre-ensemble
- id: emploi
  label: Emploi
""",
    "data/vocabulary/usages.yml": """\
- id: demarches-administratives
  label: Démarches administratives
""",
    "data/vocabulary/mentions.yml": """\
- id: arobase-verte
  label: Arobase verte
  since: 2018
- id: numerique-educatif
  label: Numérique éducatif
  theme: numerique-educatif
""",
    "data/vocabulary/statuses.yml": """\
- id: en-cours
  label: En cours
- id: arretee
  label: Arrêtée
""",
    "data/vocabulary/natures.yml": """\
- id: objectif
  label: Objectif
- id: existant
  label: Existant
""",
    "data/vocabulary/membership-levels.yml": """\
- id: membre
  label: Membre
- id: praemium
  label: Membre praemium
""",
    "data/vocabulary/audiences.yml": """\
- id: seniors
  label: Seniors
- id: jeunes
  label: Jeunes
""",
    "data/vocabulary/periods.yml": """\
- id: total
  label: En tout
- id: par-an
  label: Par an
""",
    "data/vocabulary/kinds.yml": """\
- id: commune
  label: Commune
- id: epci
  label: Intercommunalité
- id: ept
  label: Établissement public territorial
- id: departement
  label: Département
- id: region
  label: Région
- id: syndicat
  label: Syndicat
""",
    "data/editions/2015.yml": """\
edition: 2015
sources:
  - url: https://exemple.org/2015
""",
    "data/editions/2016.yml": """\
edition: 2016
sources:
  - url: https://exemple.org/2016
""",
    "data/editions/2017.yml": """\
edition: 2017
number: 18
ceremony:
  date: 2017-02-01
  place: Paris
counts:
  - label: villes labellisées
    value: 331
    total: true
    sources:
      - url: https://exemple.org/2017
  - label: participants
    value: 450
    approximate: true
    sources:
      - url: https://exemple.org/2017
sources:
  - url: https://exemple.org/2017
""",
    "data/editions/2018.yml": """\
edition: 2018
counts:
  - label: collectivités labellisées
    value: 3
    total: true
    sources:
      - url: https://exemple.org/2018
sources:
  - url: https://exemple.org/2018
""",
    "data/actors/universite-de-lille.yml": """\
name: Université de Lille
kind: université
territory: "59350"
sources:
  - url: https://exemple.org/universite
""",
    "data/territories/73/73008-aix-les-bains.yml": """\
code: "73008"
website: https://aix.example.org/
labels:
  - edition: 2018
    level: 4
    mentions: [arobase-verte]
    sources:
      - url: https://exemple.org/aix-2018
        seen: 2026-11-21
    doubt: niveau lu sur une photo
  - edition: 2015
    level: 5
    sources:
      - publisher: Le Journal
        title: Palmarès
        date: 2015-02
""",
    "data/territories/59/59378-marcq-en-baroeul.yml": """\
code: "59378"
labels:
  - edition: 2018
    level: 5
    mentions: [numerique-educatif]
    sources:
      - url: https://exemple.org/marcq-2018
services:
  - usage: demarches-administratives
    title: Portail famille
    url: https://famille.example.org/
""",
    "data/territories/59/59009-villeneuve-d-ascq.yml": """\
code: "59009"
memberships:
  - level: praemium
    since: 2001
    sources:
      - url: https://exemple.org/ascq
labels:
  - edition: 2017
    sources:
      - url: https://exemple.org/ascq-2017
""",
    "data/territories/59/59512-roubaix.yml": """\
code: "59512"
labels:
  - edition: 2018
    level: 5
    sources:
      - url: https://exemple.org/roubaix-2018
""",
    "data/territories/59/200093201-metropole-europeenne-de-lille.yml": """\
code: "200093201"
memberships:
  - level: praemium
    since: 2016-07-02
    offers: membre
    note: À la demande de la commune.
    sources:
      - url: https://exemple.org/mel
programmes:
  - title: Schéma d'aménagement numérique
    started: 2009
    sources:
      - url: https://exemple.org/mel
indicators:
  - programme: Schéma d'aménagement numérique
    label: prises
    value: 210000
    unit: prises
    nature: objectif
    date: 2009
    sources:
      - url: https://exemple.org/mel
  - label: réseau de collecte
    value: 0.5
    unit: km
    nature: existant
    approximate: true
    sources:
      - url: https://exemple.org/mel
    doubt: unité à préciser
""",
    "data/territories/59/x-nord-numerique.yml": """\
code: x-nord-numerique
name: Nord numérique
kind: syndicat
departement: "59"
successor: "59350"
sources:
  - url: https://exemple.org/syndicat
""",
    "data/actions/59/59378-marcq-en-baroeul/la-bonne-appli.md": """\
---
title: Appel à projets « La bonne appli »
territory: "59378"
partners: ["200093201"]
actors: [universite-de-lille]
themes: [reseau-social, numerique-educatif]
enjeux: [mediation]
usages: [demarches-administratives]
status: en-cours
started: 2016-03-01
website: https://appli.example.org/
sources:
  - url: https://exemple.org/appli
    seen: 2026-11-21
verified: 2026-11-21
doubt: thème déduit du contenu
---

Les habitants proposent **une application**.
""",
    "data/actions/59/59378-marcq-en-baroeul/ecole-connectee.md": """\
---
title: École connectée
territory: "59378"
themes: [numerique-educatif]
status: arretee
started: 2014
lessons: Il faut former avant d'équiper.
sources:
  - url: https://exemple.org/ecole
---

Des tablettes dans les écoles.
""",
    "data/actions/59/59350-lille/maison-du-numerique.md": """\
---
title: Maison du numérique
territory: "59350"
themes: [numerique-educatif]
started: 2020
audience: [seniors, jeunes]
cost:
  amount: 42000
  period: par-an
  note: salaires et loyer
  funding: DETR, 40 %
  date: 2021
tools: [Decidim, bornes wifi]
results:
  - text: 312 personnes accompagnées
    date: 2023
  - text: "Tous les ateliers complets : une file d'attente"
    date: 2024-05
lessons: Ouvrir le samedi.
contact: https://www.lille.example.org/maison/
sources:
  - url: https://exemple.org/maison
---

Un lieu pour apprendre.
""",
    "data/actions/73/73008-aix-les-bains/tiers-lieu.md": """\
---
title: Tiers-lieu au casino
territory: "73008"
themes: [mediation-numerique]
sources:
  - url: https://exemple.org/tiers-lieu
---

Un tiers-lieu.
""",
}
