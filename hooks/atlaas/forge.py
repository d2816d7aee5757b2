"""Addresses on the forge: what is peculiar to GitHub is here and nowhere else."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

MAX_ADDRESS = 8191  # bytes of an address, beyond which GitHub answers 414


_quoted = lru_cache(256)(quote)  # a page links to its file more than once


@dataclass(frozen=True)
class Forge:
    """The project's place on the forge; without an address every link is an empty text."""

    url: str = ""  # https://github.com/owner/name, without a slash at the end
    branch: str = "main"

    def _link(self, verb: str, path: str) -> str:
        if not self.url or not path:
            return ""
        return f"{self.url}/{verb}/{_quoted(self.branch)}/{_quoted(path)}"

    def file(self, path: str) -> str:
        """The file as the forge shows it."""
        return self._link("blob", path)

    def edit(self, path: str) -> str:
        """The forge's editor on the file; it makes the fork and the proposal itself."""
        return self._link("edit", path)

    def history(self, path: str) -> str:
        """The commits that touched the file."""
        return self._link("commits", path)

    def new(self, folder: str) -> str:
        """The forge's « new file » page in a folder."""
        return self._link("new", folder)

    def issue(self, form: str = "") -> str:
        """The page of a new issue, or of one of the issue forms of .github/ISSUE_TEMPLATE/."""
        if not self.url:
            return ""
        return f"{self.url}/issues/new?template={quote(form)}" if form else f"{self.url}/issues"

    def form_addresses(self) -> dict[str, str]:
        """What the forms of the site open: ``{path}`` and ``{value}`` take encoded texts.

        ``new`` carries the file's path and text, ``blank`` its path alone, ``edit`` opens the
        file that is there (its editor takes no text from an address), ``follow`` lists what is
        proposed. Empty without a forge.
        """
        if not self.url:
            return {}
        branch = quote(self.branch)
        return {
            "new": f"{self.url}/new/{branch}?filename={{path}}&value={{value}}",
            "blank": f"{self.url}/new/{branch}?filename={{path}}",
            "edit": f"{self.url}/edit/{branch}/{{path}}",
            "follow": f"{self.url}/pulls",
        }
