"""The published data sets of purchase models, where the lifetimes wheel is unpacked."""

from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import PROJECT, lacks


@pytest.fixture(scope="session")
def oracle_datasets() -> Path:
    """Return the folder of data files of the lifetimes wheel."""
    folder = PROJECT / ".oracles" / "lifetimes" / "datasets"
    if not folder.is_dir():
        lacks("oracles", "the lifetimes wheel is not unpacked (make oracles)")
    return folder


@pytest.fixture(scope="session")
def cdnow_summary(oracle_datasets) -> pd.DataFrame:
    """Return frequency, recency and T of CDNOW's 2,357 customers after 39 weeks."""
    return pd.read_csv(oracle_datasets / "cdnow_customers_summary.csv", index_col="ID")


@pytest.fixture(scope="session")
def cdnow_orders(oracle_datasets) -> pd.DataFrame:
    """Return the purchases of CDNOW's 2,357 customers: customer and day."""
    names = ["master_id", "customer_id", "day", "quantity", "amount"]
    table = pd.read_csv(
        oracle_datasets / "CDNOW_sample.txt", sep=r"\s+", names=names, dtype="str"
    )
    days = pd.to_datetime(table["day"], format="%Y%m%d")
    return pd.DataFrame({"customer_id": table["customer_id"], "order_date": days})
