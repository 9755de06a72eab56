"""An export to practise on: the order book of a portfolio, made dirty, and mended.

It lies in a temporary folder, which goes when the program ends. Everything in it
follows from the portfolio, so that every company has faults of its own.
"""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pandas as pd

from kamlab.data.demo.dirt import (
    FAULTS,
    DirtTruth,
    dirty_export,
    example_book,
    write_dirty_export,
    write_mapping,
)
from kamlab.data.demo.dirt_book import OrderBook, order_book_of
from kamlab.data.demo.dirt_mapping import first_mapping, laid_over, mending_steps
from kamlab.data.findings.quality import Finding
from kamlab.data.importing.accounting import ImportResult
from kamlab.data.importing.loading import import_portfolio
from kamlab.errors import DataError

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio

#: What a portfolio must have for an export to practise on, and for how many lines.
_NEEDED = ("orders.line_type", "orders.product_id", "accounts.account_name")
_FEWEST_LINES = 500

#: What an import tells without being asked, and is worth a look all the same.
_WORTH_A_LOOK = ("names_look_alike", "return_without_reference")

#: Faults whose rows look like revenue and are none, as the lesson calls them.
_LEFT_OUT = {
    "exact_duplicates": "copies",
    "reexported_month": "copies",
    "intercompany": "intercompany",
    "cancelled_pairs": "cancelled pairs",
    "test_orders": "test orders",
}


@dataclass(frozen=True)
class Rehearsal:
    """An export in a temporary folder, and what mends it.

    Parameters
    ----------
    folder : Path
        Holds ``export``, the mapping that was tried last, and what it made.
    book : OrderBook
        What is right.
    truth : DirtTruth
        What was planted.

    Examples
    --------
    >>> place = rehearsal(example_book())
    >>> place.tried(place.mapping).blocked
    True
    """

    folder: Path
    book: OrderBook
    truth: DirtTruth

    @property
    def mapping(self) -> dict[str, object]:
        """The mapping of the first try."""
        return first_mapping(self.book)

    @property
    def steps(self) -> dict[str, dict[str, object]]:
        """What mends it, step by step, by title."""
        return mending_steps(self.book, self.truth.mends)

    def lines_of(self, file: str, many: int) -> str:
        """Return the first lines of a text file of the export.

        Parameters
        ----------
        file : str
            Its name.
        many : int
            How many lines.
        """
        coding = "cp1252" if file.startswith("billing") else "utf-8-sig"
        text = (self.folder / "export" / file).read_text(encoding=coding)
        return "\n".join(text.splitlines()[:many])

    def tried(self, mapping: dict[str, object]) -> ImportResult:
        """Import the export with a mapping.

        Parameters
        ----------
        mapping : dict
            As YAML would hold it.
        """
        path = write_mapping(mapping, self.folder / "mapping.yml")
        out = self.folder / "portfolio"
        return import_portfolio(self.folder / "export", path, out, replace=True)


