"""Adding a rule takes one file and one example: `check` and the forms then know it."""

from __future__ import annotations

from pathlib import Path

from new_rule import ACTION, PATH, WARNING, Copy, settings_of
from support import tiny_tree


def test_a_new_rule_is_one_file_and_one_example(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy")
    tree = tiny_tree(tmp_path / "tree", {PATH: ACTION, "mkdocs.yml": ""})
    done = copy.run("-m", "atlaas", "--project", str(tree), "check")
    assert WARNING in done.stdout + done.stderr
    assert done.returncode == 0
    statements = settings_of(copy.form(tmp_path / "form"))["rules"]["statements"]
    assert [s for s in statements if s["rule"] == "debut-ancien"] == [
        {
            "rule": "debut-ancien",
            "severity": "warning",
            "on": "action",
            "when": ["earlier", "started", "1990"],
            "say": "Cette action aurait commencé en {started}, avant 1990. Vérifiez l'année.",
            "field": "started",
        }
    ]
    examples = copy.run(
        "-m", "pytest", "-q", "tests/rules/test_examples.py", "-k", "debut or every_rule or one_id"
    )
    assert examples.returncode == 0 and "3 passed" in examples.stdout, examples.stdout
