"""Checked records -> one linked directory: the third step of the way."""

from atlaas.directory.collections import LinkedCollection
from atlaas.directory.linked import (
    Directory,
    LinkedAction,
    LinkedActor,
    LinkedEdition,
    LinkedTerritory,
    Records,
    territory_url,
)
from atlaas.directory.linking import link
