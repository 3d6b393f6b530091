"""Brands and campaigns: create, edit, list, remove while nothing hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select, update

from core.access import Action, may, require
from core.campaigns.goals import goal_text, goals_of, read_goals, write_goals
from core.campaigns.model import VERTICALS, Brand, BrandForm, Campaign, CampaignForm, Goal
from core.entry.fields import amount_text
from core.entry.forms import entry_error, read_form
from core.entry.words import counted
from core.errors import refusal
from core.metrics.model import Stage
from core.rollups import rebuild_campaign
from core.store.written import add_row, change_row, row_of, table
from core.units import day_number, day_of, local_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.engine import Store

_DEFAULT_WINDOW_DAYS = 30
_MEASURED_FIELDS = ("first_day", "last_day", "zone", "currency", "click_window_days", "code", "name")


# ------------------------------------------------------------- brands


def list_brands(store: Store) -> tuple[Brand, ...]:
    """Return the brands whose campaigns the reader may see, by name."""
    brands, plans = table("brand"), table("campaign")
    count = select(func.count()).where(plans.c.brand_id == brands.c.id)
    query = select(brands)
    if store.principal.campaign_ids is not None:
        seen = plans.c.id.in_(store.principal.campaign_ids)
        count = count.where(seen)
        query = query.where(brands.c.id.in_(select(plans.c.brand_id).where(seen)))
    else:
        require(store.principal, Action.READ)
    with store.reading() as connection:
        rows = connection.execute(query.add_columns(count.scalar_subquery().label("campaigns")))
        brands_found = [
            Brand(
                brand_id=row["id"], **{name: row[name] for name in ("name", "currency", "zone", "campaigns")}
            )
            for row in rows.mappings()
        ]
    return tuple(sorted(brands_found, key=lambda brand: brand.name.casefold()))


def create_brand(store: Store, values: Mapping[str, object]) -> int:
    """Return the id of a new brand.

    Raises:
        EntryError: `name-taken` and what the form finds.
    """
    require(store.principal, Action.PLAN)
    form = read_form(BrandForm, values)
    with store.writing("brand created", form.name) as connection:
        _require_free_name(connection, form.name)
        return add_row(connection, "brand", form.model_dump())


def edit_brand(store: Store, brand_id: int, values: Mapping[str, object]) -> None:
    """Change a brand's name, currency or zone; campaigns keep their own.

    Raises:
        EntryError: `name-taken` and what the form finds.
        PlumblineError: `not-found`.
    """
    require(store.principal, Action.PLAN)
    form = read_form(BrandForm, values)
    brands = table("brand")
    with store.writing("brand changed", form.name, {"brand": brand_id}) as connection:
        row_of(connection, "brand", brand_id, "brand")
        _require_free_name(connection, form.name, but=brand_id)
        connection.execute(update(brands).where(brands.c.id == brand_id).values(form.model_dump()))


def _require_free_name(connection: Connection, name: str, but: int | None = None) -> None:
    brands = table("brand")
    for row in connection.execute(select(brands.c.id, brands.c.name)):
        if row.name.casefold() == name.casefold() and row.id != but:
            raise entry_error(
                "name", "name-taken", f'There is already a brand called "{row.name}".', "Choose another name."
            )


# ------------------------------------------------------------- campaigns: reading


def list_campaigns(store: Store, *, brand_id: int | None = None) -> tuple[Campaign, ...]:
    """Return the campaigns the reader may see, newest first.

    Args:
        store: where to read.
        brand_id: only those of a brand.
    """
    with store.reading() as connection:
        query = _plans()
        if brand_id is not None:
            query = query.where(table("campaign").c.brand_id == brand_id)
        rows = [
            row
            for row in connection.execute(query).mappings()
            if may(store.principal, Action.READ, int(row["id"]))
        ]
        goals = goals_of(connection, [row["id"] for row in rows])
    found = [_campaign(row, goals.get(row["id"], ())) for row in rows]
    return tuple(sorted(found, key=lambda plan: (plan.first_day, plan.campaign_id), reverse=True))


def get_campaign(store: Store, campaign_id: int) -> Campaign:
    """Return one campaign.

    Raises:
        PlumblineError: `not-allowed`, `not-found`.
    """
    require(store.principal, Action.READ, campaign_id)
    with store.reading() as connection:
        return campaign_of(connection, campaign_id)


def find_campaign(store: Store, code: str) -> Campaign | None:
    """Return the campaign behind a code if the reader may see it, else None."""
    plans = table("campaign")
    with store.reading() as connection:
        number = connection.execute(select(plans.c.id).where(plans.c.code == code)).scalar()
        if number is None or not may(store.principal, Action.READ, int(number)):
            return None
        return campaign_of(connection, int(number))


def campaign_of(connection: Connection, campaign_id: int) -> Campaign:
    """Return one campaign within a running transaction.

    Raises:
        PlumblineError: `not-found`.
    """
    row_of(connection, "campaign", campaign_id, "campaign")
    row = connection.execute(_plans().where(table("campaign").c.id == campaign_id)).mappings().one()
    return _campaign(row, goals_of(connection, [campaign_id]).get(campaign_id, ()))


def _plans() -> Select[Any]:  # one column more than the table; the type of each row is read by name
    plans, brands = table("campaign"), table("brand")
    return select(plans, brands.c.name.label("brand")).join(brands, brands.c.id == plans.c.brand_id)


def _campaign(row: RowMapping, goals: tuple[Goal, ...]) -> Campaign:
    same = ("brand_id", "brand", "code", "name", "zone", "currency", "budget", "vertical", "owner", "notes")
    return Campaign(
        campaign_id=row["id"],
        first_day=day_of(row["first_day"]),
        last_day=day_of(row["last_day"]),
        objective=Stage(row["objective"]),
        click_window_days=row["click_window_days"],
        is_sample=bool(row["is_sample"]),
        version=row["version"],
        goals=goals,
        **{name: row[name] for name in same},
    )


def form_values(campaign: Campaign) -> dict[str, object]:
    """Return what a form would hold to give this campaign, for opening it again."""
    primary = campaign.primary
    same = (
        "brand_id",
        "name",
        "code",
        "first_day",
        "last_day",
        "zone",
        "currency",
        "vertical",
        "owner",
        "notes",
    )
    return {
        **{name: getattr(campaign, name) for name in same},
        "budget": amount_text(campaign.budget, campaign.currency),
        "objective": campaign.objective.value,
        "click_window_days": campaign.click_window_days,
        "primary_metric": primary.metric if primary else "",
        "primary_target": goal_text(primary, campaign.currency) if primary else "",
        "secondary": {
            goal.metric: goal_text(goal, campaign.currency) for goal in campaign.goals if not goal.is_primary
        },
    }


# ------------------------------------------------------------- campaigns: writing


def create_campaign(store: Store, values: Mapping[str, object], *, is_sample: bool = False) -> int:
    """Return the id of a new campaign.

    Every collaborator's videos of the campaign's days belong to it from the start; the
    rule can be changed.

    Args:
        store: where to write.
        values: the fields of `CampaignForm` as typed.
        is_sample: whether the campaign is the made-up one.

    Raises:
        EntryError: `code-taken`, `not-found` brand, and what the form and the goals find.
    """
    require(store.principal, Action.PLAN)
    form = read_form(CampaignForm, values)
    goals = read_goals(form)
    with store.writing("campaign created", form.code) as connection:
        _require_free_code(connection, form.code)
        _require_brand(connection, form.brand_id)
        number = add_row(connection, "campaign", _columns(form) | {"is_sample": is_sample, "version": 1})
        write_goals(connection, number, goals)
        connection.execute(
            insert(table("membership_rule")).values(campaign_id=number, kind="creator_dates", value="")
        )
        rebuild_campaign(connection, number)
    return number


def edit_campaign(
    store: Store, campaign_id: int, values: Mapping[str, object], *, version: int, now: int
) -> None:
    """Change a campaign; what was measured follows where days, zone, currency or window change.

    Args:
        store: where to write.
        campaign_id: the campaign.
        values: all fields of `CampaignForm`, as typed.
        version: the version that was on screen.
        now: Unix seconds; after the start, other goals need a reason.

    Raises:
        EntryError: `code-taken`, `code-in-use`, `orders-closed`, `goals-locked`, and what the form
            and the goals find.
        PlumblineError: `changed-meanwhile`, `not-found`, `not-allowed`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    form = read_form(CampaignForm, values)
    goals = read_goals(form)
    with store.writing("campaign changed", form.code, {"campaign": campaign_id}) as connection:
        before = campaign_of(connection, campaign_id)
        _require_free_code(connection, form.code, but=campaign_id)
        _require_brand(connection, form.brand_id)
        if form.code != before.code:
            _require_unused_code(connection, before)
        if form.currency != before.currency:
            _require_no_closed_orders(connection, before)
        _keep_goal_change(connection, before, form, goals, who=store.principal.name, now=now)
        change_row(connection, "campaign", campaign_id, version, _columns(form), thing="campaign")
        write_goals(connection, campaign_id, goals)
        row = row_of(connection, "campaign", campaign_id, "campaign")
        if any(row[name] != _measured(before)[name] for name in _MEASURED_FIELDS):
            rebuild_campaign(connection, campaign_id)


