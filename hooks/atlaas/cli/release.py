"""``release``: the data of one day as an archive, its manifest, and what changed since the last."""

import csv
import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import click

from atlaas import build
from atlaas.cli.paths import pass_project
from atlaas.edit.workspace import open_workspace
from atlaas.pages.archives import (
    CHANGES_CSV,
    CHANGES_TEXT,
    FOLDER,
    ArchivedFile,
    Release,
    as_json,
    releases,
)
from atlaas.pages.settings import site_of
from atlaas.pages.views import newest_change
from atlaas.project import Project
from atlaas.publish.data_files import FOLDER as DATA
from atlaas.publish.spreadsheets import cell
from atlaas.read.layout import kind_of
from atlaas.read.problem import DataError, as_text
from atlaas.review.cards import Card, card_of
from atlaas.review.diff import Diff
from atlaas.review.headlines import headline, summary
from atlaas.review.naming import glossary_of
from atlaas.review.pairs import pairs_of
from atlaas.review.versions import commit, contents_at, day_of, versions
from atlaas.text import plural
from atlaas.text.quoted import clean

_COLUMNS = ("qui", "changement", "genre", "fiche", "fichier")
_README = """\
Atlaas, archive de {year}.

Les données du {date}, telles qu'elles étaient dans la version {commit}.

donnees/    les tables, leurs descriptions et la base SQLite, comme sur le site
fiches/     les fiches elles-mêmes, avec les listes et les tables de la géographie
SHA256SUMS  l'empreinte de chaque fichier : sha256sum -c SHA256SUMS

Licence Ouverte 2.0 (etalab-2.0). À citer : Contributeurs de l'Atlaas, archive de {year}.
"""


@click.command("release", short_help="Met de côté les données d'une année, et dit ce qui a changé.")
@click.argument("year", type=click.IntRange(2000, 2999), metavar="ANNÉE")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DOSSIER",
    help="Où écrire l'archive ; sinon dist/ du projet.",
)
@click.option("--url", default="", metavar="ADRESSE", help="Où l'archive sera : https://…")
@pass_project
def command(project: Project, year: int, folder: Path | None, url: str) -> None:
    """Fait de la version enregistrée des fiches une archive, et dit ce qui a changé.

    L'archive va dans dist/ : déposez-la où elle restera (une « release » de la forge, Zenodo).
    Le manifeste et les changements vont dans releases/ : enregistrez-les dans Git, et le site les
    montre sous /donnees/archives/. Les mêmes fiches donnent les mêmes octets.
    """
    if url and not url.startswith("https://"):
        raise click.UsageError(f"--url {url} : l'adresse commence par https://")
    changed = [v.path for v in versions(project.root, "HEAD", None) if v.path.startswith("data/")]
    if changed:
        raise click.UsageError(
            f"{changed[0]} n'est pas enregistré dans Git : une archive est celle d'une version"
        )
    try:
        known = releases(project)
        made, files = _contents(project, year)
    except DataError as error:
        raise click.ClickException(as_text(error.problems)) from None
    before = next((release for release in known if release.year < year), None)
    cards = _changes(project, before.commit) if before else []
    target = (folder or project.root / "dist") / f"atlaas-{year}.zip"
    archive = _write(target, files, made["date"])
    release = Release(
        year=year,
        **made,
        archive=archive,
        url=url,
        since=before.year if before else None,
        summary=summary(Diff(records=Counter(card.kind for card in cards))) if before else "",
        files=[_described(name, content) for name, content in files],
    )
    _keep(project, release, cards)
    click.echo(f"{target} : {plural(len(files), 'fichier')}, {archive.bytes / 1e6:.1f} Mo")
    click.echo(f"{FOLDER}/{year}.json : enregistrez-le dans Git, avec ce qui l'accompagne.")
    if before:
        click.echo(f"Depuis {before.year} : {release.summary}.")


