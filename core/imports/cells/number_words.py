"""Words and signs written beside numbers: magnitudes and currencies.

Magnitudes are those of TikTok's interface and of common spreadsheets. Where one sign is
shared by several currencies (`$`, `kr`) it proves none of them.
"""

from __future__ import annotations

from decimal import Decimal

_POWERS: dict[int, str] = {
    3: "k mil tsd tsd. тыс тыс. тис тис. tys tys. tis tis. rb ribu n nghìn ngàn 천 千 พัน ألف bin elfu χιλ χιλ. хил.",
    4: "万 萬 만 หมื่น",
    5: "lakh lac แสน",
    6: "m mio mio. mln mn mi mill. млн jt juta tr triệu ล้าน مليون milyon million millions εκ. εκ mil. milj.",
    7: "crore cr",
    8: "億 亿 억",
    9: "b bn bi md mrd mrd. mia. mld mld. млрд tỷ miliar billion mil-mi δισ.",
    12: "tn t trillion",
}
MAGNITUDES: dict[str, Decimal] = {
    word: Decimal(10) ** power for power, words in _POWERS.items() for word in words.split()
}

_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "BRL", "CLP", "COP", "ARS"})
# sign -> currencies that write it; exactly one means that the sign proves the currency
CURRENCY_SIGNS: dict[str, frozenset[str]] = {
    "$": _DOLLARS,
    "¥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kr.": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "rs": frozenset({"INR", "PKR", "LKR", "NPR"}),
    "rs.": frozenset({"INR", "PKR", "LKR", "NPR"}),
} | {
    sign: frozenset({code})
    for code, signs in {
        "EUR": "€", "GBP": "£", "USD": "us$", "CAD": "c$ ca$", "AUD": "a$ au$", "NZD": "nz$", "SGD": "s$ sg$",
        "HKD": "hk$", "TWD": "nt$", "MXN": "mx$", "BRL": "r$", "IDR": "rp rp.", "MYR": "rm", "VND": "₫ đ",
        "PHP": "₱", "THB": "฿", "KRW": "₩ 원", "INR": "₹", "JPY": "円 jp¥", "CNY": "元 cn¥", "TRY": "₺ tl",
        "RUB": "₽ руб руб.", "UAH": "₴ грн", "NGN": "₦", "PLN": "zł", "CZK": "kč", "HUF": "ft", "ZAR": "r",
        "ILS": "₪", "KZT": "₸", "CHF": "fr.", "RON": "lei", "BGN": "лв",
    }.items()
    for sign in signs.split()
}  # fmt: skip
CURRENCY_CODES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
    RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
    UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
    """.split()
)
# Currencies that are written without cents in practice, so that `154.530` is thousands.
WITHOUT_CENTS = frozenset(
    "IDR VND JPY KRW CLP COP PYG ISK UGX TZS RWF XAF XOF KHR LAK MMK IRR HUF TWD".split()
)


def currencies_of(sign: str) -> frozenset[str]:
    """Return the currencies that a sign or code stands for; empty when it is neither."""
    code = sign.strip().upper()
    if code in CURRENCY_CODES:
        return frozenset({code})
    return CURRENCY_SIGNS.get(sign.strip().casefold(), frozenset())
