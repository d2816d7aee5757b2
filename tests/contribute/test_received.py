"""What people send, by mail or pasted: the link of a draft, the text of a file, a request."""

from __future__ import annotations

import base64
import json
import zlib
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from atlaas import build
from atlaas.cli import main
from atlaas.contribute.handed import HandedError, draft_in, file_in, message_text
from atlaas.contribute.intake import RequestError
from atlaas.contribute.received import receive
from atlaas.edit.canonical import render
from atlaas.edit.draft import Draft
from atlaas.edit.workspace import open_workspace
from atlaas.pages import contribute_files
from atlaas.pages.page import Site
from atlaas.project import Project
from contribute.test_intake import FILE, body
from support import SAMPLE, tiny_tree

RECORD = {
    "title": "Le fablab des grands-parents",
    "territory": "59378",
    "themes": ["reseau-social", "numerique-educatif"],
    "status": "en-cours",
    "started": "2024-07",
    "sources": [
        {"url": "https://exemple.fr/fablab"},
        {"publisher": "Le Journal", "title": "Un fablab : enfin", "date": "2024-02"},
    ],
}
STORY = "Chaque mardi.\n\n- gratuit"
PATH = "data/actions/59/59378-marcq-en-baroeul/le-fablab-des-grands-parents.md"
OF = "actions/59378/le-fablab-des-grands-parents"


