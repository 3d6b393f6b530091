"""Web analytics as it is downloaded: several totals, other detail, other languages, tables that do not add up."""

from __future__ import annotations

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Case, Nothing, Outcome, Refused, Unknown

HEAD = "# ----------------------------------------\n# Report CSV Export\n# Property: Glow\n# ----------------------------------------\n"
DAYS = "# Start date: 20260201\n# End date: 20260228\n"
EXPLORED = "# ----------------------------------------\n# Glow\n# Free form-Tab 1\n# 20260201-20260228\n# ----------------------------------------\n\n"
LINK = "tiktok|creator|glow||"
EUR = {(Ask.CURRENCY, ""): "EUR"}


def web(name: str, text: str, outcome: Outcome, **kept: object) -> Case:
    return Case(name=name, file="data-export.csv", data=text.encode(), outcome=outcome, **kept)  # type: ignore[arg-type]


def report(*sessions: tuple[str, int], **kept: object) -> Accepted:
    return Accepted(format="ga4_report", values={"stat subject sessions": list(sessions)}, **kept)  # type: ignore[arg-type]


def table(*lines: str) -> str:
    return HEAD + DAYS + "\n".join(lines) + "\n"


def language(name: str, start: str, end: str, header: str) -> Case:
    text = f"{HEAD}# {start}: 20260201\n# {end}: 20260228\n{header}\ntiktok / creator,glow,50\n"
    return web(f"report-{name}", text, report((LINK, 50)))


CASES = (
    web("totals-above-and-below", table("Session source / medium,Session campaign,Sessions,Engaged sessions", ",,75,50", "tiktok / creator,glow,50,30", "google / cpc,glow,25,20", ",,75,50"), report((LINK, 50), ("google|cpc|glow||", 25), ignored={"totals row": 2})),
    web("thousands-are-whole-visits", table("Session source / medium,Session campaign,Sessions", 'tiktok / creator,glow,"1,234"', '(other),(other),"2,000"'), report((LINK, 1234), ("(other)||(other)||", 2000))),
    web("two-spellings-of-one-link", table("Session source / medium,Session campaign,Sessions", "TikTok / Creator,Glow%20Feb,5", "tiktok/creator,glow feb,6"), report(("tiktok|creator|glow feb||", 11))),
    web("tables-of-other-detail", table("Session source / medium,Sessions", "tiktok / creator,60", "", DAYS.rstrip("\n"), "Session source / medium,Session campaign,Sessions", "tiktok / creator,glow,55"), report((LINK, 55), ignored={'table "Session source / medium, Sessions" repeats in less detail what another table of the file says': 1})),
    web("comparison-beside-all-users", table("Session source / medium,Session campaign,Sessions", "tiktok / creator,glow,55", "", "# Mobile traffic", DAYS.rstrip("\n"), "Session source / medium,Session campaign,Sessions", "tiktok / creator,glow,31"), report((LINK, 55), ignored={'table "Session source / medium, Session campaign, Sessions" repeats in less detail what another table of the file says': 1})),
    web("pages-of-one-visit", table("Session source / medium,Page path and screen class,Sessions", "tiktok / creator,/a,50", "tiktok / creator,/b,40"), Nothing(ignored={'table "Session source / medium, Page path and screen class, Sessions" counts a visit in several rows, so they cannot be added up': 2})),
    web("old-analytics-with-a-bare-total", EXPLORED + "Source / Medium,Users,Sessions,Bounce Rate,Transactions\ntiktok / creator,40,50,40%,3\n,40,50,40%,3\n", Accepted(format="ga4_exploration", values={"stat subject sessions": [("tiktok|creator|||", 50)]}, ignored={"totals row": 1})),
    web("revenue-without-a-currency-is-asked-then-kept", EXPLORED + "Session source/medium,Session campaign,Sessions,Purchase revenue\n,,30,12.5,Grand total\ntiktok / creator,glow,30,12.5\n", Accepted(format="ga4_exploration", values={"stat subject sessions web_revenue currency": [(LINK, 30, 1250, "EUR")]}, ignored={"totals row": 1}), answers=EUR),
    web("dimensions-in-an-unknown-language", f"{HEAD}# Upphaf: 20260201\n# Lok: 20260228\nUppruni lotu,Herferð lotu,Lotur\ntiktok / creator,glow,50\n", Unknown()),
    language("italian", "Data di inizio", "Data di fine", "Sorgente/mezzo sessione,Campagna sessione,Sessioni"),
    language("japanese", "開始日", "終了日", "セッションの参照元 / メディア,セッションのキャンペーン,セッション"),
    language("german", "Startdatum", "Enddatum", "Sitzung – Quelle/Medium,Sitzung – Kampagne,Sitzungen"),
    language("french", "Date de début", "Date de fin", "Source/support de la session,Campagne de la session,Sessions"),
    language("polish", "Data rozpoczęcia", "Data zakończenia", "Źródło/medium sesji,Kampania sesji,Sesje"),
    language("russian", "Дата начала", "Дата окончания", "Источник/канал сеанса,Кампания сеанса,Сеансы"),
    Case(name="trends-related-searches", file="relatedQueries.csv", data=b'Category: All categories\n\nTOP\nglow serum price,100\nglow serum review,54\n\nRISING\nglow serum dupe,"+4,900%"\n\n', outcome=Refused(code="trends-table-not-read", word="related searches")),
    Case(name="trends-related-topics-spanish", file="relatedEntities.csv", data="Categoría: Todas las categorías\n\nPRINCIPALES\nSuero - Tema,100\nPiel - Tema,54\n\nEN AUMENTO\nbrillo,Aumento puntual\n\n".encode(), outcome=Refused(code="trends-table-not-read", word="related searches")),
)  # fmt: skip
