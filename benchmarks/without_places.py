"""Builds as MkDocs does, without the pages of places that no record names: to tell what they cost.

python -m benchmarks.without_places build -q -d SITE
"""

from __future__ import annotations

from atlaas.directory import Directory

if __name__ == "__main__":
    from mkdocs.__main__ import cli

    # An assignment, which mypy refuses to a method: this is for one process alone.
    setattr(Directory, "unrecorded", lambda directory: iter(()))  # noqa: B010  # see above
    cli(prog_name="mkdocs")
