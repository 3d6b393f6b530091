"""The columns of Ads Manager reports, in the spellings and languages met."""

from __future__ import annotations

from core.imports.model import Column, Kind

DIMENSIONS: tuple[Column, ...] = (
    Column(field="day", headers=("By Day", "Date", "Day", "stat_time_day", "일별", "날짜", "Theo ngày", "Ngày", "Menurut hari", "Tanggal", "ตามวัน", "วันที่", "Por día", "Par jour", "Pro Tag", "Por dia"), kind=Kind.DAY, words="day"),
    Column(field="campaign", headers=("Campaign name", "campaign_name", "캠페인 이름", "Tên chiến dịch", "Nama kampanye", "ชื่อแคมเปญ", "Nombre de la campaña", "Nom de la campagne", "Kampagnenname", "Nome da campanha"), kind=Kind.TEXT, words="campaign name"),
    Column(field="campaign_id", headers=("Campaign ID", "campaign_id", "캠페인 ID", "ID chiến dịch", "ID Campaign", "ID kampanye", "ID แคมเปญ"), kind=Kind.ID, words="campaign id"),
    Column(field="group", headers=("Ad group name", "adgroup_name", "광고 그룹 이름", "Tên nhóm quảng cáo", "Nama grup iklan", "ชื่อกลุ่มโฆษณา", "Nombre del grupo de anuncios"), kind=Kind.TEXT, words="ad group name"),
    Column(field="group_id", headers=("Ad group ID", "adgroup_id", "광고 그룹 ID", "ID nhóm quảng cáo", "ID grup iklan"), kind=Kind.ID, words="ad group id"),
    Column(field="ad", headers=("Ad name", "ad_name", "광고 이름", "Tên quảng cáo", "Nama iklan", "ชื่อโฆษณา", "Nombre del anuncio", "Nom de la publicité", "Anzeigenname"), kind=Kind.TEXT, words="ad name"),
    Column(field="ad_id", headers=("Ad ID", "ad_id", "광고 ID", "ID quảng cáo", "ID iklan", "ID โฆษณา"), kind=Kind.ID, words="ad id"),
    Column(field="video_id", headers=("Video ID", "TikTok post ID", "TikTok item ID", "Post ID", "tiktok_item_id", "ID video"), kind=Kind.ID, words="id of the TikTok video"),
    Column(field="handle", headers=("TikTok account", "Identity name", "Spark ad account"), kind=Kind.TEXT, words="TikTok account"),
    Column(field="currency", headers=("Currency", "통화", "Tiền tệ", "Mata uang", "Mata Uang", "Moneda", "Devise", "Währung", "Moeda"), kind=Kind.CODE, words="currency"),
)  # fmt: skip

AUDIENCE: tuple[Column, ...] = (
    Column(field="age", headers=("Age", "Age group", "연령"), kind=Kind.LABEL, words="age"),
    Column(field="gender", headers=("Gender", "성별"), kind=Kind.LABEL, words="gender"),
    Column(field="country", headers=("Country", "Country/Region", "국가"), kind=Kind.LABEL, words="country"),
    Column(field="region", headers=("Region", "Subregion", "Province", "지역"), kind=Kind.LABEL, words="region"),
    Column(field="interest", headers=("Interest", "Interest category"), kind=Kind.LABEL, words="interest"),
    Column(field="search_term", headers=("Search term", "Search terms"), kind=Kind.LABEL, words="search term"),
    Column(field="placement", headers=("Placement",), kind=Kind.LABEL, words="placement"),
    Column(field="audience", headers=("Audience",), kind=Kind.LABEL, words="audience, for instance 18-24 - Male"),
)  # fmt: skip

COST = Column(
    field="cost",
    headers=(
        "Cost",
        "Spend",
        "Total cost",
        "비용",
        "Chi phí",
        "Biaya",
        "ค่าใช้จ่าย",
        "ต้นทุน",
        "Coste",
        "Costo",
        "Coût",
        "Kosten",
        "Custo",
    ),
    kind=Kind.MONEY,
    required=True,
    words="ad cost",
)

