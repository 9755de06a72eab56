"""Two mappings of the dirty export: the first try, and the one that is right.

The first says how the files are written and which column is which, as the letter with
the export tells it. What mends the rest is a list of steps, each a piece of mapping, so
that a lesson can take them one by one.
"""

from collections.abc import Mapping
from copy import deepcopy

from kamlab.data.demo.dirt_book import OrderBook
from kamlab.data.demo.dirt_files import TOTAL
from kamlab.data.demo.dirt_lines import TESTER
from kamlab.data.demo.dirt_texts import DOCUMENT_TYPES

#: Titles of the steps, in the order in which a lesson takes them.
STEPS = (
    "how days and numbers are written",
    "rows that are no rows",
    "rows that are there twice",
    "rows that are not the customers' business",
    "one customer, one number",
)

_ORDERS = {
    "order_id": "Beleg",
    "line_id": "Pos",
    "account_id": "Kunde",
    "order_date": "Datum",
    "posted_on": "Gebucht",
    "product_id": "Artikel",
    "quantity": "Menge",
    "unit_net_price": "Preis",
    "price_per": "PE",
    "net_amount": "Netto",
    "cogs": "Einstand",
    "document_type": "Art",
    "ref_order_id": "Bezug",
}
_CUSTOMERS = {
    "account_id": "Number",
    "account_name": "Name",
    "region": "Address / Region",
    "country": "Address / Country",
    "kind": "Business / Kind",
    "industry": "Business / Industry",
    "size_employees": "Business / Employees",
    "annual_revenue": "Business / Revenue",
}
_CONTACTS = {
    "interaction_id": "Activity",
    "account_id": "Account",
    "date": "Date",
    "type": "Type",
    "direction": "Direction",
    "duration_minutes": "Minutes",
    "topic": "Topic",
    "outcome": "Result",
}


def first_mapping(book: OrderBook) -> dict[str, object]:
    """Return the mapping of a first try, with finance's totals as controls.

    It reads a clean export without a fault, and is careless of all dirt.

    Parameters
    ----------
    book : OrderBook
        Of which the export was made.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_book
    >>> list(first_mapping(example_book())["tables"])
    ['orders', 'accounts', 'account_costs', 'interactions']
    """
    tables = {"orders": _orders(book), "accounts": _customers()}
    if len(book.costs):
        tables["account_costs"] = _costs()
    if len(book.contacts):
        tables["interactions"] = {
            "files": "crm_activities.csv",
            "format": {"encoding": "utf-8", "delimiter": ",", "dates": "YYYY-MM-DD"},
            "columns": dict(_CONTACTS),
        }
    controls = [
        {"name": "finance", "period": _period(name), "net_amount": amount}
        for name, amount in book.net_by_quarter.items()
    ]
    return {
        "portfolio": {
            "name": "Talbruck",
            "currency": "EUR",
            "data_through": f"{book.year}-12-31",
        },
        "tables": tables,
        "controls": controls,
    }


def _period(name: str) -> int | str:
    return int(name) if name.isdigit() else name


def _orders(book: OrderBook) -> dict[str, object]:
    there = set(book.orders["line_type"])
    kinds = {code: kind for kind, code in DOCUMENT_TYPES.items() if kind in there}
    return {
        "files": "billing_*.csv",
        "format": {
            "encoding": "cp1252",
            "delimiter": ";",
            "decimal": ",",
            "thousands": ".",
            "dates": "DD.MM.YYYY",
        },
        "columns": {**_ORDERS, "line_type": {"from": "Art", "values": kinds}},
    }


def _customers() -> dict[str, object]:
    return {
        "files": "customers.xlsx",
        "format": {"header_lines": 2},
        "columns": dict(_CUSTOMERS),
    }


def _costs() -> dict[str, object]:
    return {
        "files": "costs_by_month.xlsx",
        "sheet": "*",
        "columns": {
            "cost_id": "No.",
            "account_id": {"from": "Customer", "split": {"by": " ", "part": 1}},
            "date": "Day",
            "kind": "Kind",
            "amount": "Amount",
        },
        "drop": [{"name": "sums", "column": "No.", "subtotals": [TOTAL]}],
    }


