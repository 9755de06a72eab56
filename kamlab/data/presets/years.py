"""Recognise a sheet for each year, with a column for each of its months."""

from kamlab.data.presets.months import month_formats
from kamlab.data.presets.recognition import Recognised
from kamlab.data.reading.reshaping import year_of


def year_of_sheet_format(lines: Recognised) -> str:
    """Return how months are written behind the year of their sheet, or "".

    Parameters
    ----------
    lines : Recognised
        Sheets with a column for each month.

    Returns
    -------
    str
        Empty where columns name their year, or sheets do not name two of them.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> from kamlab.data.reading.raw import SourceFile
    >>> header, rows = ("客户", "1月", "2月"), (("甲", 7, 8),)
    >>> pages = tuple(SourceFile(None, "a", 1, each) for each in ("2024年", "2025年"))
    >>> sheets = Excerpt(("a.xlsx",), "workbook", header, rows, pages=pages)
    >>> year_of_sheet_format(recognise([sheets])[1][0])
    'YYYY / MM月'
    """
    years = {year_of(page) for page in lines.excerpt.each_page}
    if len(years) < 2 or "" in years or not lines.months:
        return ""
    written = month_formats([f"2025 / {name}" for name in lines.months])
    return written[0] if written else ""
