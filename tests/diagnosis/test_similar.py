"""Actions like an action, territories like a territory."""

from __future__ import annotations

from pathlib import Path

from atlaas.diagnosis.similar import Similar
from atlaas.text import slug
from support import Small, tiny_tree


def action(code: str, title: str, folder: str, theme: str = "reseau-social") -> dict[str, str]:
    """A file of an action, at the address that its title asks for."""
    text = (
        f'---\ntitle: {title}\nterritory: "{code}"\nthemes: [{theme}]\n'
        "sources:\n  - url: https://exemple.org/x\n---\n\nTexte.\n"
    )
    return {f"data/actions/{folder}/{slug(title)}.md": text}


AIX, LILLE = "73/73008-aix-les-bains", "59/59350-lille"


def test_a_rare_word_counts_more_than_a_theme(tmp_path: Path) -> None:
    extra = {
        **action("73008", "Capteurs de qualité sonore", AIX),
        **action("59350", "Ambiance sonore mesurée", LILLE, "mediation-numerique"),
        **action("59350", "Tout autre chose ici", LILLE),
    }
    small = Small(tiny_tree(tmp_path, extra))
    similar = Similar(small.directory)
    found = similar.actions(small.directory.actions["73008/capteurs-de-qualite-sonore"])
    assert found[0].id == "59350/ambiance-sonore-mesuree"
    assert all(a.territory.code != "73008" for a in found)


def test_a_common_word_says_nothing(tmp_path: Path) -> None:
    extra: dict[str, str] = {}
    for number in range(40):
        extra |= action("59350", f"Banal numéro {number:02}", LILLE)
    extra |= action("73008", "Banal comme tout", AIX, "mediation-numerique")
    small = Small(tiny_tree(tmp_path, extra))
    found = Similar(small.directory).actions(small.directory.actions["73008/banal-comme-tout"])
    assert found == []  # no other territory shares its theme, and the word is in 41 titles


def test_the_text_plays_no_part(tmp_path: Path) -> None:
    changed = action("59350", "Maison du numérique", LILLE, "numerique-educatif")
    path, content = next(iter(changed.items()))
    before = Small(tiny_tree(tmp_path / "a", changed)).directory
    changed = {path: content + "\nTout autre texte.\n"}
    after = Small(tiny_tree(tmp_path / "b", changed)).directory
    ids = [
        [a.id for a in Similar(d).actions(x)] for d in (before, after) for x in d.actions.values()
    ]
    assert ids[: len(ids) // 2] == ids[len(ids) // 2 :]


def test_ideas_come_from_territories_of_like_size_with_more_actions(tmp_path: Path) -> None:
    # Chambéry (59 000) is within a factor of two of Aix-les-Bains (32 000); Lille is not.
    extra: dict[str, str] = {}
    for number in range(6):
        extra |= action("73065", f"Action {number} de Chambéry", "73/73065-chambery")
        extra |= action("59350", f"Action {number} de Lille", LILLE)
    directory = Small(tiny_tree(tmp_path, extra)).directory
    similar = Similar(directory)
    aix = directory.territories["73008"]
    assert [t.code for t in similar.territories(aix)] == ["73065"]
    assert similar.territories(directory.territories["73065"]) == []
