"""Every validator over a built site, one after the other; the closing line of each.

``make validate`` builds the site at a made-up address, installs the validators and calls this with
the folder. Arguments after it keep the validators whose name holds one of them. It ends with 1
when one of them is not content, with what it said.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from scripts.serving import served
from scripts.validate import client, notebook, pages, tables
from scripts.validate.told import Complaint, Validated

Validator = Callable[[Validated], str]
VALIDATORS: dict[str, Validator] = {
    "vnu (HTML)": pages.html,
    "extruct (JSON-LD, Open Graph)": pages.structured,
    "redocly (OpenAPI)": client.redocly,
    "spectral (OpenAPI)": client.spectral,
    "openapi-python-client (API)": client.generated,
    "frictionless (CSV)": tables.frictionless_files,
    "rdflib (DCAT-AP)": tables.harvested,
    "pandas": notebook.pandas_joins,
    "duckdb": notebook.duckdb_joins,
    "datasette (SQLite)": notebook.datasette_answers,
    "LibreOffice (classeur)": notebook.office_keeps,
}


def main(arguments: list[str]) -> int:
    """1 where a validator complains."""
    site, *words = arguments
    chosen = {
        name: validator
        for name, validator in VALIDATORS.items()
        if not words or any(word in name for word in words)
    }
    if not chosen:
        print(f"Aucun validateur ne porte ce nom. Ils s'appellent : {', '.join(VALIDATORS)}.")
        return 2
    failed = 0
    with served(Path(site)) as address:
        for name, validator in chosen.items():
            try:
                print(f"{name} : {validator(Validated(Path(site), address))}", flush=True)
            except Complaint as complaint:
                failed += 1
                print(f"{name} : REFUSÉ\n{complaint}", flush=True)
    print(f"{len(chosen) - failed} validateurs contents, {failed} non.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
