"""The page /statistiques/: one question per chart, the answer in its title, its table and CSV."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from atlaas import diagnosis, text
from atlaas.diagnosis.commune_counts import TOWN_CLASSES, count_towns, town_class
from atlaas.directory import Directory
from atlaas.pages import views
from atlaas.pages.charts import Chart
from atlaas.pages.page import Asset, Page, Site, page_kind, root_of

URL = "statistiques/"


@page_kind(order=80, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page, and one CSV per chart."""

    def values() -> dict[str, Any]:
        totals = diagnosis.totals(directory)
        return {
            "crumbs": [("Accueil", root_of(URL)), ("Statistiques", None)],
            "charts": [make(directory) for make in CHARTS],
            "totals": totals,
            "elsewhere": _elsewhere(directory),
        }

    yield Page(
        URL,
        "statistics",
        "donnees",
        "Statistiques",
        "Ce que l'Atlaas connaît du label et des actions, en graphiques : une question chacun, "
        "avec son tableau et ses données.",
        values,
    )
    for name, make in zip(NAMES, CHARTS, strict=True):
        yield Asset(f"{URL}{name}.csv", partial(lambda make: make(directory).csv(), make))


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0


def _editions(directory: Directory) -> Chart:
    rows: list[tuple[int | str | None, ...]] = []
    with_total = 0
    for edition in directory.editions.values():
        known, total = diagnosis.coverage(edition)
        with_total += total is not None
        rows.append((str(edition.year), known, total))
    known_all = sum(len(e.labels) for e in directory.editions.values())
    return Chart(
        "editions",
        "Combien de labels chaque édition a-t-elle donnés ?",
        f"{text.number(known_all)} labels connus en {len(rows)} éditions ; le total officiel est "
        f"publié pour {with_total} d'entre elles",
        "Foncé, en bas : labels connus ici. Clair : total publié. Sans barre claire, "
        "le total n'est pas connu.",
        ("édition", "labels connus", "total publié"),
        rows,
        behind=2,
        upright=True,
    )


def _coverage(directory: Directory) -> Chart:
    rows: list[tuple[int | float | str | None, ...]] = []
    sums = [0, 0]
    for edition in directory.editions.values():
        known, total = diagnosis.coverage(edition)
        if total:
            rows.append((str(edition.year), _percent(known, total), known, total))
            sums[0] += known
            sums[1] += total
    return Chart(
        "couverture",
        "Quelle part des labels l'Atlaas connaît-il ?",
        f"{text.number(sums[0])} labels connus sur les {text.number(sums[1])} des éditions dont "
        "le total est publié",
        "En pour cent du total publié de chaque édition. Les autres éditions ne se comparent pas.",
        ("édition", "part connue (%)", "labels connus", "total publié"),
        rows,
        upright=True,
    )


def _levels(directory: Directory) -> Chart:
    counts = Counter(t.latest.level for t in directory.labelled if t.latest)
    rows = [(text.plural(n, "arobase"), counts[n]) for n in (5, 4, 3, 2, 1)]
    name, most = max(rows, key=lambda row: row[1])
    rows.append(("niveau non connu", counts[None]))
    return Chart(
        "niveaux",
        "Quel est le niveau des territoires labellisés ?",
        f"{name} est le niveau le plus fréquent des derniers labels connus ({text.number(most)} "
        f"territoires sur {text.number(len(directory.labelled))})",
        "Dernier label connu de chaque territoire, quelle que soit son édition. Les sources "
        "parlent plus des niveaux élevés : ce n'est pas la répartition de tous les labels.",
        ("niveau", "territoires"),
        rows,
    )


def _regions(directory: Directory) -> Chart:
    _, communes = count_towns(directory.reference)
    labelled = Counter(t.region for t in directory.labelled if t.kind == "commune" and t.region)
    rows = []
    for place in directory.reference.regions.values():
        code = place.code.removeprefix("reg-")
        whole = communes.get(code, 0)
        if not whole:  # uninhabited
            continue
        rows.append((place.name, labelled[code], whole, _percent(labelled[code], whole)))
    rows.sort(key=lambda row: (-row[1], text.sort_key(row[0])))
    return Chart(
        "regions",
        "Où sont les communes labellisées connues ?",
        f"{rows[0][0]} compte le plus de communes labellisées connues : {text.number(rows[0][1])}",
        "Communes dont au moins un label est connu.",
        ("région", "communes labellisées connues", "communes", "part (%)"),
        list(rows),
    )


def _sizes(directory: Directory) -> Chart:
    communes, _ = count_towns(directory.reference)
    labelled = Counter(
        town_class(t.population).id for t in directory.labelled if t.kind == "commune"
    )
    counts = [(c.label, labelled[c.id], communes.get(c.id, 0)) for c in TOWN_CLASSES]
    rows = [(label, _percent(n, whole), n, whole) for label, n, whole in counts]
    return Chart(
        "tailles",
        "Les grandes villes ont-elles plus souvent un label ?",
        f"{text.number(rows[-1][1])} % des communes de {rows[-1][0]} ont un label connu, "
        f"{text.number(rows[0][1])} % de celles de {rows[0][0]}",
        "En pour cent des communes de chaque classe. Les classes sont notre choix.",
        ("population", "part labellisée connue (%)", "communes labellisées connues", "communes"),
        list(rows),
    )


def _themes(directory: Directory) -> Chart:
    rows = [
        (term.label, len(directory.actions_by["themes"].get(term.id, ())))
        for term in directory.vocabularies["themes"].values()
    ]
    rows.sort(key=lambda row: (-row[1], text.sort_key(row[0])))
    return Chart(
        "themes",
        "De quoi parlent les actions ?",
        f"{rows[0][0]} est le thème le plus fréquent : {text.plural(rows[0][1], 'action')} sur "
        f"{text.number(len(directory.actions))}",
        "Une action compte dans chacun de ses thèmes (un à trois).",
        ("thème", "actions"),
        list(rows),
    )


def _years(directory: Directory) -> Chart:
    counts = Counter(action.year for action in directory.actions.values())
    unknown = counts.pop("", 0)
    years = sorted(counts)
    span = range(int(years[0]), int(years[-1]) + 1) if years else range(0)
    rows = [(str(year), counts[str(year)]) for year in span]
    dated = sum(counts.values())
    return Chart(
        "annees",
        "Quand les actions ont-elles commencé ?",
        f"{text.number(dated)} actions sur {text.number(len(directory.actions))} ont une année "
        "de début connue" + (f", de {years[0]} à {years[-1]}" if years else ""),
        f"Le début de {text.plural(unknown, 'action')} n'est pas connu.",
        ("année", "actions"),
        list(rows),
        upright=True,
    )


CHARTS = (_editions, _coverage, _levels, _regions, _sizes, _themes, _years)
NAMES = ("editions", "couverture", "niveaux", "regions", "tailles", "themes", "annees")


def _elsewhere(directory: Directory) -> list[tuple[int, str, str, str, list[views.SourceView]]]:
    """(edition, what is counted, value, doubt, sources) of published figures, as published."""
    return [
        (
            edition.year,
            count.label,
            f"{'environ ' if count.approximate else ''}{text.number(count.value)}",
            count.doubt or "",
            views.sources(count.sources),
        )
        for edition in reversed(directory.editions.values())
        for count in edition.record.counts
        if not count.level
    ]
