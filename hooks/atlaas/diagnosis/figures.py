"""The figures of a diagnosis as a flat list: what its CSV, its JSON and /methode/ tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from atlaas.diagnosis.area import Diagnosis, Share
from atlaas.diagnosis.quality import Quality
from atlaas.diagnosis.sizes import decimal, percent
from atlaas.directory import Directory, LinkedTerritory


class Figure(NamedTuple):
    """One figure. ``formula`` is the id of its explanation on /methode/."""

    section: str
    id: str
    label: str
    value: str  # a plain number, empty where it can not be given
    unit: str
    part: str  # numerator, where the figure is a quotient
    whole: str  # denominator
    formula: str
    records: tuple[str, ...]  # codes of territories, or ids of actions

    def row(self) -> tuple[str, ...]:
        """The line of the CSV file."""
        return (*self[:-1], " ".join(self.records))


COLUMNS = Figure._fields


def figures(directory: Directory, d: Diagnosis, quality: Quality) -> list[Figure]:
    """All figures of a diagnosis, in the order of the page."""
    return [*_participation(d), *_actions(d), *_matrices(directory, d), *_quality(d, quality)]


def _codes(territories: Iterable[LinkedTerritory]) -> tuple[str, ...]:
    return tuple(t.code for t in territories)


def _share(id_: str, label: str, share: Share, records: tuple[str, ...]) -> Iterator[Figure]:
    yield Figure("participation", id_, label, str(share.n), "communes", "", "", "compte", records)
    yield Figure(
        "participation",
        f"{id_}-communes",
        f"{label}, part des communes",
        percent(share.n, share.of),
        "%",
        str(share.n),
        str(share.of),
        "part",
        records,
    )
    yield Figure(
        "participation",
        f"{id_}-population",
        f"{label}, part de la population",
        percent(share.population, share.of_population),
        "%",
        str(share.population),
        str(share.of_population),
        "part",
        records,
    )


SHARES = (  # (id, words, attribute of the diagnosis)
    ("adhesion", "communes couvertes par une adhésion groupée", "offered"),
    ("labellisees-maintenant", "communes labellisées à la dernière édition", "labelled_now"),
    ("labellisees", "communes labellisées au moins une fois", "labelled_ever"),
    ("actions", "communes qui portent une action", "acting"),
    ("fiches", "communes présentes dans l'Atlaas", "recorded"),
)


def _participation(d: Diagnosis) -> Iterator[Figure]:
    yield Figure(
        "participation",
        "communes",
        "communes",
        str(len(d.communes)),
        "communes",
        "",
        "",
        "compte",
        (d.area.code,),
    )
    yield Figure(
        "participation",
        "population",
        "population",
        str(d.population),
        "habitants",
        "",
        "",
        "compte",
        (d.area.code,),
    )
    for id_, label, name in SHARES:
        share: Share = getattr(d, name)
        codes = _codes(s.through for s in d.agreements if s.through)
        yield from _share(id_, label, share, codes if name == "offered" else _codes(share.communes))
    members = tuple(t for t, _ in d.own_members)
    yield Figure(
        "participation",
        "adherents",
        "territoires dont la fiche porte une adhésion",
        str(len(members)),
        "territoires",
        "",
        "",
        "compte",
        _codes(members),
    )
    for level, towns in d.by_level.items():
        words = f"dernier niveau connu : {level}" if level else "dernier niveau non connu"
        yield Figure(
            "participation",
            f"niveau-{level or 'inconnu'}",
            f"communes labellisées, {words}",
            str(len(towns)),
            "communes",
            "",
            "",
            "niveau",
            _codes(towns),
        )


def _number(value: Fraction | None) -> str:
    return "" if value is None else decimal(value)


def _actions(d: Diagnosis) -> Iterator[Figure]:
    ids = tuple(action.id for action in d.actions)
    yield Figure(
        "actions", "nombre", "actions connues", str(len(ids)), "actions", "", "", "compte", ids
    )
    yield Figure(
        "actions",
        "taux",
        "actions pour 10 000 habitants",
        decimal(d.rate),
        "actions pour 10 000 habitants",
        str(len(ids)),
        str(d.population),
        "taux",
        ids,
    )
    found = d.compared.spread
    peers = tuple(peer.code for peer in d.compared.peers)
    for id_, label, value in (
        ("quartile-bas", "premier quartile des territoires comparés", found.low),
        ("mediane", "médiane des territoires comparés", found.median),
        ("quartile-haut", "troisième quartile des territoires comparés", found.high),
    ):
        yield Figure(
            "actions",
            id_,
            label,
            _number(value),
            "actions pour 10 000 habitants",
            str(found.n),
            str(d.compared.areas),
            "quartiles",
            peers,
        )


def _matrices(directory: Directory, d: Diagnosis) -> Iterator[Figure]:
    for section, matrix in (("themes", d.themes), ("usages", d.usages)):
        for row in matrix.rows:
            for id_ in matrix.columns:
                if row.cells.get(id_):
                    code = row.territory.code if row.territory else ""
                    yield Figure(
                        section,
                        f"{code}/{id_}",
                        f"{row.name}, {directory.term(section, id_).label}",
                        str(row.cells[id_]),
                        "actions" if section == "themes" else "actions et services",
                        "",
                        "",
                        "matrice",
                        (code,),
                    )


def _quality(d: Diagnosis, q: Quality) -> Iterator[Figure]:
    total = str(len(d.actions))
    for id_, label, actions in (
        ("sans-etat", "actions dont l'état n'est pas connu", q.no_status),
        ("sans-debut", "actions dont le début n'est pas connu", q.no_start),
        ("sans-enjeu", "actions qui ne nomment aucun enjeu", q.no_enjeu),
        ("sans-usage", "actions qui ne nomment aucun usage", q.no_usage),
        ("jamais-verifiees", "actions jamais vérifiées", q.never_verified),
        ("anciennes", "actions vérifiées il y a plus de deux ans", q.stale),
    ):
        ids = tuple(action.id for action in actions)
        yield Figure(
            "connaissance",
            id_,
            label,
            str(len(ids)),
            "actions",
            str(len(ids)),
            total,
            "connaissance",
            ids,
        )
    yield Figure(
        "connaissance",
        "labels-sans-niveau",
        "labels dont le niveau n'est pas connu",
        str(q.labels_without_level),
        "labels",
        str(q.labels_without_level),
        str(q.labels),
        "connaissance",
        (),
    )
    yield Figure(
        "connaissance",
        "doutes",
        "points à vérifier",
        str(len(q.doubts)),
        "fiches",
        "",
        "",
        "connaissance",
        (),
    )
    yield Figure(
        "connaissance",
        "modifiees",
        "fiches modifiées en un an",
        str(len(q.changed)),
        "fiches",
        "",
        "",
        "changement",
        (),
    )
