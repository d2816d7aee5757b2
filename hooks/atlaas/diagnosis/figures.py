"""The figures of a diagnosis as a flat list: what its CSV, its JSON and /methode/ say."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from atlaas.diagnosis.area import Diagnosis, Share
from atlaas.diagnosis.figure_words import compared_unit, plain_number
from atlaas.diagnosis.open_figures import OpenFigure
from atlaas.diagnosis.quality import Quality
from atlaas.diagnosis.sizes import decimal, percent
from atlaas.directory import Directory, LinkedTerritory


class Figure(NamedTuple):
    """One figure. ``formula`` is the id of its explanation on /methode/."""

    section: str
    id: str
    label: str
    value: str  # a plain number, empty where it cannot be given
    unit: str
    part: str  # numerator, where the figure is a quotient
    whole: str  # denominator
    formula: str
    records: tuple[str, ...]  # codes of territories, or ids of actions


class Told(NamedTuple):
    """A figure as the files give it: what several figures count is listed with the first."""

    figure: Figure
    same_records: str  # « section/id » of that first one, or empty

    def row(self) -> tuple[str, ...]:
        """The line of the CSV file."""
        return (*self.figure[:-1], " ".join(self.figure.records), self.same_records)

    def fields(self) -> dict[str, Any]:
        """The same for the JSON file, which is silent where this line lists its own."""
        same = {"same_records": self.same_records} if self.same_records else {}
        return {**self.figure._asdict(), **same}


COLUMNS = (*Figure._fields, "same_records")


def told(figures: Iterable[Figure]) -> Iterator[Told]:
    """The figures, each list of several records once: they are most of a file of a région."""
    first: dict[tuple[str, ...], str] = {}
    for figure in figures:
        key = f"{figure.section}/{figure.id}"
        same = first.setdefault(figure.records, key) if len(figure.records) > 1 else key
        yield Told(figure, "") if same == key else Told(figure._replace(records=()), same)


def figures(
    directory: Directory, d: Diagnosis, quality: Quality, imported: Iterable[OpenFigure] = ()
) -> list[Figure]:
    """All figures of a diagnosis, in the order of the page."""
    return [
        *_participation(d),
        *_actions(d),
        *_matrices(directory, d),
        *_imported(d, imported),
        *_quality(d, quality),
    ]


def _codes(territories: Iterable[LinkedTerritory]) -> tuple[str, ...]:
    return tuple(t.code for t in territories)


def _count(
    section: str, id_: str, label: str, n: int, unit: str, records: tuple[str, ...], formula: str
) -> Figure:
    """A figure that is counted, and no quotient."""
    return Figure(section, id_, label, str(n), unit, "", "", formula, records)


def _share(id_: str, label: str, share: Share, records: tuple[str, ...]) -> Iterator[Figure]:
    """How many communes, then their share of all communes and of the population, in percent.

    A share that rests on too little has no value; both its numbers stay.
    """
    yield _count("participation", id_, label, share.n, "communes", records, "compte")
    for of, words, part, whole in (
        ("communes", "part des communes", share.n, share.of),
        ("population", "part de la population", share.population, share.of_population),
    ):
        value = percent(part, whole) if share.told else ""
        quotient = (str(part), str(whole))
        name, title = f"{id_}-{of}", f"{label}, {words}"
        yield Figure("participation", name, title, value, "%", *quotient, "part", records)


SHARES = (  # (id, words, attribute of the diagnosis)
    ("adhesion", "communes à qui une adhésion groupée est ouverte", "offered"),
    ("labellisees-maintenant", "communes labellisées à la dernière édition", "labelled_now"),
    ("labellisees", "communes labellisées au moins une fois", "labelled_ever"),
    ("actions", "communes qui portent une action", "acting"),
    ("fiches", "communes présentes dans l'Atlaas", "recorded"),
)


def _participation(d: Diagnosis) -> Iterator[Figure]:
    count = partial(_count, "participation")
    area = (d.area.code,)
    yield count("communes", "communes", len(d.communes), "communes", area, "compte")
    yield count("population", "population", d.population, "habitants", area, "compte")
    for id_, label, name in SHARES:
        share: Share = getattr(d, name)
        codes = _codes(s.through for s in d.agreements if s.through)
        yield from _share(id_, label, share, codes if name == "offered" else _codes(share.communes))
    codes = _codes(t for t, _ in d.own_members)
    label = "territoires dont la fiche porte une adhésion"
    yield count("adherents", label, len(codes), "territoires", codes, "compte")
    for level, towns in d.by_level.items():
        words = f"dernier niveau connu : {level}" if level else "dernier niveau non connu"
        label, codes = f"communes labellisées, {words}", _codes(towns)
        id_ = f"niveau-{level or 'inconnu'}"
        yield count(id_, label, len(towns), "communes", codes, "niveau")


def _actions(d: Diagnosis) -> Iterator[Figure]:
    ids, unit = tuple(action.id for action in d.actions), "actions pour 10 000 habitants"
    yield _count("actions", "nombre", "actions connues", len(ids), "actions", ids, "compte")
    quotient = str(len(ids)), str(d.population)
    yield Figure("actions", "taux", unit, decimal(d.rate), unit, *quotient, "taux", ids)
    found = d.compared.spread
    peers = tuple(peer.code for peer in d.compared.peers)
    quotient = str(found.n), str(d.compared.areas)
    for id_, label, value in (
        ("quartile-bas", "premier quartile des territoires comparés", found.low),
        ("mediane", "médiane des territoires comparés", found.median),
        ("quartile-haut", "troisième quartile des territoires comparés", found.high),
    ):
        shown = "" if value is None else decimal(value)
        yield Figure("actions", id_, label, shown, unit, *quotient, "quartiles", peers)


def _matrices(directory: Directory, d: Diagnosis) -> Iterator[Figure]:
    for section, matrix, unit in (
        ("themes", d.themes, "actions"),
        ("usages", d.usages, "actions et services"),
    ):
        for row in matrix.rows:
            code = row.territory.code if row.territory else ""
            for id_ in matrix.columns:
                n = row.cells.get(id_)
                if n:
                    label = f"{row.name}, {directory.term(section, id_).label}"
                    yield _count(section, f"{code}/{id_}", label, n, unit, (code,), "matrice")


def _imported(d: Diagnosis, imported: Iterable[OpenFigure]) -> Iterator[Figure]:
    """Figures of imported indicators, each followed by what stands beside it."""
    section = formula = "indicateurs"
    for figure in imported:
        head, records = figure.head, (d.area.code,)
        named = f"{head.label} ({head.publisher}, {figure.date})"
        value, unit, part, whole = figure.row
        yield Figure(section, head.id, named, value, unit, part, whole, formula, records)
        if head.kind == "somme" and figure.compared is not None:
            quotient = value, str(d.population)
            value, unit = plain_number(figure.compared), compared_unit(head)
            label = f"{named}, pour 10 000 habitants"
            yield Figure(
                section, f"{head.id}-taux", label, value, unit, *quotient, formula, records
            )
        for one in figure.beside:
            id_, label = f"{head.id}-{one.id}", f"{named} : {one.words}"
            value = "" if one.number is None else plain_number(one.number)
            n = str(one.n)
            yield Figure(section, id_, label, value, compared_unit(head), "", n, formula, ())


def _quality(d: Diagnosis, q: Quality) -> Iterator[Figure]:
    section = known = "connaissance"
    for id_, label, actions in (
        ("sans-etat", "actions dont l'état n'est pas connu", q.no_status),
        ("sans-debut", "actions dont le début n'est pas connu", q.no_start),
        ("sans-enjeu", "actions qui ne nomment aucun enjeu", q.no_enjeu),
        ("sans-usage", "actions qui ne nomment aucun usage", q.no_usage),
        ("jamais-verifiees", "actions jamais vérifiées", q.never_verified),
        ("anciennes", "actions vérifiées il y a plus de deux ans", q.stale),
    ):
        ids = tuple(action.id for action in actions)
        n, total = str(len(ids)), str(len(d.actions))
        yield Figure(section, id_, label, n, "actions", n, total, known, ids)
    n, label = str(q.labels_without_level), "labels dont le niveau n'est pas connu"
    yield Figure(section, "labels-sans-niveau", label, n, "labels", n, str(q.labels), known, ())
    yield _count(section, "doutes", "points à vérifier", len(q.doubts), "fiches", (), known)
    n_changed, label = len(q.changed), "fiches modifiées en un an"
    yield _count(section, "modifiees", label, n_changed, "fiches", (), "changement")
