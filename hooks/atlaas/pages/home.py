"""The home page."""

from collections.abc import Iterator
from typing import Any

from atlaas import diagnosis, text
from atlaas.directory import Directory
from atlaas.pages import views
from atlaas.pages.page import Asset, Page, Site, any_date, page_kind, root_of


@page_kind(order=10)
def pages(directory: Directory, site: Site) -> Iterator[Page | Asset]:
    """The one page at the root."""

    def values() -> dict[str, Any]:
        root = root_of("")
        totals, by_theme = diagnosis.totals(directory), directory.actions_by["themes"]
        newest = views.newest(directory.actions.values(), 6)
        as_of = views.newest_change(directory)
        return {
            "totals": totals,
            "as_of": text.date(as_of) if as_of else "",
            "themes": [
                (term.label, f"{root}themes/{id_}/", len(by_theme.get(id_, ())))
                for id_, term in directory.vocabularies["themes"].items()
            ],
            "newest": [views.action_card(directory, a) for a in newest],
            "points": [
                t.point
                for t in directory.labelled
                if t.point and t.kind not in ("departement", "region")
            ],
            "evaluation": directory.grid is not None,
            "divide": any(item.head.topic for item in directory.indicators),
        }

    yield Page(
        "",
        "home",
        "accueil",
        "Annuaire ouvert des actions numériques des territoires",
        "L'annuaire ouvert des territoires, de leurs actions numériques et du label Territoires, "
        "Villes et Villages Internet.",
        values,
        scripts=("assets/js/finder.js",),
        about=site,
        dates=any_date,
    )