def _contents(project: Project, year: int) -> tuple[dict[str, object], list[tuple[str, bytes]]]:
    """What the manifest says of the version, and (name, bytes) of every file, by name."""
    directory, _ = build.load(project)
    site = site_of(os.environ.get("ATLAAS_SITE_URL"), {})
    made: dict[str, object] = {
        "date": day_of(project.root, "HEAD"),
        "commit": commit(project.root, "HEAD"),
        "data_date": newest_change(directory),
        "counts": {
            key: count
            for key, count in build.summary(directory).items()
            if key in ("territories", "actions", "labels")
        },
    }
    readme = _README.format(year=year, **made)
    files = {"LISEZ-MOI.txt": readme.encode()}
    for asset in build.published(directory, site, (), ()):
        if asset.url.startswith(DATA) and asset.url != f"{DATA}SHA256SUMS":
            files[asset.url] = asset.content()
    for path, content in contents_at(project.root, "HEAD", ["data"]).items():
        files[f"fiches/{path.removeprefix('data/')}"] = content
    sums = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return made, sorted([*files.items(), ("SHA256SUMS", sums.encode())])


def _described(name: str, content: bytes) -> ArchivedFile:
    return ArchivedFile(name=name, bytes=len(content), sha256=sha256(content).hexdigest())


def _write(target: Path, files: list[tuple[str, bytes]], date: object) -> ArchivedFile:
    """Write the zip, whose files all have the day of the version."""
    target.parent.mkdir(parents=True, exist_ok=True)
    year, month, day = map(int, str(date).split("-"))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(f"{target.stem}/{name}", (year, month, day, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return _described(target.name, target.read_bytes())


def _keep(project: Project, release: Release, cards: Sequence[Card]) -> None:
    """Write the manifest and the changes, and the version into CITATION.cff."""
    folder = project.root / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / f"{release.year}.json").write_text(as_json(release), encoding="utf-8", newline="\n")
    if release.since:
        table = io.StringIO(newline="")
        csv.writer(table).writerows([_COLUMNS, *_rows(cards)])
        data = table.getvalue().encode()
        (folder / CHANGES_CSV.format(year=release.year)).write_bytes(data)
        words = [f"Atlaas, de l'archive de {release.since} à celle de {release.year}.", ""]
        words += [f"{release.summary[:1].upper()}{release.summary[1:]}.", ""]
        words += [
            f"- {clean(f'{who} : {said}' if who else said)}" for who, said, *_ in _rows(cards)
        ]
        (folder / CHANGES_TEXT.format(year=release.year)).write_bytes(
            ("\n".join(words) + "\n").encode()
        )
    citation = project.root / "CITATION.cff"
    if citation.is_file():
        said = citation.read_text(encoding="utf-8")
        said = re.sub(r"(?m)^version: .*$", f'version: "{release.year}"', said)
        said = re.sub(r"(?m)^date-released: .*$", f"date-released: {release.date}", said)
        citation.write_text(said, encoding="utf-8", newline="\n")


def _changes(project: Project, base: str) -> list[Card]:
    """What became of each record since a commit, one by one, by file."""
    found = [v for v in versions(project.root, base, "HEAD") if not v.odd and kind_of(v.path)]
    pairs = pairs_of(found)
    glossary = glossary_of(open_workspace(project), pairs)
    cards = (card_of(pair, glossary, {}) for pair in pairs)
    return sorted(cards, key=lambda card: card.path)


def _rows(cards: Iterable[Card]) -> Iterator[tuple[str, ...]]:
    """A row per change; what a spreadsheet would run is preceded by an apostrophe."""
    for card in cards:
        notes = [] if card.kind == "ajout" else [note.text for note in card.notes]
        for said in [f"{card.called} : {note}" for note in notes] or [headline(card)]:
            cells = (card.who, said, card.kind, card.record, card.path)
            yield tuple(str(cell(value)) for value in cells)
