"""TikTok Shop: video list, transaction lists, affiliate orders."""

from __future__ import annotations

import pytest

from core.imports.formats.tiktok_shop_affiliate_orders import order_status
from core.imports.model import Ask

VIDEO, OTHER = "7608135132913569644", "7612994029431705042"
EUR = {(Ask.CURRENCY, ""): "EUR"}
LIST = "Video name,Video link,Video post date,Creator username,GMV,Affiliate items sold ,Affiliate orders,Affiliate refunded GMV,Shoppable video likes\n"
NAME = "Video_List_20260216-20260315_20260316024652.csv"
ORDERS = "Order ID,SKU ID,Product Name,Price,Payment Amount,Currency,Quantity,Fully returned or refunded,Order Status,Creator Username,Content Type,Content ID,Est. standard commission payment,Actual Commission Payment,Time Created\n"
BERLIN = {(Ask.ZONE, ""): "Europe/Berlin"}


def line(video: str = VIDEO, gmv: str = "10.00", day: str = "2026-02-18") -> str:
    return f"cap,https://www.tiktok.com/@lina.knits/video/{video},{day},Lina.Knits,{gmv},1,1,0,900\n"


def sold(order: str, **other: str) -> str:
    cells = {
        "sku": "1729000000000000101",
        "payment": "30.00",
        "quantity": "1",
        "back": "No",
        "status": "Completed",
        "creator": "Lina.Knits",
        "type": "Video",
        "content": VIDEO,
        "est": "3.00",
        "actual": "--",
        "time": "15/03/2026 23:30:00",
    } | other
    return f"{order}\t,{cells['sku']}\t,Hat,30.00,{cells['payment']},EUR,{cells['quantity']},{cells['back']},{cells['status']},{cells['creator']},{cells['type']},{cells['content']}\t,{cells['est']},{cells['actual']},{cells['time']}\n"


def test_the_video_list_takes_its_days_from_its_name(facts_of) -> None:
    facts = facts_of(NAME, LIST + line(), answers=EUR)
    (row,) = facts.tables["stat"].to_dict("records")
    assert (row["kind"], row["first_day"], row["last_day"]) == ("period", 20500, 20527)
    assert (row["shop_gmv"], row["shop_orders"], row["currency"], row["handle"]) == (
        1000,
        1,
        "EUR",
        "lina.knits",
    )
    assert facts.as_of_from == "name"


def test_likes_of_the_video_list_are_not_taken_for_likes_of_the_period(facts_of) -> None:
    assert "likes" not in facts_of(NAME, LIST + line(), answers=EUR).tables["stat"].columns


def test_a_list_without_days_in_its_name_asks_for_them(facts_of) -> None:
    facts = facts_of("videos.csv", LIST + line(), answers=EUR)
    assert [one.ask for one in facts.questions] == [Ask.PERIOD]
    stated = facts_of("videos.csv", LIST + line(), answers={**EUR, (Ask.PERIOD, ""): "2026-03-01/2026-03-31"})
    assert stated.questions == ()
    assert (stated.first_day, stated.last_day) == (20513, 20543)


def test_deleted_videos_are_left_out_and_counted_and_their_sales_are_told(facts_of) -> None:
    gone = "--,--,1970-01-01,--,30.00,1,1,0,0\n--,--,1970-01-01,--,0,0,0,0,0\n"
    facts = facts_of(NAME, LIST + line() + gone, answers=EUR)
    assert facts.rows == 1
    assert facts.ignored == {"deleted video": 2}
    assert [(one.code, one.count) for one in facts.issues] == [("deleted-video-sold", 1)]


def test_an_unknown_post_date_stays_unknown(facts_of) -> None:
    (video,) = (
        facts_of(NAME, LIST + line(day="1970-01-01"), answers=EUR).tables["video_fact"].to_dict("records")
    )
    assert video["posted_from"] == ""


def test_a_short_link_is_set_aside_with_the_remedy(facts_of) -> None:
    text = LIST + "cap,https://vm.tiktok.com/ZMabc/,2026-02-18,lina.knits,1.00,1,1,0,0\n" + line()
    facts = facts_of(NAME, text, answers=EUR)
    assert [one.code for one in facts.problems] == ["link-without-video"]
    assert facts.rows == 1