def packed(value: Any) -> str:
    """A value as the link of a form carries it."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(deflate.compress(raw) + deflate.flush()).decode().rstrip("=")


def link(**changes: Any) -> str:
    draft = {"kind": "action", "record": RECORD, "body": STORY, "of": "", "base": None, **changes}
    return f"https://atlaas.example/contribuer/action/#brouillon={packed(draft)}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_tree(tmp_path)


def received(root: Path, text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    return receive(message_text(raw), build.load(Project(root))[0]).file.path


def refused(root: Path, text: str) -> str:
    before = {path: path.read_bytes() for path in (root / "data").rglob("*.*")}
    with pytest.raises(RequestError) as error:
        received(root, text)
    assert {path: path.read_bytes() for path in (root / "data").rglob("*.*")} == before
    return "\n".join(error.value.reasons)


def folded(text: str, width: int) -> str:
    """The text as a program that cuts long lines sends it."""
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize(
    "message",
    [
        link(),
        f"Bonjour,\n\nVoici un brouillon :\n{link()}\n\nCordialement\n",
        "\n".join(f"> {line}" for line in ["Bonjour,", "", link(), "", "Merci"]),
        f"Bonjour,\r\n\r\n{folded(link(), 76)}\r\n\r\nCordialement",
        "Une fiche :\n> " + "\n> ".join(folded(link(), 60).split("\n")) + "\n> Merci",
        FILE,
        f"Bonjour,\n\nLa fiche, {PATH} :\n\n{FILE}\nFin de la fiche.\n-- \nLe service",
        f"Bonjour,\n\n{FILE}\n-- \nLe service, 3 rue du Port",
        FILE.replace("  - ", "\u00a0\u00a0- "),
        body(),
    ],
)
def test_each_form_gives_the_same_file(root: Path, message: str) -> None:
    assert received(root, message) == PATH
    assert (root / PATH).read_text("utf-8") == FILE


def mail(text: str, kind: str = "plain", **options: Any) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "a@ville.example", "b@atlaas.example"
    message["Subject"] = "Une fiche « été »"
    message.set_content(text, subtype=kind, **options)
    return message.as_bytes()


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_a_mail_as_it_was_saved(root: Path, coding: str) -> None:
    """What encodes a mail cuts its lines; its reader joins them again."""
    raw = mail(f"Bonjour,\n\n{link()}\n\nÀ bientôt\n", cte=coding)
    assert received(root, raw) == PATH
    assert (root / PATH).read_text("utf-8") == FILE


def test_a_mail_without_plain_text_is_refused() -> None:
    with pytest.raises(HandedError, match="copiez-en le texte"):
        message_text(mail("<p>Bonjour</p>", "html"))


@pytest.mark.parametrize("coding", ["utf-9", "t", "utf-8Content-Transfer-Encoding"])
def test_a_mail_in_an_unknown_set_of_characters_is_refused(coding: str) -> None:
    mail = f"From: a@b.example\nContent-Type: text/plain; charset={coding}\n\nBonjour.\n"
    with pytest.raises(HandedError, match="copiez-en le texte"):
        message_text(mail.encode())


def test_a_text_of_windows_is_read() -> None:
    assert message_text("Été à Œuilly".encode("cp1252")) == "Été à Œuilly"


def test_a_correction_keeps_the_comments_of_its_file(root: Path) -> None:
    received(root, FILE)
    file = root / PATH
    noted = FILE.replace("status:", "# vu en mairie\nstatus:").replace(
        "  - url", "  # la page du service\n  - url"
    )
    file.write_text(noted, "utf-8")
    base = {"record": RECORD, "body": STORY}
    changed = {**RECORD, "status": "arretee", "lessons": "Il manquait un animateur."}
    assert received(root, link(record=changed, of=OF, base=base)) == PATH
    text = file.read_text("utf-8")
    assert "# vu en mairie\nstatus: arretee\n" in text and "# la page du service\n" in text
    assert "lessons: Il manquait un animateur.\n" in text


def test_a_draft_never_takes_the_place_of_what_was_added_since(root: Path) -> None:
    received(root, FILE)
    (root / PATH).write_text(FILE.replace("2024-07", "2023"), "utf-8")
    base = {"record": RECORD, "body": STORY}
    assert "a changé depuis ce brouillon" in refused(root, link(of=OF, base=base))
    assert "a changé depuis ce brouillon" in refused(root, link(of=OF))
    pasted = f"La fiche, {PATH} :\n\n{FILE}"
    assert "existe déjà, et ce texte ne dit pas" in refused(root, pasted)
    assert "n'existe plus" in refused(root, link(of="actions/59378/autre"))


def test_a_territory(root: Path) -> None:
    label = {"edition": "2018", "level": "3", "sources": [{"url": "https://exemple.fr/2018"}]}
    record = {"code": "01004", "labels": [label]}
    path = "data/territories/01/01004-amberieu-en-bugey.yml"
    assert received(root, link(kind="territory", record=record, body="")) == path
    text = (
        'code: "01004"\nlabels:\n  - edition: 2018\n    level: 3\n    sources:\n'
        "      - url: https://exemple.fr/2018\n"
    )
    assert (root / path).read_text("utf-8") == text
    assert "existe déjà" in refused(root, text)
    base = {"record": record, "body": ""}
    more = {**record, "labels": [{**label, "level": "4"}]}
    given = link(kind="territory", record=more, body="", of="territories/01004", base=base)
    assert received(root, given) == path
    assert "    level: 4\n" in (root / path).read_text("utf-8")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Bonjour, avez-vous des nouvelles ?", "Rien à lire ici"),
        (link()[:-5], "modifié ou coupé"),
        (link(record={}), "Il manque « Titre », « Territoire »"),
        (link(record={**RECORD, "territory": "99999"}), "n'a pas de place"),
        (link(record={**RECORD, "themes": ["astrologie"]}), "astrologie"),
        (link(record={**RECORD, "title": "Écrire à jean@ville.fr"}), "Adresse électronique"),
        (link(record={**RECORD, "territory": " "}), "Il manque « Territoire »"),
        (FILE.replace('"59378"', '""'), "Il manque « Territoire »"),
        ("---\ntitle: [\n---\n", ""),
        ("---\ntitle: !!python/object x\n---\n", ""),
        ('code: "01004"\ncode: "01004"\n', "code"),
    ],
)
def test_what_cannot_be_a_file_is_said(root: Path, message: str, words: str) -> None:
    assert words in refused(root, message)


@pytest.mark.parametrize(
    "value",
    [
        b"{",
        b"[" * 100_000,
        b"null",
        [],
        {"kind": "edition", "record": {}},
        {"kind": "action", "record": []},
        {"kind": "action", "record": {"title": {"__proto__": 1}}},
        {"kind": "action", "record": {"sources": "x"}},
        {"kind": "action", "record": {"sources": [["x"]]}},
        {"kind": "action", "record": {"themes": ["x"] * 2001}},
        {"kind": "action", "record": {"sources": [{}] * 2001}},
        {"kind": "action", "record": {}, "of": "actions/../../x"},
        {"kind": "action", "record": {}, "of": 3},
        {"kind": "action", "record": {}, "base": {"record": 1}},
        b"0" * 20_000_000,  # 20 MB in 20 kB
    ],
)
def test_a_poisoned_link_is_refused(value: Any) -> None:
    with pytest.raises(HandedError):
        draft_in(f"https://atlaas.example/#brouillon={packed(value)}")


def test_unknown_keys_of_a_link_are_left_out() -> None:
    found = draft_in(link(record={"title": "Un titre", "__class__": "x", "gone": [1]}))
    assert found and found.record == {"title": "Un titre"}


def test_a_message_without_a_file_has_none() -> None:
    assert file_in("Bonjour,\n---\nVoici\n---\ncode postal : 59000\n") is None


def test_the_command_reads_a_mail_and_what_is_pasted(root: Path, tmp_path: Path) -> None:
    saved = tmp_path / "courriel.eml"
    saved.write_bytes(mail(link()))
    done = CliRunner().invoke(main, ["--project", str(root), "intake", str(saved)])
    assert done.exit_code == 0 and PATH in done.output
    done = CliRunner().invoke(main, ["--project", str(root), "intake", "-"], input="Bonjour")
    assert done.exit_code == 1 and "Rien à lire ici" in done.output


def test_what_a_form_starts_from_is_what_the_file_says() -> None:
    """Every record of the sample, as the site hands it to the forms, is that of its file."""
    directory = build.load(Project(SAMPLE))[0]
    space = open_workspace(directory.project)
    seen = 0
    for asset in contribute_files.files(directory, Site(api=False)):
        if "/fiches/" not in asset.url:
            continue
        found = json.loads(asset.content())
        path, story = found.pop("file"), found.pop("text", "")
        document = space.document(path)
        base = render(Draft(document.kind, found, story))
        assert base == render(Draft(document.kind, document.data, document.body)), path
        seen += 1
    records = [
        *(SAMPLE / "data/actions").rglob("*.md"),
        *(SAMPLE / "data/territories").rglob("*.yml"),
    ]
    assert seen == len(records) > 100
