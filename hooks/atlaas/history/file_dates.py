"""When each file last changed, as Git recorded it. One call for all files; never the clock."""

import subprocess

from atlaas.project import Project


def head(project: Project) -> str:
    """The commit on which the work tree stands; empty without Git or before the first one."""
    if not (project.root / ".git").exists():
        return ""
    command = ["git", "rev-parse", "--verify", "--quiet", "HEAD"]
    found = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    return found.stdout.strip()


class History:
    """Starts ``git log`` at once and reads it when first asked, so that it costs no waiting."""

    def __init__(self, project: Project) -> None:
        self._dates: dict[str, str] | None = None
        self._process: subprocess.Popen[str] | None = None
        if (project.root / ".git").exists():
            command = ["git", "-c", "core.quotePath=off", "log", "--format=%x00%cs", "--name-only"]
            self._process = subprocess.Popen(
                [*command, "--no-renames", "--", "data", "content"],
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
        if self._dates is None:
            output = self._process.communicate()[0] if self._process else ""
            self._dates = parse_log(output)
        return self._dates


def parse_log(output: str) -> dict[str, str]:
    """Read the output of ``git log``: newest commit first, so the first date of a path counts."""
    dates: dict[str, str] = {}
    for entry in output.split("\0")[1:]:
        date, _, paths = entry.partition("\n")
        for path in paths.split("\n"):
            if path:
                dates.setdefault(path, date)
    return dates
