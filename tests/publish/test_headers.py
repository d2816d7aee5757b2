"""What a host is asked to send with files, and what robots are told."""

from __future__ import annotations


def blocks_of(files: dict[str, bytes]) -> dict[str, list[str]]:
    blocks: dict[str, list[str]] = {}
    for line in files["_headers"].decode().splitlines():
        if line.startswith("/"):
            at = blocks.setdefault(line, [])
        else:
            at.append(line.strip())
    return blocks


def test_what_is_made_for_frames_of_other_sites_may_be_framed(files: dict[str, bytes]) -> None:
    """A host joins the rules that fit an address: none of those that fit these may refuse it."""
    blocks = blocks_of(files)
    refusing = {
        path for path, lines in blocks.items() if any("frame-ancestors" in x for x in lines)
    }
    assert {"/", "/territoires/*", "/contribuer/*", "/donnees/*", "/label/*"} <= refusing
    assert not refusing & {"/*", "/integrer/*", "/actions/*", "/carte/*"}
    assert len(blocks) <= 100  # rules that Cloudflare Pages reads


def test_pages_of_other_sites_may_read_the_data_and_keep_a_copy(files: dict[str, bytes]) -> None:
    blocks = blocks_of(files)
    assert "X-Content-Type-Options: nosniff" in blocks["/*"]
    assert not [line for line in blocks["/*"] if line.startswith("Access-Control")]
    for path in ("/api/*", "/donnees/*", "/flux/*", "/schemas/*", "/integrer/*"):
        assert blocks[path][-2:] == [
            "Access-Control-Allow-Origin: *",
            "Cache-Control: public, max-age=600, must-revalidate",
        ]
    assert {"api", "donnees", "flux", "schemas"} < {url.split("/")[0] for url in files}


def test_robots_may_read_everything(files: dict[str, bytes]) -> None:
    lines = files["robots.txt"].decode().splitlines()
    assert lines == ["User-agent: *", "Allow: /", "Sitemap: https://atlaas.example/sitemap.xml"]
