"""Totals in a currency say which lines of earlier imports they cannot count."""

import pytest

from tests.data.conftest import MAPPING

HEAD = "Nr,Pos,Kunde,Tag,Netto,Whg\n"
WITH_CURRENCY = MAPPING.rstrip() + (
    "\n      currency: Whg\n    currency: {column: Whg, rates: {USD: 0.5}}\n"
)
CONTROL = "controls: [{name: books, period: 2025, net_amount: 40, currency: USD}]\n"


@pytest.fixture
def told(export):
    """Import January by one mapping and February by another; return what is told."""

    def months(first: str, second: str):
        export.write(HEAD + "1,1,A,2025-01-31,100.00,EUR\n")
        export.map(first)
        export.run()
        export.write(HEAD + "2,1,A,2025-02-28,40.00,USD\n")
        export.map(second)
        findings = export.run(update=True).findings
        return [each for each in findings if each.rule == "original_unknown"]

    return months


def test_lines_that_came_without_their_currency_are_told(told):
    [found] = told(MAPPING, WITH_CURRENCY + CONTROL)
    assert found.message == (
        "orders, column 'net_amount_original': without an amount in its own currency: "
        "1 row of earlier imports; totals in USD are without them"
    )
    assert found.money == 100.0


def test_nothing_is_told_where_all_have_it(told):
    assert told(WITH_CURRENCY, WITH_CURRENCY + CONTROL) == []


def test_nothing_is_told_where_no_total_asks_for_a_currency(told):
    assert told(MAPPING, WITH_CURRENCY) == []
