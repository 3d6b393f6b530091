"""How TikTok Studio names its columns in further languages; English is what most of its files are in."""

from __future__ import annotations

DATE = (
    "Tarih", "Datum", "Data", "Дата", "日付", "날짜", "日期", "วันที่", "التاريخ", "תאריך", "تاریخ", "दिनांक",
    "तारीख", "Dátum", "Dată", "Päivämäärä", "Päiväys", "Dato", "Tarikh", "Petsa", "Tanggal",
)  # fmt: skip
VIEWS = (
    "Video görüntüleme", "Video görüntülemeleri", "Videoaufrufe", "Visualizzazioni dei video",
    "Wyświetlenia filmu", "Wyświetlenia filmów", "Wyświetlenia wideo", "Videoweergaven", "Просмотры видео",
    "Перегляди відео", "動画の視聴数", "動画視聴数", "動画の視聴回数", "동영상 조회수", "동영상 조회 수", "视频观看次数", "视频播放量", "视频浏览量",
    "影片觀看次數", "影片瀏覽次數", "ยอดการดูวิดีโอ", "การรับชมวิดีโอ", "مشاهدات الفيديو", "צפיות בסרטון",
    "צפיות בסרטונים", "بازدیدهای ویدیو", "بازدید ویدیو", "वीडियो व्यूज़", "वीडियो व्यू", "Videovisningar",
    "Zhlédnutí videa", "Zhlédnutí videí", "Videómegtekintések", "Vizualizări video",
    "Vizualizări videoclip", "Videon katselukerrat", "Videoiden katselukerrat", "Videovisninger",
    "Tontonan video", "Mga view ng video", "Mga panonood ng video", "Penayangan video",
    "Гледания на видеоклипа",
)  # fmt: skip
PROFILE_VIEWS = (
    "Profil görüntüleme", "Profil görüntülemeleri", "Profilaufrufe", "Visualizzazioni del profilo",
    "Wyświetlenia profilu", "Profielweergaven", "Просмотры профиля", "Перегляди профілю", "プロフィールの表示回数",
    "プロフィール表示回数", "プロフィールの閲覧数", "프로필 조회수", "프로필 조회 수", "主页访问量", "主页浏览量", "个人资料浏览量", "個人資料瀏覽次數", "個人檔案瀏覽次數",
    "ยอดการดูโปรไฟล์", "การรับชมโปรไฟล์", "مشاهدات الملف الشخصي", "צפיות בפרופיל", "بازدیدهای نمایه",
    "بازدید نمایه", "प्रोफ़ाइल व्यूज़", "प्रोफ़ाइल व्यू", "Profilvisningar", "Zhlédnutí profilu",
    "Zobrazení profilu", "Profilmegtekintések", "Vizualizări profil", "Vizualizări ale profilului",
    "Profiilin katselukerrat", "Profilvisninger", "Paparan profil", "Tontonan profil",
    "Mga view ng profile", "Mga pagtingin sa profile", "Penayangan profil", "Преглеждания на профила",
)  # fmt: skip
LIKES = (
    "Beğeniler", "Beğeni", "Likes", "Mi piace", "Polubienia", "Vind-ik-leuks", "Лайки", "Вподобання",
    "Уподобання", "いいね", "いいね数", "좋아요", "点赞", "点赞数", "赞", "按讚", "讚", "按讚數", "ถูกใจ", "ยอดถูกใจ",
    "الإعجابات", "לייקים", "پسندها", "लाइक", "लाइक्स", "Gillamarkeringar", "To se mi líbí", "Kedvelések",
    "Aprecieri", "Tykkäykset", "Synes godt om", "Liker", "Likerklikk", "Suka", "Mga like", "Харесвания",
)  # fmt: skip
COMMENTS = (
    "Yorumlar", "Yorum", "Kommentare", "Commenti", "Komentarze", "Reacties", "Opmerkingen", "Комментарии",
    "Коментарі", "コメント", "コメント数", "댓글", "评论", "评论数", "留言", "留言數", "ความคิดเห็น", "التعليقات", "תגובות",
    "نظرات", "कमेंट", "टिप्पणियाँ", "Kommentarer", "Komentáře", "Hozzászólások", "Comentarii", "Kommentit",
    "Komen", "Mga komento", "Komentar", "Коментари",
)  # fmt: skip
SHARES = (
    "Paylaşımlar", "Paylaşım", "Geteilte Inhalte", "Shares", "Condivisioni", "Udostępnienia", "Gedeeld",
    "Keer gedeeld", "Репосты", "Поделились", "Поширення", "シェア", "シェア数", "공유", "分享", "分享数", "分享次數", "แชร์",
    "การแชร์", "المشاركات", "שיתופים", "اشتراک\u200cگذاری\u200cها", "शेयर", "Delningar", "Sdílení",
    "Megosztások", "Distribuiri", "Jaot", "Delinger", "Kongsi", "Perkongsian", "Mga share",
    "Mga pagbabahagi", "Bagikan", "Dibagikan", "Споделяния",
)  # fmt: skip
FOLLOWERS = (
    "Takipçiler", "Takipçi", "Follower", "Obserwujący", "Volgers", "Подписчики", "Підписники", "Читачі",
    "フォロワー", "フォロワー数", "팔로워", "粉丝", "粉丝数", "粉絲", "追蹤者", "ผู้ติดตาม", "المتابعون", "עוקבים",
    "دنبال\u200cکنندگان", "फ़ॉलोअर", "फ़ॉलोअर्स", "Följare", "Sledující", "Követők", "Urmăritori",
    "Seuraajat", "Følgere", "Pengikut", "Mga follower", "Последователи",
)  # fmt: skip
