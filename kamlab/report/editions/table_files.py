"""The tables of a report as files: CSV for spreadsheets, Parquet for programs."""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kamlab.report.editions.recorded import recorded_tables
from kamlab.report.page import Page

#: What a table can be written as.
KINDS = ("csv", "parquet")

#: A text that begins so would be a formula to a spreadsheet.
_FORMULA = re.compile(r"^[=+\-@\t\r]")

_NOT_A_NAME = re.compile(r"[^\w]+")
_LONGEST_NAME = 60


def write_tables(
    pages: Sequence[Page], folder: Path, kinds: Sequence[str] = KINDS
) -> list[Path]:
    """Write every table of a report as CSV and as Parquet.

    The columns carry the names that the notebook's frame had. In the CSV a text that a
    spreadsheet would take for a formula begins with an apostrophe; Parquet keeps it.

    Parameters
    ----------
    pages : sequence of Page
        Of the report.
    folder : Path
        Where they go, one folder a page; made if there is a table.
    kinds : sequence of {"csv", "parquet"}
        What each is written as.

    Returns
    -------
    list of Path
        The files, in the order of the report.

    Examples
    --------
    >>> write_tables([], Path("nowhere"))
    []
    """
    files, counts = [], dict.fromkeys((page.name for page in pages), 0)
    for table in recorded_tables(pages):
        counts[table.page] += 1
        stem = f"{counts[table.page]:02d}_{_file_name(table.title)}"
        place = folder / table.page / stem
        files += [_write(table.data.frame(), place, kind) for kind in kinds]
    return files


def _write(frame: pd.DataFrame, place: Path, kind: str) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    file = place.with_name(f"{place.name}.{kind}")
    if kind == "parquet":
        frame.to_parquet(file, index=False)
        return file
    harmless(frame).to_csv(
        file,
        index=False,
        encoding="utf-8-sig",  # Excel knows UTF-8 only by its mark
        lineterminator="\n",
        date_format="%Y-%m-%d",
    )
    return file


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame in which no text is a formula to a spreadsheet.

    Parameters
    ----------
    frame : DataFrame
        Its texts and the names of its columns are looked at.

    Examples
    --------
    >>> harmless(pd.DataFrame({"account": ["=1+1", "Nordkai"]}))["account"].tolist()
    ["'=1+1", 'Nordkai']
    """
    texts = frame.select_dtypes("str").columns
    guarded = {name: frame[name].map(_guarded, na_action="ignore") for name in texts}
    return frame.assign(**guarded).rename(columns=_guarded)


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _file_name(title: str) -> str:
    return _NOT_A_NAME.sub("_", title.lower()).strip("_")[:_LONGEST_NAME] or "table"
