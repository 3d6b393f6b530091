"""Tables of closed orders, and how long order rows are kept."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ADDED = ("earlier_buyer", "closed_sale", "closed_left_out", "closed_credit")


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f(f"fk_{name}_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_batch_id"), name, ["batch_id"], unique=False)


def upgrade() -> None:
    """Go one step forward."""
    _table(
        "closed_credit",
        sa.Column("orders", sa.Float(), nullable=True),
        sa.Column("revenue", sa.BigInteger(), nullable=True),
        sa.Column("refunds", sa.BigInteger(), nullable=True),
        sa.Column("code_orders", sa.Float(), nullable=True),
        sa.Column("known_customer_orders", sa.Float(), nullable=True),
        sa.Column("new_customers", sa.Float(), nullable=True),
        sa.Column("repeat_customers", sa.Float(), nullable=True),
        sa.Column("repeat_revenue", sa.BigInteger(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("sales", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("sales_in_conflict", sa.Integer(), nullable=False),
    )
    for column in ("campaign_id", "creator_id"):
        op.create_index(op.f(f"ix_closed_credit_{column}"), "closed_credit", [column], unique=False)
    _table(
        "closed_left_out",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
    )
    op.create_index(op.f("ix_closed_left_out_campaign_id"), "closed_left_out", ["campaign_id"], unique=False)
    _table(
        "closed_sale",
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
    )
    _table(
        "earlier_buyer",
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("customer_key", sa.String(), nullable=False),
    )
    op.create_index(op.f("ix_earlier_buyer_customer_key"), "earlier_buyer", ["customer_key"], unique=False)
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.add_column(sa.Column("retention_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("closed_before", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("workspace") as batch_op:
        batch_op.drop_column("closed_before")
        batch_op.drop_column("retention_months")
    for name in ADDED:
        op.drop_table(name)
