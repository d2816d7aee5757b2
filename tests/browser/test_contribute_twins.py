"""What the forms do as Python does it: files in canonical form, addresses, rules."""

from __future__ import annotations

from pathlib import Path

from atlaas import build
from atlaas.edit.canonical import canonical
from atlaas.pages.contribute import FORMS
from atlaas.read import read_bytes
from atlaas.text import slug
from support import PROJECT, Open

ACTION = "contribuer/action/"


def test_the_browser_writes_every_record_as_it_is(visit: Open) -> None:
    """The text that the form writes for each record is that of its file in canonical form."""
    wanted: dict[str, list[dict[str, object]]] = {"action": [], "territory": []}
    for folder, kind in (("actions", "action"), ("territories", "territory")):
        for file in sorted((PROJECT / "data" / folder).rglob("*.*")):
            document = read_bytes(file.read_bytes(), str(file), kind)
            text = "\n".join(
                line for line in canonical(document).split("\n") if not line.startswith("#")
            )
            wanted[kind].append({"record": document.data, "body": document.body, "text": text})
    with visit() as visited:
        for form in FORMS:
            page = visited.go(form.url)
            wrong = page.evaluate(
                """async (records) => {
                  const { text } = await import("../../assets/js/contribute-yaml.js");
                  const settings = JSON.parse(document.getElementById("settings").textContent);
                  const { kind, fields } = settings;
                  return records.map((r) => [text(kind, fields, r.record, r.body), r.text])
                    .filter(([made, right]) => made !== right).slice(0, 3);
                }""".replace("../../assets", f"{visited.home}assets"),
                [item for item in wanted[form.kind] if "#" not in str(item["text"])],
            )
            assert wrong == []


def test_names_become_the_same_addresses_as_in_python(visit: Open, tiny: object) -> None:
    names = [place.name for place in tiny.directory.reference.places.values()]
    with visit() as visited:
        page = visited.go(ACTION)
        made = page.evaluate(
            f"""async (names) => (await import("{visited.home}assets/js/contribute-yaml.js"))
            && names.map((await import("{visited.home}assets/js/contribute-yaml.js")).slug)""",
            names,
        )
    assert made == [slug(name) for name in names]


GOOD = {
    "title": "Un titre assez long",
    "territory": "59378",
    "themes": ["reseau-social"],
    "sources": [{"url": "https://exemple.fr/"}],
}
BAD: list[tuple[dict[str, object], str]] = [
    ({"title": "Abc"}, "champ"),
    ({"title": "Un titre à rallonge " * 10}, "champ"),
    ({"themes": ["reseau-social"] * 2}, "valeur-en-double"),
    ({"themes": ["inconnu"]}, "vocabulaire"),
    ({"sources": []}, "source-manquante"),
    ({"sources": [{"publisher": "Le Journal"}]}, "source-incomplete"),
    (
        {"sources": [{"url": "https://exemple.fr/", "date": "2024", "seen": "2023"}]},
        "dates-inversees",
    ),
    ({"sources": [{"url": "exemple.fr"}]}, "adresse"),
    ({"sources": [{"url": "https://a:b@exemple.fr/"}]}, "adresse"),
    ({"sources": [{"url": "https://intranet.local/"}]}, "adresse"),
    ({"website": "http://exemple.fr/"}, "adresse-https"),
    ({"started": "2024-13"}, "date-impossible"),
    ({"started": "2024-02-30"}, "date-impossible"),
    ({"started": "2999"}, "date-future"),
    ({"partners": ["59378"]}, "renvoi-a-soi"),
    ({"status": "arretee"}, "enseignements-manquants"),
    ({"actors": ["personne"]}, "acteur-inconnu"),
    ({"title": "Écrire à jean@ville.fr"}, "courriel"),
    ({"title": "Appeler le 03 20 12 34 56"}, "telephone"),
    ({"title": "Un titre <b>gras</b>"}, "html"),
    ({"title": "Un titre &eacute;trange"}, "html"),
    ({"title": "Un titre \u200binvisible"}, "caractere-invisible"),
    ({"body": "Une <b>image</b>"}, "html-dans-le-texte"),
    ({"body": "![affiche](https://exemple.fr/a.png)"}, "image"),
    ({"body": "Un [lien](javascript:alert(1))"}, "lien"),
    ({"body": ""}, "texte-vide"),
]


def test_the_browser_finds_what_check_finds(visit: Open, scratch: Path) -> None:
    path = "data/actions/59/59378-marcq-en-baroeul/x.md"
    with visit() as visited:
        page = visited.go(ACTION)
        for change, rule in BAD:
            record = {**GOOD, **{k: v for k, v in change.items() if k != "body"}}
            body = str(change.get("body", "Un récit."))
            found, text = page.evaluate(
                f"""async ([record, body]) => {{
                  const {{ checker }} = await import("{visited.home}assets/js/contribute-rules.js");
                  const {{ text }} = await import("{visited.home}assets/js/contribute-yaml.js");
                  const settings = JSON.parse(document.getElementById("settings").textContent);
                  const check = checker(settings, "2026-11-21");
                  const made = text("action", settings.fields, record, body);
                  return [check(record, body).map((p) => p.rule), made];
                }}""",
                [record, body],
            )
            assert rule in found, (change, found)
            file = scratch / path
            file.write_text(text, encoding="utf-8")
            problems = build.read_and_check(
                scratch, lambda other: other == path, "2026-11-21"
            ).problems
            file.unlink()
            assert {rule} <= {p.rule for p in problems}, (change, text)
        assert (
            page.evaluate(
                f"""async (record) => {{
              const {{ checker }} = await import("{visited.home}assets/js/contribute-rules.js");
              const settings = JSON.parse(document.getElementById("settings").textContent);
              return checker(settings, "2026-11-21")(record, "Un récit.");
            }}""",
                GOOD,
            )
            == []
        )
