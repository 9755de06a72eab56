"""Count the currencies in which order lines are written."""

from kamlab.data.presets.matching import meanings_of
from kamlab.data.presets.recognition import Recognised


def currencies_in(lines: Recognised) -> dict[str, int]:
    """Return how many rows are in each currency, as the contract writes it.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("客户", "日期", "金额", "币别")
    >>> rows = (("A", "2025-01-31", "9", "人民币"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> currencies_in(found)
    {'CNY': 1}
    """
    header = lines.header("currency")
    if not header:
        return {}
    meant = meanings_of("currency", lines.preset)
    counts: dict[str, int] = {}
    for text in lines.profiles[header].texts:
        code = meant.get(text, text)
        counts[code] = counts.get(code, 0) + 1
    return counts
