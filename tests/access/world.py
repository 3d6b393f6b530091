"""Two campaigns of two brands, the second full of words that nobody of the first may meet."""

import time
from datetime import date

from core.campaigns import create_brand, create_campaign
from core.team import add_member
from tests.core.written import add_facts, form, join

CANARY = "zebrafish"
NOW = int(time.time())


def fill(store):
    """Fill a store: campaign 1 of brand Glow is to be seen, campaign 2 of the canary's brand is not."""
    glow, other = create_brand(store, {"name": "Glow"}), create_brand(store, {"name": f"{CANARY} brand"})
    create_campaign(store, form(glow, code="spring", name="Spring"))
    create_campaign(
        store, form(other, code=f"{CANARY}-code", name=f"{CANARY} campaign", owner=CANARY, notes=CANARY)
    )
    join(store, 1, "mara", "lior")
    join(store, 2, f"{CANARY}.one")
    add_facts(
        store,
        videos=[
            ("7400000000000000001", "mara", "hello", date(2026, 3, 5), 12_000),
            ("7400000000000000002", f"{CANARY}.one", f"{CANARY} caption", date(2026, 3, 5), 900),
        ],
    )


def invite(store, name, role, **scope):
    """Put somebody on the list, with one right."""
    values = {"email": f"{name}@example.com", "name": name, "role": role, **scope}
    return add_member(store, values, now=NOW)
