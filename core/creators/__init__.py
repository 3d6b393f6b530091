"""Creators: who they are, under which handles, how large, and who is the same person."""

from core.creators.merging import Merge, list_merges, merge_creators, split_creators
from core.creators.model import Creator
from core.creators.roster import (
    add_handle,
    apply_creator_edits,
    create_creator,
    delete_creator,
    edit_creator,
    get_creator,
    list_creators,
    remove_handle,
)
from core.creators.tiers import (
    DEFAULT_CUTOFFS,
    CreatorTier,
    TierCutoff,
    campaign_tiers,
    get_cutoffs,
    set_cutoffs,
    tier_of,
)
from core.creators.unassigned import FoundHandle, create_from_handles, found_handles

__all__ = [
    "DEFAULT_CUTOFFS",
    "Creator",
    "CreatorTier",
    "FoundHandle",
    "Merge",
    "TierCutoff",
    "add_handle",
    "apply_creator_edits",
    "campaign_tiers",
    "create_creator",
    "create_from_handles",
    "delete_creator",
    "edit_creator",
    "found_handles",
    "get_creator",
    "get_cutoffs",
    "list_creators",
    "list_merges",
    "merge_creators",
    "remove_handle",
    "set_cutoffs",
    "split_creators",
    "tier_of",
]
