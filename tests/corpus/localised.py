"""Exports in the language of whoever exported them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Asked, Case
from tests.corpus.making import CONTENT, csv_of, day, link, overview, studio_zip, text_of, video, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

FEBRUARY = ("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02")
ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def days_of(handle: str, days: Sequence[str], views: Sequence[object] = (), **more: object) -> Accepted:
    counted = views or [100 + place for place in range(len(days))]
    rows = [(handle, day(one), count) for one, count in zip(days, counted, strict=True)]
    return Accepted(format="studio_overview", values={"stat handle first_day views": rows}, **more)  # type: ignore[arg-type]


def studio(
    name: str,
    labels: Sequence[str],
    days: Sequence[str] = FEBRUARY,
    exported: str = "2026-03-03T08:00:00",
    **more: object,
) -> Case:
    return Case(
        name=name,
        file=studio_zip("mia", exported),
        data=zipped({"Overview.csv": overview(labels)}),
        outcome=days_of("mia", days, **more),
    )


def shares(
    name: str,
    *rows: tuple[str, str],
    stored: Sequence[tuple[str, float]],
    header: tuple[str, str] = ("Gender", "Distribution"),
    **more: object,
) -> Case:
    kind = "gender" if header[0] in {"Gender", "Género", "Gênero"} else "territories"
    values = {"audience_share subject value share": [("mia", value, share) for value, share in stored]}
    return Case(
        name=name,
        file=studio_zip("mia", "2026-03-03T08:00:00", "Followers"),
        data=zipped({"F.csv": csv_of(header, *rows)}),
        outcome=Accepted(format=f"studio_follower_{kind}", values=values, **more),  # type: ignore[arg-type]
    )


YEAR = [date(2025, 3, 3) + timedelta(days=step) for step in range(365)]
VIEWERS = ("Date", "Total Viewers", "New Viewers", "Returning Viewers")
HISTORY = ("Date", "Followers", "Difference in followers from previous day")
PORTUGUESE = (
    "Data",
    "Visualizações de vídeo",
    "Visualizações do perfil",
    "Curtidas",
    "Comentários",
    "Compartilhamentos",
)


def ads(
    name: str,
    header: Sequence[str],
    *rows: Sequence[str],
    values: Sequence[tuple[object, ...]],
    answers: object = None,
) -> Case:
    return Case(
        name=name,
        file="report.csv",
        data=csv_of(header, *rows),
        outcome=Accepted(
            format="tiktok_ads", values={"stat first_day campaign_hint cost impressions currency": values}
        ),
        answers=answers or {},  # type: ignore[arg-type]
    )


CASES = (
    studio("studio-english", ("February 27", "February 28", "March 1", "March 2")),
    studio("studio-spanish", ("27 de febrero", "28 de febrero", "1 de marzo", "2 de marzo")),
    studio("studio-french", ("27 février", "28 février", "1 mars", "2 mars")),
    studio("studio-greek", ("27 Φεβρουαρίου", "28 Φεβρουαρίου", "1 Μαρτίου", "2 Μαρτίου")),
    studio("studio-portuguese", ("27 de fevereiro", "28 de fevereiro", "1 de março", "2 de março")),
    studio("studio-indonesian", ("27 Februari", "28 Februari", "1 Maret", "2 Maret")),
    studio("studio-vietnamese", ("27 tháng Hai", "28 tháng Hai", "1 tháng Ba", "2 tháng Ba")),
    studio("studio-russian", ("27 февраля", "28 февраля", "1 марта", "2 марта")),
    studio("studio-japanese", ("2月27日", "2月28日", "3月1日", "3月2日")),
    studio("studio-korean", ("2월 27일", "2월 28일", "3월 1일", "3월 2일")),
    studio("studio-german", ("27. Februar", "28. Februar", "1. März", "2. März")),
    studio("studio-turkish", ("27 Şubat", "28 Şubat", "1 Mart", "2 Mart")),
    studio("studio-english-in-capitals", ("FEBRUARY 27", "february 28", "March 1", "March\u00a02")),
    studio(
        "studio-new-year",
        ("December 30", "December 31", "January 1", "January 2"),
        ("2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"),
        "2026-01-04T08:00:00",
    ),
    studio(
        "studio-leap-day",
        ("February 28", "February 29", "March 1"),
        ("2024-02-28", "2024-02-29", "2024-03-01"),
        "2024-03-02T08:00:00",
    ),
    studio(
        "studio-year-whose-first-label-is-the-day-of-export",
        [f"{ENGLISH[one.month - 1]} {one.day}" for one in YEAR],
        [one.isoformat() for one in YEAR],
    ),
    studio(
        "studio-a-missing-day-moves-no-other",
        ("February 25", "February 26", "February 28", "March 1", "March 2"),
        ("2026-02-25", "2026-02-26", "2026-02-28", "2026-03-01", "2026-03-02"),
        warns=("days-missing",),
    ),
    studio("studio-newest-first", ("March 2", "March 1", "February 28", "February 27"), FEBRUARY[::-1]),
    studio("studio-with-years", FEBRUARY),
    Case(
        name="studio-portuguese-header",
        file=studio_zip("mia", "2026-03-03T08:00:00"),
        data=zipped({"Overview.csv": overview(("1 de março", "2 de março"), header=PORTUGUESE)}),
        outcome=days_of("mia", FEBRUARY[2:]),
    ),
    Case(
        name="studio-label-that-is-no-day",
        file=studio_zip("mia", "2026-03-03T08:00:00"),
        data=zipped({"Overview.csv": overview(("February 27", "Febtember 98", "March 1", "March 2"), (1, 2, 3, 4))}),
        outcome=days_of("mia", ("2026-02-27", "2026-03-01", "2026-03-02"), (1, 3, 4), aside={"not-a-date": 1}),
    ),
    Case(
        name="studio-30-february",
        file=studio_zip("mia", "2026-03-03T08:00:00"),
        data=zipped({"Overview.csv": overview(("February 28", "February 30", "March 1", "March 2"), (1, 2, 3, 4))}),
        outcome=days_of("mia", ("2026-02-28", "2026-03-01", "2026-03-02"), (1, 3, 4), aside={"not-a-date": 1}),
    ),
    Case(
        name="studio-one-day-twice-with-other-figures",
        file=studio_zip("mia", "2026-03-03T08:00:00"),
        data=zipped({"Overview.csv": overview(("February 28", "March 1", "March 1", "March 2"), (1, 2, 3, 4))}),
        outcome=days_of("mia", ("2026-02-28", "2026-03-02"), (1, 4), aside={"day-twice": 2}),
    ),
    Case(
        name="studio-negative-days-are-normal",
        file=studio_zip("mia", "2026-03-03T08:00:00"),
        data=zipped({"Overview.csv": csv_of(("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"), ("March 1", "10", "3", "-2", "-4", "0"), ("March 2", "11", "3", "2", "1", "0"))}),
        outcome=Accepted(format="studio_overview", values={"stat first_day likes comments": [(day("2026-03-01"), -2, -4), (day("2026-03-02"), 2, 1)]}),
    ),
    Case(
        name="studio-whose-account-nobody-says",
        file="Overview.csv",
        data=overview(("March 1", "March 2")),
        modified_at=1_772_524_800,
        outcome=Asked(asks=(Ask.ACCOUNT,), answers={(Ask.ACCOUNT, ""): "@Mia"}, then=days_of("mia", FEBRUARY[2:])),
    ),
    Case(
        name="studio-old-and-without-a-year",
        file="Overview.csv",
        data=overview(("June 1", "June 2")),
        outcome=Asked(
            asks=(Ask.ACCOUNT, Ask.EXPORT_DAY),
            offers=("2025-06-03", "2024-06-03"),
            answers={(Ask.ACCOUNT, ""): "mia", (Ask.EXPORT_DAY, ""): "2024-06-03"},
            then=days_of("mia", ("2024-06-01", "2024-06-02")),
        ),
    ),
    Case(
        name="studio-viewers-not-known-yet",
        file=studio_zip("mia", "2026-03-03T08:00:00", "Viewers"),
        data=zipped({"Viewers.csv": csv_of(VIEWERS, ("February 28", "undefined", "0", "0"), ("March 1", "40", "30", "10"), ("March 2", "undefined", "0", "0"))}),
        outcome=Accepted(
            format="studio_viewers",
            values={"stat first_day viewers new_viewers returning_viewers": [(day("2026-03-01"), 40, 30, 10)]},
            ignored={"not known yet": 2},
        ),
    ),
    Case(
        name="studio-followers-not-known-yet",
        file=studio_zip("mia", "2026-03-03T08:00:00", "Followers"),
        data=zipped({"FollowerHistory.csv": csv_of(HISTORY, ("March 1", "1200", "5"), ("March 2", "undefined", "0"))}),
        outcome=Accepted(format="studio_follower_history", values={"stat first_day followers": [(day("2026-03-01"), 1200)]}, ignored={"not known yet": 1}),
    ),
    shares("gender-as-fractions", ("Female", "0.56"), ("Male", "0.4"), ("Other", "0.04"), stored=[("female", 0.56), ("male", 0.4), ("other", 0.04)]),
    shares("gender-in-per-cent", ("Female", "56%"), ("Male", "37.5%"), ("Other", "6.5%"), stored=[("female", 0.56), ("male", 0.375), ("other", 0.065)]),
    shares("gender-with-decimal-commas", ("Female", "0,56"), ("Male", "0,4"), ("Other", "0,04"), stored=[("female", 0.56), ("male", 0.4), ("other", 0.04)]),
    shares(
        "gender-half-per-cent-half-fraction",
        ("Female", "56%"), ("Male", "0.4"), ("Other", "4%"),
        stored=[("female", 0.56), ("other", 0.04)], aside={"mixed-percent": 1},
    ),
    shares(
        "territory-namibia",
        ("US", "0.5"), ("NA", "0.2"), ("NL", "0.1"), ("Others", "0.2"),
        stored=[("US", 0.5), ("NA", 0.2), ("NL", 0.1), ("other", 0.2)], header=("Top territories", "Distribution"),
    ),
    shares(
        "territory-namibia-first",
        ("NA", "0.5"), ("US", "0.3"), ("Others", "0.2"),
        stored=[("NA", 0.5), ("US", 0.3), ("other", 0.2)], header=("Top territories", "Distribution"),
    ),
    Case(
        name="content-dated-by-the-id-and-not-by-the-label-alone",
        file="Content.csv",
        data=csv_of(
            CONTENT,
            ("3 mars", "récente", f"https://www.tiktok.com/@mia/video/{video(1)}", "1 février", "9", "1", "0", "100"),
            ("3 mars", "ancienne", f"https://www.tiktok.com/@mia/video/{video(2, '2025-03-10')}", "10 mars", "9", "1", "0", "200"),
            ("3 mars", "brouillon", f"https://www.tiktok.com/@mia/video/{video(3, '2025-12-30')}", "2 janvier", "9", "1", "0", "300"),
        ),
        outcome=Accepted(
            format="studio_content",
            values={
                "video_fact video_id posted_day": [(video(1), day("2026-02-01")), (video(2, "2025-03-10"), day("2025-03-10")), (video(3, "2025-12-30"), day("2026-01-02"))],
                "stat subject handle kind last_day views": [
                    (video(1), "mia", "lifetime", day("2026-03-03"), 100),
                    (video(2, "2025-03-10"), "mia", "lifetime", day("2026-03-03"), 200),
                    (video(3, "2025-12-30"), "mia", "lifetime", day("2026-03-03"), 300),
                ],
            },
        ),
    ),
    ads(
        "ads-vietnamese",
        ("Tên chiến dịch", "Theo ngày", "Chi phí", "Số lượt hiển thị"),
        ("Xuân", "2026-03-01", "1.250.000₫", "31.000"),
        values=[(day("2026-03-01"), "Xuân", 1_250_000, 31_000, "VND")],
    ),
    ads(
        "ads-indonesian",
        ("Nama kampanye", "Menurut hari", "Biaya", "Impresi"),
        ("Musim semi", "2026-03-01", "Rp1.250.000", "31.000"),
        values=[(day("2026-03-01"), "Musim semi", 125_000_000, 31_000, "IDR")],
    ),
    ads(
        "ads-korean",
        ("캠페인 이름", "일별", "비용", "노출수"),
        ("봄", "2026-03-01", "₩12,000,000", "31,000"),
        values=[(day("2026-03-01"), "봄", 12_000_000, 31_000, "KRW")],
    ),
    ads(
        "ads-german",
        ("Kampagnenname", "Pro Tag", "Kosten", "Impressionen"),
        ("Frühling", "01.03.2026", "1.234,50 €", "31.000"),
        ("Herbst", "13.02.2026", "2,00 €", "900"),
        values=[(day("2026-03-01"), "Frühling", 123_450, 31_000, "EUR"), (day("2026-02-13"), "Herbst", 200, 900, "EUR")],
    ),
    Case(
        name="public-data-with-decimal-commas-and-magnitudes",
        file="videos.csv",
        data=text_of([("Video link", "Views", "scraped_at"), (link(1), "1,2 mil", "2026-03-01"), (link(2), "3,4 M", "2026-03-01")], sep=";").encode(),
        outcome=Accepted(format="video_metadata", values={"stat subject views is_rounded": [(video(1), 1_200, 1), (video(2), 3_400_000, 1)]}),
    ),
)  # fmt: skip
