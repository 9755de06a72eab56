"""The same book by sold-to party and by payer: one total, other accounts."""

import pytest

LINES = (
    "Nr,Pos,AG,RG,WE,Tag,Netto\n"
    "1,1,A1,P,W1,2025-01-31,100\n"
    "2,1,A2,P,W1,2025-01-31,50\n"
    "3,1,A3,Q,W2,2025-02-28,25\n"
)
MAPPING = """
portfolio: {currency: EUR, LEVEL}
tables:
  orders:
    columns:
      order_id: Nr
      line_id: Pos
      account_id: {sold-to: AG, payer: RG, ship-to: WE}
      order_date: Tag
      net_amount: Netto
"""


@pytest.fixture
def book(export):
    """Import the book at a level; return its order lines."""

    def importer(level: str):
        export.write(LINES)
        export.map(MAPPING.replace("LEVEL", level))
        assert not export.run(replace=True).blocked
        return export.table()

    return importer


def test_totals_are_the_same_and_accounts_are_not(book):
    ordered, paid = book("account_level: sold-to"), book("account_level: payer")
    assert ordered["net_amount"].sum() == paid["net_amount"].sum() == 175
    assert ordered["account_id"].tolist() == ["A1", "A2", "A3"]
    assert paid["account_id"].tolist() == ["P", "P", "Q"]


def test_the_other_parties_are_kept(book):
    paid = book("account_level: payer")
    assert paid["sold_to_id"].tolist() == ["A1", "A2", "A3"]
    assert paid["ship_to_id"].tolist() == ["W1", "W1", "W2"]
    assert "payer_id" not in paid


def test_the_level_stands_in_the_portfolio(book, export):
    book("account_level: ship-to")
    assert "account_level: ship-to" in (export.out / "portfolio.yml").read_text()


def test_by_default_accounts_are_those_who_order(book):
    assert book("name: Probe")["account_id"].tolist() == ["A1", "A2", "A3"]


def test_a_column_that_is_mapped_already_is_left_alone(export):
    export.write(LINES)
    text = MAPPING.replace("LEVEL", "account_level: sold-to")
    export.map(text + "      payer_id: {from: RG, strip_prefix: P}\n")
    export.run()
    assert export.table()["payer_id"].tolist()[2] == "Q"


def test_a_parent_on_the_lines_may_be_the_account(export):
    export.write(LINES)
    text = MAPPING.replace("LEVEL", "account_level: parent")
    export.map(text.replace("payer:", "parent:"))
    export.run()
    assert export.table()["account_id"].tolist() == ["P", "P", "Q"]


MISTAKES = [
    ("payer:", "payr:", "account_id.payr is no account level; choose among: sold-to"),
    ("sold-to: AG, ", "", "has no column for portfolio.account_level = 'sold-to'"),
    ("payer:", "parent:", "else map tables.accounts.columns.parent_id"),
]


@pytest.mark.parametrize(("old", "new", "problem"), MISTAKES, ids=range(3))
def test_mistakes_are_told(export, old, new, problem):
    export.write(LINES)
    export.map(MAPPING.replace("LEVEL", "name: Probe").replace(old, new))
    with pytest.raises(Exception, match="to mend") as raised:
        export.run()
    assert problem in str(raised.value)
