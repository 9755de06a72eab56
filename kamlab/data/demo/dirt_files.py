"""Write an export the way its systems do: text of the ERP, workbooks of the office."""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from kamlab.data.demo.dirt_export import Export
from kamlab.data.demo.dirt_texts import number_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CUSTOMERS_FILE, COSTS_FILE = "customers.xlsx", "costs_by_month.xlsx"
CONTACTS_FILE = "crm_activities.csv"
#: What stands in a row that holds a sum.
TOTAL = "Summe"

_CUSTOMER_HEADS = (
    ("", "Number", "account_id"),
    ("", "Name", "account_name"),
    ("Address", "Region", "region"),
    ("Address", "Country", "country"),
    ("Business", "Kind", "kind"),
    ("Business", "Industry", "industry"),
    ("Business", "Employees", "size_employees"),
    ("Business", "Revenue", "annual_revenue"),
)
_CONTACT_HEADS = {
    "interaction_id": "Activity",
    "account_id": "Account",
    "date": "Date",
    "type": "Type",
    "direction": "Direction",
    "duration_minutes": "Minutes",
    "topic": "Topic",
    "outcome": "Result",
}
_TITLE_ROWS = 2


def write_files(export: Export, folder: Path) -> pd.DataFrame:
    """Write the files of an export; return where each planted fault stands.

    Parameters
    ----------
    export : Export
        With what was planted.
    folder : Path
        Where the files go.

    Returns
    -------
    pandas.DataFrame
        A row a fault: ``kind``, ``file``, ``row`` (as a spreadsheet counts), ``key``.

    Examples
    --------
    >>> import tempfile
    >>> from kamlab.data.demo.dirt import example_export
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     faults = write_files(example_export(), Path(folder))
    ...     len(faults), len(list(Path(folder).iterdir()))
    (0, 7)
    """
    places = [
        *_write_billing(export, folder),
        _write_customers(export, folder),
        *_write_costs(export, folder),
        _write_contacts(export, folder),
    ]
    return pd.concat(places, ignore_index=True)


def _places(rows: pd.DataFrame, file: str, first: int, key: str) -> pd.DataFrame:
    """Return where the faults of a block of rows stand, its first row being `first`."""
    numbered = rows.assign(file=file, row=range(first, first + len(rows)))
    faulty = numbered[numbered["_kind"] != ""]
    return faulty[["_kind", "file", "row", key]].set_axis(
        ["kind", "file", "row", "key"], axis=1
    )


def _one(kind: str, file: str, row: int, key: str) -> pd.DataFrame:
    return pd.DataFrame([{"kind": kind, "file": file, "row": row, "key": key}])


def _write_billing(export: Export, folder: Path) -> list[pd.DataFrame]:
    """Write a file for each quarter, and one for a month that comes twice."""
    places = []
    quarter = (export.billing["_month"] + 2) // 3
    for number, lines in export.billing.groupby(quarter):
        label = f"Q{number}" if number <= 4 else "06_new"
        name = f"billing_{export.year}_{label}.csv"
        texts = lines[[c for c in lines if not c.startswith("_")]]
        if export.totals:
            total = dict.fromkeys(texts.columns, "")
            total |= {"Beleg": TOTAL, "Netto": number_text(lines["_net"].sum())}
            texts = pd.concat([texts, pd.DataFrame([total])])
            places.append(_one("total_rows", name, len(texts) + 1, TOTAL))
        texts.to_csv(
            folder / name,
            sep=";",
            index=False,
            encoding="cp1252",
            lineterminator="\r\n",
        )
        places.append(_places(lines, name, 2, "Beleg"))
    return places


def _workbook(path: Path) -> "Workbook":
    """Return a new workbook that never takes a text for a formula or a link."""
    import xlsxwriter

    safe = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(path, {**safe, "nan_inf_to_errors": False})
    # The same export is the same bytes, whenever it is made.
    book.set_properties({"created": pd.Timestamp("2026-01-05").to_pydatetime()})
    return book


