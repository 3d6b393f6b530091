"""Erasing: a campaign, a creator or a customer leaves without a trace."""

from core.erasing.erase import erase_campaign, erase_creator, erase_customer
from core.erasing.model import Erasure

__all__ = ["Erasure", "erase_campaign", "erase_creator", "erase_customer"]
