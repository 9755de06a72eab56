"""Codes of currencies as ISO 4217 has them, and what people write in their place.

The codes in use at the beginning of 2026 stand here, and those withdrawn since 2010,
for older order lines have them.
"""

from kamlab.errors import did_you_mean

_ACTIVE = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP
BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN
ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK
JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP
PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV
WST XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW
ZWG
"""
_WITHDRAWN = "ANG BGN BYR CUC EEK HRK LTL LVL MRO SLL STD VEF ZMK ZWL"

#: All codes that order lines of the last fifteen years may have.
CURRENCY_CODES = frozenset(f"{_ACTIVE} {_WITHDRAWN}".split())

#: What a misspelt code most likely is.
_COMMON = "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD INR JPY KRW NOK PLN SEK SGD TRY USD"
_OTHER_NAMES = {
    "RMB": "CNY",
    "CNH": "CNY",
    "YUAN": "CNY",
    "元": "CNY",
    "人民币": "CNY",
    "人民币元": "CNY",
    "¥": "CNY",
    "￥": "CNY",
    "US$": "USD",
    "$": "USD",
    "USDOLLAR": "USD",
    "美元": "USD",
    "美金": "USD",
    "€": "EUR",
    "EURO": "EUR",
    "EUROS": "EUR",
    "欧元": "EUR",
    "£": "GBP",
    "STG": "GBP",
    "UKL": "GBP",
    "英镑": "GBP",
    "YEN": "JPY",
    "日元": "JPY",
    "日圆": "JPY",
    "HK$": "HKD",
    "港币": "HKD",
    "港元": "HKD",
    "NT$": "TWD",
    "NTD": "TWD",
    "新台币": "TWD",
    "SFR": "CHF",
    "SFR.": "CHF",
    "FR.": "CHF",
    "瑞士法郎": "CHF",
    "A$": "AUD",
    "澳元": "AUD",
    "C$": "CAD",
    "加元": "CAD",
    "S$": "SGD",
    "韩元": "KRW",
}


def is_currency_code(text: str) -> bool:
    """Whether a text is a code of ISO 4217, in capital letters or not.

    Examples
    --------
    >>> is_currency_code("CNY"), is_currency_code("eur"), is_currency_code("RMB")
    (True, True, False)
    """
    return text.strip().upper() in CURRENCY_CODES


def meant_currency(text: str) -> str:
    """Return the code that a usual name or sign of a currency stands for, or nothing.

    Parameters
    ----------
    text : str
        Such as "RMB" or "美元".

    Returns
    -------
    str
        A proposal for a person to confirm: ¥ may be yuan or yen.

    Examples
    --------
    >>> meant_currency("RMB"), meant_currency("US$"), meant_currency("Taler")
    ('CNY', 'USD', '')
    """
    return _OTHER_NAMES.get(text.strip().upper().replace(" ", ""), "")


def currency_hint(text: str) -> str:
    """Return which code may be meant by a text that is none.

    Examples
    --------
    >>> currency_hint("Euro")
    "did you mean 'EUR'?"
    >>> currency_hint("USB")
    "did you mean 'USD'?"
    """
    if code := meant_currency(text):
        return f"did you mean {code!r}?"
    for choices in (_COMMON.split(), sorted(CURRENCY_CODES)):
        hint = did_you_mean(text.strip().upper(), choices)
        if hint.startswith("did you mean"):
            return hint
    return "codes are such as EUR, USD or CNY"
