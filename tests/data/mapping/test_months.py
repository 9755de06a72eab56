"""Sales by month become order lines of the month's last day, and say that they are."""

import pytest

import kamlab
from kamlab.errors import MissingDataError
from kamlab.grain import require_days
from kamlab.value.activity import account_activity, account_months, account_revenue

MONTHS = (
    "Kunde,Monat,Gruppe,Netto,Kosten,Stueck\n"
    "A,2025-01,G1,100,60,4\n"
    "A,2025-01,G2,50,20,1\n"
    "A,2025-02,G1,-10,,-1\n"
    "B,2025-02,G1,70,30,2\n"
)
MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  sales_monthly:
    columns:
      account_id: Kunde
      month: Monat
      category: Gruppe
      net_amount: Netto
      cost: Kosten
      quantity: Stueck
"""


@pytest.fixture
def book(export):
    """Import months and open the portfolio that they become."""

    def opened(months: str = MONTHS, mapping: str = MAPPING):
        export.write(months)
        export.map(mapping)
        result = export.run()
        assert not result.blocked, result.findings
        return kamlab.open_portfolio(export.out)

    return opened


def test_months_become_order_lines_of_their_last_day(book, export):
    book().close()
    lines = export.table()
    assert lines["order_date"].astype(str).tolist() == ["2025-01-31"] * 2 + (
        ["2025-02-28"] * 2
    )
    assert lines["order_id"].tolist()[0] == "A 2025-01"
    assert lines["product_id"].tolist() == ["G1", "G2", "G1", "G1"]
    assert lines["net_amount"].sum() == 210


def test_the_grain_stands_in_the_portfolio(book, export):
    with book() as portfolio:
        assert portfolio.grain == "month"
    assert "grain: month" in (export.out / "portfolio.yml").read_text()


def test_a_portfolio_of_days_does_not_speak_of_its_grain(export):
    export.write()
    export.run()
    assert "grain" not in (export.out / "portfolio.yml").read_text()
    with kamlab.open_portfolio(export.out) as portfolio:
        assert portfolio.grain == "day"
        require_days(portfolio, purpose="The gap between orders")


def test_revenue_is_told_and_order_days_are_not(book):
    with book() as portfolio:
        assert account_revenue(portfolio).to_dict() == {"A": 140.0, "B": 70.0}
        activity = account_activity(portfolio)
        months = account_months(portfolio)
    assert activity[["order_days", "median_gap", "recency"]].isna().all(axis=None)
    assert activity["revenue"].sum() == 210
    assert months["order_days"].isna().all()
    assert months["revenue"].tolist() == [150, -10, 70]


def test_what_needs_order_days_says_so(book):
    with book() as portfolio, pytest.raises(MissingDataError) as raised:
        require_days(portfolio, purpose="The gap between orders")
    assert str(raised.value).startswith(
        "The gap between orders needs order days; this portfolio has months."
    )


@pytest.mark.parametrize("first", ["2025-01-01", "2025-01-17", "2025-01"])
def test_any_day_of_a_month_stands_for_the_month(book, export, first):
    book(MONTHS.replace("2025-01", first)).close()
    assert str(export.table()["order_date"].min())[:10] == "2025-01-31"


def test_months_may_stand_as_columns(book, export):
    sheet = "Kunde,2025-01,2025-02\nA,100,\nB,30,70\n"
    mapping = (
        "portfolio: {currency: EUR}\ntables:\n  sales_monthly:\n"
        "    unpivot: {columns: '2025-*', name: month, value: amount}\n"
        "    columns: {account_id: Kunde, month: month, net_amount: amount}\n"
    )
    book(sheet, mapping).close()
    lines = export.table()
    assert lines["order_id"].tolist() == ["A 2025-01", "B 2025-01", "B 2025-02"]
    assert lines["net_amount"].sum() == 200


def test_a_month_that_is_not_over_is_not_known(export):
    export.write(MONTHS)
    export.map(MAPPING.replace("EUR}", "EUR, data_through: 2025-02-15}"))
    found = {each.rule: each for each in export.run().findings}["future_date"]
    assert found.blocks


def test_advice_speaks_of_the_table_of_months(export):
    export.write(MONTHS.replace("60", "sixty").replace("2025-02", "Februar"))
    export.map(MAPPING)
    remedies = " ".join(each.remedy for each in export.run().findings if each.blocks)
    assert "tables.sales_monthly" in remedies
    assert "tables.orders" not in remedies


MISTAKES = [
    ("sales_monthly:", "products:", "tables.orders is missing; add it, or tables.sal"),
    ("      month: Monat\n", "", "tables.sales_monthly.columns.month is missing"),
    ("month: Monat", "mnth: Monat", "did you mean 'month'?"),
]


@pytest.mark.parametrize(("old", "new", "problem"), MISTAKES, ids=range(3))
def test_mistakes_are_told(export, old, new, problem):
    export.write(MONTHS)
    export.map(MAPPING.replace(old, new))
    with pytest.raises(Exception, match="to mend") as raised:
        export.run()
    assert problem in str(raised.value)


def test_lines_and_months_exclude_each_other(export):
    export.write(MONTHS)
    export.map(export.mapping.read_text() + MAPPING.partition("tables:\n")[2])
    with pytest.raises(Exception, match="has orders and sales_monthly; keep one"):
        export.run()
