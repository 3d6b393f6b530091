"""The columns of Google Analytics 4 downloads, in the spellings and languages met."""

from __future__ import annotations

from core.imports.model import Column, Kind

DATE_COLUMNS: tuple[Column, ...] = (
    Column(field="day", headers=("Date", "Fecha", "Datum", "Data", "날짜", "Tarih", "Дата", "日付", "日期"), kind=Kind.DAY, words="day"),
    Column(field="nth_day", headers=("Nth day", "Día N", "N. Tag", "Nième jour", "N° dia", "N.º dia", "N번째 날짜"), kind=Kind.TEXT, words="days after the start date"),
    Column(field="date_hour", headers=("Date + hour (YYYYMMDDHH)", "Date hour", "Date + hour", "Date hour and minute", "Date + hour and minute"), kind=Kind.TEXT, words="day and hour"),
)  # fmt: skip

LINK_COLUMNS: tuple[Column, ...] = (
    Column(field="source_medium", headers=("Session source / medium", "Session source/medium", "Source / medium", "Source/medium", "Session manual source / medium", "Manual source / medium", "Fuente/medio de la sesión", "Fuente / medio de la sesión", "Fuente o medio de la sesión", "Source/support de la session", "Sitzung – Quelle/Medium", "Origem / mídia da sessão", "세션 소스/매체", "Sorgente/mezzo sessione", "Sorgente / mezzo della sessione", "Sitzungsquelle/-medium", "Quelle / Medium der Sitzung", "Source / support de la session", "Sessiebron/-medium", "Sessiebron/medium", "Źródło/medium sesji", "Oturum kaynağı/aracı", "Источник или канал сеанса", "Источник/канал сеанса", "セッションの参照元 / メディア", "セッションの参照元/メディア", "会话来源/媒介", "工作階段來源/媒介"), kind=Kind.TEXT, words="source / medium"),
    Column(field="source", headers=("Session source", "Session manual source", "Source", "Manual source", "Fuente de la sesión"), kind=Kind.TEXT, words="source"),
    Column(field="medium", headers=("Session medium", "Session manual medium", "Medium", "Manual medium", "Medio de la sesión"), kind=Kind.TEXT, words="medium"),
    Column(field="campaign", headers=("Session campaign", "Session campaign name", "Session manual campaign name", "Session manual campaign", "Campaign", "Campaign name", "Manual campaign name", "Campaña de la sesión", "Campagne de la session", "Sitzung – Kampagne", "Campanha da sessão", "세션 캠페인", "Campagna sessione", "Campagna della sessione", "Sitzungskampagne", "Sessiecampagne", "Kampania sesji", "Oturum kampanyası", "Кампания сеанса", "セッションのキャンペーン", "会话广告系列", "工作階段廣告活動"), kind=Kind.TEXT, words="campaign"),
    Column(field="content", headers=("Session manual ad content", "Manual ad content", "Session ad content", "Ad content", "Contenido manual del anuncio de la sesión", "Contenu publicitaire manuel de la session", "Sitzung – Manueller Anzeigeninhalt", "Contenuto annuncio manuale sessione", "Conteúdo manual do anúncio da sessão", "セッションの手動広告コンテンツ"), kind=Kind.TEXT, words="utm_content"),
    Column(field="term", headers=("Session manual term", "Manual term", "Session keyword", "Término manual de la sesión"), kind=Kind.TEXT, words="utm_term"),
)  # fmt: skip

