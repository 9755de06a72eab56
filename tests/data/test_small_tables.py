"""Small tables show what was known on the day, row by row."""

from datetime import date

import pandas as pd
import pytest

from kamlab.data.contract import TABLES, table
from kamlab.data.folder import Description
from kamlab.data.small_tables import small_table_at
from kamlab.data.store import Store, store_from_frames

JUNE, DECEMBER = date(2025, 6, 30), date(2025, 12, 31)


def store_of(**tables: pd.DataFrame) -> Store:
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "account_id": ["A", "A"],
            "order_date": pd.to_datetime(["2025-05-02", "2025-09-01"]),
            "net_amount": [9.0, 7.0],
            "product_id": ["P2", "P1"],
        }
    )
    told = Description("Little", "EUR", DECEMBER)
    return store_from_frames({"orders": orders} | tables, told)


@pytest.mark.parametrize(
    ("day", "known"), [(JUNE, ["P2"]), (DECEMBER, ["P1", "P2"])], ids=["June", "end"]
)
def test_a_product_is_known_from_its_first_order(day, known):
    products = pd.DataFrame({"product_id": ["P3", "P2", "P1"]})
    found = small_table_at(store_of(products=products), table("products"), day)
    assert found["product_id"].tolist() == known


def test_a_standard_is_known_from_the_day_it_is_valid():
    standards = pd.DataFrame(
        {
            "activity": ["order", "order"],
            "pool": ["desk", "desk"],
            "minutes": [12.0, 9.0],
            "valid_from": pd.to_datetime(["2025-07-01", "2024-01-01"]),
        }
    )
    store, declared = store_of(activity_minutes=standards), table("activity_minutes")
    assert small_table_at(store, declared, JUNE)["minutes"].tolist() == [9.0]
    assert small_table_at(store, declared, DECEMBER)["minutes"].tolist() == [9.0, 12.0]


def lists(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Return lists of open invoices: the day of the list, the invoice, the amount."""
    frame = pd.DataFrame(rows, columns=["as_of", "invoice_id", "amount"])
    return frame.assign(
        as_of=pd.to_datetime(frame["as_of"]),
        account_id="A",
        due=pd.Timestamp("2025-04-30"),
    )


OPEN = lists(
    ("2025-03-31", "F1", 5.0),
    ("2025-06-30", "F1", 5.0),
    ("2025-06-30", "F2", 8.0),
    ("2025-12-31", "F3", 9.0),
)


@pytest.mark.parametrize(
    ("day", "invoices"),
    [
        (date(2025, 3, 30), []),
        (date(2025, 3, 31), ["F1"]),
        (date(2025, 6, 29), ["F1"]),
        (JUNE, ["F1", "F2"]),
        (date(2025, 12, 30), ["F1", "F2"]),
        (DECEMBER, ["F3"]),
    ],
    ids=lambda each: str(each),
)
def test_of_lists_made_anew_only_the_last_one_shows(day, invoices):
    store, declared = store_of(receivables=OPEN), table("receivables")
    found = small_table_at(store, declared, day)
    assert found["invoice_id"].tolist() == invoices


def test_only_receivables_are_lists_made_anew():
    assert [name for name, each in TABLES.items() if each.snapshot] == ["receivables"]


def test_a_lost_tender_is_open_until_it_is_known_to_be_lost():
    offers = pd.DataFrame(
        {
            "opp_id": ["Q1"],
            "account_id": ["A"],
            "created": pd.to_datetime(["2025-05-02"]),
            "quotation_on": pd.to_datetime(["2025-05-20"]),
            "competitors": [2],
            "closed_on": pd.to_datetime(["2025-07-01"]),
            "won": [False],
            "lost_to": ["Rival"],
        }
    )
    store, declared = store_of(opportunities=offers), table("opportunities")
    may = small_table_at(store, declared, date(2025, 5, 10))
    assert may[["competitors", "won", "closed_on"]].isna().all(axis=None)
    june = small_table_at(store, declared, JUNE)
    assert june["competitors"].item() == 2
    assert june[["won", "lost_to"]].isna().all(axis=None)
    assert small_table_at(store, declared, DECEMBER)["lost_to"].item() == "Rival"


def test_rows_without_their_dates_are_known_from_a_date_that_every_row_has():
    named = {n: t.else_known_from for n, t in TABLES.items() if t.else_known_from}
    assert named == {"contracts": "start"}
    column = table("contracts").column("start")
    assert (column.dtype, column.required) == ("date", True)


@pytest.mark.parametrize("signed", [None, [pd.NaT, pd.NaT, "2025-03-01"]])
def test_a_contract_without_a_signing_day_is_known_once_its_term_begins(signed):
    contracts = pd.DataFrame(
        {
            "contract_id": ["V1", "V2", "V3"],
            "account_id": "A",
            "start": pd.to_datetime(["2025-01-01", "2025-07-01", "2025-07-01"]),
            "end": pd.to_datetime(["2025-12-31", "2026-06-30", "2026-06-30"]),
        }
    )
    if signed:
        contracts["signed_on"] = pd.to_datetime(signed)
    store, declared = store_of(contracts=contracts), table("contracts")
    june = small_table_at(store, declared, JUNE)["contract_id"].to_list()
    assert june == (["V1", "V3"] if signed else ["V1"])
    assert len(small_table_at(store, declared, DECEMBER)) == 3


def test_whether_a_contract_was_renewed_is_not_known_before_the_day():
    contracts = pd.DataFrame(
        {
            "contract_id": ["V1"],
            "account_id": ["A"],
            "signed_on": pd.to_datetime(["2024-12-01"]),
            "start": pd.to_datetime(["2025-01-01"]),
            "end": pd.to_datetime(["2025-12-31"]),
            "renewed": ["no"],
            "renewal_date": pd.to_datetime(["2025-10-01"]),
        }
    )
    store, declared = store_of(contracts=contracts), table("contracts")
    assert small_table_at(store, declared, JUNE)["renewed"].isna().all()
    assert small_table_at(store, declared, DECEMBER)["renewed"].item() == "no"
