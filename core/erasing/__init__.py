"""Erasing: a campaign, a creator or a customer leaves without a trace."""

from core.erasing.erase import (
    erase_campaign,
    erase_creator,
    erase_customer,
    foresee_campaign,
    foresee_creator,
    foresee_customer,
)
from core.erasing.model import Erasure

__all__ = [
    "Erasure",
    "erase_campaign",
    "erase_creator",
    "erase_customer",
    "foresee_campaign",
    "foresee_creator",
    "foresee_customer",
]
