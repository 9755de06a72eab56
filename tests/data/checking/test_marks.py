"""1.234 in every row is a thousand, or the mapping says that it is not."""

import pytest

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"


@pytest.fixture
def told(export):
    """Import amounts; return what is told by rule."""

    def teller(*amounts: str, more: str = "", amount: str = "Netto"):
        rows = (f'{i},1,A,2025-01-31,"{each}"\n' for i, each in enumerate(amounts))
        export.write(HEADER + "".join(rows))
        text = export.mapping.read_text()
        text = text.replace("net_amount: Netto", f"net_amount: {amount}")
        export.map(text, *([more] if more else []))
        return {each.rule: each for each in export.run().findings}

    return teller


@pytest.mark.parametrize(
    ("amounts", "rows"),
    [
        (["1.234", "12.500"], 2),
        (["1.234", "-12.500", "17", "999"], 2),
        (["1.000", "2.000", "3.000-"], 3),
    ],
)
def test_amounts_that_all_look_like_thousands_block(told, amounts, rows):
    found = told(*amounts)["thousands_as_decimals"]
    assert found.blocks
    assert found.rows == rows
    assert repr(amounts[0]) in found.message


def test_a_decimal_comma_is_doubted_as_well(told):
    found = told("1,234", "5,678", more="format: {decimal: ','}")
    assert "thousands: ','" in found["thousands_as_decimals"].remedy


@pytest.mark.parametrize(
    "amounts",
    [
        ["1.234"],
        ["1.234", "1.5"],
        ["1.234", "0.250"],
        ["1234", "17"],
        ["1.234", "12.50"],
    ],
)
def test_one_amount_that_does_not_look_so_settles_it(told, amounts):
    assert "thousands_as_decimals" not in told(*amounts)


def test_either_declaration_settles_it(told, export):
    told("1.234", "5.678", more="format: {decimal: ',', thousands: '.'}")
    assert export.table()["net_amount"].tolist() == [1234, 5678]


def test_decimals_that_are_meant_are_declared_for_the_column(told, export):
    found = told("1.234", "5.678")["thousands_as_decimals"]
    meant = found.remedy.partition("for the column: ")[2]
    assert not [
        each for each in told("1.234", "5.678", amount=meant).values() if each.blocks
    ]
    assert export.table()["net_amount"].tolist() == [1.234, 5.678]


def test_a_column_that_is_used_twice_is_told_of_once(export):
    export.write(
        "Nr,Kunde,Tag,Menge,Preis\n1,A,2025-01-31,1.000,2\n2,A,2025-01-31,2.000,3\n"
    )
    export.map(
        "portfolio: {currency: EUR}\ntables:\n  orders:\n    files: '*.csv'\n"
        "    columns: {order_id: Nr, account_id: Kunde, order_date: Tag,"
        " quantity: Menge, net_amount: {product: [Menge, Preis]}}\n"
    )
    found = [each for each in export.run().findings if each.blocks]
    assert [each.rule for each in found] == ["thousands_as_decimals"]
