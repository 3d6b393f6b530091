"""TikTok Studio and Ads Manager in the language, and in the digits, of whoever exported them."""

from __future__ import annotations

from core.imports.model import Ask
from tests.corpus.cases import Accepted, Case
from tests.corpus.making import csv_of, day, overview, studio_zip, zipped

UTC = {(Ask.ZONE, ""): "UTC"}
DAYS = ("2026-02-27", "2026-02-28", "2026-03-01")
# language -> the header, and 27 and 28 February and 1 March as that language writes them
STUDIO = {
    "turkish": (("Tarih", "Video görüntüleme", "Profil görüntüleme", "Beğeniler", "Yorumlar", "Paylaşımlar"), ("27 Şubat", "28 Şubat", "1 Mart")),
    "german": (("Datum", "Videoaufrufe", "Profilaufrufe", "Likes", "Kommentare", "Geteilt"), ("27. Februar", "28. Februar", "1. März")),
    "italian": (("Data", "Visualizzazioni video", "Visualizzazioni profilo", "Mi piace", "Commenti", "Condivisioni"), ("27 febbraio", "28 febbraio", "1 marzo")),
    "polish": (("Data", "Wyświetlenia filmu", "Wyświetlenia profilu", "Polubienia", "Komentarze", "Udostępnienia"), ("27 lutego", "28 lutego", "1 marca")),
    "dutch": (("Datum", "Videoweergaven", "Profielweergaven", "Likes", "Reacties", "Gedeeld"), ("27 februari", "28 februari", "1 maart")),
    "russian": (("Дата", "Просмотры видео", "Просмотры профиля", "Лайки", "Комментарии", "Репосты"), ("27 февраля", "28 февраля", "1 марта")),
    "ukrainian": (("Дата", "Перегляди відео", "Перегляди профілю", "Вподобання", "Коментарі", "Поширення"), ("27 лютого", "28 лютого", "1 березня")),
    "japanese": (("日付", "動画の視聴数", "プロフィールの表示回数", "いいね", "コメント", "シェア"), ("2月27日", "2月28日", "3月1日")),
    "korean": (("날짜", "동영상 조회수", "프로필 조회수", "좋아요", "댓글", "공유"), ("2월 27일", "2월 28일", "3월 1일")),
    "chinese": (("日期", "视频观看次数", "主页访问量", "点赞", "评论", "分享"), ("2月27日", "2月28日", "3月1日")),
    "chinese-traditional": (("日期", "影片觀看次數", "個人資料瀏覽次數", "按讚", "留言", "分享"), ("2月27日", "2月28日", "3月1日")),
    "thai": (("วันที่", "ยอดการดูวิดีโอ", "ยอดการดูโปรไฟล์", "ถูกใจ", "ความคิดเห็น", "แชร์"), ("27 กุมภาพันธ์", "28 กุมภาพันธ์", "1 มีนาคม")),
    "arabic": (("التاريخ", "مشاهدات الفيديو", "مشاهدات الملف الشخصي", "الإعجابات", "التعليقات", "المشاركات"), ("٢٧ فبراير", "٢٨ فبراير", "١ مارس")),
    "hebrew": (("תאריך", "צפיות בסרטון", "צפיות בפרופיל", "לייקים", "תגובות", "שיתופים"), ("27 בפברואר", "28 בפברואר", "1 במרץ")),
    "persian": (("تاریخ", "بازدیدهای ویدیو", "بازدیدهای نمایه", "پسندها", "نظرات", "اشتراک‌گذاری‌ها"), ("۲۷ فوریه", "۲۸ فوریه", "۱ مارس")),
    "hindi": (("दिनांक", "वीडियो व्यूज़", "प्रोफ़ाइल व्यूज़", "लाइक", "कमेंट", "शेयर"), ("२७ फ़रवरी", "२८ फ़रवरी", "१ मार्च")),
    "swedish": (("Datum", "Videovisningar", "Profilvisningar", "Gillamarkeringar", "Kommentarer", "Delningar"), ("27 februari", "28 februari", "1 mars")),
    "czech": (("Datum", "Zhlédnutí videa", "Zhlédnutí profilu", "To se mi líbí", "Komentáře", "Sdílení"), ("27. února", "28. února", "1. března")),
    "hungarian": (("Dátum", "Videómegtekintések", "Profilmegtekintések", "Kedvelések", "Hozzászólások", "Megosztások"), ("február 27.", "február 28.", "március 1.")),
    "romanian": (("Data", "Vizualizări video", "Vizualizări profil", "Aprecieri", "Comentarii", "Distribuiri"), ("27 februarie", "28 februarie", "1 martie")),
    "finnish": (("Päivämäärä", "Videon katselukerrat", "Profiilin katselukerrat", "Tykkäykset", "Kommentit", "Jaot"), ("27. helmikuuta", "28. helmikuuta", "1. maaliskuuta")),
    "danish": (("Dato", "Videovisninger", "Profilvisninger", "Synes godt om", "Kommentarer", "Delinger"), ("27. februar", "28. februar", "1. marts")),
    "malay": (("Tarikh", "Tontonan video", "Paparan profil", "Suka", "Komen", "Kongsi"), ("27 Februari", "28 Februari", "1 Mac")),
    "filipino": (("Petsa", "Mga view ng video", "Mga view ng profile", "Mga like", "Mga komento", "Mga share"), ("Pebrero 27", "Pebrero 28", "Marso 1")),
    "bulgarian": (("Дата", "Гледания на видеоклипа", "Преглеждания на профила", "Харесвания", "Коментари", "Споделяния"), ("27 февруари", "28 февруари", "1 март")),
}  # fmt: skip
# language -> header, cost and impressions as written, cost in minor units, totals row or ()
ADS = {
    "german": (("Kampagnenname", "Nach Tag", "Kosten", "Impressionen", "Klicks (Ziel)", "Währung"), ("1.234,56", "12.000"), "EUR", 123_456, "Gesamt von 2 Ergebnissen"),
    "french": (("Nom de la campagne", "Par jour", "Coût", "Impressions", "Clics (destination)", "Devise"), ("1\u202f234,56", "12\u202f000"), "EUR", 123_456, "Total de 2 résultats"),
    "spanish": (("Nombre de la campaña", "Por día", "Coste", "Impresiones", "Clics (destino)", "Moneda"), ("1.234,56", "12.000"), "EUR", 123_456, "Total de 2 resultados"),
    "italian": (("Nome campagna", "Al giorno", "Costo", "Impressioni", "Clic (destinazione)", "Valuta"), ("1.234,56", "12.000"), "EUR", 123_456, "Totale di 2 risultati"),
    "portuguese": (("Nome da campanha", "Por dia", "Custo", "Impressões", "Cliques (destino)", "Moeda"), ("1.234,56", "12.000"), "BRL", 123_456, "Total de 2 resultados"),
    "polish": (("Nazwa kampanii", "Dziennie", "Koszt", "Wyświetlenia", "Clicks (destination)", "Waluta"), ("1 234,56", "12 000"), "PLN", 123_456, "Razem 2 wyniki"),
    "turkish": (("Kampanya adı", "Günlük", "Maliyet", "Gösterimler", "Tıklamalar (hedef)", "Para birimi"), ("1.234,56", "12.000"), "TRY", 123_456, "Toplam 2 sonuç"),
    "russian": (("Название кампании", "По дням", "Расходы", "Показы", "Клики (целевая страница)", "Валюта"), ("1\u00a0234,56", "12\u00a0000"), "RUB", 123_456, "Всего 2 результата"),
    "japanese": (("キャンペーン名", "日別", "費用", "インプレッション数", "クリック数 (リンク先)", "通貨"), ("1,234", "12,000"), "JPY", 1_234, "合計"),
    "chinese": (("广告系列名称", "按天", "花费", "展示量", "点击量 (目标页面)", "币种"), ("1,234.56", "12,000"), "CNY", 123_456, "总计"),
    "thai": (("ชื่อแคมเปญ", "ตามวัน", "ค่าใช้จ่าย", "อิมเพรสชัน", "คลิก (ปลายทาง)", "สกุลเงิน"), ("1,234.56", "12,000"), "THB", 123_456, "รวม"),
    "arabic": (("اسم الحملة", "حسب اليوم", "التكلفة", "مرات الظهور", "النقرات (الوجهة)", "العملة"), ("١٬٢٣٤٫٥٦", "١٢٬٠٠٠"), "SAR", 123_456, "الإجمالي"),
}  # fmt: skip


