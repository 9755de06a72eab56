"""A book of months gives a report: what needs order days says so, and nothing fails."""

import json

import pandas as pd
import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.report.run import run_report
from tests.conftest import DEMO

pytestmark = pytest.mark.slow

MAPPING = """
portfolio: {name: Talbruck by month, currency: EUR}
tables:
  sales_monthly:
    files: sales.csv
    columns: {account_id: account_id, month: month, net_amount: net_amount, cost: cogs}
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The demo company's order lines as sums of months, and the report on them."""
    place = tmp_path_factory.mktemp("months")
    lines = pd.read_csv(DEMO / "orders.csv", dtype={"account_id": str})
    lines["month"] = lines["order_date"].str[:7]
    sums = lines.groupby(["account_id", "month"])[["net_amount", "cogs"]].sum().round(2)
    sums.to_csv(place / "sales.csv")
    (place / "mapping.yml").write_text(MAPPING)
    source, mapping = place / "sales.csv", place / "mapping.yml"
    imported = import_portfolio(source, mapping, place / "portfolio")
    assert not imported.blocked
    return run_report(None, place / "portfolio", place / "report", progress=False)


def test_every_page_is_made_of_months_alone(report):
    assert report.exit_code == 0
    written = (report.folder / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(written)
    assert {page["status"] for page in manifest["pages"]} == {"well"}
    assert len(manifest["pages"]) == len(report.pages) > 1


def test_pages_speak_of_months_and_of_no_order_days(report):
    for page in report.pages:
        text = (report.folder / page.file).read_text(encoding="utf-8")
        assert "Traceback" not in text
        assert "days between orders" not in text
