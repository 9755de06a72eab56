"""Amounts are converted at the rate of their month or day, or the import blocks."""

import pytest

LINES = (
    "Nr,Pos,Kunde,Tag,Netto,Kosten,Wae\n"
    "1,1,A,2025-01-31,100,60,EUR\n"
    "2,1,A,2025-01-31,200,80,USD\n"
    "3,1,B,2025-02-03,200,80,USD\n"
    "4,1,B,2025-02-28,-50,,usd\n"
)
MONTHS = "Monat,Code,Kurs\n2025-01,USD,0.90\n2025-02,USD,0.80\n"
DAYS = "Monat,Code,Kurs\n2025-01-30,USD,0.91\n2025-01-31,USD,0.90\n2025-02-25,USD,0.8\n"
MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: lines.csv
    columns:
      order_id: Nr
      line_id: Pos
      account_id: Kunde
      order_date: Tag
      net_amount: Netto
      cogs: Kosten
    currency: {column: Wae, rates: fx_rates, BY}
  fx_rates:
    files: rates.csv
    format: {dates: [YYYY-MM-DD, YYYY-MM]}
    columns: {currency: Code, valid_on: Monat, rate: Kurs}
"""


@pytest.fixture
def converted(export):
    """Import lines with these rates; return the findings by rule."""

    def convert(rates: str = MONTHS, by: str = "by: month", lines: str = LINES):
        export.write(lines)
        export.write(rates, "rates.csv")
        export.map(MAPPING.replace("BY", by))
        return {each.rule: each for each in export.run().findings}

    return convert


def test_by_month_the_rate_of_the_billing_month_counts(converted, export):
    assert "rate_missing" not in converted()
    lines = export.table()
    assert lines["net_amount"].tolist() == pytest.approx([100, 180, 160, -40])
    assert lines["cogs"].tolist()[:3] == pytest.approx([60, 72, 64])


def test_amount_and_currency_of_the_document_are_kept(converted, export):
    converted()
    lines = export.table()
    assert lines["net_amount_original"].tolist() == [100, 200, 200, -50]
    assert lines["currency"].tolist() == ["EUR", "USD", "USD", "usd"]


def test_the_rates_stay_in_the_portfolio(converted, export):
    converted()
    rates = export.table("fx_rates")
    assert rates["rate"].tolist() == [0.9, 0.8]
    assert rates["valid_on"].astype(str).tolist() == ["2025-01-31", "2025-02-28"]


def test_by_day_the_last_rate_on_or_before_the_day_counts(converted, export):
    lines = LINES.replace("2025-02-03", "2025-02-01")
    converted(DAYS, "by: day", lines)
    amounts = export.table()["net_amount"].tolist()
    assert amounts == pytest.approx([100, 180, 180, -40])


def test_by_day_a_rate_that_is_too_old_is_none(converted):
    found = converted(DAYS, "by: day, within_days: 2")["rate_missing"]
    assert found.blocks
    assert "no rate for 'USD' of the last 2 days: 2025-02 (2 rows, 250.00)" in (
        found.message
    )


def test_a_missing_month_blocks_with_currency_month_rows_and_money(converted):
    found = converted("Monat,Code,Kurs\n2025-01,USD,0.90\n")["rate_missing"]
    assert found.blocks
    assert (found.rows, found.column) == (2, "Wae")
    assert "'USD' in the month: 2025-02 (2 rows, 250.00)" in found.message


def test_a_rate_may_be_quoted_the_other_way_round(converted, export):
    rates = "Monat,Code,Kurs\n2025-01,USD,1.25\n2025-02,USD,1.6\n"
    export.write(LINES)
    export.write(rates, "rates.csv")
    text = MAPPING.replace("BY", "by: month")
    export.map(text.replace("rate: Kurs", "rate: {from: Kurs, inverse: true}"))
    assert not export.run().blocked
    assert export.table("fx_rates")["rate"].tolist() == pytest.approx([0.8, 0.625])


def test_several_rates_in_a_month_are_refused_by_month(converted):
    found = converted(DAYS)["several_rates_a_month"]
    assert found.blocks
    assert "USD has 2 rates in 2025-01" in found.message
    assert "tables.orders.currency.by: day" in found.remedy


def test_a_rate_of_zero_is_refused(converted):
    found = converted(MONTHS.replace("0.80", "0"))
    assert found["rate_is_zero"].blocks
    assert found["rate_missing"].blocks


def test_rates_that_cannot_be_read_are_told_and_nothing_else(converted):
    found = converted("Monat,Code,Kurs\n")
    assert found["header_only"].blocks
    assert "rate_missing" not in found


def test_no_row_is_lost_or_doubled_by_a_rate(converted, export):
    converted()
    count = next(each for each in export.run(replace=True).tables if each.written == 4)
    assert (count.table, count.rows_in, count.rows_out) == ("orders", 4, 4)


def test_fixed_rates_keep_the_amount_of_the_document_too(export):
    export.write(LINES)
    text = MAPPING.partition("  fx_rates:")[0]
    export.map(text.replace("fx_rates, BY", "{USD: 0.5, usd: 0.5}"))
    assert not export.run().blocked
    assert export.table()["net_amount_original"].tolist() == [100, 200, 200, -50]
    assert export.table()["net_amount"].tolist() == [100, 100, 100, -25]


def test_rates_by_table_need_the_table(export):
    export.write(LINES)
    text = MAPPING.partition("  fx_rates:")[0]
    export.map(text.replace(", BY", ""))
    with pytest.raises(Exception, match="to mend") as raised:
        export.run()
    assert "but tables.fx_rates is missing; map it" in str(raised.value)


def test_a_way_to_find_rates_goes_with_the_table_only(export):
    export.write(LINES)
    text = MAPPING.partition("  fx_rates:")[0]
    export.map(text.replace("fx_rates, BY", "{USD: 0.5}, by: day"))
    with pytest.raises(Exception, match=r"by = 'day' goes with rates: fx_rates only"):
        export.run()


def test_other_tables_take_the_rate_of_their_own_day(export):
    export.write(LINES)
    export.write(MONTHS, "rates.csv")
    export.write("Kunde,Tag,Was,Betrag,Wae\nA,2025-02-10,freight,10,USD\n", "costs.csv")
    costs = """
  account_costs:
    files: costs.csv
    columns: {account_id: Kunde, date: Tag, kind: Was, amount: Betrag}
    currency: {column: Wae, rates: fx_rates, by: month}
