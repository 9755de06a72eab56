"""What there is to fight for, and what is known of rivals."""

from datetime import date

import pandas as pd

from kamlab.orientation.contest import (
    at_stake_sentence,
    competitors_sentence,
    first_step,
)
from kamlab.orientation.judgements import judge_claims
from kamlab.orientation.key_accounts import KeyAccounts


def test_what_is_at_stake_ties_to_the_key_accounts_revenue(talbruck):
    revenue = talbruck.measures["revenue"]
    told = at_stake_sentence(revenue, talbruck.chosen, pd.Series(dtype="str"), "EUR")
    total = revenue[talbruck.is_key].sum() / 1e6
    assert told.startswith(f"The key accounts have EUR {total:.1f} M")


def test_key_accounts_without_revenue_have_nothing_at_stake():
    revenue = pd.Series({"A": 0.0, "B": 5.0})
    chosen = KeyAccounts(revenue < 1, date(2024, 12, 31), True, "")
    told = at_stake_sentence(revenue, chosen, pd.Series(dtype="str"))
    assert told == "None of the key accounts brought revenue in these months."


def test_the_largest_that_stand_in_are_not_called_key_accounts():
    revenue = pd.Series({"A": 6.0, "B": 5.0})
    chosen = KeyAccounts(revenue > 5, date(2024, 12, 31), False, "")
    told = at_stake_sentence(revenue, chosen, pd.Series(dtype="str"), "EUR")
    assert told.startswith("The largest accounts have EUR 6 for others")


def test_talbruck_s_calendar_notes_the_rival_in_east_china(demo):
    assert "(East China)" in competitors_sentence(demo.table("events"))


def test_no_note_is_not_no_competitor():
    events = pd.DataFrame({"kind": ["shutdown"], "date": [pd.Timestamp("2025-01-01")]})
    assert competitors_sentence(events).endswith("or nobody wrote it down.")


def test_an_event_without_a_place_is_told_without():
    events = pd.DataFrame(
        {"kind": ["competitor"] * 2, "text": ["First.", "Second."]}
    ).assign(date=pd.to_datetime(["2024-05-01", "2024-02-01"]))
    told = competitors_sentence(events)
    assert told == (
        "The calendar of events notes 2 moves of a competitor, last in May 2024: First."
    )


def test_the_first_step_follows_from_what_is_refuted(talbruck):
    found = judge_claims(talbruck.measures, talbruck.is_key)
    action, why = first_step(found, named=True)
    assert action == "Go through the list account by account."
    assert why.startswith("“They earn us a good margin” does not hold here")
    assert first_step(found, named=False)[0] == "Name the key accounts."
    assert "No claim" in first_step(found[:1], named=True)[1]
