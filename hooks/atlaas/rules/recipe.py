"""What makes an action copyable: a cost says something, a contact is no person's page."""

import re

from atlaas.rules.conditions import Has, Matches
from atlaas.rules.rule import Rule
from atlaas.rules.statements import Statement

# Pages of people: profiles on networks, and links that write to or call somebody.
_PERSON = re.compile(
    r"(?:mailto|tel|sms):.*"
    r"|https?://(?:[\w-]+\.)*(?:linkedin\.com/(?:in|pub)/|viadeo\.com/|malt\.fr/profile/"
    r"|facebook\.com/(?:people/|profile\.php)).*",
    re.IGNORECASE,
)

CONTACT = Rule(
    "contact-personnel",
    "Le contact d'une action est une page du service, jamais celle d'une personne.",
    kinds=("action",),
    statements=(
        Statement(
            "action",
            Matches("contact", _PERSON),
            "Donnez une page du service (formulaire, accueil), jamais celle d'une personne.",
            "« {contact} » peut mener à une personne",
            "Donnez la page https du service : son formulaire, ou son accueil.",
            at="contact",
        ),
    ),
)
COST = Rule(
    "cout-vide",
    "Un coût dit un montant, ce qu'il compte ou qui finance.",
    kinds=("action",),
    statements=(
        Statement(
            "cost",
            ~Has("amount") & ~Has("note") & ~Has("funding"),
            "Donnez un montant, ce qu'il compte ou qui finance.",
            "ce coût ne dit rien",
            "Ajoutez « amount », « note » ou « funding », ou supprimez « cost ».",
            field="amount",
        ),
    ),
)
