"""Contracts, offers, backlog, receivables and payments come in from their exports."""

import pytest

import kamlab

MAPPING = """
portfolio: {currency: EUR, data_through: 2025-12-31}
tables:
  orders:
    files: lines.csv
    columns: {order_id: Nr, line_id: Pos, account_id: Kunde, order_date: Tag,
              net_amount: Netto}
  contracts:
    files: contracts.csv
    columns: {contract_id: Nr, account_id: Kunde, start: Von, end: Bis,
              renewed: {from: Stand, values: {verlängert: "yes", gekündigt: "no"}},
              renewal_date: Am}
  opportunities:
    files: offers.csv
    columns: {opp_id: Nr, account_id: Kunde, created: Tag, quotation_on: Angebot,
              competitors: Wettbewerber, closed_on: Ende, amount: Wert,
              won: {from: Ausgang, values: {gewonnen: true, verloren: false}}}
  open_orders:
    files: backlog.csv
    columns: {order_id: Nr, account_id: Kunde, ordered_on: Tag, promised_date: Zusage,
              amount: Wert}
  receivables:
    files: open_*.csv
    currency: {column: Waehrung, rates: {USD: 0.5}}
    columns: {as_of: Stichtag, account_id: Kunde, invoice_id: Rechnung, due: Faellig,
              amount: Offen, currency: Waehrung}
  collections:
    files: bank.csv
    columns: {account_id: Kunde, date: Tag, amount: Betrag}
"""

FILES = {
    "contracts.csv": """Nr,Kunde,Von,Bis,Stand,Am
1,A,2024-01-01,2024-12-31,verlängert,2024-11-05
2,A,2025-01-01,2026-12-31,,
3,B,2024-01-01,2025-06-30,gekündigt,2025-03-31
""",
    "offers.csv": """Nr,Kunde,Tag,Angebot,Wettbewerber,Ende,Wert,Ausgang
1,A,2025-01-15,2025-02-15,2,2025-03-20,5000.00,gewonnen
2,B,2025-01-15,2025-02-15,1,2025-03-20,7000.00,verloren
3,B,2025-11-15,2025-12-05,3,,9000.00,
""",
    "backlog.csv": """Nr,Kunde,Tag,Zusage,Wert
1,A,2025-11-15,2026-02-15,5.00
1,A,2025-11-15,2026-03-15,5.50
""",
    "open_june.csv": """Stichtag,Kunde,Rechnung,Faellig,Offen,Waehrung
2025-06-30,A,R1,2025-06-15,5.00,EUR
""",
    "open_december.csv": """Stichtag,Kunde,Rechnung,Faellig,Offen,Waehrung
2025-12-31,A,R2,2025-12-15,8.00,EUR
2025-12-31,B,R3,2026-01-15,7.00,USD
""",
    "bank.csv": """Kunde,Tag,Betrag
A,2025-07-15,5.00
A,2025-07-15,5.50
""",
}


@pytest.fixture
def written(export):
    export.write()
    for name, text in FILES.items():
        export.write(text, name)
    return export


@pytest.fixture
def portfolio(written):
    written.map(MAPPING)
    written.run()
    with kamlab.open_portfolio(written.out) as opened:
        yield opened


def test_all_rows_arrive(portfolio):
    rows = {"contracts": 3, "opportunities": 3, "open_orders": 2, "collections": 2}
    assert {name: len(portfolio.table(name)) for name in rows} == rows


def test_monthly_lists_are_kept_and_the_last_one_shows(portfolio, written):
    assert len(written.table("receivables")) == 3
    assert portfolio.table("receivables")["invoice_id"].tolist() == ["R2", "R3"]
    july = portfolio.at("2025-07-31")
    assert july.table("receivables")["invoice_id"].tolist() == ["R1"]


def test_what_is_open_in_dollars_is_converted(portfolio):
    assert portfolio.table("receivables")["amount"].tolist() == [8.0, 3.5]


def test_numbers_that_the_export_lacks_are_counted(portfolio):
    assert portfolio.table("collections")["collection_id"].tolist() == ["1", "2"]
    assert portfolio.table("open_orders")["line_id"].tolist() == ["1", "2"]


def test_a_contract_without_a_day_of_signing_is_known_from_its_start(portfolio):
    contracts = portfolio.table("contracts")
    assert (contracts["signed_on"] == contracts["start"]).all()
    assert contracts["renewed"].fillna("open").tolist() == ["yes", "open", "no"]


def test_an_offer_is_open_until_its_end(portfolio):
    assert portfolio.table("opportunities")["won"].isna().tolist() == [
        False,
        False,
        True,
    ]
    march = portfolio.at("2025-03-01").table("opportunities")
    assert march["won"].isna().all()


def test_the_same_list_twice_is_told(written):
    twice = FILES["open_june.csv"] + "2025-06-30,A,R1,2025-06-15,6.00,EUR\n"
    written.write(twice, "open_june.csv")
    written.map(MAPPING)
    found = [f for f in written.run().findings if f.table == "receivables"]
    assert {f.rule for f in found} >= {"duplicate_key"}


def test_a_later_export_adds_its_list_and_settles_what_was_open(written):
    written.map(MAPPING)
    written.run()
    (written.source / "open_june.csv").unlink()
    (written.source / "open_december.csv").unlink()
    written.write(
        "Stichtag,Kunde,Rechnung,Faellig,Offen,Waehrung\n"
        "2025-11-30,A,R2,2025-12-15,8.00,EUR\n",
        "open_november.csv",
    )
    settled = FILES["contracts.csv"].replace(
        "2,A,2025-01-01,2026-12-31,,", "2,A,2025-01-01,2026-12-31,gekündigt,2025-12-01"
    )
    written.write(settled, "contracts.csv")
    written.run(update=True)
    assert len(written.table("receivables")) == 4
    contracts = written.table("contracts").set_index("contract_id")
    assert contracts.loc["2", "renewed"] == "no"
    assert len(contracts) == 3
