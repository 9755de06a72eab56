"""The characters' stories as their contacts tell them."""

import pandas as pd
import pytest

from kamlab.data.demo.characters import branches
from kamlab.data.demo.contact_stories import LIANHAN_REMINDERS, WETTERAU_QUESTIONS
from kamlab.data.demo.recovery import hallenbeck_contacts


def test_wetterau_asks_nearly_every_day_where_its_parcels_are(book):
    asked = book.met("wetterau").query("topic == 'service' and direction == 'in'")
    a_year = len(asked) / 2.98
    assert a_year == pytest.approx(WETTERAU_QUESTIONS, rel=0.12)


def test_lianhan_is_asked_to_pay_more_often_every_year(book):
    asked = book.met("lianhan").query("topic == 'payment'")
    counts = asked["date"].dt.year.value_counts().sort_index()
    for year, planted in LIANHAN_REMINDERS.items():
        assert counts[year] == pytest.approx(planted, abs=5)
    assert counts.is_monotonic_increasing


def test_payment_is_the_topic_of_no_other_account_like_that(book):
    share = book.contacts["topic"].eq("payment").groupby(book.contacts["account_id"])
    seen = share.mean()[share.size() >= 20]
    assert seen.idxmax() == book.number_of("lianhan")


def test_nordkai_tells_that_it_will_order_again(book):
    rows = book.met("nordkai").query("topic == 'need'")
    told = set(zip(rows["date"].dt.strftime("%Y-%m-%d"), rows["outcome"], strict=True))
    assert ("2025-02-25", "runs down stock, orders again in autumn") in told
    assert ("2025-08-27", "order announced") in told


def test_hallenbecks_complaint_is_answered_at_once_and_every_promise_kept(book):
    rows = book.met("hallenbeck")
    month = rows[rows["date"].between("2024-05-13", "2024-06-30")]
    told = month[month["outcome"] == "batch of couplings broke"]
    assert told["date"].item() == pd.Timestamp("2024-05-13")
    promised = month.dropna(subset="promised_due")
    story = promised[promised["promised_action"].isin(["send new batch"])]
    assert (story["promised_done"] <= story["promised_due"]).all()
    assert (month["type"] == "visit").sum() >= 2


def test_the_steps_of_the_recovery_are_in_order():
    steps = hallenbeck_contacts(pd.DataFrame({"character": ["", "hallenbeck"]}))
    assert steps["day"].is_monotonic_increasing
    assert (steps["account"] == 1).all()
    assert (steps["done_day"].dropna() <= steps["due_day"].dropna()).all()


def test_marwitz_is_known_by_one_person_only(book):
    people = book.contacts.groupby("account_id")["contact_id"].nunique()
    assert people[book.number_of("marwitz")] == 1
    often = book.contacts.groupby("account_id").size() >= 60
    assert people[often].drop(book.number_of("marwitz")).median() >= 3


def test_marwitz_talks_about_prices(book):
    topics = book.met("marwitz")["topic"].value_counts(normalize=True)
    assert topics["price"] > 0.35


def test_brackwell_is_served_six_times_over(book):
    visits = book.contacts[book.contacts["type"] == "visit"]
    visits = visits.groupby("account_id").size()
    numbers = [book.number_of(branch.key) for branch in branches()]
    keys = book.truth["programme"]["members"]
    assert visits[numbers].sum() > 2.5 * visits.reindex(keys).median()
    assert (visits[numbers] > 3).all()


def test_hardly_anybody_goes_to_haorui(book):
    visits = book.contacts[book.contacts["type"] == "visit"]
    visits = visits.groupby("account_id").size().reindex(book.accounts.index)
    assert visits.fillna(0)[book.number_of("haorui")] < visits.median()


def test_finished_projects_are_met_no_more(book):
    last = book.met("seilwerk")["date"].max()
    assert last < pd.Timestamp("2025-03-01")