"""
    export.map(MAPPING.replace("BY", "by: month").rstrip() + costs)
    assert not export.run().blocked
    assert export.table("account_costs")["amount"].tolist() == [8]


def test_rows_without_a_day_of_payment_need_fixed_rates(export):
    export.write(LINES)
    prices = """
  products:
    files: prices.csv
    columns: {product_id: Nr, std_cost: Preis}
    currency: {column: Wae, rates: fx_rates, by: month}
"""
    export.map(MAPPING.replace("BY", "by: month").rstrip() + prices)
    with pytest.raises(Exception, match="products have no day of payment; give fixed"):
        export.run()


def test_a_row_without_a_day_is_told_for_its_day_not_for_its_rate(converted):
    found = converted(lines=LINES.replace("2025-02-28,-50", ",-50"))
    assert found["blank_value"].column == "order_date"
    assert "rate_missing" not in found


def test_a_billing_extract_in_three_currencies_agrees_with_the_ledger(export):
    export.write(
        "VBELN;POSNR;KUNAG;KUNRG;FKART;FKDAT;NETWR;WAERK\n"
        "90;10;A1;P;F2;15.01.2025;1.000,00;EUR\n"
        "91;10;A2;P;F2;31.01.2025;10.000,00;CNY\n"
        "92;10;A3;Q;F2;03.02.2025;500,00;USD\n"
        "93;10;A3;Q;S1;04.02.2025;500,00;USD\n"
        "94;10;A1;P;RE;20.02.2025;100,00;EUR\n"
        "95;10;A1;P;IV;20.02.2025;7.000,00;EUR\n"
    )
    export.write("M;C;R\n2025-01;CNY;0,13\n2025-02;USD;0,9\n", "rates.csv")
    export.map(BILLING)
    result = export.run()
    assert not result.blocked, result.findings
    lines = export.table().set_index("order_id")
    assert lines["net_amount"].to_dict() == pytest.approx(
        {"90": 1000, "91": 1300, "92": 450, "93": -450, "94": -100}
    )
    assert lines["account_id"].tolist() == ["P", "P", "Q", "Q", "P"]
    assert lines["sold_to_id"].tolist() == ["A1", "A2", "A3", "A3", "A1"]
    orders = next(each for each in result.tables if each.table == "orders")
    assert [(gone.rule, gone.rows, gone.money) for gone in orders.dropped] == [
        ("intercompany (IV)", 1, 7000.0)
    ]
    assert orders.net_amount == 2200


BILLING = """
portfolio: {currency: EUR, account_level: payer, order_date_is: invoice}
tables:
  orders:
    files: lines.csv
    format: {delimiter: ";", decimal: ",", thousands: ".", dates: DD.MM.YYYY}
    columns:
      order_id: VBELN
      line_id: POSNR
      account_id: {sold-to: KUNAG, payer: KUNRG}
      order_date: FKDAT
      net_amount: NETWR
    document_types:
      column: FKART
      types:
        F2: sale
        RE: {line_type: return, negate: true}
        S1: {line_type: cancellation, negate: true}
        IV: {exclude: intercompany}
    currency: {column: WAERK, rates: fx_rates, by: month}
  fx_rates:
    files: rates.csv
    format: {delimiter: ";", decimal: ",", dates: YYYY-MM}
    columns: {currency: C, valid_on: M, rate: R}
"""