def _write_customers(export: Export, folder: Path) -> pd.DataFrame:
    """Write the master under a title, with a header of two lines."""
    customers = export.customers
    with _workbook(folder / CUSTOMERS_FILE) as book:
        sheet = book.add_worksheet("Customers")
        sheet.write(0, 0, f"Customer list {export.year}, sales office")
        _write_heads(sheet)
        first = _TITLE_ROWS + 2
        for column, (_, _, name) in enumerate(_CUSTOMER_HEADS):
            cells = customers[name].astype(object)
            if name == "region" and "_merged" in customers:
                cells = cells.where(customers["_merged"] == 0)
            sheet.write_column(first, column, cells.where(cells.notna(), None))
        if "_merged" in customers:
            _merge_regions(sheet, customers, first)
    places = _places(customers, CUSTOMERS_FILE, first + 1, "account_id")
    if "_merged" not in customers:
        return places
    below = customers.assign(_kind=customers["_merged"].gt(0).map(_MERGED))
    merged = _places(below, CUSTOMERS_FILE, first + 1, "account_id")
    return pd.concat([places, merged])


_MERGED = {True: "merged_cells", False: ""}


def _write_heads(sheet: "Worksheet") -> None:
    for column, (above, below, _) in enumerate(_CUSTOMER_HEADS):
        sheet.write(_TITLE_ROWS + 1, column, below)
        tops = [top for top, *_ in _CUSTOMER_HEADS]
        if above and tops.index(above) == column:
            last = column + tops.count(above) - 1
            sheet.merge_range(_TITLE_ROWS, column, _TITLE_ROWS, last, above)


def _merge_regions(sheet: "Worksheet", customers: pd.DataFrame, first: int) -> None:
    """Merge the cells of customers of one region into one."""
    column = [name for *_, name in _CUSTOMER_HEADS].index("region")
    starts = customers.index[customers["_merged"] == 0]
    ends = [*(starts[1:] - 1), len(customers) - 1]
    for start, end in zip(starts, ends, strict=True):
        if end > start:
            region = customers["region"].iloc[start]
            sheet.merge_range(first + start, column, first + end, column, region)


def _write_costs(export: Export, folder: Path) -> list[pd.DataFrame]:
    """Write costs with a sheet for each month, and its sum in the last row."""
    if export.costs.empty:
        return []
    worth, told = (1000, "TEUR") if export.thousands else (1, "EUR")
    heads = ["No.", "Customer", "Day", "Kind", "Amount"]
    title = f"Costs of customers, in {told}"
    with _workbook(folder / COSTS_FILE) as book:
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        for month, rows in export.costs.groupby(export.costs["date"].dt.month):
            sheet = book.add_worksheet(f"{export.year}-{month:02d}")
            sheet.write(0, 0, title)
            sheet.write_row(1, 0, heads)
            amounts = (rows["amount"] / worth).round(5)
            sheet.write_column(2, 0, rows["cost_id"])
            sheet.write_column(2, 1, rows["customer"])
            sheet.write_column(2, 2, list(rows["date"].dt.to_pydatetime()), form)
            sheet.write_column(2, 3, rows["kind"])
            sheet.write_column(2, 4, amounts)
            sheet.write_row(2 + len(rows), 0, [TOTAL, "", "", "", amounts.sum()])
    if not export.thousands:
        return []
    return [_one("costs_in_thousands", COSTS_FILE, 1, title)]


def _write_contacts(export: Export, folder: Path) -> pd.DataFrame:
    contacts = export.contacts
    if len(contacts):
        shown = contacts[list(_CONTACT_HEADS)].rename(columns=_CONTACT_HEADS)
        shown.to_csv(
            folder / CONTACTS_FILE,
            index=False,
            encoding="utf-8-sig",
            lineterminator="\r\n",
        )
    return _places(contacts, CONTACTS_FILE, 2, "interaction_id")
