"""Tax by line, prices per hundred, credits without goods, samples, own companies."""

import pytest

import kamlab
from kamlab.data.late_postings import late_share
from kamlab.value.activity import account_revenue

HEADER = "Nr,Pos,Kunde,Tag,Art,Menge,Preis,Per,Brutto,Satz,Gebucht\n"
LINES = (
    "1,1,A,2025-01-31,sale,500,20.00,100,113.00,13,2025-01-31\n"
    "1,2,A,2025-01-31,freight,,,,10.60,6,2025-01-31\n"
    "1,3,A,2025-01-31,sample,5,0,1,0.00,13,2025-01-31\n"
    "2,1,A,2025-02-10,price_credit,,,,-22.60,13,2025-03-05\n"
    "3,1,B,2025-02-28,rebate,,,,-10.00,0,2025-02-28\n"
    "4,1,B,2025-02-28,intercompany,1,500,1,500.00,0,2025-02-28\n"
)
MAPPING = """
portfolio: {name: Probe, currency: CNY}
tables:
  orders:
    columns:
      order_id: Nr
      line_id: Pos
      account_id: Kunde
      order_date: Tag
      line_type: Art
      quantity: Menge
      unit_net_price: Preis
      price_per: Per
      posted_on: Gebucht
      net_amount: {from: Brutto, tax_rate: {column: Satz, unit: 0.01}}
"""


@pytest.fixture
def told(export):
    """Import these lines; return the findings by rule."""

    def teller(lines: str = LINES, mapping: str = MAPPING):
        export.write(HEADER + lines)
        export.map(mapping)
        return {each.rule: each for each in export.run().findings}

    return teller


def test_tax_is_taken_off_line_by_line(told, export):
    found = told()["tax_by_line_applied"]
    assert "at the rate in the column Satz (6 rows)" in found.message
    amounts = export.table()["net_amount"].tolist()
    assert amounts == pytest.approx([100, 10, 0, -20, -10, 500])


def test_prices_per_hundred_agree_with_their_amounts(told):
    assert "amount_not_price_times_quantity" not in told()


def test_credits_and_freight_need_no_quantity_and_samples_no_amount(told, export):
    assert not any(each.blocks for each in told().values())
    lines = export.table().set_index("line_type")
    assert lines.loc[["price_credit", "freight", "rebate"], "quantity"].isna().all()
    assert lines.loc["sample", "net_amount"] == 0


def test_own_companies_are_kept_told_and_no_revenue(told, export):
    assert "1 row, 500.00" in told()["intercompany_apart"].message
    with kamlab.open_portfolio(export.out) as portfolio:
        assert account_revenue(portfolio).to_dict() == pytest.approx(
            {"A": 90.0, "B": -10.0}
        )


def test_a_credit_is_known_from_the_day_it_was_booked(told, export):
    told()
    with kamlab.open_portfolio(export.out) as portfolio:
        before = account_revenue(portfolio.at("2025-02-28"))
        assert before["A"] == pytest.approx(110)
        assert account_revenue(portfolio)["A"] == pytest.approx(90)
        assert late_share(portfolio) == (1 / 6, 6)


@pytest.mark.parametrize(("rate", "rule"), [("", "blank_value"), ("x", "not_a_number")])
def test_a_line_without_a_rate_of_tax_blocks(told, rate, rule):
    lines = LINES.replace("113.00,13,", f"113.00,{rate},")
    assert told(lines)[rule].blocks


def test_attributes_without_a_day_are_as_of_the_extract(told, export):
    (export.source / "master.txt").write_text("Kunde,Stufe\nA,gold\nB,silver\n")
    lines = MAPPING.replace(
        "    columns:\n      order_id",
        "    files: lines.csv\n    columns:\n      order_id",
    )
    master = "  accounts:\n    files: master.txt\n"
    told(mapping=lines + master + "    columns: {account_id: Kunde, tier: Stufe}\n")
    with kamlab.open_portfolio(export.out) as portfolio:
        assert portfolio.undated("accounts") == ["tier"]
        with pytest.raises(Exception, match="extract"):
            portfolio.features("accounts", ["tier"])


def test_tax_goes_with_amounts_only(export):
    export.write(HEADER + LINES)
    export.map(
        MAPPING.replace(
            "order_id: Nr", "order_id: {from: Nr, tax_rate: {column: Satz}}"
        )
    )
    with pytest.raises(
        Exception, match="order_id is no amount; take off unit, tax_rate"
    ):
        export.run()
