"""The activity table of ten million order lines, four ways.

Run as ``python -m benchmarks.activity WAY ORDERS.parquet``: one way a process, so that
each has its own memory. Prints seconds, extra memory and rows as JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

#: The same columns as kamlab's table by one who knows DuckDB: gaps by lists, because
#: windows over ten million days spill to disk.
SQL = """
with days as (
    select account_id, order_date, sum(net_amount) as bought
    from read_parquet('{file}') where net_amount >= 0 group by all
), rhythm as (
    select account_id, min(order_date) as first_order, max(order_date) as last_order,
           count(*) as order_days, sum(bought) as bought,
           arg_min(bought, order_date) as first_bought, list_sort(list(order_date)) as d
    from days group by 1
), gaps as (
    select * exclude d,
           [d[i + 1] - d[i] for i in range(1, len(d))] as gap
    from rhythm
), money as (
    select account_id, sum(net_amount) as revenue, sum(cogs) as cogs,
           sum(case when net_amount >= 0 then net_amount else 0 end) as gross_revenue
    from read_parquet('{file}') group by 1
)
select * exclude gap, list_aggregate(gap, 'quantile_cont', 0.5) as median_gap,
       list_aggregate(gap, 'quantile_cont', 0.9) as gap_90
from money left join gaps using (account_id) order by account_id
"""

#: Without gaps, which lifetimes and most hand-written queries do not have either.
SQL_WITHOUT_GAPS = """
with days as (
    select account_id, order_date, net_amount < 0 as is_return,
           sum(net_amount) as revenue, sum(cogs) as cogs
    from read_parquet('{file}') group by all
)
select account_id, min(order_date) filter (not is_return) as first_order,
       max(order_date) filter (not is_return) as last_order,
       count(*) filter (not is_return) as order_days, sum(revenue) as revenue,
       sum(revenue) filter (not is_return) as gross_revenue, sum(cogs) as cogs,
       arg_min(revenue, order_date) filter (not is_return) as first_bought
from days group by 1 order by 1
"""


def make_orders(file: Path, lines: int, accounts: int) -> None:
    """Write random order lines, a twelfth of them returns, unsorted."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("select setseed(0.5)")
        connection.execute(
            f"""copy (
                select (i // 3)::varchar as order_id,
                       'A' || lpad(floor(random() * random() * {accounts})
                                   ::int::varchar, 7, '0') as account_id,
                       date '2022-01-01' + floor(random() * 1460)::int as order_date,
                       round((random() * 180 - 15)::double, 2) as net_amount,
                       round((random() * 100)::double, 2) as cogs
                from range({lines}) t(i)
            ) to '{file}' (format parquet)"""
        )


def with_kamlab(file: Path) -> int:
    """Return the rows of kamlab's table from a portfolio folder around the file."""
    import kamlab
    from kamlab.value.activity import account_activity

    with kamlab.open_portfolio(file.parent) as portfolio:
        return len(account_activity(portfolio))


def _with_duckdb(query: str, file: Path) -> int:
    import duckdb

    settings = {"memory_limit": "1GB", "preserve_insertion_order": "false"}
    with duckdb.connect(config=settings) as connection:
        return len(connection.sql(query.format(file=file)).df())


def with_sql(file: Path) -> int:
    """Return the rows of a hand-written query with the same columns."""
    return _with_duckdb(SQL, file)


def with_sql_without_gaps(file: Path) -> int:
    """Return the rows of a hand-written query without the gaps' quantiles."""
    return _with_duckdb(SQL_WITHOUT_GAPS, file)


def with_pandas(file: Path) -> int:
    """Return the rows of the table as an analyst writes it in pandas."""
    import pandas as pd

    lines = pd.read_parquet(file)
    lines["order_date"] = pd.to_datetime(lines["order_date"])
    money = lines.groupby("account_id")[["net_amount", "cogs"]].sum()
    bought = lines[lines["net_amount"] >= 0]
    days = (
        bought.groupby(["account_id", "order_date"])["net_amount"].sum().reset_index()
    )
    by_account = days.groupby("account_id")
    gap = by_account["order_date"].diff().dt.days.groupby(days["account_id"])
    rhythm = by_account["order_date"].agg(["min", "max", "count"])
    rhythm["first_bought"] = by_account["net_amount"].first()
    rhythm["median_gap"], rhythm["gap_90"] = gap.median(), gap.quantile(0.9)
    return len(money.join(rhythm))


def with_lifetimes(file: Path) -> int:
    """Return the rows of lifetimes' own summary (frequency, recency, T, value)."""
    import pandas as pd
    from lifetimes.utils import summary_data_from_transaction_data

    lines = pd.read_parquet(file, columns=["account_id", "order_date", "net_amount"])
    lines["order_date"] = pd.to_datetime(lines["order_date"])
    bought = lines[lines["net_amount"] >= 0]
    return len(
        summary_data_from_transaction_data(
            bought, "account_id", "order_date", monetary_value_col="net_amount"
        )
    )


WAYS: dict[str, Callable[[Path], int]] = {
    "kamlab": with_kamlab,
    "sql": with_sql,
    "sql without gaps": with_sql_without_gaps,
    "pandas": with_pandas,
    "lifetimes": with_lifetimes,
}

#: Imported before the clock starts, so that computing alone is measured.
MODULES = {
    "kamlab": (
        "kamlab.value.activity",
        "kamlab.opening",
        "narwhals._arrow.dataframe",
        "narwhals._duckdb.group_by",
        "narwhals._duckdb.namespace",
        "narwhals._interchange.dataframe",
        "narwhals._pandas_like.dataframe",
        "pyarrow.pandas_compat",
    ),
    "sql": ("duckdb", "pandas"),
    "sql without gaps": ("duckdb", "pandas"),
    "pandas": ("pandas", "pyarrow.parquet"),
    "lifetimes": ("lifetimes.utils", "pyarrow.parquet"),
}


def peak_megabytes() -> float:
    """Return the most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(way: str, file: str) -> None:
    """Measure one way and print it as JSON."""
    for module in MODULES[way]:
        __import__(module)
    before, started = peak_megabytes(), time.perf_counter()
    rows = WAYS[way](Path(file))
    seconds = time.perf_counter() - started
    memory = peak_megabytes() - before
    print(json.dumps({"seconds": seconds, "megabytes": memory, "rows": rows}))


if __name__ == "__main__":
    main(*sys.argv[1:])
