"""Which forecast stands on the page, and what the account is worth from here on."""

import numpy as np
import pandas as pd
import pytest

from kamlab.report.dossier.ahead import expected, value_ahead
from kamlab.report.dossier.frame import foot
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.outlook import Outlook, Tried, outlook, why_expected
from kamlab.report.dossier.registry import slot
from kamlab.report.dossier.risk import risk
from kamlab.report.memory.forecast import SOURCE as LAST_YEAR
from kamlab.report.memory.order_forecast import SOURCE as BY_ORDERS
from kamlab.report.shared import FOLDER
from tests.report.dossier.books import dossier, monthly, sales


def years_of(accounts: int, scatter: float) -> list[pd.DataFrame]:
    """Return accounts with the same quarters every year, more or less."""
    rng = np.random.default_rng(5)
    parts = []
    for account in range(accounts):
        orders = sales(f"B{account:02d}", monthly("2022-01-15"))
        season = 100.0 + 900.0 * (orders["order_date"].dt.quarter == account % 4 + 1)
        noise = rng.normal(1.0, scatter, len(orders))
        parts.append(orders.assign(net_amount=season * noise))
    return parts


def test_on_talbruck_the_rhythm_of_orders_stands_there(talbrucks):
    found = talbrucks("Kovostav").outlook
    assert {row["source"] for row in found.of("A10284").values()} == {BY_ORDERS}
    for tried in found.tried.values():
        assert tried.beats
        assert tried.by_orders < tried.last_year


def test_the_foot_says_which_forecast_missed_by_less(talbrucks):
    said = " ".join(foot(talbrucks("Kovostav")))
    assert "it missed an account by EUR " in said
    assert "last year's same quarter by EUR " in said


def test_where_seasons_rule_last_years_quarter_stands_there():
    """The rhythm of orders knows no season: on such a book the simpler one wins."""
    found = dossier(sales("A", monthly("2022-01-15")), *years_of(20, 0.01))
    assert {row["source"] for row in found.forecasts.values()} == {LAST_YEAR}
    assert not any(tried.beats for tried in found.outlook.tried.values())
    assert "did no better in 4 earlier quarters" in " ".join(foot(found))


def test_what_nobody_tried_is_said_of_neither():
    young = dossier(sales("A", monthly("2024-06-15")), *years_of(20, 0.1)[:3])
    assert young.outlook.tried == {}
    assert why_expected(young.outlook, "EUR").endswith("its own past errors.")


@pytest.mark.parametrize(
    ("beats", "said"), [(True, "rhythm of orders ×"), (False, "did no better")]
)
def test_both_errors_are_named_whoever_wins(talbruck, beats, said):
    tried = {talbruck.period("2026Q1"): Tried(17_100.0, 23_900.0, beats)}
    told = why_expected(Outlook({}, tried), "EUR")
    assert said in told
    assert "EUR 17.1 k" in told
    assert "EUR 23.9 k" in told


def test_the_customer_reads_no_value_and_no_risk(talbruck):
    shown = Dossier(talbruck, "Kovostav", audience="customer")
    ours = Dossier(talbruck, "Kovostav")
    lines = {line.what for line in slot(shown, "ahead").lines}
    assert {line.what for line in slot(ours, "ahead").lines} - lines == {
        "Risk",
        "Value, 12 quarters",
    }
    assert "worth" not in vars(shown)  # it was never worked out
    assert shown.outlook.tried == {}


def test_value_has_an_interval_its_n_and_its_basis(talbrucks):
    [kovostav] = value_ahead(talbrucks("Kovostav"))
    [nordkai] = value_ahead(talbrucks("Nordkai"))
    assert kovostav.now.endswith("by contract")
    assert nordkai.now.endswith("by repeat orders")
    assert "(95 %: " in kovostav.now
    assert ", n = 99 order days)" in kovostav.now


def test_scenarios_of_retention_are_no_interval():
    two = dossier(sales("A", monthly()), sales("B", monthly()))
    [fact] = value_ahead(two)
    assert fact.now.endswith("by scenarios of retention")
    assert "%" not in fact.now


def test_n_says_of_what_it_is(talbrucks):
    for fact in expected(talbrucks("Kovostav")):
        assert fact.now.endswith(" earlier forecasts)")


def test_a_contract_says_nothing_of_being_alive(talbrucks):
    assert "still a customer" not in risk(talbrucks("Kovostav"))[0].now
    assert "still a customer: " in risk(talbrucks("A10310"))[0].now


def test_the_second_dossier_of_a_report_fits_no_model(talbruck, tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    first = Dossier(talbruck, "Nordkai")
    told = (slot(first, "ahead"), foot(first))
    assert len(list(tmp_path.iterdir())) == 2

    def never(*_: object, **__: object) -> None:
        raise AssertionError("this was worked out before")

    monkeypatch.setattr("kamlab.report.dossier.outlook.order_forecast", never)
    monkeypatch.setattr("kamlab.report.worth.portfolio_lifetime_value", never)
    second = Dossier(talbruck, "Nordkai")
    assert (slot(second, "ahead"), foot(second)) == told


def test_without_the_rhythm_of_orders_nothing_is_tried(talbruck):
    quarter = talbruck.period("2026Q1")
    found = outlook(talbruck, [quarter], "account", 0.9, by_orders=False)
    assert found.tried == {}
    assert found.of("A10063")[quarter]["source"] == LAST_YEAR
