"""When each file last changed, and by which commit, as Git recorded it.

One call for all files; never the clock.
"""

import subprocess
from contextlib import suppress

from atlaas.project import Project
from atlaas.read.problem import visible


def head(project: Project) -> str:
    """The commit on which the work tree stands; empty without Git or before the first one."""
    if not (project.root / ".git").exists():
        return ""
    command = ["git", "rev-parse", "--verify", "--quiet", "HEAD"]
    try:
        found = subprocess.run(
            command, cwd=project.root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return found.stdout.strip()


def lost(project: Project) -> str:
    """What the site lacks where the history is not all there, and why; empty where it is."""
    why, mend = _missing(project)
    if not why:
        return ""
    return (
        f"L'histoire de Git n'est pas là, ou pas en entier : {why}. Il manque au site des dates de "
        f"fiches, des nouveautés et des entrées de flux. {mend}"
    )


def _missing(project: Project) -> tuple[str, str]:
    """Why the history is not all there, and what to do about it."""
    clone = "Construisez dans un clone du dépôt."
    if not (project.root / ".git").exists():
        return "ce dossier n'est pas un dépôt Git", clone
    command = ["git", "rev-parse", "HEAD", "--is-shallow-repository"]
    try:
        done = subprocess.run(command, cwd=project.root, capture_output=True, check=False)
    except OSError:
        return "la commande git n'est pas installée", "Installez Git."
    if done.returncode == 0:
        if done.stdout.split()[-1:] != [b"true"]:
            return "", ""
        return "le clone est superficiel", "Écrivez : git fetch --unshallow"
    said = done.stderr.decode("utf-8", "replace")
    if "dubious ownership" in said:
        place = visible(str(project.root))
        mend = f"Écrivez : git config --global --add safe.directory {place}"
        return "Git refuse ce dépôt, qui appartient à quelqu'un d'autre", mend
    if "ambiguous argument 'HEAD'" in said:
        return "aucune version n'est encore enregistrée", "Enregistrez-en une : git commit"
    first = visible(said.strip().partition("\n")[0])
    return f"Git ne répond pas (« {first} »)", clone


class History:
    """Starts ``git log`` at once and reads it when first asked, so that it costs no waiting.

    ``commit`` is that up to which it goes; without one, all of it. ``known`` says whether Git had
    it to the end, once something of it was asked.
    """

    def __init__(self, project: Project, commit: str | None = None) -> None:
        self._changes: tuple[dict[str, str], dict[str, str]] | None = None
        self._process: subprocess.Popen[str] | None = None
        self.known = False
        asked = commit is None or commit.isalnum()  # it is neither empty nor an option of Git
        if asked and (project.root / ".git").exists():
            command = ["git", "-c", "core.quotePath=off", "log", "--format=%x00%cs %H"]
            command += ["--name-only", "--no-renames", *([commit] if commit else [])]
            with suppress(OSError):  # no Git on this machine, which ``lost`` says
                self._process = subprocess.Popen(
                    [*command, "--", "data", "content"],
                    cwd=project.root,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    encoding="utf-8",
                )

    @property
    def dates(self) -> dict[str, str]:
        """Path relative to the project -> ISO date of the last commit that touched it.

        Empty without Git, and for what is not committed yet.
        """
        return self._read()[0]

    @property
    def commits(self) -> dict[str, str]:
        """Path relative to the project -> the commit that last touched it, the newest first.

        Both also have the files that are gone.
        """
        return self._read()[1]

    def _read(self) -> tuple[dict[str, str], dict[str, str]]:
        if self._changes is None:
            output = self._process.communicate()[0] if self._process else ""
            self.known = self._process is not None and self._process.returncode == 0
            self._changes = parse_log(output)
        return self._changes


def parse_log(output: str) -> tuple[dict[str, str], dict[str, str]]:
    """Path -> date and path -> commit, from ``git log``: newest first, so a path's first counts."""
    dates: dict[str, str] = {}
    commits: dict[str, str] = {}
    for entry in output.split("\0")[1:]:
        head, _, paths = entry.partition("\n")
        date, _, commit = head.partition(" ")
        for path in paths.split("\n"):
            if path:
                dates.setdefault(path, date)
                commits.setdefault(path, commit)
    return dates, commits
