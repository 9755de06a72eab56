"""Values that are computed: quotients, cents of each line, numbers without zeros."""

import pytest

from kamlab.data.cleaning.computing import combined_sql
from kamlab.data.mapping.mapping import ColumnSource
from kamlab.errors import UsageError


@pytest.fixture
def imported(export):
    """Import lines with a net amount of their own; return the order lines."""

    def importer(header, *rows, net_amount="Netto", account="Kunde", more=()):
        export.write(f"{header}\n" + "".join(f"{row}\n" for row in rows))
        text = export.mapping.read_text()
        text = text.replace("net_amount: Netto", f"net_amount: {net_amount}")
        export.map(text.replace("account_id: Kunde", f"account_id: {account}"), *more)
        assert not export.run().blocked
        return export.table()

    return importer


HEADER = "Nr,Pos,Kunde,Tag,Netto"


def test_a_quotient_is_what_one_of_several_units_is_worth(imported):
    found = imported(
        f"{HEADER},Je",
        "1,1,A,2025-01-31,12.80,100",
        net_amount="{quotient: [Netto,Je]}",
    )
    assert found["net_amount"].tolist() == [0.128]


def test_a_quotient_keeps_the_digits_of_small_rates():
    sql = combined_sql(["a", "b"], ColumnSource(("A", "B"), "quotient"))
    assert sql.endswith(", 12)")


def test_tax_is_taken_off_in_cents_where_each_line_is_rounded(imported):
    rows = [f"{n},1,A,2025-01-31,10.00" for n in (1, 2, 3)]
    whole = imported(HEADER, *rows, net_amount="{from: Netto, tax_rate: 0.13}")
    assert whole["net_amount"].sum() == pytest.approx(30 / 1.13)


def test_three_rounded_lines_add_up_as_the_books_have_them(imported):
    rows = [f"{n},1,A,2025-01-31,10.00" for n in (1, 2, 3)]
    rule = "{from: Netto, tax_rate: 0.13, round: 2}"
    found = imported(HEADER, *rows, net_amount=rule)
    assert found["net_amount"].tolist() == [8.85, 8.85, 8.85]


def test_converted_lines_are_rounded_to_the_cent(imported):
    found = imported(
        f"{HEADER},Whg",
        "1,1,A,2025-01-31,10.00,USD",
        net_amount="{from: Netto, round: 2}",
        more=("currency: {column: Whg, rates: {USD: 0.91237}}",),
    )
    assert found["net_amount"].tolist() == [9.12]


def test_zeros_at_the_front_of_a_number_are_taken_off(imported):
    found = imported(
        HEADER,
        "1,1,0000100200,2025-01-31,1",
        "2,1,100200,2025-01-31,1",
        "3,1,0000,2025-01-31,1",
        "4,1,00X7,2025-01-31,1",
        account="{from: Kunde, strip_zeros: true}",
    )
    assert found["account_id"].tolist() == ["100200", "100200", "0", "00X7"]


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ("is no amount; take off", "line_type: {from: Netto, round: 2}"),
        ("is no id; take off strip_zeros", "cogs: {from: Netto, strip_zeros: true}"),
        ("whole number from 0 to 6", "cogs: {from: Netto, round: 9}"),
    ],
)
def test_what_fits_no_column_is_refused_with_its_place(export, told, rule):
    export.write(f"{HEADER}\n1,1,A,2025-01-31,1\n")
    export.map(export.mapping.read_text(), f"  {rule}")
    with pytest.raises(UsageError, match=told):
        export.run()
