"""Small companies whose cost to serve can be worked out by hand, for several tests.

Two accounts. *Adler* buys much with little fuss; *Brandt* orders in a rush, returns,
and calls. A minute at the desk costs 1, in the store 0.5.
"""

from collections.abc import Callable

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

import kamlab

BACK_ENDS: dict[str, Callable] = {
    "pandas": lambda frame: frame,
    "polars": pl.from_pandas,
    "pyarrow": pa.Table.from_pandas,
    "duckdb": lambda frame: duckdb.connect().from_df(frame),
}

_LINES = """
order line account day   product units list net  cogs type         rush  posted
1     1    Adler   01-10 P1      10    100  900  500  sale         False -
1     2    Adler   01-10 P2      4     50   180  100  sale         False -
2     1    Adler   02-10 P1      10    100  880  510  sale         -     -
3     1    Brandt  01-20 P1      1     100  95   50   sale         True  -
3     2    Brandt  01-20 -       -     -    12   -    freight      -     -
4     1    Brandt  03-05 P2      2     50   100  50   sale         True  -
R5    1    Brandt  03-20 P2      -1    50   -50  -25  return       -     -
G6    1    Brandt  03-25 -       -     -    -10  -    price_credit -     -
B7    1    Adler   03-31 -       -     -    -60  -    rebate       -     04-15
I8    1    Adler   03-31 P1      100   100  9000 5000 intercompany -     -
"""

_CONTACTS = """
account day        type  minutes
Adler   2025-01-15 visit     100
Adler   2025-02-15 visit       -
Brandt  2025-01-05 call        -
Brandt  2025-01-06 call       20
Brandt  2025-01-07 call        -
"""


def _parsed(text: str) -> pd.DataFrame:
    rows = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame(rows[1:], columns=rows[0]).replace("-", None)


def orders() -> pd.DataFrame:
    table = _parsed(_LINES)
    names = {
        "order": "order_id",
        "line": "line_id",
        "account": "account_id",
        "day": "order_date",
        "product": "product_id",
        "units": "quantity",
        "list": "unit_list_price",
        "net": "net_amount",
        "type": "line_type",
        "rush": "rush_flag",
        "posted": "posted_on",
    }
    table = table.rename(columns=names)
    for column in ("quantity", "unit_list_price", "net_amount", "cogs"):
        table[column] = pd.to_numeric(table[column]).astype("float64")
    for column in ("order_date", "posted_on"):
        table[column] = pd.to_datetime("2025-" + table[column])
    flags = table["rush_flag"].map({"True": True, "False": False})
    return table.assign(rush_flag=flags.astype("boolean"))


def contacts() -> pd.DataFrame:
    table = _parsed(_CONTACTS).rename(columns={"account": "account_id", "day": "date"})
    table["date"] = pd.to_datetime(table["date"])
    table["duration_minutes"] = pd.to_numeric(table.pop("minutes"))
    return table.assign(interaction_id=[str(n) for n in range(len(table))])


def standards() -> pd.DataFrame:
    """Return minutes: a visit takes the desk 120, in the store nothing."""
    rows = [
        ("order", "desk", 8.0),
        ("order", "store", 12.0),
        ("order_line", "store", 3.0),
        ("rush_order", "desk", 30.0),
        ("return", "store", 40.0),
        ("credit_note", "desk", 15.0),
        ("visit", "desk", 120.0),
        ("call", "desk", 10.0),
        ("call", "store", 2.0),
    ]
    table = pd.DataFrame(rows, columns=["activity", "pool", "minutes"])
    return table.assign(valid_from=pd.Timestamp("2025-01-01"))


def costs() -> pd.DataFrame:
    """Return one quarter of two pools, at 1 and 0.50 a minute."""
    return pd.DataFrame(
        {
            "pool": ["desk", "store"],
            "period_start": pd.Timestamp("2025-01-01"),
            "period_end": pd.Timestamp("2025-03-31"),
            "cost": [500.0, 100.0],
            "capacity_minutes": [500.0, 200.0],
        }
    )


def account_costs() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "cost_id": ["1", "2", "3"],
            "account_id": ["Adler", "Brandt", "Cramer"],
            "date": pd.to_datetime(["2025-01-31", "2025-01-31", "2025-02-28"]),
            "kind": ["freight", "rush_freight", "freight"],
            "amount": [40.0, 25.5, 7.0],
        }
    )


def tables() -> dict[str, pd.DataFrame]:
    """Return all tables of the two accounts' first quarter of 2025."""
    return {
        "orders": orders(),
        "interactions": contacts(),
        "activity_minutes": standards(),
        "costs": costs(),
        "account_costs": account_costs(),
    }


def book(back_end: str = "pandas", **others: pd.DataFrame | None) -> kamlab.Portfolio:
    """Return the company, with tables replaced, or left out where None is given."""
    chosen = {n: f for n, f in {**tables(), **others}.items() if f is not None}
    native = {name: BACK_ENDS[back_end](frame) for name, frame in chosen.items()}
    return kamlab.portfolio_from_tables(native, "EUR", as_of="2025-03-31")
