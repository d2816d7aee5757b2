"""/statistiques/: one question per chart, the answer in its title; each has a page and files."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from atlaas import diagnosis, text
from atlaas.diagnosis.commune_counts import TOWN_CLASSES, count_towns, town_class
from atlaas.diagnosis.sizes import FEWEST
from atlaas.directory import Directory
from atlaas.pages import views
from atlaas.pages.chart_pages import Asked, ChartGroup, chart_pages
from atlaas.pages.charts import Chart
from atlaas.pages.page import Asset, Page, Site, any_date, page_kind, root_of

URL = "statistiques/"


@page_kind(order=80, study=True)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The page of all charts; a page, a CSV and a picture for each."""

    def values() -> dict[str, Any]:
        totals = diagnosis.totals(directory)
        return {
            "crumbs": [("Accueil", root_of(URL)), ("Statistiques", None)],
            "charts": [make(directory) for make in CHARTS.values()],
            "totals": totals,
            "elsewhere": _elsewhere(directory),
            "divide": any(item.head.topic for item in directory.indicators),
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
    as_of = views.newest_change(directory)
    dated = f"données au {text.date(as_of)}" if as_of else ""
    asked = {
        name: Asked(QUESTIONS[name], partial(make, directory), dated, "Licence Ouverte 2.0")
        for name, make in CHARTS.items()
    }
    group = ChartGroup(URL, "Statistiques", "Un graphique de l'Atlaas", any_date)
    yield from chart_pages(group, asked, site)


def _share(part: int, whole: int) -> float | None:
    """A share in percent; None where it would rest on too few known facts."""
    return round(100 * part / whole, 1) if whole and part >= FEWEST else None


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
        QUESTIONS["editions"],
        f"{text.number(known_all)} labels connus en {len(rows)} éditions ; le total officiel est "
        f"publié pour {with_total} d'entre elles",
        "Foncé, en bas : labels connus ici. Clair : total publié. Sans barre claire, "
        "le total n'est pas connu. Ce que compte chaque total est dit sur la page de l'édition.",
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
        if total and diagnosis.is_exact(diagnosis.total_of(edition)):
            rows.append((str(edition.year), round(100 * known / total, 1), known, total))
            sums[0] += known
            sums[1] += total
    return Chart(
        "couverture",
        QUESTIONS["couverture"],
        f"{text.number(sums[0])} labels connus sur les {text.number(sums[1])} des éditions dont "
        "le total des labels est publié",
        "En pourcentage du total publié de chaque édition. Les autres ne se comparent pas : leur "
        "total n'est pas connu, ou compte autre chose (participants, communes seules, annonce).",
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
        QUESTIONS["niveaux"],
        f"{name} est le niveau le plus fréquent des derniers labels connus ({text.number(most)} "
        f"territoires sur {text.number(len(directory.labelled))})",
        "Dernier label connu de chaque territoire, quelle que soit son édition. Les articles "
        "parlent surtout des niveaux élevés : ce n'est pas la répartition de tous les labels.",
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
        if not whole or not place.population:  # nobody lives there
            continue
        rows.append((place.name, labelled[code], whole, _share(labelled[code], whole)))
    rows.sort(key=lambda row: (-row[1], text.sort_key(row[0])))
    return Chart(
        "regions",
        QUESTIONS["regions"],
        f"{rows[0][0]} compte le plus de communes dont un label est connu : "
        f"{text.number(rows[0][1])}"
        if rows and rows[0][1]
        else "Aucun label de commune n'est encore connu",
        f"Communes dont au moins un label est connu ; sous {FEWEST}, la part est dite non connue.",
        ("région", "communes dont un label est connu", "communes", "part (%)"),
        list(rows),
    )


def _sizes(directory: Directory) -> Chart:
    communes, _ = count_towns(directory.reference)
    labelled = Counter(
        town_class(t.population).id for t in directory.labelled if t.kind == "commune"
    )
    counts = [(c.label, labelled[c.id], communes.get(c.id, 0)) for c in TOWN_CLASSES]
    rows = [(label, _share(n, whole), n, whole) for label, n, whole in counts]
    told = [(label, share) for label, share, _, _ in rows if share is not None]
    answer = "Trop peu de labels sont connus pour comparer les tailles"
    if len(told) > 1:
        (least, low), (most, high) = told[0], told[-1]
        answer = (
            f"{text.number(high)} % des communes de {most} ont un label connu, "
            f"{text.number(low)} % de celles de {least}"
        )
    return Chart(
        "tailles",
        QUESTIONS["tailles"],
        answer,
        "En pourcentage des communes de chaque classe. Les classes sont choisies pour l'Atlaas ; "
        f"sous {FEWEST} communes connues, la part est dite non connue.",
        (
            "population",
            "part dont un label est connu (%)",
            "communes dont un label est connu",
            "communes",
        ),
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
        QUESTIONS["themes"],
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
        QUESTIONS["annees"],
        f"{text.number(dated)} actions sur {text.number(len(directory.actions))} ont une année "
        "de début connue" + (f", de {years[0]} à {years[-1]}" if years else ""),
        f"Le début de {text.plural(unknown, 'action')} n'est pas connu.",
        ("année", "actions"),
        list(rows),
        upright=True,
    )


CHARTS: dict[str, Callable[[Directory], Chart]] = {
    "editions": _editions,
    "couverture": _coverage,
    "niveaux": _levels,
    "regions": _regions,
    "tailles": _sizes,
    "themes": _themes,
    "annees": _years,
}
QUESTIONS = {
    "editions": "Combien de labels par édition ?",
    "couverture": "Quelle part des labels l'Atlaas connaît-il ?",
    "niveaux": "Quel est le niveau des derniers labels connus ?",
    "regions": "Où sont les communes dont un label est connu ?",
    "tailles": "Les grandes villes ont-elles plus souvent un label connu ?",
    "themes": "De quoi parlent les actions ?",
    "annees": "Quand les actions ont-elles commencé ?",
}


def _elsewhere(directory: Directory) -> list[tuple[int, str, str, str, list[views.SourceView]]]:
    """(edition, what is counted, value, doubt, sources) of published figures, as published."""
    return [
        (
            edition.year,
            count.label,
            views.counted(count),
            count.doubt or "",
            views.sources(directory, count.sources),
        )
        for edition in reversed(directory.editions.values())
        for count in edition.record.counts
        if not count.level
    ]
