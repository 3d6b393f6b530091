"""Derived tables, rebuilt for touched keys in the transaction that changes the facts.

The state is a function of the standing imports and of what people wrote: after any
sequence of imports and undos it equals a rebuild of everything.
"""

from core.rollups.rebuild import rebuild, rebuild_all, rebuild_campaign
from core.rollups.touched import EVERYTHING, Touched, touched_by, union

__all__ = ["EVERYTHING", "Touched", "rebuild", "rebuild_all", "rebuild_campaign", "touched_by", "union"]
