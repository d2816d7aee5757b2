"""What a page is: its address, and what its body shows, made only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from atlaas.directory import Directory
from atlaas.forge import Forge
from atlaas.pages.owner import SiteOwner

PER_PAGE = 100  # items of a paginated listing
PER_ROLL = 600  # names of a paginated list of names: a whole palmarès, as they have been so far

ANY = "*"  # instead of the path of a file: that of any file, or their commits

LAST = 1_000  # the order of what does not say its own

T = TypeVar("T")
Made = TypeVar("Made", bound="Page | Asset")


Dates = Callable[[], Iterable[str]]


def any_date() -> Iterator[str]:
    """The ``dates`` of a page on which any change of the records may show."""
    yield ANY


class PageValues(dict[str, Any]):
    """A dict whose items templates read as attributes: in them, ``thing.name`` is one always."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no value {name!r} here, only {', '.join(self)}") from None


@dataclass(frozen=True)
class Site:
    """What pages know of the site as a whole, apart from its records."""

    url: str = ""  # with a slash at the end; empty where it is not known
    forge: Forge = field(default_factory=Forge)
    owner: SiteOwner = field(default_factory=SiteOwner)
    api: bool = True  # whether each territory and action also has a JSON document
    # For exports alone: every page made from records, and the addresses of the other ones.
    pages: Sequence[Page] = field(default=(), repr=False, compare=False)
    content: Sequence[str] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the site.

    ``url`` is relative to the site's root and ends in "/" ("" is the home page). ``values`` gives
    what the template ``overrides/pages/<template>.html`` shows; in a template, links are written
    ``{{ root }}{{ thing.url }}``, where ``root`` leads from the page back to the site's root.

    Of what there are as many as records, ``title`` and ``description`` are empty, so that they are
    not held for all pages at once: the values give them, see ``titled``.
    """

    url: str
    template: str
    section: str  # the tab that is current: carte, territoires, actions, themes, label, …
    title: str
    description: str
    values: Callable[[], dict[str, Any]]
    source: str = ""  # the record's file, relative to the project; empty for a made-up listing
    listed: bool = True  # whether the sitemap names it; robots find the others by links
    scripts: tuple[str, ...] = field(default=())  # own scripts, relative to the site's root
    about: object = None  # the linked record it shows; (vocabulary, term); the Site for all news
    dates: Dates | None = (
        None  # apart from ``source``, the files of which it says when they changed
    )

    def titled(self, values: Mapping[str, Any]) -> tuple[str, str]:
        """Its title and description: its own, or those among its values."""
        if self.title:
            return self.title, self.description
        return values["page_title"], values["page_description"]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is not a page (GeoJSON, JSON): its address and its bytes, made when asked for."""

    url: str
    content: Callable[[], bytes]
    about: object = None  # the linked action whose text it holds
    dates: Dates | None = None  # the files of which it says when they changed


@dataclass(frozen=True)
class Maker(Generic[Made]):
    """Makes part of the site; a module of ``pages`` or ``publish`` registers it by having one."""

    make: Callable[[Directory, Site], Iterator[Made]]
    stage: str  # record, study, export or index
    order: int  # within its stage

    def __call__(self, directory: Directory, site: Site) -> Iterator[Made]:
        """The pages and files."""
        return self.make(directory, site)


_Pages = Callable[[Directory, Site], Iterator[Page | Asset]]
_Assets = Callable[[Directory, Site], Iterator[Asset]]


def page_kind(order: int = LAST, study: bool = False) -> Callable[[_Pages], Maker[Page | Asset]]:
    """Register the function below: pages of one kind, with the files that they fetch.

    ``study`` is what is neither the page of a record nor a list of records. ``order`` is the place
    in the sitemap; what is asked for most comes first.
    """
    return lambda make: Maker(make, "study" if study else "record", order)


def export(order: int = LAST) -> Callable[[_Assets], Maker[Asset]]:
    """Register the function below: files for machines. ``site`` then knows all pages."""
    return lambda make: Maker(make, "export", order)


def index(make: _Assets) -> Maker[Asset]:
    """Register the function below: files whose addresses are known only once they are made."""
    return Maker(make, "index", LAST)


class ListingPage(NamedTuple, Generic[T]):
    """One page of a listing."""

    number: int  # from 1
    last: int
    url: str
    suffix: str  # of its title: « (page 2) », nothing on the first
    items: Sequence[T]

    def pager(self, base: str) -> dict[str, Any]:
        """What the macro « pager » is given; ``base`` is the first page, as links name it."""
        return {"current": self.number, "last": self.last, "base": base}


def parts(base: str, items: Sequence[T], per_page: int = PER_PAGE) -> Iterator[ListingPage[T]]:
    """The pages of the listing at ``base``; one, where there is no item."""
    last = max(1, -(-len(items) // per_page))
    for number in range(1, last + 1):
        shown = items[(number - 1) * per_page : number * per_page]
        suffix = f" (page {number})" if number > 1 else ""
        yield ListingPage(number, last, page_url(base, number), suffix, shown)


def page_url(base: str, number: int) -> str:
    """The address of page ``number`` (from 1) of the listing at ``base``."""
    return base if number == 1 else f"{base}page/{number}/"


def root_of(url: str) -> str:
    """What leads from the page at ``url`` back to the site's root: "../../", or "./"."""
    return "../" * url.count("/") or "./"