def rehearsal(book: OrderBook) -> Rehearsal:
    """Return the export of an order book to practise on, dirty in every way.

    Parameters
    ----------
    book : OrderBook
        As `book_to_practise` takes it from a portfolio.

    Examples
    --------
    >>> place = rehearsal(example_book())
    >>> (place.folder / "export" / "README.txt").is_file()
    True
    """
    folder = Path(tempfile.mkdtemp(prefix="kamlab-lesson-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Rehearsal(
        folder, book, write_dirty_export(folder / "export", book, seed_of_book(book))
    )


def book_to_practise(portfolio: "Portfolio") -> OrderBook:
    """Return the year's order book of some accounts of a portfolio.

    Where the portfolio holds too little to be made dirty in every way, it is one of
    the demonstration company's.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2024-12-31") as portfolio:
    ...     book_to_practise(portfolio).year
    2024
    """
    if not all(map(portfolio.has, _NEEDED)):
        return example_book()
    try:
        book = order_book_of(portfolio)
    except DataError:  # nobody ordered in that year
        return example_book()
    return book if len(book.orders) >= _FEWEST_LINES else example_book()


def seed_of_book(book: OrderBook) -> int:
    """Return the seed of a company's dirt, which follows from its order book.

    Parameters
    ----------
    book : OrderBook
        One year of some accounts.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_book
    >>> seed_of_book(example_book()) == seed_of_book(example_book())
    True
    """
    return crc32(repr(book.net_by_quarter).encode())


def findings_table(result: ImportResult) -> pd.DataFrame:
    """Return what an import found, a line a rule, what blocks first.

    Parameters
    ----------
    result : ImportResult
        Of any import.

    Returns
    -------
    pandas.DataFrame
        Columns ``rule``, ``table``, ``blocks``, ``rows``, ``money`` (sum of absolute
        net amounts), ``first seen`` (file and row) and ``there`` (the text).

    Examples
    --------
    >>> findings_table(ImportResult(Path("p"), [], [], False, Path("f"))).empty
    True
    """
    shown = [f for f in result.findings if _is_shown(f)]
    columns = ["rule", "table", "blocks", "rows", "money", "first seen", "there"]
    return pd.DataFrame(map(_row, shown), columns=columns)


def _is_shown(finding: Finding) -> bool:
    return finding.severity != "info" or finding.rule in _WORTH_A_LOOK


def _row(finding: Finding) -> tuple[object, ...]:
    first = finding.samples[0] if finding.samples else None
    seen = "" if first is None else first.file.split(" [")[0]
    seen += "" if first is None or first.row is None else f" row {first.row}"
    return (
        finding.rule.replace("_", " "),
        finding.table,
        finding.blocks,
        finding.rows,
        finding.money,
        seen,
        "" if first is None else first.value,
    )


def progress(
    place: Rehearsal, first: ImportResult
) -> tuple[pd.DataFrame, ImportResult]:
    """Mend the first mapping step by step, and say after each how far it has come.

    Parameters
    ----------
    place : Rehearsal
        The export.
    first : ImportResult
        What the first try came to.

    Returns
    -------
    pandas.DataFrame
        By step: ``rules that block``, ``rows left out`` of the order lines, ``net of
        the year`` and ``off finance`` (its difference to what finance reports).
    ImportResult
        Of the last step.
    """
    mapping, result = place.mapping, first
    rows = {"the first try": _standing(first, place)}
    for title, piece in place.steps.items():
        mapping = laid_over(mapping, piece)
        result = place.tried(mapping)
        rows[title] = _standing(result, place)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("after"), result


def _standing(result: ImportResult, place: Rehearsal) -> dict[str, float]:
    """Return how an import stands; net of the year is NaN where nothing was read."""
    year = str(place.book.year)
    orders = [each for each in result.tables if each.table == "orders"]
    net = [each.computed for each in result.controls if each.control.period == year]
    total = round(net[0], 2) if net else float("nan")
    return {
        "rules that block": len({f.rule for f in result.findings if f.blocks}),
        "rows left out": sum(rule.rows for each in orders for rule in each.dropped),
        "net of the year": total,
        "off finance": round(total - place.truth.totals[year], 2),
    }


def left_out(result: ImportResult, table: str = "orders") -> pd.DataFrame:
    """Return what each rule of a mapping left out of a table.

    Parameters
    ----------
    result : ImportResult
        Of any import.
    table : str
        Of the contract.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``rule``: ``rows`` and ``money`` (sum of absolute net amounts).

    Examples
    --------
    >>> left_out(ImportResult(Path("p"), [], [], False, Path("f"))).empty
    True
    """
    dropped = [
        rule for each in result.tables if each.table == table for rule in each.dropped
    ]
    told = {rule.rule: (rule.rows, rule.money) for rule in dropped if rule.rows}
    frame = pd.DataFrame.from_dict(told, orient="index", columns=["rows", "money"])
    return frame.rename_axis("rule")


def planted_money(book: OrderBook) -> pd.Series:
    """Return the money on the lines that have to be left out of a book's export.

    Parameters
    ----------
    book : OrderBook
        As `rehearsal` takes it from a portfolio.

    Returns
    -------
    pandas.Series
        Sum of absolute net amounts by fault, the largest first: ``copies``,
        ``intercompany``, ``cancelled pairs``, ``test orders``.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_book
    >>> planted_money(example_book()).index[0]
    'copies'
    """
    lines = dirty_export(book, seed_of_book(book), FAULTS).billing
    fault = lines["_kind"].map(_LEFT_OUT)
    money = lines["_net"].abs().groupby(fault).sum().round(2)
    return money.rename_axis("fault").sort_values(ascending=False)
