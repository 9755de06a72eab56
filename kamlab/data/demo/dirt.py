"""Talbruck's order book as a company really sends it: dirty, and known to the last row.

Glossary
--------
dirt 脏数据
    What stands in an export and should not: twice, missing, mistyped, misunderstood.
planted fault
    Dirt that was put there on purpose, so that it is known whether a check finds it.
recall 查全率, precision 查准率
    Share of the faults that are found; share of what is found that is a fault.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from kamlab.data.demo.dirt_book import USUAL_ACCOUNTS, OrderBook, order_book
from kamlab.data.demo.dirt_export import Export, clean_export
from kamlab.data.demo.dirt_files import write_files
from kamlab.data.demo.dirt_lines import (
    cancelled_pairs,
    exact_duplicates,
    future_dates,
    intercompany,
    missing_ids,
    mixed_dates,
    reexported_month,
    returns_without_reference,
    spelled_ids,
    total_rows,
    trial_orders,
    unit_errors,
)
from kamlab.data.demo.dirt_mapping import first_mapping, mended_mapping
from kamlab.data.demo.dirt_masters import (
    ambiguous_dates,
    costs_in_thousands,
    merged_cells,
    numbers_as_text,
    orphan_orders,
    two_numbers,
)
from kamlab.data.demo.dirt_readme import readme
from kamlab.data.demo.presets import DEFAULT_SEED, generate
from kamlab.data.demo.streams import stream
from kamlab.data.folder import new_folder
from kamlab.errors import UsageError, did_you_mean

README_FILE, MAPPING_FILE = "README.txt", "mapping.yml"
_DIRTY = "talbruck"

Plant = Callable[[Export, np.random.Generator], Export]


@dataclass(frozen=True)
class Fault:
    """A kind of dirt: how it is planted, and the rules that find it.

    Parameters
    ----------
    plant : callable
        Puts it on an export.
    found_by : tuple of str
        Findings of an import that does not know of it; empty where only a rule of the
        mapping can tell, as nothing is wrong with the row itself.
    dropped_by : tuple of str
        Rules of the mended mapping that leave its rows out; empty where they stay.

    Examples
    --------
    >>> FAULTS["exact_duplicates"].dropped_by
    ('exact duplicates',)
    """

    plant: Plant
    found_by: tuple[str, ...] = ()
    dropped_by: tuple[str, ...] = ()


#: Every kind of dirt, in the order in which they are planted.
FAULTS: dict[str, Fault] = {
    "orphan_orders": Fault(orphan_orders, ("unknown_account",)),
    "spelled_ids": Fault(spelled_ids, ("ids_look_alike", "unknown_account")),
    "two_numbers": Fault(two_numbers, ("names_look_alike",)),
    "future_dates": Fault(future_dates, ("future_date",)),
    "missing_ids": Fault(missing_ids, ("blank_id",)),
    "returns_without_reference": Fault(
        returns_without_reference, ("return_without_reference",)
    ),
    "mixed_dates": Fault(mixed_dates, ("two_date_formats",)),
    "unit_errors": Fault(unit_errors, ("amount_not_price_times_quantity",)),
    "intercompany": Fault(intercompany, ("not_allowed",), ("intercompany",)),
    "test_orders": Fault(trial_orders, ("unknown_account",), ("test orders",)),
    "cancelled_pairs": Fault(
        cancelled_pairs,
        ("not_allowed",),
        ("cancelled invoices", "cancelling documents"),
    ),
    "exact_duplicates": Fault(
        exact_duplicates, ("exact_duplicates",), ("exact duplicates",)
    ),
    "reexported_month": Fault(
        reexported_month, ("order_in_two_files",), ("exact duplicates",)
    ),
    "total_rows": Fault(total_rows, ("blank_value",), ("total rows",)),
    "numbers_as_text": Fault(numbers_as_text, ("sign_of_currency",)),
    "merged_cells": Fault(merged_cells, ("merged_cells",)),
    "ambiguous_dates": Fault(ambiguous_dates, ("two_date_formats",)),
    "costs_in_thousands": Fault(costs_in_thousands, ("unit_undeclared",)),
}


@dataclass(frozen=True)
class DirtTruth:
    """What was planted into an export, and what is right.

    Parameters
    ----------
    faults : pandas.DataFrame
        A row a fault: ``kind``, ``file``, ``row`` (as a spreadsheet counts), ``key``.
    totals : dict of str to float
        Net amount of each period, as finance reports it.
    mends : dict
        Wrong text to right text, by kind.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     truth = write_dirty_export(Path(place) / "export", example_book())
    >>> int(truth.count["test_orders"])
    2
    """

    faults: pd.DataFrame
    totals: dict[str, float]
    mends: dict[str, dict[str, str]]

    @property
    def count(self) -> pd.Series:
        """Rows of each kind of fault.

        Examples
        --------
        >>> faults = pd.DataFrame({"kind": ["test_orders"]})
        >>> DirtTruth(faults, {}, {}).count.to_dict()
        {'test_orders': 1}
        """
        return self.faults["kind"].value_counts().rename_axis("kind")


def write_dirty_export(
    out: Path,
    book: OrderBook,
    seed: int = 0,
    kinds: Collection[str] = tuple(FAULTS),
) -> DirtTruth:
    """Write an order book as a company's dirty export, and return what is wrong in it.

    The folder holds billing files, a customer workbook, cost sheets, contacts of the
    CRM, a README of what the export claims, and a mapping for a first try. The truth
    is not in it.

    Parameters
    ----------
    out : Path
        The folder to make.
    book : OrderBook
        What is right.
    seed : int
        What the faults follow from.
    kinds : collection of str
        Which faults to plant, of `FAULTS`; none gives a clean export.

    Returns
    -------
    DirtTruth

    Raises
    ------
    UsageError
        If a kind is unknown or something stands at `out`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     out = Path(place) / "export"
    ...     truth = write_dirty_export(out, example_book(), kinds=["future_dates"])
    ...     len(truth.faults), (out / "README.txt").is_file()
    (3, True)
    """
    export = dirty_export(book, seed, kinds)
    with new_folder(Path(out)) as folder:
        faults = write_files(export, folder)
        text = readme(export, book.net_by_quarter)
        (folder / README_FILE).write_text(text, encoding="utf-8", newline="\n")
        write_mapping(first_mapping(book), folder / MAPPING_FILE)
    return DirtTruth(faults, book.net_by_quarter, export.mends)


def dirty_export(book: OrderBook, seed: int, kinds: Collection[str]) -> Export:
    """Return an order book as an export with faults of some kinds, in memory.

    Parameters
    ----------
    book : OrderBook
        What is right.
    seed : int
        What the faults follow from.
    kinds : collection of str
        Which of `FAULTS`.

    Raises
    ------
    UsageError
        If a kind is unknown.

    Examples
    --------
    >>> dirty_export(example_book(), 1, ["total_rows"]).totals
    True
    """
    for kind in kinds:
        if kind not in FAULTS:
            raise UsageError(f"kind {kind!r} is unknown: {did_you_mean(kind, FAULTS)}")
    export = clean_export(book)
    for kind, fault in FAULTS.items():
        if kind in kinds:
            export = fault.plant(export, stream(seed, f"dirt {kind}"))
    return export


def write_demo_export(
    out: Path,
    preset: str = _DIRTY,
    seed: int = DEFAULT_SEED,
    accounts: int = USUAL_ACCOUNTS,
) -> DirtTruth:
    """Write Talbruck's last year as a dirty export, with the truth beside its folder.

    The truth is named ``<out>.truth.json``, the mapping that meets finance's totals
    ``<out>.mended.yml``.

    Parameters
    ----------
    out : Path
        The folder to make.
    preset : {"talbruck"}
        Which company; only Talbruck's systems are known.
    seed, accounts : int
        As for `generate`.

    Raises
    ------
    UsageError
        If an argument is out of range or something stands at `out`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = write_demo_export(Path(place) / "export")
    ...     sorted(path.name for path in Path(place).iterdir())
    ['export', 'export.mended.yml', 'export.truth.json']
    """
    if preset != _DIRTY:
        raise UsageError(
            f"preset = {preset!r} has no dirty export; leave --preset out, or choose "
            f"{_DIRTY}"
        )
    company = generate(preset, seed, accounts)
    book = order_book(company.tables, company.description.data_through.year, accounts)
    out = Path(out)
    truth = write_dirty_export(out, book, seed)
    write_mapping(
        mended_mapping(book, truth.mends), out.with_name(f"{out.name}.mended.yml")
    )
    content = {**asdict(truth), "faults": truth.faults.to_dict("records")}
    text = json.dumps(content, indent=1, ensure_ascii=False)
    beside = out.with_name(f"{out.name}.truth.json")
    beside.write_text(text + "\n", encoding="utf-8", newline="\n")
    return truth


def write_mapping(mapping: dict[str, object], path: Path) -> Path:
    """Write a mapping as YAML; return where.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     path = write_mapping({"portfolio": {}}, Path(place) / "mapping.yml")
    ...     path.read_text()
    'portfolio: {}\\n'
    """
    text = yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


@cache
def example_book() -> OrderBook:
    """Return a small order book of the demonstration company, made once.

    Examples
    --------
    >>> example_book().year
    2025
    """
    return order_book(generate(seed=1, accounts=30).tables, 2025)


def example_export() -> Export:
    """Return the clean export of a small order book, as examples need one.

    Examples
    --------
    >>> set(example_export().billing["_kind"])
    {''}
    """
    return clean_export(example_book())
