"""Order lines of a portfolio and of a new extract, side by side."""

from datetime import date

import duckdb
import pandas as pd

from kamlab.data.contract import table
from kamlab.data.updates.merging import open_sides, plan_merge
from kamlab.data.updates.restatement import restatement
from kamlab.fiscal import FiscalCalendar

COLUMNS = ["order_id", "line_id", "account_id", "order_date", "net_amount"]
THROUGH = date(2025, 6, 30)

OLD = [
    ("1", "1", "A", "2025-01-15", 100.0),
    ("2", "1", "A", "2025-02-15", 200.0),
    ("3", "1", "B", "2025-05-15", 400.0),
]


class Sides:
    """Order lines of a portfolio and of a new extract, as Parquet files."""

    def __init__(self, folder, old: list[tuple], new: list[tuple], counted=()):
        for name, rows in (("old", old), ("new", new)):
            frame = pd.DataFrame(rows, columns=COLUMNS)
            frame["order_date"] = pd.to_datetime(frame["order_date"]).dt.date
            frame.to_parquet(folder / f"{name}.parquet")
        self.file = folder / "new.parquet"
        self.connection = duckdb.connect()
        open_sides(self.connection, folder / "old.parquet", self.file)
        counted = set(counted)
        self.merge = plan_merge(self.connection, table("orders"), (counted, counted))

    def restatement(self, first_month: int = 1, gone: str = "false"):
        calendar = FiscalCalendar(first_month)
        return restatement(self.connection, self.merge, THROUGH, calendar, gone)
