"""An export that brings its rates of exchange is converted by them."""

import pytest

from kamlab.data.presets.rates import converted, reporting_currency

LINES = ("KUNAG;FKDAT;NETWR;WAERK", "A;20250131;9;EUR", "A;20250131;9;USD")


def rates_by(rows_of, *lines: str):
    return rows_of("Currency;Date;Rate", *lines, preset="generic")


def test_a_currency_and_a_day_and_a_rate_are_a_table_of_rates(rows_of):
    assert rates_by(rows_of, "USD;2025-01-31;0.9").table == "fx_rates"


@pytest.mark.parametrize(
    ("lines", "by"),
    [
        (("USD;2025-01-31;0.9", "USD;2025-02-28;0.91"), "month"),
        (("USD;2025-01;0.9", "USD;2025-02;0.91"), "month"),
        (("USD;31.01.2025;0.9", "USD;30.01.2025;0.91"), "day"),
        (("USD;2025-01-31 00:00;0.9", "USD;2025-01-30 00:00;0.91"), "day"),
        (("USD;2025-01-31;0.9", "CHF;NULL;0.9"), "month"),
        (("USD;45688;0.9", "USD;45687;0.91"), "day"),
    ],
)
def test_rates_hold_for_months_or_for_days(rows_of, lines, by):
    (entry,) = converted(rows_of(*LINES), rates_by(rows_of, *lines))
    assert entry.value == {"column": "WAERK", "rates": "fx_rates", "by": by}


def test_a_single_currency_needs_no_rates(rows_of):
    lines = rows_of(LINES[0], LINES[1])
    assert converted(lines, rates_by(rows_of, "USD;2025-01-31;0.9")) == []


def test_words_for_currencies_are_asked_about(rows_of):
    lines = rows_of("客户;日期;金额;币别", "A;2025-1-2;9;人民币", "A;2025-1-2;9;美元")
    (entry,) = converted(lines, rates_by(rows_of, "USD;2025-01-31;7.1"))
    assert entry.is_open


def test_the_currency_without_a_rate_is_the_reporting_one(rows_of):
    assert (
        reporting_currency(rows_of(*LINES), rates_by(rows_of, "EUR;2025-01;1.1"))
        == "USD"
    )
    assert (
        reporting_currency(rows_of(*LINES), rates_by(rows_of, "CHF;2025-01;1.1")) == ""
    )
    assert reporting_currency(rows_of(*LINES), None) == ""


def test_documents_in_three_currencies_are_converted_by_their_months(
    in_three_currencies,
):
    months = [
        f"{code},2025-{m:02d},{rate}" for m in range(1, 6) for code, rate in RATES
    ]
    in_three_currencies.write("rates.csv", "Currency,Month,Rate\n" + "\n".join(months))
    found = in_three_currencies.suggest()
    assert found.portfolio[0].value == "EUR"
    (asked,) = found.open
    assert asked.options == ("Rate", {"from": "Rate", "inverse": True})
    assert asked.question.startswith("is one CNY worth 0.125 of the reporting")
    mapping = in_three_currencies.path / "mapping.yml"
    mapping.write_text(mapping.read_text().replace("# rate: Rate", "rate: Rate"))
    assert [table.name for table in found.tables][-1] == "fx_rates"
    result = in_three_currencies.run()
    assert not result.blocked
    lines = in_three_currencies.table().set_index("order_id")
    assert lines.loc["90001", "net_amount"] == 12_345.6
    assert lines.loc["90004", "net_amount"] == pytest.approx(-150.0 * 0.125)
    assert lines.loc["90006", "net_amount"] == pytest.approx(-64_000.05 * 0.9)


RATES = (("CNY", 0.125), ("USD", 0.9))