def test_a_video_listed_once_per_product_is_added_up(facts_of) -> None:
    header = "Video title,Video ID,Post date,Video link,Creator name,Product ID,Creator video-attributed GMV,Video-attributed orders,Video views\n"
    rows = [
        f"t,{VIDEO},2026-02-18,,lina.knits,1,$10.00,2,500\n",
        f"t,{VIDEO},2026-02-18,,lina.knits,2,$5.50,1,500\n",
        f"t,{OTHER},2026-03-03,,nora.makes,1,$1.00,1,9\n",
    ]
    facts = facts_of(
        "Transaction_Analysis_Video_List_20260301-20260331.csv",
        header + "".join(rows),
        answers={(Ask.CURRENCY, ""): "USD"},
    )
    stat = facts.tables["stat"].set_index("subject")
    assert stat["shop_gmv"].to_dict() == {VIDEO: 1550, OTHER: 100}
    assert stat["shop_orders"].to_dict() == {VIDEO: 3, OTHER: 1}
    assert "views" not in stat.columns


@pytest.mark.parametrize(
    "header", ["Creator-attributed GMV", "Affiliate-attributed GMV", "Affiliate GMV", "GMV"]
)
def test_the_renamed_value_column_is_known_under_each_name(facts_of, header) -> None:
    text = f"Creator name,{header},Refunds,Attributed orders\nlina.knits,£10.00,£0,2\n"
    facts = facts_of("Creator_List_20260301-20260331.csv", text, expected="tiktok_shop_creators")
    assert facts.tables["stat"][["subject", "shop_gmv", "currency"]].to_numpy().tolist() == [
        ["lina.knits", 1000, "GBP"]
    ]


def test_a_list_as_long_as_the_limit_warns_of_missing_rows(facts_of) -> None:
    text = "Creator name,GMV,Attributed orders\n" + "".join(
        f"creator{number},1.00,1\n" for number in range(5000)
    )
    facts = facts_of("Creator_List_20260301-20260331.csv", text, answers=EUR)
    assert [one.code for one in facts.issues] == ["list-cut-off"]


def test_an_affiliate_order_names_its_creator_and_video(facts_of) -> None:
    facts = facts_of("orders.csv", ORDERS + sold("577000111222333444"), answers=BERLIN)
    (order,) = facts.tables["shop_order"].to_dict("records")
    (claim,) = facts.tables["order_claim"].to_dict("records")
    assert (order["order_id"], order["sale_key"]) == ("577000111222333444", "tiktok_shop/577000111222333444")
    assert (order["subtotal"], order["status"], order["day"]) == (3000, "paid", 20527)
    assert (claim["kind"], claim["key"], claim["video_id"]) == ("affiliate", "lina.knits", VIDEO)


def test_a_live_or_showcase_sale_names_no_video(facts_of) -> None:
    facts = facts_of(
        "orders.csv",
        ORDERS + sold("577000111222333444", type="LIVE", content="8000000000000000001"),
        answers=BERLIN,
    )
    assert facts.tables["order_claim"]["video_id"].tolist() == [""]


def test_one_order_with_two_skus_is_one_order(facts_of) -> None:
    text = (
        ORDERS
        + sold("577000111222333444", back="Yes")
        + sold("577000111222333444", sku="1729000000000000202", payment="20.00")
    )
    facts = facts_of("orders.csv", text, answers=BERLIN)
    (order,) = facts.tables["shop_order"].to_dict("records")
    assert (order["subtotal"], order["refunded"], order["items"], order["status"]) == (
        5000,
        3000,
        2,
        "partially_refunded",
    )
    assert len(facts.tables["order_line"]) == 2
    assert len(facts.tables["order_claim"]) == 1


def test_commission_paid_beats_commission_estimated(facts_of) -> None:
    text = ORDERS + sold("577000111222333444", actual="2.50") + sold("577000111222333445")
    stat = facts_of("orders.csv", text, answers=BERLIN).tables["stat"]
    assert stat[["subject_kind", "subject", "kind", "commission"]].to_numpy().tolist() == [
        ["shop_creator", "lina.knits", "daily", 550]
    ]


def test_a_status_in_unknown_words_sets_the_order_aside(facts_of) -> None:
    facts = facts_of(
        "orders.csv",
        ORDERS + sold("577000111222333444", status="Verwunschen") + sold("577000111222333445"),
        answers=BERLIN,
    )
    assert [one.code for one in facts.problems] == ["order-status-unknown"]
    assert facts.tables["shop_order"]["order_id"].tolist() == ["577000111222333445"]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Completed", "paid"),
        ("To ship", "paid"),
        ("Unpaid", "pending"),
        ("Cancelled", "cancelled"),
        ("Ineligible", "voided"),
        ("Settled", "paid"),
        ("???", ""),
    ],
)
def test_statuses_of_tiktok_shop(written, status) -> None:
    assert order_status(written) == status
