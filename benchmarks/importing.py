"""A company's export as CSV becomes a portfolio of Parquet, four ways.

Run as ``python -m benchmarks.importing WAY LINES.csv``: one way a process, so that each
has its own memory. Prints seconds, seconds of all processors together, which other
programs disturb less, extra memory and rows as JSON.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

#: Two lines an order, each with its own number: keys and repeats have to be looked for.
LINES_SQL = """
copy (
    select 'SO' || lpad((i // 2)::varchar, 9, '0') as "Order", (i % 2 + 1) * 10 as Item,
           'K' || lpad(((i // 2) * 7919 % {accounts})::varchar, 6, '0') as Customer,
           strftime(date '2021-01-01' + ((i // 2) % 1826)::int, '%d.%m.%Y') as "Day",
           'P' || lpad((i * 31 % 4000)::varchar, 5, '0') as Product,
           (i % 9 + 1) as Quantity,
           replace(((i * 37 % 900000) / 100)::decimal(12, 2)::varchar, '.', ',') as Net,
           replace(((i * 17 % 400000) / 100)::decimal(12, 2)::varchar, '.', ',') as Cost
    from range({lines}) t(i)
) to '{file}' (header, delimiter ';')
"""

MAPPING = """
portfolio: {currency: EUR}
tables:
  orders:
    files: "*.csv"
    format: {delimiter: ";", decimal: ",", dates: DD.MM.YYYY}
    columns:
      order_id: Order
      line_id: Item
      account_id: Customer
      order_date: Day
      product_id: Product
      quantity: Quantity
      net_amount: Net
      cogs: Cost
"""

TYPED = """
copy (
    select * from read_csv('{file}', delim=';', header=true, decimal_separator=',',
        dateformat='%d.%m.%Y', auto_detect=false, columns={{
            'order_id': 'VARCHAR', 'line_id': 'VARCHAR', 'account_id': 'VARCHAR',
            'order_date': 'DATE', 'product_id': 'VARCHAR', 'quantity': 'DOUBLE',
            'net_amount': 'DOUBLE', 'cogs': 'DOUBLE'}})
    {order}
) to '{out}' (format parquet, compression zstd)
"""


def make_export(folder: Path, lines: int, accounts: int = 20_000) -> Path:
    """Write an export with a header, German marks and days, and its mapping."""
    import duckdb

    file = folder / "lines.csv"
    with duckdb.connect() as connection:
        connection.execute(LINES_SQL.format(lines=lines, accounts=accounts, file=file))
    (folder / "mapping.yml").write_text(MAPPING, encoding="utf-8")
    return file


def with_kamlab(file: Path, out: Path) -> int:
    """Return the rows of the portfolio: read, checked, logged, sorted, written."""
    from kamlab.data.importing.loading import import_portfolio

    result = import_portfolio(file, file.with_name("mapping.yml"), out / "portfolio")
    if result.blocked:
        raise RuntimeError(f"the import was blocked: {result.findings[0].message}")
    return result.rows_out


def _with_duckdb(order: str, file: Path, out: Path) -> int:
    import duckdb

    settings = {"memory_limit": "1GB", "temp_directory": str(out / "spill")}
    with duckdb.connect(config=settings) as connection:
        connection.execute("SET enable_progress_bar = false")
        sql = TYPED.format(file=file, out=out / "orders.parquet", order=order)
        return connection.execute(sql).fetchone()[0]


def with_copy(file: Path, out: Path) -> int:
    """Return the rows of one COPY, which checks nothing and sorts nothing."""
    return _with_duckdb("", file, out)


def with_sorted_copy(file: Path, out: Path) -> int:
    """Return the rows of one COPY in the order of a portfolio's file."""
    return _with_duckdb("order by order_date, order_id", file, out)


def with_pandas(file: Path, out: Path) -> int:
    """Return the rows that pandas reads with declared types and writes again."""
    import pandas as pd

    texts = dict.fromkeys(("Order", "Item", "Customer", "Product"), "str")
    lines = pd.read_csv(file, sep=";", decimal=",", dtype=texts)
    lines["Day"] = pd.to_datetime(lines["Day"], format="%d.%m.%Y")
    lines = lines.sort_values(["Day", "Order"], kind="stable")
    lines.to_parquet(out / "orders.parquet", compression="zstd", index=False)
    return len(lines)


WAYS: dict[str, Callable[[Path, Path], int]] = {
    "kamlab": with_kamlab,
    "COPY": with_copy,
    "COPY, sorted": with_sorted_copy,
    "pandas, sorted": with_pandas,
}

#: Imported before the clock starts, so that the import alone is measured.
MODULES = {
    "kamlab": ("kamlab.data.importing.loading", "kamlab.data.reading.detection"),
    "COPY": ("duckdb",),
    "COPY, sorted": ("duckdb",),
    "pandas, sorted": ("pandas", "pyarrow.parquet"),
}


def peak_megabytes() -> float:
    """Return the most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(way: str, file: str) -> None:
    """Measure one way and print it as JSON."""
    for module in MODULES[way]:
        __import__(module)
    with tempfile.TemporaryDirectory(prefix="kamlab-bench-") as out:
        before, started = peak_megabytes(), time.perf_counter()
        worked = time.process_time()
        rows = WAYS[way](Path(file), Path(out))
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
    found = {"seconds": seconds, "processor": worked, "rows": rows}
    print(json.dumps({**found, "megabytes": peak_megabytes() - before}))


if __name__ == "__main__":
    main(*sys.argv[1:])
