"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "account_day",
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("viewers", sa.BigInteger(), nullable=True),
        sa.Column("new_viewers", sa.BigInteger(), nullable=True),
        sa.Column("returning_viewers", sa.BigInteger(), nullable=True),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("saves", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("watch_seconds", sa.BigInteger(), nullable=True),
        sa.Column("watched_views", sa.BigInteger(), nullable=True),
        sa.Column("completions", sa.BigInteger(), nullable=True),
        sa.Column("completion_views", sa.BigInteger(), nullable=True),
        sa.Column("views_2s", sa.BigInteger(), nullable=True),
        sa.Column("views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_15s", sa.BigInteger(), nullable=True),
        sa.Column("views_p25", sa.BigInteger(), nullable=True),
        sa.Column("views_p50", sa.BigInteger(), nullable=True),
        sa.Column("views_p75", sa.BigInteger(), nullable=True),
        sa.Column("profile_views", sa.BigInteger(), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=True),
        sa.Column("clicks_all", sa.BigInteger(), nullable=True),
        sa.Column("link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("unique_link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.BigInteger(), nullable=True),
        sa.Column("engaged_sessions", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("key_events", sa.BigInteger(), nullable=True),
        sa.Column("web_transactions", sa.BigInteger(), nullable=True),
        sa.Column("web_revenue", sa.BigInteger(), nullable=True),
        sa.Column("landing_page_views", sa.BigInteger(), nullable=True),
        sa.Column("adds_to_cart", sa.BigInteger(), nullable=True),
        sa.Column("checkouts", sa.BigInteger(), nullable=True),
        sa.Column("leads", sa.BigInteger(), nullable=True),
        sa.Column("installs", sa.BigInteger(), nullable=True),
        sa.Column("claimed_conversions", sa.BigInteger(), nullable=True),
        sa.Column("claimed_purchases", sa.BigInteger(), nullable=True),
        sa.Column("claimed_revenue", sa.BigInteger(), nullable=True),
        sa.Column("shop_gmv", sa.BigInteger(), nullable=True),
        sa.Column("shop_orders", sa.BigInteger(), nullable=True),
        sa.Column("shop_items", sa.BigInteger(), nullable=True),
        sa.Column("shop_refunds", sa.BigInteger(), nullable=True),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("product_impressions", sa.BigInteger(), nullable=True),
        sa.Column("product_clicks", sa.BigInteger(), nullable=True),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("handle", "day", name=op.f("pk_account_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "brand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand")),
        sa.UniqueConstraint("name", name=op.f("uq_brand_name")),
    )
    op.create_table(
        "campaign_day",
        sa.Column("orders", sa.Float(), nullable=True),
        sa.Column("revenue", sa.BigInteger(), nullable=True),
        sa.Column("refunds", sa.BigInteger(), nullable=True),
        sa.Column("code_orders", sa.Float(), nullable=True),
        sa.Column("known_customer_orders", sa.Float(), nullable=True),
        sa.Column("new_customers", sa.Float(), nullable=True),
        sa.Column("repeat_customers", sa.Float(), nullable=True),
        sa.Column("repeat_revenue", sa.BigInteger(), nullable=True),
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("viewers", sa.BigInteger(), nullable=True),
        sa.Column("new_viewers", sa.BigInteger(), nullable=True),
        sa.Column("returning_viewers", sa.BigInteger(), nullable=True),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("saves", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("watch_seconds", sa.BigInteger(), nullable=True),
        sa.Column("watched_views", sa.BigInteger(), nullable=True),
        sa.Column("completions", sa.BigInteger(), nullable=True),
        sa.Column("completion_views", sa.BigInteger(), nullable=True),
        sa.Column("views_2s", sa.BigInteger(), nullable=True),
        sa.Column("views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_15s", sa.BigInteger(), nullable=True),
        sa.Column("views_p25", sa.BigInteger(), nullable=True),
        sa.Column("views_p50", sa.BigInteger(), nullable=True),
        sa.Column("views_p75", sa.BigInteger(), nullable=True),
        sa.Column("profile_views", sa.BigInteger(), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=True),
        sa.Column("clicks_all", sa.BigInteger(), nullable=True),
        sa.Column("link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("unique_link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.BigInteger(), nullable=True),
        sa.Column("engaged_sessions", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("key_events", sa.BigInteger(), nullable=True),
        sa.Column("web_transactions", sa.BigInteger(), nullable=True),
        sa.Column("web_revenue", sa.BigInteger(), nullable=True),
        sa.Column("landing_page_views", sa.BigInteger(), nullable=True),
        sa.Column("adds_to_cart", sa.BigInteger(), nullable=True),
        sa.Column("checkouts", sa.BigInteger(), nullable=True),
        sa.Column("leads", sa.BigInteger(), nullable=True),
        sa.Column("installs", sa.BigInteger(), nullable=True),
        sa.Column("claimed_conversions", sa.BigInteger(), nullable=True),
        sa.Column("claimed_purchases", sa.BigInteger(), nullable=True),
        sa.Column("claimed_revenue", sa.BigInteger(), nullable=True),
        sa.Column("shop_gmv", sa.BigInteger(), nullable=True),
        sa.Column("shop_orders", sa.BigInteger(), nullable=True),
        sa.Column("shop_items", sa.BigInteger(), nullable=True),
        sa.Column("shop_refunds", sa.BigInteger(), nullable=True),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("product_impressions", sa.BigInteger(), nullable=True),
        sa.Column("product_clicks", sa.BigInteger(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("traffic", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "creator_id", "day", "traffic", name=op.f("pk_campaign_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "creator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("niche", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_creator")),
    )
    op.create_table(
        "creator_total",
        sa.Column("orders", sa.Float(), nullable=True),
        sa.Column("revenue", sa.BigInteger(), nullable=True),
        sa.Column("refunds", sa.BigInteger(), nullable=True),
        sa.Column("code_orders", sa.Float(), nullable=True),
        sa.Column("known_customer_orders", sa.Float(), nullable=True),
        sa.Column("new_customers", sa.Float(), nullable=True),
        sa.Column("repeat_customers", sa.Float(), nullable=True),
        sa.Column("repeat_revenue", sa.BigInteger(), nullable=True),
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("viewers", sa.BigInteger(), nullable=True),
        sa.Column("new_viewers", sa.BigInteger(), nullable=True),
        sa.Column("returning_viewers", sa.BigInteger(), nullable=True),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("saves", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("watch_seconds", sa.BigInteger(), nullable=True),
        sa.Column("watched_views", sa.BigInteger(), nullable=True),
        sa.Column("completions", sa.BigInteger(), nullable=True),
        sa.Column("completion_views", sa.BigInteger(), nullable=True),
        sa.Column("views_2s", sa.BigInteger(), nullable=True),
        sa.Column("views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_15s", sa.BigInteger(), nullable=True),
        sa.Column("views_p25", sa.BigInteger(), nullable=True),
        sa.Column("views_p50", sa.BigInteger(), nullable=True),
        sa.Column("views_p75", sa.BigInteger(), nullable=True),
        sa.Column("profile_views", sa.BigInteger(), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=True),
        sa.Column("clicks_all", sa.BigInteger(), nullable=True),
        sa.Column("link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("unique_link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.BigInteger(), nullable=True),
        sa.Column("engaged_sessions", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("key_events", sa.BigInteger(), nullable=True),
        sa.Column("web_transactions", sa.BigInteger(), nullable=True),
        sa.Column("web_revenue", sa.BigInteger(), nullable=True),
        sa.Column("landing_page_views", sa.BigInteger(), nullable=True),
        sa.Column("adds_to_cart", sa.BigInteger(), nullable=True),
        sa.Column("checkouts", sa.BigInteger(), nullable=True),
        sa.Column("leads", sa.BigInteger(), nullable=True),
        sa.Column("installs", sa.BigInteger(), nullable=True),
        sa.Column("claimed_conversions", sa.BigInteger(), nullable=True),
        sa.Column("claimed_purchases", sa.BigInteger(), nullable=True),
        sa.Column("claimed_revenue", sa.BigInteger(), nullable=True),
        sa.Column("shop_gmv", sa.BigInteger(), nullable=True),
        sa.Column("shop_orders", sa.BigInteger(), nullable=True),
        sa.Column("shop_items", sa.BigInteger(), nullable=True),
        sa.Column("shop_refunds", sa.BigInteger(), nullable=True),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("product_impressions", sa.BigInteger(), nullable=True),
        sa.Column("product_clicks", sa.BigInteger(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("traffic", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "creator_id", "traffic", name=op.f("pk_creator_total")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "credit",
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("revenue", sa.BigInteger(), nullable=False),
        sa.Column("refunds", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("is_new_customer", sa.Boolean(), nullable=True),
        sa.CheckConstraint("share > 0 AND share <= 1", name=op.f("ck_credit_share_of_one")),
        sa.PrimaryKeyConstraint("system", "order_id", "rule", "position", name=op.f("pk_credit")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_creator_id"), ["creator_id"], unique=False)

    op.create_table(
        "day_total",
        sa.Column("orders", sa.Float(), nullable=True),
        sa.Column("revenue", sa.BigInteger(), nullable=True),
        sa.Column("refunds", sa.BigInteger(), nullable=True),
        sa.Column("code_orders", sa.Float(), nullable=True),
        sa.Column("known_customer_orders", sa.Float(), nullable=True),
        sa.Column("new_customers", sa.Float(), nullable=True),
        sa.Column("repeat_customers", sa.Float(), nullable=True),
        sa.Column("repeat_revenue", sa.BigInteger(), nullable=True),
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("viewers", sa.BigInteger(), nullable=True),
        sa.Column("new_viewers", sa.BigInteger(), nullable=True),
        sa.Column("returning_viewers", sa.BigInteger(), nullable=True),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("saves", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("watch_seconds", sa.BigInteger(), nullable=True),
        sa.Column("watched_views", sa.BigInteger(), nullable=True),
        sa.Column("completions", sa.BigInteger(), nullable=True),
        sa.Column("completion_views", sa.BigInteger(), nullable=True),
        sa.Column("views_2s", sa.BigInteger(), nullable=True),
        sa.Column("views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_15s", sa.BigInteger(), nullable=True),
        sa.Column("views_p25", sa.BigInteger(), nullable=True),
        sa.Column("views_p50", sa.BigInteger(), nullable=True),
        sa.Column("views_p75", sa.BigInteger(), nullable=True),
        sa.Column("profile_views", sa.BigInteger(), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=True),
        sa.Column("clicks_all", sa.BigInteger(), nullable=True),
        sa.Column("link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("unique_link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.BigInteger(), nullable=True),
        sa.Column("engaged_sessions", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("key_events", sa.BigInteger(), nullable=True),
        sa.Column("web_transactions", sa.BigInteger(), nullable=True),
        sa.Column("web_revenue", sa.BigInteger(), nullable=True),
        sa.Column("landing_page_views", sa.BigInteger(), nullable=True),
        sa.Column("adds_to_cart", sa.BigInteger(), nullable=True),
        sa.Column("checkouts", sa.BigInteger(), nullable=True),
        sa.Column("leads", sa.BigInteger(), nullable=True),
        sa.Column("installs", sa.BigInteger(), nullable=True),
        sa.Column("claimed_conversions", sa.BigInteger(), nullable=True),
        sa.Column("claimed_purchases", sa.BigInteger(), nullable=True),
        sa.Column("claimed_revenue", sa.BigInteger(), nullable=True),
        sa.Column("shop_gmv", sa.BigInteger(), nullable=True),
        sa.Column("shop_orders", sa.BigInteger(), nullable=True),
        sa.Column("shop_items", sa.BigInteger(), nullable=True),
        sa.Column("shop_refunds", sa.BigInteger(), nullable=True),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("product_impressions", sa.BigInteger(), nullable=True),
        sa.Column("product_clicks", sa.BigInteger(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("traffic", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "day", "traffic", name=op.f("pk_day_total")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "exchange_rate",
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("into", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("stated_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("currency", "into", "day", name=op.f("pk_exchange_rate")),
    )
    op.create_table(
        "import_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("wants_cancel", sa.Boolean(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("heartbeat", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_job")),
    )
    with op.batch_alter_table("import_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_job_upload"), ["upload"], unique=False)

    op.create_table(
        "left_out_order",
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("system", "order_id", "campaign_id", name=op.f("pk_left_out_order")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("left_out_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_left_out_order_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "mapping_profile",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("grain", sa.String(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_mapping_profile")),
    )
    op.create_table(
        "source_answer",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "question", name=op.f("pk_source_answer")),
    )
    op.create_table(
        "video",
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("hashtags", sa.String(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=True),
        sa.Column("posted_day", sa.Integer(), nullable=True),
        sa.Column("duration_seconds", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("membership", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("video_id", name=op.f("pk_video")),
    )
    with op.batch_alter_table("video", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_video_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_video_creator_id"), ["creator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_video_handle"), ["handle"], unique=False)

    op.create_table(
        "video_day",
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("viewers", sa.BigInteger(), nullable=True),
        sa.Column("new_viewers", sa.BigInteger(), nullable=True),
        sa.Column("returning_viewers", sa.BigInteger(), nullable=True),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("saves", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("watch_seconds", sa.BigInteger(), nullable=True),
        sa.Column("watched_views", sa.BigInteger(), nullable=True),
        sa.Column("completions", sa.BigInteger(), nullable=True),
        sa.Column("completion_views", sa.BigInteger(), nullable=True),
        sa.Column("views_2s", sa.BigInteger(), nullable=True),
        sa.Column("views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_15s", sa.BigInteger(), nullable=True),
        sa.Column("views_p25", sa.BigInteger(), nullable=True),
        sa.Column("views_p50", sa.BigInteger(), nullable=True),
        sa.Column("views_p75", sa.BigInteger(), nullable=True),
        sa.Column("profile_views", sa.BigInteger(), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=True),
        sa.Column("clicks_all", sa.BigInteger(), nullable=True),
        sa.Column("link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("unique_link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.BigInteger(), nullable=True),
        sa.Column("engaged_sessions", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("key_events", sa.BigInteger(), nullable=True),
        sa.Column("web_transactions", sa.BigInteger(), nullable=True),
        sa.Column("web_revenue", sa.BigInteger(), nullable=True),
        sa.Column("landing_page_views", sa.BigInteger(), nullable=True),
        sa.Column("adds_to_cart", sa.BigInteger(), nullable=True),
        sa.Column("checkouts", sa.BigInteger(), nullable=True),
        sa.Column("leads", sa.BigInteger(), nullable=True),
        sa.Column("installs", sa.BigInteger(), nullable=True),
        sa.Column("claimed_conversions", sa.BigInteger(), nullable=True),
        sa.Column("claimed_purchases", sa.BigInteger(), nullable=True),
        sa.Column("claimed_revenue", sa.BigInteger(), nullable=True),
        sa.Column("shop_gmv", sa.BigInteger(), nullable=True),
        sa.Column("shop_orders", sa.BigInteger(), nullable=True),
        sa.Column("shop_items", sa.BigInteger(), nullable=True),
        sa.Column("shop_refunds", sa.BigInteger(), nullable=True),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("product_impressions", sa.BigInteger(), nullable=True),
        sa.Column("product_clicks", sa.BigInteger(), nullable=True),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("traffic", sa.String(), nullable=False),
        sa.Column("reach_most", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("video_id", "day", "traffic", name=op.f("pk_video_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "video_total",
        sa.Column("orders", sa.Float(), nullable=True),
        sa.Column("revenue", sa.BigInteger(), nullable=True),
        sa.Column("refunds", sa.BigInteger(), nullable=True),
        sa.Column("code_orders", sa.Float(), nullable=True),
        sa.Column("known_customer_orders", sa.Float(), nullable=True),
        sa.Column("new_customers", sa.Float(), nullable=True),
        sa.Column("repeat_customers", sa.Float(), nullable=True),
        sa.Column("repeat_revenue", sa.BigInteger(), nullable=True),
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("viewers", sa.BigInteger(), nullable=True),
        sa.Column("new_viewers", sa.BigInteger(), nullable=True),
        sa.Column("returning_viewers", sa.BigInteger(), nullable=True),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("saves", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("watch_seconds", sa.BigInteger(), nullable=True),
        sa.Column("watched_views", sa.BigInteger(), nullable=True),
        sa.Column("completions", sa.BigInteger(), nullable=True),
        sa.Column("completion_views", sa.BigInteger(), nullable=True),
        sa.Column("views_2s", sa.BigInteger(), nullable=True),
        sa.Column("views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_15s", sa.BigInteger(), nullable=True),
        sa.Column("views_p25", sa.BigInteger(), nullable=True),
        sa.Column("views_p50", sa.BigInteger(), nullable=True),
        sa.Column("views_p75", sa.BigInteger(), nullable=True),
        sa.Column("profile_views", sa.BigInteger(), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=True),
        sa.Column("clicks_all", sa.BigInteger(), nullable=True),
        sa.Column("link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("unique_link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.BigInteger(), nullable=True),
        sa.Column("engaged_sessions", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("key_events", sa.BigInteger(), nullable=True),
        sa.Column("web_transactions", sa.BigInteger(), nullable=True),
        sa.Column("web_revenue", sa.BigInteger(), nullable=True),
        sa.Column("landing_page_views", sa.BigInteger(), nullable=True),
        sa.Column("adds_to_cart", sa.BigInteger(), nullable=True),
        sa.Column("checkouts", sa.BigInteger(), nullable=True),
        sa.Column("leads", sa.BigInteger(), nullable=True),
        sa.Column("installs", sa.BigInteger(), nullable=True),
        sa.Column("claimed_conversions", sa.BigInteger(), nullable=True),
        sa.Column("claimed_purchases", sa.BigInteger(), nullable=True),
        sa.Column("claimed_revenue", sa.BigInteger(), nullable=True),
        sa.Column("shop_gmv", sa.BigInteger(), nullable=True),
        sa.Column("shop_orders", sa.BigInteger(), nullable=True),
        sa.Column("shop_items", sa.BigInteger(), nullable=True),
        sa.Column("shop_refunds", sa.BigInteger(), nullable=True),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("product_impressions", sa.BigInteger(), nullable=True),
        sa.Column("product_clicks", sa.BigInteger(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("traffic", sa.String(), nullable=False),
        sa.Column("reach_most", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint(
            "campaign_id", "creator_id", "video_id", "traffic", name=op.f("pk_video_total")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("install_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("tier_cutoffs", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("vertical", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("click_window_days", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_campaign_days_in_order")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_campaign_brand_id_brand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_brand_id"), ["brand_id"], unique=False)

    op.create_table(
        "creator_followers",
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("followers", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.id"], name=op.f("fk_creator_followers_creator_id_creator")
        ),
        sa.PrimaryKeyConstraint("creator_id", "day", name=op.f("pk_creator_followers")),
    )
    op.create_table(
        "creator_handle",
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.id"], name=op.f("fk_creator_handle_creator_id_creator")
        ),
        sa.PrimaryKeyConstraint("handle", name=op.f("pk_creator_handle")),
    )
    with op.batch_alter_table("creator_handle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_creator_handle_creator_id"), ["creator_id"], unique=False)

    op.create_table(
        "campaign_metric",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("target", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_metric_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_metric")),
        sa.UniqueConstraint("campaign_id", "metric", name=op.f("uq_campaign_metric_campaign_id")),
    )
    with op.batch_alter_table("campaign_metric", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_metric_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "collaboration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("deliverables", sa.Integer(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_collaboration_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.id"], name=op.f("fk_collaboration_creator_id_creator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaboration")),
        sa.UniqueConstraint("campaign_id", "creator_id", name=op.f("uq_collaboration_campaign_id")),
    )
    with op.batch_alter_table("collaboration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collaboration_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_collaboration_creator_id"), ["creator_id"], unique=False)

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("provenance", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("as_of_from", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("importer_version", sa.Integer(), nullable=False),
        sa.Column("rows_digest", sa.String(), nullable=False),
        sa.Column("twin_of", sa.Integer(), nullable=True),
        sa.Column("rows_in", sa.Integer(), nullable=False),
        sa.Column("rows_stored", sa.Integer(), nullable=False),
        sa.Column("rows_aside", sa.Integer(), nullable=False),
        sa.Column("rows_ignored", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_import_batch_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["twin_of"], ["import_batch.id"], name=op.f("fk_import_batch_twin_of_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batch_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_batch_rows_digest"), ["rows_digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_batch_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_batch_upload"), ["upload"], unique=False)

    op.create_table(
        "membership_choice",
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("belongs", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_membership_choice_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("video_id", "campaign_id", name=op.f("pk_membership_choice")),
    )
    op.create_table(
        "membership_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_membership_rule_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_rule")),
    )
    with op.batch_alter_table("membership_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_rule_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_note_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "promo_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("creator_id", sa.Integer(), nullable=True),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_promo_code_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.id"], name=op.f("fk_promo_code_creator_id_creator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promo_code")),
    )
    with op.batch_alter_table("promo_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promo_code_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promo_code_code_key"), ["code_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_promo_code_creator_id"), ["creator_id"], unique=False)

    op.create_table(
        "tracking_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("short_url", sa.String(), nullable=False),
        sa.Column("landing_page", sa.String(), nullable=False),
        sa.Column("link_key", sa.String(), nullable=False),
        sa.Column("utm_source", sa.String(), nullable=False),
        sa.Column("utm_medium", sa.String(), nullable=False),
        sa.Column("utm_campaign", sa.String(), nullable=False),
        sa.Column("utm_content", sa.String(), nullable=False),
        sa.Column("utm_term", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_tracking_link_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.id"], name=op.f("fk_tracking_link_creator_id_creator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_link")),
        sa.UniqueConstraint("link_key", name=op.f("uq_tracking_link_link_key")),
    )
    with op.batch_alter_table("tracking_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tracking_link_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tracking_link_creator_id"), ["creator_id"], unique=False)

    op.create_table(
        "app_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("installed_at", sa.BigInteger(), nullable=True),
        sa.Column("touch_type", sa.String(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=True),
        sa.Column("media_source", sa.String(), nullable=False),
        sa.Column("campaign_hint", sa.String(), nullable=False),
        sa.Column("ad", sa.String(), nullable=False),
        sa.Column("sub_param", sa.String(), nullable=False),
        sa.Column("assists", sa.Text(), nullable=False),
        sa.Column("value_key", sa.String(), nullable=False),
        sa.Column("revenue", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_app_event_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_event")),
    )
    with op.batch_alter_table("app_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_app_event_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "audience_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_audience_share_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_share")),
    )
    with op.batch_alter_table("audience_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audience_share_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audience_share_subject"), ["subject"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("likes", sa.Integer(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=True),
        sa.Column("author_key", sa.String(), nullable=False),
        sa.Column("is_creator", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_comment_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_video_id"), ["video_id"], unique=False)

    op.create_table(
        "follower_hour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_follower_hour_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower_hour")),
    )
    with op.batch_alter_table("follower_hour", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follower_hour_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follower_hour_handle"), ["handle"], unique=False)

    op.create_table(
        "order_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_order_claim_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_claim")),
    )
    with op.batch_alter_table("order_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_claim_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_claim_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_claim_order_id"), ["order_id"], unique=False)

    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("discount", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_order_line_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_line_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_order_id"), ["order_id"], unique=False)

    op.create_table(
        "quarantine_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_quarantine_row_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_row")),
    )
    with op.batch_alter_table("quarantine_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarantine_row_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "search_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("term_set", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("grain", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("interest", sa.Integer(), nullable=True),
        sa.Column("is_below_one", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_search_interest_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_interest")),
    )
    with op.batch_alter_table("search_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_interest_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "shop_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("order_name", sa.String(), nullable=False),
        sa.Column("sale_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("paid_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("subtotal", sa.BigInteger(), nullable=True),
        sa.Column("discount", sa.BigInteger(), nullable=True),
        sa.Column("shipping", sa.BigInteger(), nullable=True),
        sa.Column("tax", sa.BigInteger(), nullable=True),
        sa.Column("tax_included", sa.Boolean(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("refunded", sa.BigInteger(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("customer_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_shop_order_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_order")),
    )
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shop_order_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_shop_order_customer", ["customer_key"], unique=False)
        batch_op.create_index("ix_shop_order_key", ["system", "order_id"], unique=False)
        batch_op.create_index(
            "ix_shop_order_sale",
            ["sale_key"],
            unique=False,
            sqlite_where=sa.text("sale_key <> ''"),
            postgresql_where=sa.text("sale_key <> ''"),
        )

    op.create_table(
        "stat",
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("viewers", sa.BigInteger(), nullable=True),
        sa.Column("new_viewers", sa.BigInteger(), nullable=True),
        sa.Column("returning_viewers", sa.BigInteger(), nullable=True),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("saves", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("watch_seconds", sa.BigInteger(), nullable=True),
        sa.Column("watched_views", sa.BigInteger(), nullable=True),
        sa.Column("completions", sa.BigInteger(), nullable=True),
        sa.Column("completion_views", sa.BigInteger(), nullable=True),
        sa.Column("views_2s", sa.BigInteger(), nullable=True),
        sa.Column("views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_6s", sa.BigInteger(), nullable=True),
        sa.Column("focused_views_15s", sa.BigInteger(), nullable=True),
        sa.Column("views_p25", sa.BigInteger(), nullable=True),
        sa.Column("views_p50", sa.BigInteger(), nullable=True),
        sa.Column("views_p75", sa.BigInteger(), nullable=True),
        sa.Column("profile_views", sa.BigInteger(), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=True),
        sa.Column("clicks_all", sa.BigInteger(), nullable=True),
        sa.Column("link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("unique_link_clicks", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("sessions", sa.BigInteger(), nullable=True),
        sa.Column("engaged_sessions", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("key_events", sa.BigInteger(), nullable=True),
        sa.Column("web_transactions", sa.BigInteger(), nullable=True),
        sa.Column("web_revenue", sa.BigInteger(), nullable=True),
        sa.Column("landing_page_views", sa.BigInteger(), nullable=True),
        sa.Column("adds_to_cart", sa.BigInteger(), nullable=True),
        sa.Column("checkouts", sa.BigInteger(), nullable=True),
        sa.Column("leads", sa.BigInteger(), nullable=True),
        sa.Column("installs", sa.BigInteger(), nullable=True),
        sa.Column("claimed_conversions", sa.BigInteger(), nullable=True),
        sa.Column("claimed_purchases", sa.BigInteger(), nullable=True),
        sa.Column("claimed_revenue", sa.BigInteger(), nullable=True),
        sa.Column("shop_gmv", sa.BigInteger(), nullable=True),
        sa.Column("shop_orders", sa.BigInteger(), nullable=True),
        sa.Column("shop_items", sa.BigInteger(), nullable=True),
        sa.Column("shop_refunds", sa.BigInteger(), nullable=True),
        sa.Column("commission", sa.BigInteger(), nullable=True),
        sa.Column("product_impressions", sa.BigInteger(), nullable=True),
        sa.Column("product_clicks", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("traffic", sa.String(), nullable=False),
        sa.Column("breakdown", sa.String(), nullable=False),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("campaign_hint", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("is_rounded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_stat_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stat")),
    )
    with op.batch_alter_table("stat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stat_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            "ix_stat_subject", ["subject_kind", "subject", "kind", "last_day"], unique=False
        )
        batch_op.create_index(
            "ix_stat_video",
            ["video_id"],
            unique=False,
            sqlite_where=sa.text("video_id <> ''"),
            postgresql_where=sa.text("video_id <> ''"),
        )

    op.create_table(
        "touch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("link_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_touch_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touch")),
    )
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_touch_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_touch_person_key"), ["person_key"], unique=False)

    op.create_table(
        "video_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.BigInteger(), nullable=True),
        sa.Column("posted_day", sa.Integer(), nullable=True),
        sa.Column("posted_from", sa.String(), nullable=False),
        sa.Column("duration_seconds", sa.Integer(), nullable=True),
        sa.Column("is_paid_partnership", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_video_fact_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_fact")),
    )
    with op.batch_alter_table("video_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_video_fact_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_video_fact_video_id"), ["video_id"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("video_fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_video_fact_video_id"))
        batch_op.drop_index(batch_op.f("ix_video_fact_batch_id"))

    op.drop_table("video_fact")
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_touch_person_key"))
        batch_op.drop_index(batch_op.f("ix_touch_batch_id"))

    op.drop_table("touch")
    with op.batch_alter_table("stat", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_stat_video",
            sqlite_where=sa.text("video_id <> ''"),
            postgresql_where=sa.text("video_id <> ''"),
        )
        batch_op.drop_index("ix_stat_subject")
        batch_op.drop_index(batch_op.f("ix_stat_batch_id"))

    op.drop_table("stat")
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_shop_order_sale",
            sqlite_where=sa.text("sale_key <> ''"),
            postgresql_where=sa.text("sale_key <> ''"),
        )
        batch_op.drop_index("ix_shop_order_key")
        batch_op.drop_index("ix_shop_order_customer")
        batch_op.drop_index(batch_op.f("ix_shop_order_batch_id"))

    op.drop_table("shop_order")
    with op.batch_alter_table("search_interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_interest_batch_id"))

    op.drop_table("search_interest")
    with op.batch_alter_table("quarantine_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantine_row_batch_id"))

    op.drop_table("quarantine_row")
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_line_order_id"))
        batch_op.drop_index(batch_op.f("ix_order_line_batch_id"))

    op.drop_table("order_line")
    with op.batch_alter_table("order_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_claim_order_id"))
        batch_op.drop_index(batch_op.f("ix_order_claim_key"))
        batch_op.drop_index(batch_op.f("ix_order_claim_batch_id"))

    op.drop_table("order_claim")
    with op.batch_alter_table("follower_hour", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follower_hour_handle"))
        batch_op.drop_index(batch_op.f("ix_follower_hour_batch_id"))

    op.drop_table("follower_hour")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_video_id"))
        batch_op.drop_index(batch_op.f("ix_comment_comment_id"))
        batch_op.drop_index(batch_op.f("ix_comment_batch_id"))

    op.drop_table("comment")
    with op.batch_alter_table("audience_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audience_share_subject"))
        batch_op.drop_index(batch_op.f("ix_audience_share_batch_id"))

    op.drop_table("audience_share")
    with op.batch_alter_table("app_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_app_event_batch_id"))

    op.drop_table("app_event")
    with op.batch_alter_table("tracking_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tracking_link_creator_id"))
        batch_op.drop_index(batch_op.f("ix_tracking_link_campaign_id"))

    op.drop_table("tracking_link")
    with op.batch_alter_table("promo_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promo_code_creator_id"))
        batch_op.drop_index(batch_op.f("ix_promo_code_code_key"))
        batch_op.drop_index(batch_op.f("ix_promo_code_campaign_id"))

    op.drop_table("promo_code")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_campaign_id"))

    op.drop_table("note")
    with op.batch_alter_table("membership_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_rule_campaign_id"))

    op.drop_table("membership_rule")
    op.drop_table("membership_choice")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_upload"))
        batch_op.drop_index(batch_op.f("ix_import_batch_sha256"))
        batch_op.drop_index(batch_op.f("ix_import_batch_rows_digest"))
        batch_op.drop_index(batch_op.f("ix_import_batch_campaign_id"))

    op.drop_table("import_batch")
    with op.batch_alter_table("collaboration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collaboration_creator_id"))
        batch_op.drop_index(batch_op.f("ix_collaboration_campaign_id"))

    op.drop_table("collaboration")
    with op.batch_alter_table("campaign_metric", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_metric_campaign_id"))

    op.drop_table("campaign_metric")
    with op.batch_alter_table("creator_handle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_creator_handle_creator_id"))

    op.drop_table("creator_handle")
    op.drop_table("creator_followers")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_brand_id"))

    op.drop_table("campaign")
    op.drop_table("workspace")
    op.drop_table("video_total")
    op.drop_table("video_day")
    with op.batch_alter_table("video", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_video_handle"))
        batch_op.drop_index(batch_op.f("ix_video_creator_id"))
        batch_op.drop_index(batch_op.f("ix_video_campaign_id"))

    op.drop_table("video")
    op.drop_table("source_answer")
    op.drop_table("mapping_profile")
    with op.batch_alter_table("left_out_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_left_out_order_campaign_id"))

    op.drop_table("left_out_order")
    with op.batch_alter_table("import_job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_job_upload"))

    op.drop_table("import_job")
    op.drop_table("exchange_rate")
    op.drop_table("day_total")
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_creator_id"))
        batch_op.drop_index(batch_op.f("ix_credit_campaign_id"))

    op.drop_table("credit")
    op.drop_table("creator_total")
    op.drop_table("creator")
    op.drop_table("campaign_day")
    op.drop_table("brand")
    op.drop_table("audit_entry")
    op.drop_table("account_day")
