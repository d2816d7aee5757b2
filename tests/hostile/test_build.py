"""A checkout with every trick at once, and the site of all cases that harm nobody in a browser."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from scripts.serving import served

from hostile.hostile import Case, all_cases
from support import build_site, copy_project, git, read_tree, two_departements, write_tree
from tiny import TINY

ALL = all_cases()
HARMLESS = [case for case in ALL if case.becomes == "harmless" and case.pages]


class Trap:
    """What makes a file when Python reads it in its own format."""

    def __init__(self, ran: Path) -> None:
        self.ran = ran

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.ran),)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The tiny project under Git."""
    root = copy_project(tmp_path / "project", TINY)
    two_departements(root / "data" / "reference")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "x")
    return root


def test_a_poisoned_checkout_harms_nothing(project: Path, tmp_path: Path) -> None:
    """Refused while Git tracks what is made; without Git, built from none of it, nothing lost."""
    mine = write_tree(tmp_path / "mine", {"index.html": b"mine", "gone/x.html": b"mine too"})
    ran = tmp_path / "ran"
    target = project / "site"
    assert build_site(project, target).returncode == 0
    good = read_tree(target)
    trap = pickle.dumps(Trap(ran))
    for kept in [path for path in (project / ".cache").rglob("*") if path.is_file()]:
        kept.write_bytes(trap)
    (project / ".cache" / "templates" / "x").mkdir(parents=True)
    (project / ".cache" / "templates" / "x" / "__jinja2_a.cache").write_bytes(trap)
    shutil.rmtree(project / ".site.atlaas")
    (project / ".site.atlaas").mkdir()
    (project / ".site.atlaas" / "next").symlink_to(mine)
    (project / ".site.atlaas" / "content").symlink_to(mine)
    write_tree(project / "site.next", {".journal": b'{"move": [], "remove": ["../../mine/x"]}'})
    git(project, "add", "--force", ".cache", ".site.atlaas", "site", "site.next")
    done = build_site(project, target)
    assert done.returncode == 1 and "Traceback" not in done.stdout
    for name in (".cache", ".site.atlaas", "site", "site.next"):
        assert "fichier-fabrique: Git suit un fichier" in done.stdout
        assert f"git rm -r --cached {name}" in done.stdout
    shutil.rmtree(project / ".git")
    done = build_site(project, target)
    assert done.returncode == 0, done.stdout
    built = read_tree(target)
    dated = {path for path in good if built.get(path) != good[path]}
    # Without Git nobody knows what changed on which day, nor until when a contact is good.
    undated = [path for path in good if path.startswith(("api/v1/changes/2", ".well-known/"))]
    assert len(undated) == 2
    assert built.keys() == good.keys() - set(undated)
    assert "index.html" not in dated or b"mine" not in built["index.html"]
    assert not ran.exists()
    assert read_tree(mine) == {"index.html": b"mine", "gone/x.html": b"mine too"}
    assert (project / "site.next" / ".journal").exists()


def test_all_tricks_at_once_are_all_named(project: Path) -> None:
    """Every refused file of data/ and content/ that stands at a path of its own."""
    placed: dict[str, Case] = {}
    for case in ALL:
        if case.becomes != "refused" or len(case.put) != 1 or case.door == "redirects":
            continue
        path = next(iter(case.put))
        taken = any(
            path.startswith(f"{other}/") or other.startswith(f"{path}/") for other in placed
        )
        if path not in placed and not taken and not (project / path).exists():
            placed[path] = case
            case.place(project)
    assert len(placed) > 30
    done = build_site(project, project / "site")
    assert done.returncode == 1 and "Traceback" not in done.stdout
    assert not (project / "site").exists()
    for path, case in placed.items():
        if path != "content/piege.md":
            for rule in case.says:
                assert f"{rule}: " in done.stdout, (path, rule)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with every case that harms nobody."""
    folder = tmp_path_factory.mktemp("shown")
    root = copy_project(folder / "project", TINY)
    two_departements(root / "data" / "reference")
    for case in HARMLESS:
        case.place(root)
    done = build_site(root, folder / "site")
    assert done.returncode == 0, done.stdout
    with served(folder / "site") as home:
        yield home


def _look_at(shown: str) -> None:
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    wrong: list[str] = []
    with sync_playwright() as playwright:
        named = os.environ.get("CHROMIUM") or found
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_init_script(
            "window.__refused = []; document.addEventListener('securitypolicyviolation', (event) =>"
            " window.__refused.push(event.violatedDirective + event.blockedURI));"
        )
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda request: None if request.url.startswith(shown) else wrong.append(request.url),
        )
        for url in [url for case in HARMLESS for url in case.pages] + ["actions/", "nouveautes/"]:
            page.goto(shown + url)
            page.wait_for_load_state("networkidle")
            wrong += page.evaluate("window.__refused")
            assert wrong == [], url
        browser.close()


@pytest.mark.browser
def test_what_harms_nobody_is_only_shown(shown: str) -> None:
    """No dialog, no request elsewhere, nothing for the policy to refuse, on any of their pages."""
    with ThreadPoolExecutor(1) as apart:  # from the browser that other tests keep open
        apart.submit(_look_at, shown).result()


def test_the_site_of_the_cases_is_the_same_twice(tmp_path: Path) -> None:
    """After a checkout with the line ends of Windows, which Git undoes here."""
    root = copy_project(tmp_path / "project", TINY)
    two_departements(root / "data" / "reference")
    shutil.copy(Path(__file__).parents[2] / ".gitattributes", root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "x", day="2026-11-21")
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "-c", "core.autocrlf=true", "-c", "core.eol=crlf", "clone", "-q", root, clone],
        check=True,
    )
    for project, target in ((root, "a"), (clone, "b")):
        done = build_site(project, tmp_path / target)
        assert done.returncode == 0, done.stdout
    assert read_tree(tmp_path / "a") == read_tree(tmp_path / "b")
