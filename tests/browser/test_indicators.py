"""An imported indicator as a layer of the map, in a copy of the project with the sample."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from atlaas.cli import main
from support import PROJECT, build_site, copy_project

SAMPLE = PROJECT / "tests" / "diagnosis" / "sample" / "commune_techno.csv"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a copy of the project into which the sample was imported."""
    folder: Path = tmp_path_factory.mktemp("layer")
    project = copy_project(folder / "project")
    options = [
        "--id",
        "fibre",
        "--label",
        "Locaux éligibles à la fibre",
        "--value",
        "elig_ftth",
        "--total",
        "nbr",
        "--date",
        "2026-03-31",
        "--publisher",
        "Essai",
        "--source",
        "https://example.org/arcep",
        "--licence",
        "Licence Ouverte 2.0",
    ]
    arguments = ["--project", str(project), "import", "indicators", str(SAMPLE), *options]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    done = build_site(project, folder / "site")
    assert done.returncode == 0, done.stdout
    handler = partial(_Quiet, directory=str(folder / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_layer_shades_the_departements_that_have_a_value(
    browser: Browser, address: str, axe: str
) -> None:
    context = browser.new_context(locale="fr-FR", bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}carte/")
    page.locator("#map-indicator").select_option("fibre")
    expect(page.locator(".map-value")).to_have_count(2)  # the Nord and the Savoie
    expect(page.locator("#map-indicator-key")).to_contain_text("33,3 %")
    page.locator(".carte-values summary").click()
    expect(page.locator(".carte-values tbody tr")).to_have_count(2)
    page.evaluate(axe)
    assert page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))") == []
    page.locator("#map-indicator").select_option("")
    expect(page.locator(".map-value")).to_have_count(0)
    assert wrong == []
    page.goto(f"{address}territoires/59378-marcq-en-baroeul/")
    expect(page.locator("#couverture + table")).to_contain_text("75 %")
    context.close()
