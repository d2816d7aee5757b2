"""What the SQLite file has on top of the tables: the stories, a search, and views with names.

``textes`` holds what is read of each action, territory and actor; ``recherche`` (FTS5) finds in it
words without case or accents; ``a_propos`` says of which day and commit the data are. Where the
stories are too long in all for one file to hold them twice, it has names alone, and says so there.
"""

import sqlite3
from collections.abc import Iterator

from atlaas.directory import Directory
from atlaas.pages.page import Site
from atlaas.publish.documents import of_data
from atlaas.publish.formats import LICENCE_NAME, LICENCE_URL, address

MOST_TEXT = 10_000_000  # characters of all stories: some 30 MB of the file, with their index
_TABLES = """
CREATE TABLE "a_propos" ( -- Date, commit, version, licence
  "name" TEXT PRIMARY KEY NOT NULL,
  "value" TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE "textes" ( -- Ce qui se lit d'une action, d'un territoire, d'un acteur
  "number" INTEGER PRIMARY KEY,
  "kind" TEXT NOT NULL, -- actions, territoires, acteurs
  "id" TEXT NOT NULL, -- dans cette table
  "name" TEXT NOT NULL,
  "place" TEXT,
  "text" TEXT, -- le récit, en Markdown
  UNIQUE ("kind", "id")
);
CREATE VIRTUAL TABLE "recherche" USING fts5(
  "name", "place", "text",
  content='textes', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
"""
_VIEWS = """
CREATE VIEW "vue_territoires" AS -- Territoires, avec le nom de leur département, région et EPCI
  SELECT t.*, d."name" AS "departement_name", r."name" AS "region_name", e."name" AS "epci_name"
  FROM "territoires" t
  LEFT JOIN "territoires" d ON d."code" = 'dep-' || t."departement"
  LEFT JOIN "territoires" r ON r."code" = 'reg-' || t."region"
  LEFT JOIN "territoires" e ON e."code" = t."epci";
CREATE VIEW "vue_labels" AS -- Labels, avec le nom du territoire
  SELECT t."name", t."kind", t."departement", t."departement_name", t."region", t."region_name",
    l.*
  FROM "labels" l JOIN "vue_territoires" t ON t."code" = l."territory";
CREATE VIEW "vue_actions" AS -- Actions, avec le nom du territoire, l'état en mots et le récit
  SELECT a.*, t."name" AS "territory_name", t."departement", t."departement_name", t."region",
    t."region_name", s."label" AS "status_label", x."text"
  FROM "actions" a JOIN "vue_territoires" t ON t."code" = a."territory"
  LEFT JOIN "termes" s ON s."vocabulary" = 'statuses' AND s."id" = a."status"
  LEFT JOIN "textes" x ON x."kind" = 'actions' AND x."id" = a."id";
CREATE VIEW "vue_actions_termes" AS -- Thèmes, enjeux, usages et publics des actions, en mots
  SELECT l.*, a."title", a."territory", t."name" AS "territory_name", e."label" AS "term_label"
  FROM "actions_termes" l JOIN "actions" a ON a."id" = l."action"
  JOIN "territoires" t ON t."code" = a."territory"
  JOIN "termes" e ON e."vocabulary" = l."vocabulary" AND e."id" = l."term";
CREATE VIEW "vue_indicateurs_valeurs" AS -- Valeurs, avec ce qui est mesuré et, s'il est ici, où
  SELECT v.*, i."label", i."unit", i."date", i."publisher", t."name" AS "territory_name"
  FROM "indicateurs_valeurs" v JOIN "indicateurs_importes" i ON i."id" = v."indicator"
  LEFT JOIN "territoires" t ON t."code" = v."territory";
"""
_TOO_LONG = "Trop longs en tout pour cette base : ils sont dans actions.ndjson.gz et dans l'API."
_Text = tuple[str, str, str, str | None, str | None]


def extend(connection: sqlite3.Connection, directory: Directory, site: Site) -> None:
    """Add them to a database that has the tables."""
    for statement in (_TABLES + _VIEWS).split(";\n"):
        connection.execute(statement)
    told = sum(len(action.body) for action in directory.actions.values()) <= MOST_TEXT
    about = _about(directory, site) if told else {**_about(directory, site), "textes": _TOO_LONG}
    connection.executemany('INSERT INTO "a_propos" VALUES (?, ?)', about.items())
    connection.executemany(
        'INSERT INTO "textes" ("kind", "id", "name", "place", "text") VALUES (?, ?, ?, ?, ?)',
        _texts(directory, told),
    )
    connection.execute('INSERT INTO "recherche" ("recherche") VALUES (\'rebuild\')')


def _about(directory: Directory, site: Site) -> dict[str, str]:
    found = {"licence": LICENCE_NAME, "licence_url": LICENCE_URL, **of_data(directory)}
    return found | ({"site": address(site, "")} if site.url else {})


def _texts(directory: Directory, told: bool) -> Iterator[_Text]:
    """In the order of the tables; the stories only where they are ``told``."""
    for t in directory.territories.values():
        departement = directory.reference.departements.get(t.departement)
        yield "territoires", t.code, t.name, departement.name if departement else None, None
    for a in directory.actions.values():
        text = a.body.strip() if told else None
        yield "actions", a.id, a.record.title, a.territory.name, text
    for actor in directory.actors.values():
        yield "acteurs", actor.id, actor.record.name, None, actor.record.description
