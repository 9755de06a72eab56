"""Write actions.xlsx so that people can fill it in, and nothing they wrote is lost."""

import hashlib
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from kamlab.data.findings.sheets import Styles, sheet_name
from kamlab.errors import DataError
from kamlab.language import _
from kamlab.report.actions.columns import HIDDEN, OWN_COLUMNS, PREFIX, heads
from kamlab.report.actions.reading import open_elsewhere
from kamlab.report.actions.table import Actions
from kamlab.report.actions.values import STATUSES, day_of

_WIDTHS = {"account": 30, "what": 50, "comment": 40, "rule": 18, "owner": 16}
_WIDTH = 13

#: Spreadsheets hold no longer text in one cell.
_LONGEST = 32_767

#: Rows below the list in which a status may still be chosen from a list.
_SPARE_ROWS = 200

#: The same list gives the same file.
_MADE = datetime(2000, 1, 1)


def write_actions(actions: Actions, path: str | Path) -> Path | None:
    """Write the list as a workbook; it is there as a whole, or not at all.

    Parameters
    ----------
    actions : Actions
        From `kamlab.report.actions.merged`.
    path : str or Path
        Where it goes. A file that stands there is kept beside it, byte for byte, as
        ``actions.before-….xlsx``: colours, notes and formulas of people's own do not
        pass through a new workbook.

    Returns
    -------
    Path or None
        The file that was kept, if one stood there.

    Raises
    ------
    DataError
        If the file is open in a spreadsheet program or cannot be written; then nothing
        has changed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_actions(Actions(), Path(folder) / "actions.xlsx") is None
    True
    """
    path = Path(path)
    if mark := open_elsewhere(path):
        raise DataError(
            f"actions = {str(path)!r} is open in a spreadsheet program ({mark.name}): "
            "close it there and run again; nothing was changed"
        )
    aside = path.with_name(f".{path.name}.part")
    try:
        with Workbook(str(aside), _OPTIONS) as book:
            book.set_properties({"created": _MADE})
            _fill(book, actions)
        kept = _keep(path)
        aside.replace(path)
    except (OSError, XlsxWriterException) as error:
        raise DataError(
            f"actions = {str(path)!r} cannot be written ({error}): close it where it "
            "is open, or name another place; nothing was changed"
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    return kept


_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


def _keep(path: Path) -> Path | None:
    """Copy the file that stands there; under a name that is that of its content."""
    if not path.exists():
        return None
    told = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    kept = path.with_name(f"{path.stem}.before-{told}{path.suffix}")
    shutil.copy2(path, kept)
    return kept


def _fill(book: Workbook, actions: Actions) -> None:
    styles = Styles.of(book)
    _fill_list(book.add_worksheet(_own_name(actions)), actions, styles)
    for name, rows in actions.sheets.items():
        further = book.add_worksheet(sheet_name(name))
        for number, row in enumerate(rows):
            _write_row(further, number, row, styles)


def _own_name(actions: Actions) -> str:
    """Return a name for the list's sheet that none of people's own sheets has."""
    taken = {sheet_name(name).casefold() for name in actions.sheets}
    names = (_("Actions") + (f" {n}" if n > 1 else "") for n in count(1))
    return next(name for name in names if name.casefold() not in taken)


def _fill_list(sheet: Worksheet, actions: Actions, styles: Styles) -> None:
    """Write the hidden codes, the heads and the rows."""
    columns = actions.columns or OWN_COLUMNS
    titles = heads() | dict(actions.heads)
    sheet.set_row(0, None, None, {"hidden": True})
    for place, name in enumerate(columns):
        if name in OWN_COLUMNS:
            sheet.write_string(0, place, PREFIX + name)
        sheet.write_string(1, place, titles.get(name, ""), styles.head)
        hidden = {"hidden": True} if name in HIDDEN else None
        sheet.set_column(place, place, _WIDTHS.get(name, _WIDTH), None, hidden)
    for number, row in enumerate(actions.rows, start=2):
        _write_row(sheet, number, (row.get(name, "") for name in columns), styles)
    last = len(actions.rows) + 1
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(last, 2), len(columns) - 1)
    if "status" in columns:
        place = columns.index("status")
        choices = {"validate": "list", "source": list(STATUSES), "ignore_blank": True}
        # People may write something else; it is kept, and told in the report.
        choices |= {"error_type": "information", "show_error": False}
        sheet.data_validation(2, place, last + _SPARE_ROWS, place, choices)


def _write_row(
    sheet: Worksheet, number: int, cells: Iterable[object], styles: Styles
) -> None:
    for place, cell in enumerate(cells):
        _write(sheet, number, place, cell, styles)


def _write(
    sheet: Worksheet, row: int, column: int, cell: object, styles: Styles
) -> None:
    """Write a cell as what it is; a text that looks like a formula stays a text."""
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        is_whole = float(cell).is_integer()
        style = styles.whole if is_whole else styles.money
        sheet.write_number(row, column, cell, style)
    elif isinstance(cell, date) and _is_day(cell):
        day = day_of(cell)
        sheet.write_datetime(row, column, datetime(*day.timetuple()[:3]), styles.day)
    else:
        sheet.write_string(row, column, str(cell)[:_LONGEST], styles.text)


def _is_day(cell: date) -> bool:
    """Say whether a spreadsheet can hold it as a day without losing its hour."""
    has_hour = isinstance(cell, datetime) and cell.time() != datetime.min.time()
    return cell.year >= 1900 and not has_hour
