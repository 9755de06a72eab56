"""The same tables from Spark, which has neither ordered groups nor group quantiles."""

import shutil

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.value.activity import account_activity, account_months, account_products
from tests.conftest import lacks
from tests.value.test_activity import AWKWARD, orders

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def spark():
    if shutil.which("java") is None:
        lacks("spark", "no Java on this machine")
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        lacks("spark", "pyspark is not installed (make test-all installs it)")
    builder = SparkSession.builder.master("local[2]").appName("kamlab tests")
    builder = builder.config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2")
    session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    yield session
    session.stop()


def random_orders() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 700, 800), "D")
    accounts = [f"A{number}" for number in rng.integers(0, 150, 800)]
    amounts = rng.normal(80, 60, 800).round(2).tolist()
    frame = orders(*AWKWARD, *zip(accounts, days, amounts, strict=True))
    return frame.assign(cogs=frame["net_amount"] * 0.6, product_id="P")


@pytest.mark.parametrize("table", [account_activity, account_months, account_products])
def test_spark_gives_the_same_table_as_pandas(spark, table):
    frame = random_orders()
    schema = (
        "account_id string, order_date date, net_amount double, order_id string, "
        "cogs double, product_id string"
    )
    columns = [part.split()[0] for part in schema.split(", ")]
    lines = frame[columns].assign(order_date=frame["order_date"].dt.date)
    rows = [tuple(row) for row in lines.itertuples(index=False)]
    in_spark = spark.createDataFrame(rows, schema=schema)
    expected = table(kamlab.portfolio_from_tables({"orders": frame}, "EUR"))
    found = table(kamlab.portfolio_from_tables({"orders": in_spark}, "EUR"))
    pd.testing.assert_frame_equal(found, expected)
