"""How money is converted is said in one of two ways, and completely."""

import pytest

from kamlab.data.cleaning.currency_rates import CurrencyRates
from kamlab.data.mapping.currency import currency, reporting_currency, with_rates_first
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.mapping.text import Plain

PATH = "tables.orders.currency"


def told(**section: object) -> tuple[CurrencyRates | None, list[str]]:
    problems: list[str] = []
    return currency({"column": "Wae", **section}, PATH, problems), problems


def test_fixed_rates_hold_on_every_day():
    rates, problems = told(rates={"USD": Plain("0.9")})
    assert (rates.rates, rates.is_dated, problems) == ({"USD": 0.9}, False, [])


def test_dated_rates_hold_by_month_or_by_day():
    rates, problems = told(rates="fx_rates", by="day", within_days=Plain("3"))
    assert (rates.by, rates.within_days, problems) == ("day", 3, [])


def test_dated_rates_hold_by_month_unless_the_mapping_says_by_day():
    rates, problems = told(rates="fx_rates")
    assert (rates.by, problems) == ("month", [])


def test_by_day_a_rate_may_be_a_week_old():
    assert told(rates="fx_rates", by="day")[0].within_days == 7


MISTAKES = [
    ({}, "currency.rates is missing"),
    ({"rates": "rates.csv"}, "pairs such as 'USD: 0.92' belong there"),
    ({"rates": "fx_rates", "by": "year"}, "choose one of: 'month', 'day'"),
    ({"rates": {"USD": Plain("-1")}}, "a rate is above 0"),
    ({"rates": {"USD": Plain("1")}, "by": "day"}, "goes with rates: fx_rates only"),
    ({"rates": "fx_rates", "by": "day", "within_days": Plain("900")}, "from 0 to 366"),
    ({"rates": "fx_rates", "by": "day", "within": Plain("9")}, "'within_days'"),
]


@pytest.mark.parametrize(("section", "problem"), MISTAKES, ids=range(len(MISTAKES)))
def test_mistakes_are_told(section, problem):
    _, problems = told(**section)
    assert problem in " ".join(problems)


def test_rates_are_read_before_the_tables_that_need_them():
    dated = TableMapping((), {}, currency=CurrencyRates("Wae", by="month"))
    tables = {"orders": dated, "events": TableMapping((), {}), "fx_rates": dated}
    problems: list[str] = []
    order = list(with_rates_first(tables, "tables", problems))
    assert order == ["fx_rates", "orders", "events"]


def test_a_table_that_could_not_be_read_is_passed_over():
    problems: list[str] = []
    with_rates_first({"orders": None}, "tables", problems)
    assert problems == []


@pytest.mark.parametrize("code", ["EUR", "cny", "XAU"])
def test_the_reporting_currency_is_a_code(code):
    problems: list[str] = []
    assert reporting_currency(code, "portfolio.currency", problems) == code
    assert problems == []


@pytest.mark.parametrize(("text", "meant"), [("RMB", "CNY"), ("EURO", "EUR")])
def test_another_name_of_the_reporting_currency_is_told_with_its_code(text, meant):
    problems: list[str] = []
    reporting_currency(text, "portfolio.currency", problems)
    assert problems == [
        f"portfolio.currency = {text!r} is no code of ISO 4217; did you mean {meant!r}?"
    ]
