"""The theme's files, as MkDocs takes them."""

from pathlib import Path

from jinja2 import FileSystemLoader

from mkdocs_hooks import _ThemeLoader
from support import write_tree


def test_all_of_a_theme_is_listed_but_what_mkdocs_leaves_out(tmp_path: Path) -> None:
    """The first folder prevails in both; nothing below a folder with a dot is looked at."""
    own = {"main.html": "", "assets/a.css": "", "assets/.hidden/b.css": ""}
    write_tree(tmp_path / "own", own)
    write_tree(tmp_path / "theme", {"main.html": "", ".icons/c/d.svg": "", "partials/e.html": ""})
    folders = [str(tmp_path / "own"), str(tmp_path / "theme")]
    whole = FileSystemLoader(folders).list_templates()
    assert {".icons/c/d.svg", "assets/.hidden/b.css"} < {*whole}
    found = _ThemeLoader(folders).list_templates()
    assert found == ["assets/a.css", "main.html", "partials/e.html"]
    assert found == [name for name in whole if "/." not in f"/{name}"]
