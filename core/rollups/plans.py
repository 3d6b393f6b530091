"""What people wrote down, as far as derived data needs it: small tables, read whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.rollups.money import Rates, read_rates
from core.rollups.reading import read_frame

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection


Pairs = set[tuple[int, int]]  # campaign and creator; creator 0 is nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """The written side of a workspace.

    Attributes:
        campaigns: one row per campaign: campaign_id, code, name, first_day, last_day, zone,
            currency, click_window_days.
        collaborations: campaign_id, creator_id.
        handles: handle, creator_id.
        rules: campaign_id, kind, value, first_day, last_day.
        choices: video_id, campaign_id, belongs.
        codes: code_key, kind, campaign_id, creator_id, video_id, first_day, last_day.
        links: link_key, campaign_id, creator_id, video_id, utm_campaign.
        rates: exchange rates.
    """

    campaigns: pd.DataFrame
    collaborations: pd.DataFrame
    handles: pd.DataFrame
    rules: pd.DataFrame
    choices: pd.DataFrame
    codes: pd.DataFrame
    links: pd.DataFrame
    rates: Rates

    @property
    def creator_of(self) -> dict[str, int]:
        """Return the creator behind each handle."""
        return dict(zip(self.handles["handle"], self.handles["creator_id"], strict=True))

    @property
    def currency_of(self) -> dict[int, str]:
        """Return the currency of each campaign."""
        return dict(zip(self.campaigns["campaign_id"], self.campaigns["currency"], strict=True))

    @property
    def zone_of(self) -> dict[int, str]:
        """Return the time zone of each campaign."""
        return dict(zip(self.campaigns["campaign_id"], self.campaigns["zone"], strict=True))


def read_plans(connection: Connection) -> Plans:
    """Return what people wrote down about campaigns, creators, codes and links."""
    campaign_fields = "id AS campaign_id, code, name, first_day, last_day, zone, currency, click_window_days"
    return Plans(
        campaigns=read_frame(connection, f"SELECT {campaign_fields} FROM campaign ORDER BY id"),
        collaborations=read_frame(
            connection, "SELECT campaign_id, creator_id FROM collaboration ORDER BY id"
        ),
        handles=read_frame(connection, "SELECT handle, creator_id FROM creator_handle"),
        rules=read_frame(
            connection,
            "SELECT campaign_id, kind, value, first_day, last_day FROM membership_rule ORDER BY id",
        ),
        choices=read_frame(connection, "SELECT video_id, campaign_id, belongs FROM membership_choice"),
        codes=read_frame(
            connection,
            "SELECT id, code_key, kind, campaign_id, creator_id, video_id, first_day, last_day"
            " FROM promo_code ORDER BY id",
            numbers=("campaign_id", "creator_id", "first_day", "last_day"),
        ),
        links=read_frame(
            connection, "SELECT link_key, campaign_id, creator_id, video_id, utm_campaign FROM tracking_link"
        ),
        rates=read_rates(connection),
    )
