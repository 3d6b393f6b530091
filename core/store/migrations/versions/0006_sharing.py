"""Tables of people, rights, shared links."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ADDED = ("shared_link_visit", "shared_link", "person_right", "brand_logo", "person")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("name", name=op.f("uq_person_name")),
    )
    op.create_table(
        "person_right",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("brand_id IS NULL OR campaign_id IS NULL", name=op.f("ck_person_right_one_scope")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_person_right_brand_id_brand"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_person_right_campaign_id_campaign"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_right_person_id_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_right")),
    )
    for column in ("brand_id", "campaign_id", "person_id"):
        op.create_index(op.f(f"ix_person_right_{column}"), "person_right", [column], unique=False)
    op.create_table(
        "shared_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sections", sa.String(), nullable=False),
        sa.Column("with_money", sa.Boolean(), nullable=False),
        sa.Column("with_logo", sa.Boolean(), nullable=False),
        sa.Column("allow_downloads", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.Column("last_visit_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_shared_link_campaign_id_campaign"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_shared_link_creator_id_creator"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_link")),
        sa.UniqueConstraint("slug", name=op.f("uq_shared_link_slug")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_shared_link_token_digest")),
    )
    for column in ("campaign_id", "creator_id"):
        op.create_index(op.f(f"ix_shared_link_{column}"), "shared_link", [column], unique=False)
    op.create_table(
        "shared_link_visit",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["shared_link.id"], name=op.f("fk_shared_link_visit_link_id_shared_link"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("link_id", "day", name=op.f("pk_shared_link_visit")),
    )
    op.create_table(
        "brand_logo",
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_brand_logo_brand_id_brand"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("brand_id", name=op.f("pk_brand_logo")),
    )


def downgrade() -> None:
    """Go one step back."""
    for name in ADDED:
        op.drop_table(name)
