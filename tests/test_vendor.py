"""Third-party files of the site are the published ones, each with its licence."""

import hashlib
import tomllib
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "overrides" / "assets" / "vendor"
PACKAGES = tomllib.loads((VENDOR / "VENDOR.toml").read_text("utf-8"))["package"]


def test_every_file_has_the_hash_that_is_written_down() -> None:
    for package in PACKAGES:
        for name, expected in package["sha256"].items():
            content = (VENDOR / package["folder"] / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == expected, f"{package['name']}: {name}"


def test_no_file_is_left_out() -> None:
    listed = {f"{p['folder']}/{name}" for p in PACKAGES for name in p["sha256"]}
    present = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VENDOR.toml"
    }
    assert present == listed


def test_every_package_says_where_it_comes_from_and_its_licence() -> None:
    for package in PACKAGES:
        assert package["licence"] in {"BSD-2-Clause", "MIT", "OFL-1.1"}
        assert package["version"] in package["registry"]
        assert "LICENSE" in package["sha256"]
