"""Columns without a place are asked about; what nobody needs is told, and why."""

import pytest

from kamlab.data.presets.unresolved import open_columns, question_about, unused_columns

BILLING = "KUNAG;FKDAT;FKART;NETWR"


def why(rows, name: str, **masters: str) -> str:
    """Return why a column is not used."""
    found = {each.header: each.why for each in unused_columns(rows, [], masters)}
    return found.get(name, "")


def test_an_empty_column_says_so(rows_of):
    rows = rows_of(BILLING + ";VKBUR", "A;20250131;F2;9;")
    assert why(rows, "VKBUR") == "it is empty in the rows looked at"


def test_a_column_that_the_system_adds_for_itself(rows_of):
    rows = rows_of(BILLING + ";MANDT", "A;20250131;F2;9;100")
    assert why(rows, "MANDT").startswith("sap_billing writes it for itself")


def test_an_address_has_no_place_in_the_contract(rows_of):
    rows = rows_of("Customer;Date;Amount;Street", "A;2025-01-31;9;Main St")
    assert why(rows, "Street") == "the contract has no place for it"


def test_a_gross_amount_beside_a_net_one(rows_of):
    rows = rows_of("客户;日期;金额;价税合计", "A;2025-01-31;100;113")
    assert why(rows, "价税合计") == "the amount without VAT is there"


def test_a_mark_of_cancelled_invoices_beside_their_cancellations(rows_of):
    lines = ["A;20250131;F2;9;X", "A;20250131;S1;9;"]
    rows = rows_of(BILLING + ";FKSTO", *lines)
    assert why(rows, "FKSTO") == "its cancellation is a document of its own"


def test_what_a_master_says_is_read_from_there(rows_of):
    rows = rows_of(BILLING + ";NAME1", "A;20250131;F2;9;Adler")
    told = why(rows, "NAME1", accounts="customers.csv")
    assert told == "accounts are read from customers.csv"


def test_columns_that_are_neither_used_nor_needless_are_open(rows_of):
    rows = rows_of(BILLING + ";MANDT;WERKS", "A;20250131;F2;9;100;1000")
    used = BILLING.split(";")
    assert open_columns(rows, used, unused_columns(rows, used, {})) == ["WERKS"]


@pytest.mark.parametrize(
    ("header", "line", "asked"),
    [
        ("KUKLA", "01", "KUKLA: customer class - perhaps accounts.kind? values: 01"),
        ("ship_to_idd", "7", "ship_to_idd: perhaps orders.ship_to_id? values: 7"),
        ("Wave", "2025-01-31", "Wave: days? values: 2025-01-31"),
        ("Litres", "7", "Litres: numbers? values: 7"),
        (
            "Colour",
            "a very long text indeed",
            "Colour: codes or groups? values: a very",
        ),
    ],
)
def test_what_a_column_may_be_is_asked_with_its_values(rows_of, header, line, asked):
    rows = rows_of(f"{BILLING};{header}", f"A;20250131;F2;9;{line}")
    assert question_about(rows, header).startswith(asked)


@pytest.mark.parametrize("value", ["eva@example.com", "x"])
def test_persons_are_never_shown(rows_of, value):
    header = "Contact person" if value == "x" else "Remarks"
    rows = rows_of(f"{BILLING};{header}", f"A;20250131;F2;9;{value}")
    assert value not in question_about(rows, header).partition("?")[2]
