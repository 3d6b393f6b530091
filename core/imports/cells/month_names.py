"""Month names of any language, from CLDR, with the spellings that exports use besides."""

from __future__ import annotations

import unicodedata
from functools import cache

from babel import Locale

_FIRST = ("en", "es", "pt", "fr", "de", "it", "el", "vi", "id", "tr", "pl", "ru", "nl")
_MORE = (
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "et", "eu", "fa", "fi", "fil", "ga",
    "gl", "gu", "he", "hi", "hr", "hu", "hy", "is", "ja", "jv", "ka", "kk", "km", "kn", "ko", "ky",
    "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne", "nn", "pa", "pt_PT", "ro", "si",
    "sk", "sl", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "te", "th", "uk", "ur", "uz", "yue", "zh",
    "zu", "ar_MA", "ar_SY", "de_AT", "bs_Cyrl", "es_PE", "af",
)  # fmt: skip
# TikTok writes Vietnamese months as words, CLDR as numbers.
_SUPPLEMENT = {
    1: "tháng giêng|tháng một|jän|jänner|janv|ene",
    2: "tháng hai|fév|febr",
    3: "tháng ba|mrz|mär|maer",
    4: "tháng tư|tháng bốn|avr",
    5: "tháng năm|may",
    6: "tháng sáu",
    7: "tháng bảy|tháng bẩy",
    8: "tháng tám|agt|ags|ogos",
    9: "tháng chín|sept|set|setiembre|septiembre",
    10: "tháng mười|okt",
    11: "tháng mười một|nop",
    12: "tháng mười hai|tháng chạp|dez|des",
}


_IN = "ב"  # Hebrew writes `25 בפברואר`, in February, as one word; no month begins with it


def month_of(name: str) -> int | None:
    """Return the month (1 to 12) that a word or two name in some language, None for anything else.

    A name that means different months in two languages (`listopad`) counts only where the first,
    most common languages agree on it.
    """
    key = _key(name).removeprefix(_IN)
    for locales in (_FIRST, _FIRST + _MORE):
        months = _table(locales).get(key, frozenset())
        if len(months) == 1:
            return next(iter(months))
    return None


def months_of(name: str) -> frozenset[int]:
    """Return every month that a name may mean: several for `listopad`, none for other words."""
    return _table(_FIRST + _MORE).get(_key(name).removeprefix(_IN), frozenset())


@cache
def _table(locales: tuple[str, ...]) -> dict[str, frozenset[int]]:
    """Return normalised name -> months that it may mean in these languages."""
    table: dict[str, set[int]] = {}
    for number, names in _SUPPLEMENT.items():
        for name in names.split("|"):
            table.setdefault(_key(name), set()).add(number)
    for code in locales:
        for forms in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in forms.get(width, {}).items():
                    key = _key(str(name))
                    if any(sign.isalpha() for sign in key):
                        table.setdefault(key, set()).add(int(number))
    return {name: frozenset(months) for name, months in table.items()}


def _key(name: str) -> str:
    """Return a name without case, accents, dots and spaces, for comparing."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign) and (sign.isalnum()))
