"""What is kept of orders whose rows are gone: sums by import and day, and who bought before.

Closing takes the rows of old orders away (`core.rollups.closing`). These sums carry the import that
stated the order's newest version, so that undoing it takes them away as well. They are never rebuilt.
"""

from sqlalchemy import BigInteger
from sqlmodel import Field

from core.store.tables.base import Base, batch_column
from core.store.tables.derived import LedgerCounts


class ClosedCredit(Base, LedgerCounts, table=True):
    """What the credit ledger said of closed orders, by campaign, creator, video, day and evidence.

    What new customers bought later stands on the day they did, with no evidence.
    """

    __tablename__ = "closed_credit"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    campaign_id: int = Field(index=True)
    creator_id: int = Field(index=True)
    video_id: str = ""
    evidence: str = ""  # code | affiliate | link; '' for what was bought later
    key: str = ""  # the code or link that carried it
    day: int  # in the campaign's zone
    currency: str  # of the campaign when the orders were closed
    credits: int = 0  # rows of the ledger
    sales: int = 0  # orders, each counted at the first of its creators in the campaign
    conflicts: int = 0  # rows of the ledger on which something else pointed to another creator
    sales_in_conflict: int = 0  # the same, each order counted once


class ClosedLeftOut(Base, table=True):
    """Closed orders that pointed to a campaign and were credited to nobody, by reason and day."""

    __tablename__ = "closed_left_out"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    campaign_id: int = Field(index=True)
    reason: str
    day: int
    currency: str = ""
    orders: int
    known: int  # orders whose amount is known
    amount: int | None = Field(default=None, sa_type=BigInteger)  # their net, in `currency`


class ClosedSale(Base, table=True):
    """All closed orders of a shop by day and status, whether or not a creator brought them."""

    __tablename__ = "closed_sale"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    system: str
    day: int  # in the shop's zone
    status: str
    currency: str = ""
    orders: int
    known: int  # orders whose amount is known
    amount: int | None = Field(default=None, sa_type=BigInteger)  # their net, in `currency`


class EarlierBuyer(Base, table=True):
    """A customer of an order that is still here, who bought before in one that is closed."""

    __tablename__ = "earlier_buyer"
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(sa_column=batch_column())
    system: str
    customer_key: str = Field(index=True)