def _studio(name: str, header: tuple[str, ...], labels: tuple[str, ...]) -> Case:
    rows = [("mia", day(one), 100 + place, 3, 2, 1, 0) for place, one in enumerate(DAYS)]
    return Case(
        name=name,
        file=studio_zip("mia", "2026-03-02T08:00:00"),
        data=zipped({"Overview.csv": overview(labels, (), header)}),
        outcome=Accepted(
            format="studio_overview",
            values={"stat handle first_day views profile_views likes comments shares": rows},
        ),
    )


def _ads(language: str, export: tuple[tuple[str, ...], tuple[str, str], str, int, str]) -> Case:
    header, cells, code, minor, total = export
    rows = [
        ["Glow", "2026-02-03", *cells, "5", code],
        ["Glow", "2026-02-04", *cells, "5", code],
        [total, "-", "", "", "10", ""],
    ]
    stored = [("Glow", day(f"2026-02-0{number}"), minor, 12_000, 5, code) for number in (3, 4)]
    return Case(
        name=f"ads-{language}",
        file="Ads 20260201-20260228 GMT+0.csv",
        data=csv_of(header, *rows),
        answers=UTC,
        outcome=Accepted(
            format="tiktok_ads",
            values={"stat campaign_hint first_day cost impressions clicks currency": stored},
            ignored={"totals row": 1},
        ),
    )


ENGLISH = ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")
CASES = (
    *(_studio(f"studio-header-{name}", *parts) for name, parts in STUDIO.items()),
    *(_studio(f"studio-dates-{name}", ENGLISH, labels) for name, (_, labels) in STUDIO.items()),
    *(_ads(name, export) for name, export in ADS.items()),
)