def _measured(campaign: Campaign) -> dict[str, object]:
    """Return the fields that what was measured depends on, as stored."""
    days = {"first_day": day_number(campaign.first_day), "last_day": day_number(campaign.last_day)}
    return days | {name: getattr(campaign, name) for name in _MEASURED_FIELDS[2:]}


def _columns(form: CampaignForm) -> dict[str, object]:
    """Return a form as the columns of its table."""
    preset = next((item for item in VERTICALS if item.vertical == form.vertical), None)
    window = form.click_window_days or (preset.click_window_days if preset else _DEFAULT_WINDOW_DAYS)
    left = {"primary_metric", "primary_target", "secondary", "reason"}
    return form.model_dump(exclude=left) | {
        "objective": form.objective.value,
        "vertical": form.vertical.value if form.vertical else "",
        "click_window_days": window,
    }


def _require_brand(connection: Connection, brand_id: int) -> None:
    brands = table("brand")
    if connection.execute(select(brands.c.id).where(brands.c.id == brand_id)).first() is None:
        raise entry_error("brand_id", "not-found", "The brand is not there.", "Choose a brand from the list.")


def _require_free_code(connection: Connection, code: str, but: int | None = None) -> None:
    plans = table("campaign")
    row = connection.execute(select(plans.c.id, plans.c.name).where(plans.c.code == code)).first()
    if row is not None and row.id != but:
        raise entry_error(
            "code",
            "code-taken",
            f'The code "{code}" belongs to another campaign.',
            f"Try {code}-2 or another code.",
        )


