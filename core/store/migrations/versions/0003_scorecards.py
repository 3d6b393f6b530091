"""Tables of scorecards: ratings, decisions on creators, stored fits."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "stored_estimate",
        sa.Column("population", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("traffic", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("next_low", sa.Float(), nullable=True),
        sa.Column("next_high", sa.Float(), nullable=True),
        sa.Column("raw", sa.Float(), nullable=True),
        sa.Column("videos", sa.Integer(), nullable=False),
        sa.Column("events", sa.Float(), nullable=True),
        sa.Column("exposure", sa.Float(), nullable=True),
        sa.Column("narrowing", sa.Float(), nullable=True),
        sa.Column("peers", sa.String(), nullable=False),
        sa.Column("peer_level", sa.Integer(), nullable=False),
        sa.Column("peer_count", sa.Integer(), nullable=False),
        sa.Column("peer_low", sa.Float(), nullable=True),
        sa.Column("peer_middle", sa.Float(), nullable=True),
        sa.Column("peer_high", sa.Float(), nullable=True),
        sa.Column("above_median", sa.Float(), nullable=True),
        sa.Column("percentile", sa.Float(), nullable=True),
        sa.Column("percentile_low", sa.Float(), nullable=True),
        sa.Column("percentile_high", sa.Float(), nullable=True),
        sa.Column("top_quarter", sa.Float(), nullable=True),
        sa.Column("lack", sa.String(), nullable=False),
        sa.Column("lack_have", sa.Integer(), nullable=False),
        sa.Column("lack_need", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "population",
            "age",
            "traffic",
            "campaign_id",
            "creator_id",
            "metric",
            name=op.f("pk_stored_estimate"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stored_fit",
        sa.Column("population", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("traffic", sa.String(), nullable=False),
        sa.Column("method", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("population", "age", "traffic", name=op.f("pk_stored_fit")),
    )
    op.create_table(
        "contribution_margin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("margin", sa.Float(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "margin > 0 AND margin <= 1", name=op.f("ck_contribution_margin_share_of_revenue")
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_contribution_margin_brand_id_brand")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_contribution_margin_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_margin")),
    )
    op.create_index(
        op.f("ix_contribution_margin_brand_id"), "contribution_margin", ["brand_id"], unique=False
    )
    op.create_index(
        op.f("ix_contribution_margin_campaign_id"), "contribution_margin", ["campaign_id"], unique=False
    )
    op.create_table(
        "creator_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_creator_decision_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.id"], name=op.f("fk_creator_decision_creator_id_creator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_creator_decision")),
    )
    op.create_index(
        op.f("ix_creator_decision_campaign_id"), "creator_decision", ["campaign_id"], unique=False
    )
    op.create_index(op.f("ix_creator_decision_creator_id"), "creator_decision", ["creator_id"], unique=False)
    op.create_table(
        "creator_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("ease", sa.Integer(), nullable=True),
        sa.Column("brand_fit", sa.Integer(), nullable=True),
        sa.Column("adherence", sa.Integer(), nullable=True),
        sa.Column("quality", sa.Integer(), nullable=True),
        sa.Column("timeliness", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_creator_rating_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.id"], name=op.f("fk_creator_rating_creator_id_creator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_creator_rating")),
    )
    op.create_index(op.f("ix_creator_rating_campaign_id"), "creator_rating", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_creator_rating_creator_id"), "creator_rating", ["creator_id"], unique=False)
    op.create_table(
        "target_audience",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_target_audience_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "dimension", "value", name=op.f("pk_target_audience")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("target_audience")
    op.drop_index(op.f("ix_creator_rating_creator_id"), table_name="creator_rating")
    op.drop_index(op.f("ix_creator_rating_campaign_id"), table_name="creator_rating")
    op.drop_table("creator_rating")
    op.drop_index(op.f("ix_creator_decision_creator_id"), table_name="creator_decision")
    op.drop_index(op.f("ix_creator_decision_campaign_id"), table_name="creator_decision")
    op.drop_table("creator_decision")
    op.drop_index(op.f("ix_contribution_margin_campaign_id"), table_name="contribution_margin")
    op.drop_index(op.f("ix_contribution_margin_brand_id"), table_name="contribution_margin")
    op.drop_table("contribution_margin")
    op.drop_table("stored_fit")
    op.drop_table("stored_estimate")