def mending_steps(
    book: OrderBook, mends: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, object]]:
    """Return what has to be added to the first mapping, step by step.

    Parameters
    ----------
    book : OrderBook
        Of which the export was made.
    mends : mapping
        What the dirt's truth says is right, wrong text to right text by kind.

    Returns
    -------
    dict of str to dict
        By title, as in `STEPS`: a piece of mapping to lay over what there is.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_book
    >>> steps = mending_steps(example_book(), {})
    >>> steps["rows that are there twice"]
    {'tables': {'orders': {'exact_duplicates': 'drop'}}}
    """
    steps = (
        _writing(book, mends.get("future_dates", {})),
        _no_rows(),
        {"orders": {"exact_duplicates": "drop"}},
        {"orders": {"drop": _not_business()}},
        _one_number(mends.get("spelled_ids", {}), mends.get("two_numbers", {})),
    )
    return {
        title: {"tables": tables} for title, tables in zip(STEPS, steps, strict=True)
    }


def mended_mapping(
    book: OrderBook, mends: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    """Return the mapping that meets finance's totals to the cent.

    Parameters
    ----------
    book, mends
        As for `mending_steps`.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_book
    >>> mended_mapping(example_book(), {})["tables"]["orders"]["fill_down"]
    ['Kunde']
    """
    mapping = first_mapping(book)
    for step in mending_steps(book, mends).values():
        mapping = laid_over(mapping, step)
    return mapping


def laid_over(
    mapping: Mapping[str, object], piece: Mapping[str, object]
) -> dict[str, object]:
    """Return a mapping with a piece of another laid over it.

    Keys of the piece come in the place of those below; rules under ``drop`` are added.

    Parameters
    ----------
    mapping, piece : mapping
        As YAML would hold them; neither is changed.

    Examples
    --------
    >>> laid_over({"a": {"drop": [1], "b": 2}}, {"a": {"drop": [3], "b": {"c": 4}}})
    {'a': {'drop': [1, 3], 'b': {'c': 4}}}
    """
    together = deepcopy(dict(mapping))
    for key, value in piece.items():
        below = together.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            together[key] = laid_over(below, value)
        elif key == "drop":
            together[key] = [*(below or []), *value]
        else:
            together[key] = deepcopy(value)
    return together


def _writing(book: OrderBook, days: Mapping[str, str]) -> dict[str, object]:
    """How days and numbers are written, and which days were mistyped."""
    tables: dict[str, object] = {
        "orders": {"format": {"dates": ["DD.MM.YYYY", "YYYY-MM-DD"]}},
        "accounts": {"format": {"thousands": ".", "decimal": ",", "symbols": ["EUR"]}},
    }
    if days:
        told = {"order_date": {"from": "Datum", "values": dict(days)}}
        tables["orders"]["columns"] = told
    if len(book.contacts):
        dates = {"dates": ["YYYY-MM-DD", "MM/DD/YYYY"]}
        tables["interactions"] = {"format": dates}
    if len(book.costs):
        amount = {"amount": {"from": "Amount", "unit": 1000}}
        tables["account_costs"] = {"columns": amount}
    return tables


def _no_rows() -> dict[str, object]:
    """Sums between the rows, and cells that are blank because they repeat."""
    total = {"name": "total rows", "column": "Beleg", "subtotals": [TOTAL]}
    return {
        "orders": {"drop": [total], "fill_down": ["Kunde"]},
        "accounts": {"fill_down": ["Address / Region"]},
    }


def _not_business() -> list[dict[str, object]]:
    return [
        {"name": "intercompany", "column": "Art", "in": ["IV"]},
        {"name": "test orders", "column": "Kunde", "equals": TESTER},
        {"name": "cancelled invoices", "column": "Storno", "equals": "X"},
        {"name": "cancelling documents", "column": "Art", "in": ["S1"]},
    ]


def _one_number(
    spelled: Mapping[str, str], second: Mapping[str, str]
) -> dict[str, object]:
    """Every other number of a customer becomes the first one."""
    tables: dict[str, object] = {}
    if spelled or second:
        account = {"from": "Kunde", "values": {**spelled, **second}}
        tables["orders"] = {"columns": {"account_id": account}}
    if second:
        rule = {"name": "second numbers", "column": "Number", "in": list(second)}
        tables["accounts"] = {"drop": [rule]}
    return tables
