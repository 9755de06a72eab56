"""A portfolio folder on disk: portfolio.yml and one CSV or Parquet file a table.

Folders are written aside and moved into place when they are complete, so that nobody
ever opens one that is half there.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kamlab.data.aside import folder_aside, foreign_files, put_in_place
from kamlab.data.contract import TABLES, table
from kamlab.errors import DataError, UsageError, did_you_mean
from kamlab.fiscal import FiscalCalendar, as_date

if TYPE_CHECKING:
    import pandas as pd

DESCRIPTION_FILE = "portfolio.yml"
_OTHER_FILES = (
    "truth.json",
    "mapping.yml",
    "findings.json",
    "findings.xlsx",
    "import_log.json",
    "restatement.csv",
    "account_names.xlsx",
)
_KEYS = (
    "name",
    "currency",
    "data_through",
    "calendar",
    "order_date_is",
    "account_level",
    "grain",
    "tables",
)


@dataclass(frozen=True)
class Description:
    """What portfolio.yml says: whose data these are, how they count, which files.

    Parameters
    ----------
    name : str
        The company.
    currency : str
        Reporting currency, in which all money of the folder stands.
    data_through : date
        Last day the data cover; no view goes beyond it.
    calendar : FiscalCalendar
        How years and quarters are counted.
    order_date_is : {"order", "invoice"}
        Which day `orders.order_date` holds.
    account_level : {"sold-to", "ship-to", "payer", "parent"}
        Whom `account_id` means.
    tables : dict of str to str
        File name of each table.
    grain : {"day", "month"}
        Whether order lines have days, or are sums of months, dated their last day.

    Examples
    --------
    >>> Description("Talbruck", "EUR", date(2025, 12, 31)).order_date_is
    'order'
    """

    name: str
    currency: str
    data_through: date
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)
    order_date_is: str = "order"
    account_level: str = "sold-to"
    tables: dict[str, str] = field(default_factory=dict)
    grain: str = "day"

    def __post_init__(self) -> None:
        _one_of("order_date_is", self.order_date_is, ("order", "invoice"))
        levels = ("sold-to", "ship-to", "payer", "parent")
        _one_of("account_level", self.account_level, levels)
        _one_of("grain", self.grain, ("day", "month"))
        for name, file in self.tables.items():
            table(name)
            if Path(str(file)).name != file or file in ("", ".", ".."):
                raise UsageError(
                    f"tables.{name} = {file!r} is not a file name; tables lie in the "
                    "portfolio folder itself"
                )


def _one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        listed = ", ".join(choices)
        raise UsageError(f"{name} = {value!r}; choose one of: {listed}")


def write_description(folder: Path, description: Description) -> None:
    """Write portfolio.yml into `folder`.

    Examples
    --------
    >>> import tempfile
    >>> files = {"orders": "orders.csv"}
    >>> told = Description("Talbruck", "EUR", date(2025, 12, 31), tables=files)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_description(Path(folder), told)
    ...     read_description(Path(folder)) == told
    True
    """
    calendar = description.calendar
    content = {
        "name": description.name,
        "currency": description.currency,
        "data_through": description.data_through,
        "calendar": {
            "first_month": calendar.first_month,
            "named_by": calendar.named_by,
        },
        "order_date_is": description.order_date_is,
        "account_level": description.account_level,
        **({"grain": "month"} if description.grain == "month" else {}),
        "tables": dict(description.tables),
    }
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    (folder / DESCRIPTION_FILE).write_text(text, encoding="utf-8", newline="\n")


def read_description(folder: Path) -> Description:
    """Read portfolio.yml of `folder`.

    Raises
    ------
    UsageError
        If the folder, or the file in it, is missing.
    DataError
        If the file cannot be read or says something it may not.

    Examples
    --------
    >>> read_description(Path("data/demo")).name
    'Talbruck Motion GmbH'
    """
    path = Path(folder) / DESCRIPTION_FILE
    if not path.is_file():
        raise UsageError(
            f"{str(folder)!r} is not a portfolio: it has no {DESCRIPTION_FILE}. "
            "Make one with 'kamlab import', or try 'data/demo'"
        )
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _description_from(content)
    except (yaml.YAMLError, UnicodeDecodeError, UsageError) as error:
        told = " ".join(str(error).split())
        raise DataError(
            f"{path.name} in {str(folder)!r} cannot be used: {told}. Mend the file, "
            "or import the data again"
        ) from error


def _description_from(content: object) -> Description:
    """Build a description from what YAML read, refusing what it does not know."""
    if not isinstance(content, dict):
        raise UsageError(f"it holds {content!r} where keys and values belong")
    for key in content:
        if key not in _KEYS:
            raise UsageError(f"key {key!r} is unknown: {did_you_mean(str(key), _KEYS)}")
    for key in ("name", "currency", "data_through", "tables"):
        if not content.get(key):
            raise UsageError(f"key {key!r} is missing or empty")
    for key in ("calendar", "tables"):
        if not isinstance(content.get(key, {}), dict):
            raise UsageError(f"{key} = {content[key]!r}; keys and values belong there")
    try:
        calendar = FiscalCalendar(**content.get("calendar", {}))
    except TypeError as error:
        raise UsageError(f"calendar = {content['calendar']!r}: {error}") from error
    known = {**content, "calendar": calendar}
    known["data_through"] = as_date(content["data_through"], "data_through")
    known["name"], known["currency"] = str(content["name"]), str(content["currency"])
    return Description(**known)


@contextmanager
def new_folder(
    target: Path,
    replace: bool = False,
    keep: Callable[[Path], None] | None = None,
) -> Iterator[Path]:
    """Yield a folder to write into, which becomes `target` once all is written.

    On an error, or when the user interrupts, the folder written so far is removed and
    `target` is as it was.

    Parameters
    ----------
    target : Path
        Where the portfolio is to stand; an empty folder there is taken over.
    replace : bool
        Whether an existing portfolio there may be replaced. Nothing but a portfolio
        is ever replaced, and none in which other files lie.
    keep : callable, optional
        Called with `target` just before it is replaced, to keep what stands there.

    Raises
    ------
    UsageError
        If something else is there already, or its parent folder is missing.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with new_folder(Path(place) / "mine") as aside:
    ...         (aside / "note").touch()
    ...     [path.name for path in (Path(place) / "mine").iterdir()]
    ['note']
    """
    target = Path(target)
    _check_target(target, replace)
    with folder_aside(target) as aside:
        yield aside
        _check_target(target, replace)  # somebody else may have been quicker
        if keep is not None:
            keep(target)
        put_in_place(aside, target)


def _check_target(target: Path, replace: bool) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"out = {str(target)!r} is a file; name a new folder")
    if not target.parent.is_dir():
        raise UsageError(
            f"out = {str(target)!r}: the folder {str(target.parent)!r} is missing; "
            "make it first"
        )
    if not target.exists() or not any(target.iterdir()):
        return
    is_portfolio = (target / DESCRIPTION_FILE).is_file()
    if not (replace and is_portfolio):
        advice = "name a new folder"
        if is_portfolio:
            advice += (
                ", or replace the portfolio there with --replace, or put the export "
                "over it with --update"
            )
        raise UsageError(f"out = {str(target)!r} is not empty; {advice}")
    foreign = foreign_files(target, files_of_a_portfolio())
    if foreign:
        raise UsageError(
            f"out = {str(target)!r} holds {', '.join(map(repr, foreign[:3]))}, which a "
            "replacement would delete; move such files elsewhere, or name a new folder"
        )


def files_of_a_portfolio() -> list[str]:
    """Return every name that kamlab itself may have written into a portfolio.

    Examples
    --------
    >>> files_of_a_portfolio()[0]
    'portfolio.yml'
    """
    tables = [f"{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")]
    return [DESCRIPTION_FILE, *tables, *_OTHER_FILES]


def write_csv(frame: "pd.DataFrame", table_name: str, folder: Path) -> str:
    """Write a table as CSV with the same bytes on every machine; return its file name.

    Columns follow the contract's order, days are written YYYY-MM-DD, floats in their
    shortest exact form, missing values as nothing.

    Raises
    ------
    UsageError
        If the contract does not know the table or one of its columns.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     frame = pd.DataFrame({"account_name": ["Adler"], "account_id": ["A1"]})
    ...     file = write_csv(frame, "accounts", Path(folder))
    ...     (Path(folder) / file).read_text()
    'account_id,account_name\\nA1,Adler\\n'
    """
    declared = table(table_name)
    for name in frame.columns:
        declared.column(name)
    ordered = [name for name in declared.column_names if name in frame.columns]
    file = f"{table_name}.csv"
    frame[ordered].to_csv(
        folder / file,
        index=False,
        date_format="%Y-%m-%d",
        lineterminator="\n",
        encoding="utf-8",
    )
    return file


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "empty"
    ...     _ = file.write_bytes(b"")
    ...     sha256_of(file)[:12]
    'e3b0c44298fc'
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