MEASURE_COLUMNS: tuple[Column, ...] = (
    Column(field="impressions", headers=("Impressions", "Impression", "노출수", "Lượt hiển thị", "Số lượt hiển thị", "Tayangan", "Impresi", "การแสดงผล", "Impresiones", "Impressionen", "Impressões"), kind=Kind.COUNT, words="impressions"),
    Column(field="reach", headers=("Reach", "도달", "도달수", "Số người tiếp cận", "Jangkauan", "การเข้าถึง", "Alcance", "Couverture", "Reichweite"), kind=Kind.COUNT, words="people reached"),
    Column(field="clicks", headers=("Clicks (destination)", "Destination clicks", "Clicks(destination)", "Clicks (destination clicks)", "Clicks", "클릭수(목적지)", "클릭수 (목적지)", "Lượt nhấp (đích đến)", "Klik (tujuan)", "คลิก (ปลายทาง)", "Clics (destino)", "Clics (destination)", "Klicks (Ziel)", "Cliques (destino)"), kind=Kind.COUNT, words="clicks to the destination"),
    Column(field="clicks_all", headers=("Clicks (all)", "All clicks", "클릭수(전체)", "클릭수 (전체)", "Lượt nhấp (tất cả)", "Klik (semua)", "Clics (todos)", "Clics (tous)", "Klicks (alle)"), kind=Kind.COUNT, words="all clicks"),
    Column(field="views", headers=("Video views", "video_play_actions", "동영상 조회수", "동영상 뷰", "Lượt xem video", "Tayangan video", "Visualizaciones de vídeo", "Vues de la vidéo", "Videoaufrufe"), kind=Kind.COUNT, words="video views"),
    Column(field="views_2s", headers=("2-second video views", "2-second views", "video_watched_2s", "2초 동영상 조회수", "Tayangan video 2 detik", "Lượt xem video 2 giây"), kind=Kind.COUNT, words="2-second views"),
    Column(field="views_6s", headers=("6-second video views", "6-second views", "video_watched_6s", "6초 동영상 조회수", "Tayangan video 6 detik", "Lượt xem video 6 giây"), kind=Kind.COUNT, words="6-second views"),
    Column(field="focused_views_6s", headers=("6-second focused views", "6-second views (focused view)", "6-second focused view"), kind=Kind.COUNT, words="6-second focused views"),
    Column(field="focused_views_15s", headers=("15-second focused views", "15-second views (focused view)", "15-second focused view"), kind=Kind.COUNT, words="15-second focused views"),
    Column(field="views_p25", headers=("Video views at 25%", "Video views (P25)", "P25 video views", "25%"), kind=Kind.COUNT, words="views to 25%"),
    Column(field="views_p50", headers=("Video views at 50%", "Video views (P50)", "P50 video views", "50%"), kind=Kind.COUNT, words="views to 50%"),
    Column(field="views_p75", headers=("Video views at 75%", "Video views (P75)", "P75 video views", "75%"), kind=Kind.COUNT, words="views to 75%"),
    Column(field="completions", headers=("Video views at 100%", "Video views (P100)", "P100 video views", "100%"), kind=Kind.COUNT, words="views to the end"),
    Column(field="play_seconds", headers=("Average play time per video view", "Average watch time per video view", "Average play time per view"), kind=Kind.SECONDS, words="average seconds played per view"),
    Column(field="likes", headers=("Paid likes", "Likes"), kind=Kind.COUNT, words="likes"),
    Column(field="comments", headers=("Paid comments", "Comments"), kind=Kind.COUNT, words="comments"),
    Column(field="shares", headers=("Paid shares", "Shares"), kind=Kind.COUNT, words="shares"),
    Column(field="follows", headers=("Paid follows", "Paid Followers", "Paid followers", "Follows"), kind=Kind.COUNT, words="new followers"),
    Column(field="profile_views", headers=("Paid profile visits", "Profile visits", "Paid Profile Visits"), kind=Kind.COUNT, words="profile visits"),
    Column(field="claimed_conversions", headers=("Conversions", "Conversion", "전환수", "전환", "Lượt chuyển đổi", "Số lượt chuyển đổi", "Konversi", "Conversiones", "Conversões"), kind=Kind.COUNT, words="conversions as TikTok claims them"),
    Column(field="claimed_purchases", headers=("Purchases (website conversions)", "Complete payment", "Total complete payment", "Purchases (website)", "Website purchases"), kind=Kind.COUNT, words="purchases on the website, claimed"),
    Column(field="shop_purchases", headers=("Purchases (Shop)", "Orders (Shop)"), kind=Kind.COUNT, words="purchases in TikTok Shop, claimed"),
    Column(field="claimed_revenue", headers=("Purchase value (website conversion value)", "Purchase value (website)", "Total complete payment value", "Total purchase value"), kind=Kind.MONEY, words="purchase value on the website, claimed"),
    Column(field="shop_revenue", headers=("Gross revenue (Shop)",), kind=Kind.MONEY, words="gross revenue in TikTok Shop, claimed"),
    Column(field="adds_to_cart", headers=("Adds to cart (website)", "Adds to cart", "Add to cart (website)"), kind=Kind.COUNT, words="adds to cart"),
    Column(field="checkouts", headers=("Checkouts initiated (website)", "Checkouts initiated", "Initiate checkout"), kind=Kind.COUNT, words="checkouts begun"),
    Column(field="landing_page_views", headers=("Landing page views (website)", "Landing page views", "Landing page view"), kind=Kind.COUNT, words="landing page views"),
    Column(field="leads", headers=("Form submissions", "Leads", "Form submission"), kind=Kind.COUNT, words="forms sent"),
    Column(field="installs", headers=("App installs", "App install", "Real-time app install"), kind=Kind.COUNT, words="app installs"),
    Column(field="stated_ctr", headers=("CTR (destination)", "CTR(destination)", "CTR (Destination)"), kind=Kind.SHARE, words="only used to check the clicks"),
)  # fmt: skip