OTHER_COLUMNS: tuple[Column, ...] = (
    Column(field="event", headers=("Event name", "Nombre del evento", "Nom de l'événement", "Ereignisname", "Nome do evento"), kind=Kind.TEXT, words="event"),
    Column(field="transaction_id", headers=("Transaction ID", "ID de transacción", "ID de la transaction", "Transaktions-ID"), kind=Kind.TEXT, words="order number"),
    Column(field="person", headers=("App-instance ID", "App instance ID", "Client ID", "User ID", "Effective user ID", "Device ID"), kind=Kind.TEXT, words="person, kept only as a pseudonym"),
    Column(field="landing", headers=("Landing page", "Landing page + query string", "Página de destino", "Page de destination"), kind=Kind.TEXT, words="landing page"),
    Column(field="channel", headers=("Session default channel group", "Session primary channel group (Default channel group)", "Session primary channel group (Default Channel Group)", "Grupo de canales predeterminado de la sesión", "Session default channel grouping"), kind=Kind.TEXT, words="channel"),
    Column(field="split", headers=("Country", "Country ID", "País", "Platform", "First user default channel group", "First user primary channel group (Default channel group)", "First user source / medium", "Device category", "City", "Language", "Stream name", "Week", "Month", "Browser"), kind=Kind.TEXT, words="another split"),
    Column(field="shared_split", headers=("Page title and screen class", "Page path and screen class", "Page path", "Page title", "Page path + query string", "Page location", "Item name", "Item ID", "Item category", "Item brand", "Hour", "Audience name", "Link URL", "File name", "Content group"), kind=Kind.TEXT, words="a split in which one visit has several rows"),
)  # fmt: skip

METRIC_COLUMNS: tuple[Column, ...] = (
    Column(field="sessions", headers=("Sessions", "Sesiones", "Sitzungen", "Sessões", "Sessioni", "세션수", "세션", "Sessies", "Sesje", "Oturumlar", "Сеансы", "セッション", "会话数", "工作階段"), kind=Kind.COUNT, words="sessions"),
    Column(field="engaged_sessions", headers=("Engaged sessions", "Sesiones con interacción", "Sessions avec engagement", "Sitzungen mit Interaktionen", "Sessões engajadas"), kind=Kind.COUNT, words="engaged sessions"),
    Column(field="users_total", headers=("Total users", "Usuarios totales", "Total de usuarios", "Nombre total d'utilisateurs", "Nutzer insgesamt"), kind=Kind.COUNT, words="users"),
    Column(field="users", headers=("Users", "Usuarios", "Utilisateurs", "Nutzer", "Usuários"), kind=Kind.COUNT, words="users"),
    Column(field="users_active", headers=("Active users", "Usuarios activos", "Utilisateurs actifs", "Aktive Nutzer"), kind=Kind.COUNT, words="active users"),
    Column(field="key_events", headers=("Key events", "Conversions", "Eventos clave", "Conversiones", "Événements clés", "Schlüsselereignisse", "Conversões"), kind=Kind.NUMBER, words="key events"),
    Column(field="web_transactions", headers=("Transactions", "Ecommerce purchases", "Purchases", "Transacciones", "Compras de comercio electrónico", "Transaktionen"), kind=Kind.NUMBER, words="transactions"),
    Column(field="revenue", headers=("Purchase revenue", "Ingresos por compras", "Revenu d'achat"), kind=Kind.NUMBER, words="purchase revenue"),
    Column(field="revenue_total", headers=("Total revenue", "Ingresos totales", "Revenu total", "Gesamtumsatz", "Receita total"), kind=Kind.NUMBER, words="total revenue"),
    Column(field="adds_to_cart", headers=("Add to carts", "Adds to cart", "Añadir al carrito"), kind=Kind.COUNT, words="adds to cart"),
    Column(field="checkouts", headers=("Checkouts", "Begin checkouts", "Pagos"), kind=Kind.COUNT, words="checkouts"),
    Column(field="event_count", headers=("Event count", "Número de eventos", "Nombre d'événements", "Ereignisanzahl"), kind=Kind.COUNT, words="events, only used to check the totals row"),
    Column(field="new_users", headers=("New users", "Usuarios nuevos", "Nouveaux utilisateurs", "Neue Nutzer"), kind=Kind.COUNT, words="new users, not kept"),
)  # fmt: skip

COLUMNS: tuple[Column, ...] = (*DATE_COLUMNS, *LINK_COLUMNS, *OTHER_COLUMNS, *METRIC_COLUMNS)
