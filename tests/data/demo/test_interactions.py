"""The table of contacts as a whole."""

import pandas as pd
import pytest

import kamlab
from kamlab.data.demo import write_demo
from kamlab.data.demo.interactions import ENTERED_LATE


def test_an_eighth_of_the_contacts_is_entered_days_later(book):
    rows = book.contacts[book.contacts["date"] < "2025-12-01"]
    assert rows["posted_on"].notna().mean() == pytest.approx(ENTERED_LATE, abs=0.02)
    delay = (rows["posted_on"] - rows["date"]).dt.days.dropna()
    assert delay.between(1, 9).all()


def test_what_was_not_entered_by_the_extract_is_missing(book):
    assert not (book.contacts["posted_on"] > "2025-12-31").any()


def test_contacts_are_numbered_in_order_of_their_day(book):
    assert book.contacts["date"].is_monotonic_increasing
    assert book.contacts["interaction_id"].is_monotonic_increasing


def test_members_of_the_programme_are_met_more_often_since_july_2024(book):
    members = book.truth["programme"]["members"]
    lost = set(book.truth["losses"])
    keys = [k for k in book.truth["programme"]["key_accounts_2022"] if k not in lost]
    rows = book.contacts[book.contacts["type"].isin(["visit", "meeting", "call"])]
    after = rows["date"] >= "2024-07-01"
    change = (
        rows[after].groupby("account_id").size()[keys]
        / rows[~after].groupby("account_id").size()[keys]
    )
    inside = change.index.isin(members)
    assert change[inside].median() > change[~inside].median()


def test_a_view_hides_promises_that_were_not_done_yet(tmp_path):
    folder = write_demo(tmp_path / "book", seed=404, accounts=60)
    with kamlab.open_portfolio(folder, as_of="2024-06-30") as portfolio:
        seen = portfolio.table("interactions").collect().to_pandas()
    end = pd.Timestamp("2024-06-30")
    assert seen["date"].max() <= end
    assert seen["promised_done"].max() <= end
    assert seen["promised_due"].max() > end


def test_contacts_of_the_merged_number_go_with_the_surviving_one(tmp_path):
    folder = write_demo(tmp_path / "book", seed=404, accounts=60)
    with kamlab.open_portfolio(folder) as portfolio:
        seen = set(portfolio.table("interactions").collect()["account_id"].to_list())
        assert seen <= set(portfolio.accounts.index)