GMV_MAX: tuple[Column, ...] = (
    COST,
    Column(field="ad", headers=("Video title", "Tiêu đề video", "Judul video", "ชื่อวิดีโอ"), kind=Kind.TEXT, words="video title"),
    Column(field="video_id", headers=("Video ID", "ID video", "ID Video"), kind=Kind.ID, words="video id"),
    Column(field="handle", headers=("TikTok account", "Tài khoản TikTok", "Akun TikTok"), kind=Kind.TEXT, words="TikTok account"),
    Column(field="creative", headers=("Creative type", "Loại nội dung sáng tạo", "Jenis materi iklan"), kind=Kind.LABEL, words="video or product card"),
    Column(field="posted_at", headers=("Time posted", "Thời gian đăng", "Waktu diposting"), kind=Kind.TEXT, words="when it was posted"),
    *(column for column in DIMENSIONS if column.field in {"day", "campaign", "campaign_id", "currency"}),
    Column(field="claimed_purchases", headers=("SKU orders", "Đơn hàng SKU", "Đơn đặt hàng SKU", "Pesanan SKU", "คำสั่งซื้อ SKU"), kind=Kind.COUNT, required=True, words="orders, claimed"),
    Column(field="claimed_revenue", headers=("Gross revenue", "Doanh thu gộp", "Pendapatan kotor", "รายได้รวม"), kind=Kind.MONEY, required=True, words="gross revenue, claimed"),
    Column(field="product_impressions", headers=("Product ad impressions",), kind=Kind.COUNT, words="times the product was shown"),
    Column(field="product_clicks", headers=("Product ad clicks",), kind=Kind.COUNT, words="taps on the product"),
)  # fmt: skip
