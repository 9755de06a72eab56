"""The table of contracts: believable terms, and the story's own."""

import pandas as pd
import pytest

END = pd.Timestamp("2025-12-31")


def contracts_of(book, character: str) -> pd.DataFrame:
    number = book.number_of(character)
    return book.contracts[book.contracts["account_id"] == number]


def beginnings(book) -> set[tuple]:
    """Return which account has a term that begins on which day."""
    return set(zip(book.contracts["account_id"], book.contracts["start"], strict=True))


def ending_soon(book, days: int = 180) -> pd.DataFrame:
    ahead = (book.contracts["end"] - END).dt.days
    return book.contracts[ahead.between(1, days) & book.contracts["renewed"].isna()]


def test_every_machine_builder_and_nobody_else_has_a_frame_contract(book):
    kind = book.accounts["kind"]
    builders = set(kind.index[kind == "machine builder"])
    assert set(book.contracts["account_id"]) == builders
    assert len(builders) / len(kind) == pytest.approx(0.12, abs=0.01)


def test_a_term_runs_whole_months_from_a_first_to_a_last_day(book):
    start, end = book.contracts["start"], book.contracts["end"]
    assert (start.dt.day == 1).all()
    assert end.dt.is_month_end.all()
    months = (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month + 1
    assert (months == book.contracts["term_months"]).all()


def test_terms_of_an_account_never_overlap(book):
    own = book.contracts.sort_values(["account_id", "start"])
    before = own.groupby("account_id")["end"].shift()
    assert not (own["start"] <= before).any()


def test_a_renewed_contract_is_followed_the_day_after(book):
    renewed = book.contracts[book.contracts["renewed"] == "yes"]
    merged = book.number_of("eisenhain_old")
    renewed = renewed[~(renewed["account_id"].eq(merged) & (renewed["end"] > "2024"))]
    next_day = renewed["end"] + pd.Timedelta(days=1)
    assert set(zip(renewed["account_id"], next_day, strict=True)) <= beginnings(book)


def test_a_contract_given_up_is_not_followed_the_day_after(book):
    given_up = book.contracts[book.contracts["renewed"] == "no"]
    next_day = given_up["end"] + pd.Timedelta(days=1)
    assert not set(zip(given_up["account_id"], next_day, strict=True)) & beginnings(
        book
    )


def test_renewals_are_settled_before_the_end_and_by_the_day_of_the_extract(book):
    settled = book.contracts[book.contracts["renewed"].notna()]
    assert (settled["renewal_date"] < settled["end"]).all()
    assert (settled["renewal_date"] <= END).all()
    open_ones = book.contracts[book.contracts["renewed"].isna()]
    assert open_ones["renewal_date"].isna().all()
    assert (open_ones["end"] > END).all()


def test_those_that_renew_by_themselves_are_settled_when_notice_was_due(book):
    settled = book.contracts[book.contracts["renewed"].notna()]
    automatic = settled[settled["auto_renew"]]
    ahead = (automatic["end"] - automatic["renewal_date"]).dt.days
    assert (ahead == automatic["notice_days"]).all()


def test_marwitz_and_several_others_end_within_half_a_year(book):
    soon = ending_soon(book)
    assert 4 <= len(soon) <= 12
    assert book.number_of("marwitz") in set(soon["account_id"])


def test_marwitz_has_to_be_asked_and_pays_less_every_year(book):
    last = contracts_of(book, "marwitz").iloc[-1]
    assert str(last["end"].date()) == book.truth["contracts"]["marwitz_ends"]
    assert not last["auto_renew"]
    assert last["price_clause"] == "3 % lower every year"
    assert last["value"] > 15e6


def test_the_price_cut_stands_in_a_three_year_contract(book):
    own = contracts_of(book, "price_cut")
    last = own.iloc[-1]
    assert (str(last["start"].date()), last["term_months"]) == ("2025-01-01", 36)
    assert "6 %" in last["price_clause"]
    assert "6 %" not in own.iloc[0]["price_clause"]


def test_running_contracts_cover_a_good_part_of_the_revenue(book):
    running = book.contracts[book.contracts["end"] >= END]
    running = running[running["start"] <= END]
    a_year = (running["value"] / running["term_months"] * 12).sum()
    assert 15e6 < a_year < 30e6


def test_nobody_signs_after_the_term_began(book):
    assert (book.contracts["signed_on"] <= book.contracts["start"]).all()
    assert (book.contracts["signed_on"] <= END).all()