def _require_no_closed_orders(connection: Connection, before: Campaign) -> None:
    """Refuse another currency where the single amounts that it needs are gone."""
    closed = table("closed_credit")
    found = connection.execute(select(closed.c.id).where(closed.c.campaign_id == before.campaign_id).limit(1))
    if found.first() is not None:
        raise entry_error(
            "currency",
            "orders-closed",
            f"Older orders of this campaign are kept as sums in {before.currency}.",
            "Leave the currency as it is, or plan another campaign in the other currency.",
        )


def _require_unused_code(connection: Connection, before: Campaign) -> None:
    links = table("tracking_link")
    count = connection.execute(
        select(func.count()).where(links.c.campaign_id == before.campaign_id)
    ).scalar_one()
    if count:
        raise entry_error(
            "code",
            "code-in-use",
            f'The code "{before.code}" is in {counted(count, "tagged link")}.',
            "Keep the code: links that are out cannot be changed. The name can change freely.",
        )


def _keep_goal_change(
    connection: Connection,
    before: Campaign,
    form: CampaignForm,
    goals: tuple[Goal, ...],
    *,
    who: str,
    now: int,
) -> None:
    """Write down why the goals change, which after the start needs a reason."""
    if goals == before.goals or not before.goals:
        return
    has_started = local_day(now, before.zone) >= before.first_day
    if not has_started:
        return
    if not form.reason:
        raise entry_error(
            "reason",
            "goals-locked",
            "The campaign has started, so its goals are fixed.",
            "Say in one sentence why they change; it is kept beside the figures.",
        )
    text = f"{form.reason} (before: {_goal_words(before)})"
    note = {
        "campaign_id": before.campaign_id,
        "stage": before.objective.value,
        "kind": "goal change",
        "text": text,
    }
    add_row(connection, "note", note | {"who": who, "at": now})


def _goal_words(campaign: Campaign) -> str:
    parts = (f"{goal.metric} {goal_text(goal, campaign.currency)}".strip() for goal in campaign.goals)
    return ", ".join(parts)


def delete_campaign(store: Store, campaign_id: int) -> None:
    """Remove a campaign on which nothing hangs.

    Raises:
        PlumblineError: `campaign-not-empty` names what hangs on it; `not-allowed`, `not-found`.
    """
    require(store.principal, Action.PLAN, campaign_id)
    with store.writing("campaign removed", "", {"campaign": campaign_id}) as connection:
        plan = campaign_of(connection, campaign_id)
        held = _what_hangs_on(connection, campaign_id)
        if held:
            raise refusal(
                "campaign-not-empty",
                f'"{plan.name}" still has {", ".join(held)}.',
                "Remove these first, or keep the campaign.",
            )
        for name in (
            "campaign_metric",
            "membership_rule",
            "membership_choice",
            "target_audience",
            "contribution_margin",
        ):
            rows = table(name)
            connection.execute(delete(rows).where(rows.c.campaign_id == campaign_id))
        plans = table("campaign")
        connection.execute(delete(plans).where(plans.c.id == campaign_id))
        rebuild_campaign(connection, campaign_id)


def _what_hangs_on(connection: Connection, campaign_id: int) -> list[str]:
    """Return in words what would be lost with the campaign."""
    words = {
        "collaboration": "creator",
        "promo_code": "promo code",
        "tracking_link": "tagged link",
        "import_batch": "import",
        "note": "note",
        "creator_rating": "rating",
        "creator_decision": "decision on creators",
        "video": "video",
        "credit": "credited order",
        "closed_credit": "sum of older orders",
        "experiment": "experiment",
        "learning": "learning",
    }
    held: list[str] = []
    for name, word in words.items():
        rows = table(name)
        count = connection.execute(select(func.count()).where(rows.c.campaign_id == campaign_id)).scalar_one()
        if count:
            held.append(counted(count, word))
    return held
