"""Read what an analyst has decided about names that look alike.

The sheet is the one that an import writes into the portfolio: it proposes groups of
names, and its column ``same`` is filled in by hand.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from kamlab.errors import UsageError

#: The sheet that an import writes, and what its columns are called.
NAMES_FILE = "account_names.xlsx"
COLUMNS = ("name", "normalised", "lines", "net_amount", "group", "similarity", "same")

_YES = ("yes", "y", "true", "1", "ja", "x", "是")
_NO = ("no", "n", "false", "0", "nein", "否", "不")


@dataclass(frozen=True)
class NameDecisions:
    """Which names are one account, and which are not, as somebody has decided.

    Parameters
    ----------
    file : str
        Where it stands.
    same : dict of str to str
        By normalised name, that of the account it belongs to.
    apart : frozenset of (str, str)
        Normalised names that were looked at and are two accounts.

    Examples
    --------
    >>> NameDecisions("names.csv", {"adler": "adlerwerk"}).account_of("adler")
    'adlerwerk'
    """

    file: str
    same: dict[str, str] = field(default_factory=dict)
    apart: frozenset[tuple[str, str]] = frozenset()

    def account_of(self, name: str) -> str:
        """Return the account of a normalised name, over as many steps as it takes.

        Examples
        --------
        >>> NameDecisions("", {"a": "b", "b": "c"}).account_of("a")
        'c'
        """
        while name in self.same:
            name = self.same[name]
        return name


def read_decisions(path: Path) -> NameDecisions:
    """Return the decisions in a sheet, a workbook or a CSV file.

    Parameters
    ----------
    path : Path
        With the columns ``normalised``, ``group`` and ``same``.

    Raises
    ------
    UsageError
        If the file cannot be read, lacks a column, or a decision is none.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "names.csv"
    ...     _ = path.write_text("normalised,group,same\\nadlr,adler,yes\\n")
    ...     read_decisions(path).same
    {'adlr': 'adler'}
    """
    header, *rows = _rows(path) or [()]
    told = [str(each).strip().lower() for each in header]
    places = []
    for name in ("normalised", "group", "same"):
        if name not in told:
            raise UsageError(
                f"account_names: {path.name} has no column {name!r}; take the sheet "
                f"{NAMES_FILE} of an import, and fill in its column 'same'"
            )
        places.append(told.index(name))
    same, apart = {}, set()
    for number, row in enumerate(rows, start=2):
        padded = [*row, *[""] * len(told)]
        name, group, word = (str(padded[place]).strip() for place in places)
        if not word or name == group:
            continue
        if _is_same(word, f"{path.name} row {number}"):
            same[name] = group
        else:
            apart.add((name, group))
    _refuse_circles(same, path.name)
    return NameDecisions(path.name, same, frozenset(apart))


def _rows(path: Path) -> list[Sequence[object]]:
    try:
        if path.suffix.lower() == ".csv":
            with open(path, encoding="utf-8-sig", newline="") as file:
                return list(csv.reader(file))
        with CalamineWorkbook.from_path(str(path)) as book:
            return list(book.get_sheet_by_index(0).to_python())
    except (OSError, UnicodeDecodeError, csv.Error, CalamineError) as error:
        told = (str(error) or type(error).__name__).splitlines()[0]
        raise _unreadable(path, told) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the library's own making
            raise
        raise _unreadable(path, "the workbook is damaged") from error


def _unreadable(path: Path, told: str) -> UsageError:
    return UsageError(
        f"account_names = {str(path)!r} cannot be read ({told}); name the sheet "
        f"{NAMES_FILE} of an import, or a CSV file in UTF-8"
    )


def _is_same(word: str, place: str) -> bool:
    bare = word.lower().removesuffix(".0")  # sheets hold numbers as floats
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    raise UsageError(f"{place}, column 'same': {word!r} is neither yes nor no")


def _refuse_circles(same: dict[str, str], file: str) -> None:
    for start in same:
        passed: Iterable[str] = [start]
        name = same[start]
        while name in same and name not in passed:
            passed = [*passed, name]
            name = same[name]
        if name == start:
            raise UsageError(
                f"account_names: in {file} {' → '.join([*passed, start])!r} goes round "
                "in a circle; say yes in one direction only"
            )
