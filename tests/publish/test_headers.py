"""What a host is asked to send with files, and what robots are told."""

from __future__ import annotations


def test_pages_of_other_sites_may_read_the_data_and_keep_a_copy(files: dict[str, bytes]) -> None:
    blocks: dict[str, list[str]] = {}
    for line in files["_headers"].decode().splitlines():
        if line.startswith("/"):
            at = blocks.setdefault(line, [])
        else:
            at.append(line.strip())
    assert "X-Content-Type-Options: nosniff" in blocks["/*"]
    assert not [line for line in blocks["/*"] if line.startswith("Access-Control")]
    for path in ("/api/*", "/donnees/*", "/flux/*", "/schemas/*"):
        assert blocks[path] == [
            "Access-Control-Allow-Origin: *",
            "Cache-Control: public, max-age=600, must-revalidate",
        ]
    assert {"api", "donnees", "flux", "schemas"} < {url.split("/")[0] for url in files}


def test_robots_may_read_everything(files: dict[str, bytes]) -> None:
    lines = files["robots.txt"].decode().splitlines()
    assert lines == ["User-agent: *", "Allow: /", "Sitemap: https://atlaas.example/sitemap.xml"]
