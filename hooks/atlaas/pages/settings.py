"""What mkdocs.yml and the environment say of a site: its address, its forge, whose it is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from atlaas.forge import KINDS, Forge, kind_of_address
from atlaas.pages.owner import SETTINGS, SiteOwner
from atlaas.pages.page import Site
from atlaas.read.problem import visible

# The addresses of the site and of the forge, as they stand in every page.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~%-]+)*/?")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


class WrongSetting(Exception):
    """A setting with which no site can be built; says which, and what to write."""


def site_of(url: str | None, extra: Mapping[str, Any]) -> Site:
    """The site at an address with the settings ``extra`` of mkdocs.yml, each of which may be empty.

    A variable of the environment that is set to nothing arrives as None.
    """
    given = {key: value for key, value in (extra.get("forge") or {}).items() if value}
    address = given.get("url", "").rstrip("/")
    kind = given.get("kind") or kind_of_address(address)
    forge = Forge(address, given.get("branch", "main"), kind)
    owner = SiteOwner(**{key: str(extra.get(key) or "").strip() for key in SETTINGS})
    return Site(url or "", forge, owner, extra.get("api", True))


def remarks(site: Site) -> Iterator[str]:
    """What a build says of its settings, in French. Raises WrongSetting for what is wrong."""
    for name, url in (("ATLAAS_SITE_URL", site.url), ("ATLAAS_FORGE_URL", site.forge.url)):
        if url and not _ADDRESS.fullmatch(url):
            raise WrongSetting(
                f"{name}={visible(url)} : ce n'est pas l'adresse d'un site. Écrivez par exemple "
                "https://atlaas.exemple.fr/, sans guillemets ni espaces."
            )
    if site.url and not site.url.endswith("/"):
        raise WrongSetting(f"ATLAAS_SITE_URL={site.url} : il manque « / » à la fin.")
    if site.forge.kind not in KINDS:
        raise WrongSetting(
            f"ATLAAS_FORGE_KIND={visible(site.forge.kind)} : genre de forge inconnu. Écrivez "
            f"{', '.join(KINDS)}, ou rien."
        )
    if not _BRANCH.fullmatch(site.forge.branch):
        raise WrongSetting(f"ATLAAS_FORGE_BRANCH={visible(site.forge.branch)} : nom inattendu.")
    if site.owner.wrong:
        raise WrongSetting(site.owner.wrong)
    if site.url and site.owner.missing:
        yield (
            f"Attention : le site a une adresse, mais il ne dit pas tout de qui le publie. Réglez "
            f"{', '.join(site.owner.missing)} (docs/forge.md) : sans contact, un lecteur ne peut "
            "ni signaler une donnée personnelle, ni envoyer une fiche."
        )
