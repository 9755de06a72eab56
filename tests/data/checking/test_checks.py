"""What the contract asks of values, and what lines must say about each other."""

from datetime import date, timedelta

import pytest

from kamlab.data.checking.checks import LastDay

HEADER = "Nr,Kunde,Tag,Netto"


@pytest.fixture
def findings(export):
    """Import one good line and others with more columns; return what is told."""

    def finder(columns: dict[str, str], *rows: str, limits: str = "", more=()):
        names = ",".join(columns.values())
        export.write(f"{HEADER},{names}\n" + "".join(f"{row}\n" for row in rows))
        text = export.mapping.read_text().replace("      line_id: Pos\n", "")
        added = [f"  {target}: {name}" for target, name in columns.items()]
        export.map(text, *added, *more)
        if limits:
            export.map(export.mapping.read_text() + f"limits: {{{limits}}}\n")
        told = [each for each in export.run().findings if each.severity != "info"]
        return {each.rule: each for each in told}

    return finder


@pytest.mark.parametrize(
    ("column", "value", "rule", "words"),
    [
        ("channel", "fax", "not_allowed", "'fax' is not one of direct, agent, online"),
        ("line_type", "Sale", "not_allowed", "'Sale' is not one of sale, return"),
        ("discount_pct", "5", "above_maximum", "'5.0' is above 1"),
        ("discount_pct", "-0.1", "below_minimum", "'-0.1' is below 0"),
        ("price_per", "-100", "below_minimum", "'-100.0' is below 0"),
        ("customised", "4", "above_maximum", "'4' is above 3"),
        ("customised", "1.5", "not_a_whole_number", "'1.5' is not a whole number"),
        ("quality_flag", "perhaps", "not_a_flag", "neither true nor false"),
        ("quantity", "nan", "infinite_amount", "'nan' is not a finite number"),
        ("quantity", "-inf", "infinite_amount", "'-inf' is not a finite number"),
        ("product_id", "None", "placeholder_id", "the id is 'None'"),
        ("product_id", "1.5E+10", "scientific_id", "turned into a number"),
    ],
)
def test_values_outside_the_contract_block(findings, column, value, rule, words):
    told = findings({column: "X"}, "1,A,2025-01-31,10,", f"1,A,2025-01-31,10,{value}")
    assert list(told) == [rule]
    assert words in told[rule].message
    assert told[rule].blocks
    assert (told[rule].column, told[rule].samples[0].row) == (column, 3)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("channel", "agent"),
        ("discount_pct", "0"),
        ("discount_pct", "1"),
        ("customised", "3"),
        ("quality_flag", "no"),
        ("product_id", "nanette"),
        ("product_id", "1E5"),
    ],
)
def test_values_within_the_contract_pass(findings, column, value):
    assert findings({column: "X"}, f"1,A,2025-01-31,10,{value}") == {}


def test_a_shares_mistake_is_advised(findings):
    told = findings({"discount_pct": "X"}, "1,A,2025-01-31,10,5")
    assert "shares are written 0 to 1" in told["above_maximum"].remedy


@pytest.mark.parametrize("column", ["promised", "delivered"])
def test_what_comes_before_its_order_warns_with_its_money(findings, column):
    told = findings(
        {f"{column}_date": "X"},
        "1,A,2025-01-31,990,2025-01-31",
        "2,A,2025-01-31,10,2025-01-30",
    )
    found = told[f"{column}_before_order"]
    assert (found.rows, found.money, found.share) == (1, 10.0, 0.01)
    assert not found.blocks
    assert "'2025-01-30'" in found.message


def test_a_delivery_after_today_is_impossible(findings):
    tomorrow = date.today() + timedelta(days=1)
    told = findings({"delivered_date": "X"}, f"1,A,2025-01-31,9,{tomorrow}")
    assert f"is after today {date.today()}" in told["future_date"].message


