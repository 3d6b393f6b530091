"""Every table of the store.

Conventions: days are day numbers (days since 1970-01-01, see `core.units`), instants
are Unix seconds in UTC, money is integer minor units beside an ISO currency, ids of
other systems are text. NULL means unknown and never zero. A table model does not
validate: whatever is written has been checked at the border.

Facts carry their `batch_id` and are never updated: undo deletes them. Derived tables
(rollups) are rebuilt for touched keys in the same transaction. Everything else is
what people wrote. Of closed orders sums are kept (`closed`).
"""

from core.store.tables.base import NAMING, Base
from core.store.tables.check_ins import CheckInRecord, LockedPlan
from core.store.tables.closed import ClosedCredit, ClosedLeftOut, ClosedSale, EarlierBuyer
from core.store.tables.counts import Counts
from core.store.tables.derived import (
    AccountDay,
    CampaignDay,
    CreatorTotal,
    Credit,
    DayTotal,
    LedgerCounts,
    LeftOutOrder,
    Video,
    VideoDay,
    VideoTotal,
)
from core.store.tables.experiments import (
    Experiment,
    ExperimentArm,
    ExperimentChange,
    ExperimentConclusion,
    ExperimentExclusion,
    ExperimentMetric,
    ExperimentSlot,
    Learning,
    LearningTag,
    TagChange,
    TagEvent,
    TagValue,
)
from core.store.tables.facts import (
    AppEvent,
    AudienceShare,
    CommentFact,
    FollowerHour,
    OrderClaim,
    OrderLine,
    SearchInterest,
    ShopOrder,
    Stat,
    Touch,
    VideoFact,
)
from core.store.tables.imports import ImportBatch, ImportJob, MappingProfile, QuarantineRow, SourceAnswer
from core.store.tables.plans import (
    Brand,
    Campaign,
    CampaignMetric,
    Collaboration,
    Creator,
    CreatorFollowers,
    CreatorHandle,
    ExchangeRate,
    MembershipChoice,
    MembershipRule,
    Note,
    PromoCode,
    TrackingLink,
)
from core.store.tables.scorecards import (
    ContributionMargin,
    CreatorDecision,
    CreatorRating,
    StoredEstimate,
    StoredFit,
    TargetAudience,
)
from core.store.tables.sharing import BrandLogo, Person, PersonRight, SharedLink, SharedLinkVisit
from core.store.tables.workspace import AuditEntry, Workspace

__all__ = [
    "NAMING",
    "AccountDay",
    "AppEvent",
    "AudienceShare",
    "AuditEntry",
    "Base",
    "Brand",
    "BrandLogo",
    "Campaign",
    "CampaignDay",
    "CampaignMetric",
    "CheckInRecord",
    "ClosedCredit",
    "ClosedLeftOut",
    "ClosedSale",
    "Collaboration",
    "CommentFact",
    "ContributionMargin",
    "Counts",
    "Creator",
    "CreatorDecision",
    "CreatorFollowers",
    "CreatorHandle",
    "CreatorRating",
    "CreatorTotal",
    "Credit",
    "DayTotal",
    "EarlierBuyer",
    "ExchangeRate",
    "Experiment",
    "ExperimentArm",
    "ExperimentChange",
    "ExperimentConclusion",
    "ExperimentExclusion",
    "ExperimentMetric",
    "ExperimentSlot",
    "FollowerHour",
    "ImportBatch",
    "ImportJob",
    "Learning",
    "LearningTag",
    "LedgerCounts",
    "LeftOutOrder",
    "LockedPlan",
    "MappingProfile",
    "MembershipChoice",
    "MembershipRule",
    "Note",
    "OrderClaim",
    "OrderLine",
    "Person",
    "PersonRight",
    "PromoCode",
    "QuarantineRow",
    "SearchInterest",
    "SharedLink",
    "SharedLinkVisit",
    "ShopOrder",
    "SourceAnswer",
    "Stat",
    "StoredEstimate",
    "StoredFit",
    "TagChange",
    "TagEvent",
    "TagValue",
    "TargetAudience",
    "Touch",
    "TrackingLink",
    "Video",
    "VideoDay",
    "VideoFact",
    "VideoTotal",
    "Workspace",
]
