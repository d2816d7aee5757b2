"""Addresses on the forge: what is peculiar to GitHub, GitLab or Forgejo is here and nowhere else.

Sources: GitHub, « Creating an issue from a URL query » and the parameters ``filename`` and
``value`` of its page of a new file; GitLab, « Create issues: using a URL with prefilled values »,
and its work item 594214: of ``file_name`` and ``content``, its editor ignores the second; Forgejo,
« Issue and Pull Request Templates », and Gitea, « Pre-Fill New File name and contents ».
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

_quoted = lru_cache(256)(quote)  # a page links to its file more than once


@dataclass(frozen=True)
class ForgeKind:
    """The addresses of one kind of forge, below a project's; words in braces are filled in."""

    name: str
    file: str
    edit: str
    history: str
    folder: str
    blank: str  # the page of a new file, with its path
    issues: str
    issue: str  # a new one, with a form or a template
    follow: str  # what is proposed
    last: str  # what remains to be done there, in French
    new: str = ""  # the page of a new file with its text too, where the forge takes one
    # Characters of an address beyond which the forge or the server before it refuses.
    limit: int = 8191


KINDS = {
    "github": ForgeKind(
        "GitHub",
        file="blob/{branch}/{path}",
        edit="edit/{branch}/{path}",
        history="commits/{branch}/{path}",
        folder="new/{branch}/{path}",
        blank="new/{branch}?filename={path}",
        new="new/{branch}?filename={path}&value={value}",
        issues="issues",
        issue="issues/new?template={form}.yml",
        follow="pulls",
        last="Cliquez sur le bouton vert « Commit changes… », puis « Propose changes », puis "
        "« Create pull request ». Un bénévole relira.",
    ),
    "gitlab": ForgeKind(
        "GitLab",
        file="-/blob/{branch}/{path}",
        edit="-/edit/{branch}/{path}",
        history="-/commits/{branch}/{path}",
        folder="-/new/{branch}/{path}",
        blank="-/new/{branch}?file_name={path}",
        issues="-/issues",
        issue="-/issues/new?issuable_template={form}",
        follow="-/merge_requests",
        last="Enregistrez (« Commit changes ») dans une nouvelle branche, puis ouvrez la "
        "proposition (« Create merge request »). Un bénévole relira.",
    ),
    "forgejo": ForgeKind(
        "Forgejo",
        file="src/branch/{branch}/{path}",
        edit="_edit/{branch}/{path}",
        history="commits/branch/{branch}/{path}",
        folder="_new/{branch}/{path}",
        blank="_new/{branch}/?filename={path}",
        new="_new/{branch}/?filename={path}&value={value}",
        issues="issues",
        issue="issues/new?template=.github%2FISSUE_TEMPLATE%2F{form}.yml",
        follow="pulls",
        last="Enregistrez dans une nouvelle branche, puis ouvrez la proposition "
        "(« pull request »). Un bénévole relira.",
    ),
}
_HOSTS = {"gitlab": "gitlab", "codeberg.org": "forgejo", "forgejo": "forgejo", "gitea": "forgejo"}


def kind_of_address(url: str) -> str:
    """The kind of forge that an address is likely to be of: by its host, else GitHub."""
    host = urlsplit(url).hostname or ""
    return next((kind for part, kind in _HOSTS.items() if part in host), "github")


@dataclass(frozen=True)
class Forge:
    """The project's place on the forge; without an address every link is an empty text."""

    url: str = ""  # https://github.com/owner/name, without a slash at the end
    branch: str = "main"
    kind: str = "github"  # of KINDS

    @property
    def _is(self) -> ForgeKind:
        return KINDS[self.kind]

    @property
    def name(self) -> str:
        """« GitHub », « GitLab », « Forgejo »."""
        return self._is.name

    @property
    def last(self) -> str:
        """What remains to be done on the forge once its page is open, in French."""
        return self._is.last

    @property
    def limit(self) -> int:
        """Characters that an address of the forge may have."""
        return self._is.limit

    def _link(self, shape: str, path: str) -> str:
        if not self.url or not path:
            return ""
        return f"{self.url}/{shape.format(branch=_quoted(self.branch), path=_quoted(path))}"

    def file(self, path: str) -> str:
        """The file as the forge shows it."""
        return self._link(self._is.file, path)

    def edit(self, path: str) -> str:
        """The forge's editor on the file; it makes the fork and the proposal itself."""
        return self._link(self._is.edit, path)

    def history(self, path: str) -> str:
        """The commits that touched the file."""
        return self._link(self._is.history, path)

    def new(self, folder: str) -> str:
        """The forge's « new file » page in a folder."""
        return self._link(self._is.folder, folder)

    def issue(self, form: str = "") -> str:
        """The page of the issues, or that of a new one with a form: « action », « territoire ».

        The forms are those of .github/ISSUE_TEMPLATE/, which Forgejo reads too, or the templates
        of .gitlab/issue_templates/.
        """
        if not self.url:
            return ""
        return f"{self.url}/{self._is.issue.format(form=form) if form else self._is.issues}"

    @property
    def requests(self) -> dict[str, str]:
        """The page of a new request by the kind of record that it asks for."""
        return {"action": self.issue("action"), "territory": self.issue("territoire")}

    def form_addresses(self) -> dict[str, str]:
        """What the forms of the site open: ``{path}`` and ``{value}`` take encoded texts.

        ``new`` carries the file's path and text (left out where the forge takes no text),
        ``blank`` its path alone, ``edit`` opens the file that is there (its editor takes no text
        from an address), ``follow`` lists what is proposed; ``name`` and ``last`` are words to
        say. Empty without a forge.
        """
        if not self.url:
            return {}
        kind, words = self._is, {"name": self.name, "last": self.last}
        shapes = {"new": kind.new, "blank": kind.blank, "edit": kind.edit, "follow": kind.follow}
        return words | {
            name: f"{self.url}/{shape.replace('{branch}', quote(self.branch))}"
            for name, shape in shapes.items()
            if shape
        }
