"""The columns of AppsFlyer raw data that are kept; device ids and addresses are not read at all."""

from __future__ import annotations

from core.imports.model import Column, Kind

CONTRIBUTORS = (1, 2, 3)
_CONTRIBUTOR_PARTS = (
    ("partner", "Partner", Kind.TEXT), ("media_source", "Media Source", Kind.TEXT), ("campaign", "Campaign", Kind.TEXT),
    ("touch_type", "Touch Type", Kind.LABEL), ("touch_time", "Touch Time", Kind.INSTANT),
)  # fmt: skip

COLUMNS: tuple[Column, ...] = (
    Column(field="touch_type", headers=("Attributed Touch Type",), kind=Kind.LABEL, required=True, words="click or view"),
    Column(field="touched_at", headers=("Attributed Touch Time",), kind=Kind.INSTANT, words="when it was clicked or seen"),
    Column(field="installed_at", headers=("Install Time",), kind=Kind.INSTANT, required=True, words="when the app was installed"),
    Column(field="at", headers=("Event Time",), kind=Kind.INSTANT, required=True, words="when it happened"),
    Column(field="event", headers=("Event Name",), kind=Kind.TEXT, required=True, words="event"),
    Column(field="value", headers=("Event Value",), kind=Kind.TEXT, words="only a digest is kept"),
    Column(field="revenue", headers=("Event Revenue",), kind=Kind.NUMBER, words="revenue"),
    Column(field="currency", headers=("Event Revenue Currency",), kind=Kind.CODE, words="currency of the revenue"),
    Column(field="media_source", headers=("Media Source",), kind=Kind.TEXT, required=True, words="media source"),
    Column(field="campaign", headers=("Campaign",), kind=Kind.TEXT, words="campaign"),
    Column(field="adset", headers=("Adset",), kind=Kind.TEXT, words="ad set"),
    Column(field="ad", headers=("Ad",), kind=Kind.TEXT, words="ad"),
    Column(field="sub_param", headers=("Sub Param 1",), kind=Kind.TEXT, words="first free parameter of the link"),
    Column(field="country", headers=("Country Code",), kind=Kind.TEXT, words="country"),
    Column(field="person", headers=("AppsFlyer ID",), kind=Kind.TEXT, required=True, words="device, kept only as a pseudonym"),
    Column(field="app", headers=("App ID",), kind=Kind.TEXT, words="app"),
    Column(field="is_primary", headers=("Is Primary Attribution",), kind=Kind.FLAG, words="whether this is the attribution that counts"),
    *(
        Column(field=f"contributor_{number}_{part}", headers=(f"Contributor {number} {words}",), kind=kind, words="assisting touch")
        for number in CONTRIBUTORS
        for part, words, kind in _CONTRIBUTOR_PARTS
    ),
)  # fmt: skip
