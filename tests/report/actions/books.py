"""Lists of actions as people leave them, written and read like theirs."""

from datetime import date
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

TODAY = date(2025, 12, 31)
ALERTS = pd.DataFrame(
    {
        "account": ["A10284", "A10796"],
        "name": ["Kovostav Strojírny a.s.", "Bürkner & Söhne"],
        "rule": ["fading: gearboxes", "silence"],
        "what": ["Buys fewer gearboxes.", "No order for 54 days."],
        "at_stake": [373_707.48, 52_423.34],
    }
)


def cells(path: Path, sheet: int = 0) -> list[list[object]]:
    """Return the cells of a sheet as a spreadsheet program shows them."""
    with CalamineWorkbook.from_path(path) as book:
        return book.get_sheet_by_index(sheet).to_python(False)


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    """Write sheets as people save them."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, pd.Timestamp(cell), day)
                    elif cell != "":
                        sheet.write(number, place, cell)
    return path


def set_cell(rows: list[list[object]], row: int, head: str, value: object) -> None:
    """Write into a column by the code that the hidden row names."""
    rows[row][rows[0].index(f"kamlab.{head}")] = value