def test_a_promise_may_lie_in_the_future(findings):
    assert findings({"promised_date": "X"}, "1,A,2025-01-31,9,2999-12-31") == {}


def test_an_order_after_the_declared_last_day_blocks(export):
    export.write()
    text = export.mapping.read_text()
    export.map(text.replace("currency: EUR", "currency: EUR, data_through: 2025-01-30"))
    found = export.run().findings[0]
    assert found.rule == "future_date"
    assert "'2025-01-31' is after data_through 2025-01-30" in found.message


def test_a_day_is_told_with_what_it_is():
    assert LastDay(date(2025, 1, 31), "today").told == "today 2025-01-31"


PRICED = {"quantity": "Menge", "unit_net_price": "Preis", "price_per": "Per"}


@pytest.mark.parametrize(
    "row",
    [
        "1,A,2025-01-31,100.00,10,10,1",
        "1,A,2025-01-31,100.49,10,10,",
        "1,A,2025-01-31,100.00,1000,10,100",
        "1,A,2025-01-31,3.33,1000,0.33,100",
        "1,A,2025-01-31,-7.00,1,10,1",
        "1,A,2025-01-31,0,0,10,1",
        "1,A,2025-01-31,5.00,,10,1",
    ],
    ids=["exact", "half a per cent", "per 100", "rounded", "credit", "free", "none"],
)
def test_an_amount_that_is_quantity_times_price_passes(findings, row):
    assert findings(PRICED, row) == {}


@pytest.mark.parametrize(
    "row",
    ["1,A,2025-01-31,101.00,10,10,1", "1,A,2025-01-31,100.00,10,10,100"],
    ids=["one per cent off", "price per forgotten"],
)
def test_an_amount_that_is_not_quantity_times_price_blocks_above_its_limit(
    findings, row
):
    rule = "amount_not_price_times_quantity"
    told = findings(PRICED, row)[rule]
    assert told.blocks
    assert "100.0 % of the money, above the limit of 5.0 %" in told.message
    assert f"raise limits.{rule}" in told.remedy


def test_only_sales_must_be_quantity_times_price(findings):
    columns = {**PRICED, "line_type": "Art"}
    assert findings(columns, "1,A,2025-01-31,500,10,10,1,service") == {}


def test_a_limit_of_the_mapping_lets_a_warning_pass(findings):
    row = "1,A,2025-01-31,101.00,10,10,1"
    told = findings(PRICED, row, limits="amount_not_price_times_quantity: 1.0")
    assert not told["amount_not_price_times_quantity"].blocks


def test_several_faults_are_told_together(findings):
    told = findings(
        {"channel": "X"},
        "1,A,2025-01-31,ten,fax",
        ",A,2025-02-30,10,",
    )
    assert set(told) == {"not_a_number", "not_allowed", "blank_id", "impossible_date"}


def test_the_rule_that_drops_rows_without_a_day_is_spelled_out(export):
    export.write("Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,9\n2,1,A,,9\n")
    text = export.mapping.read_text()
    (found,) = [each for each in export.run().findings if each.rule == "blank_value"]
    rule = "{name: no order_date, column: Tag, is: blank}"
    assert found.remedy.endswith(f"tables.orders.drop: {rule}")
    export.map(text, f"drop: [{rule}]")
    result = export.run()
    assert not result.blocked
    assert result.dropped == {"no order_date": 1}


def test_document_types_that_are_no_sale_are_told_with_the_rule_that_drops_them(export):
    export.write(
        "Nr,Pos,Kunde,Tag,Netto,Art\n1,1,A,2025-01-31,9,F2\n2,1,A,2025-01-31,9,F5\n"
    )
    export.map(
        export.mapping.read_text(), "  line_type: {from: Art, values: {F2: sale}}"
    )
    (found,) = [each for each in export.run().findings if each.rule == "not_allowed"]
    assert "{name: no sales, column: Art, in: [F5]}" in found.remedy
