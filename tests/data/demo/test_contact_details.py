"""What contacts were about, and how long they took where somebody noted it."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.contact_details import (
    DURATION_SPREAD,
    OUTCOMES,
    RECORDED_SHARES,
    TOPICS,
)


def test_durations_are_noted_for_visits_and_hardly_ever_for_e_mails(book):
    noted = book.contacts["duration_minutes"].notna()
    share = noted.groupby(book.contacts["type"]).mean()
    count = book.contacts["type"].value_counts()
    for kind, planted in RECORDED_SHARES.items():
        error = np.sqrt(planted * (1 - planted) / count[kind])
        assert abs(share[kind] - planted) < 3.5 * error, kind


def test_noted_durations_agree_with_the_standard_on_average(book):
    standard = book.minutes.groupby("activity")["minutes"].max()
    noted = book.contacts.dropna(subset="duration_minutes")
    by_type = noted.groupby("type")["duration_minutes"]
    for kind in ("visit", "meeting", "training"):
        error = DURATION_SPREAD * standard[kind] / np.sqrt(by_type.size()[kind])
        assert by_type.mean()[kind] == pytest.approx(standard[kind], abs=3.5 * error)


def test_durations_given_to_random_types_would_not(book):
    noted = book.contacts.dropna(subset="duration_minutes")
    mixed = np.random.default_rng(0).permutation(noted["type"])
    means = noted.groupby(mixed)["duration_minutes"].mean()
    assert means["visit"] != pytest.approx(330, rel=0.1)


def test_prices_come_up_around_a_new_price_list(book):
    price = book.contacts["topic"] == "price"
    near = book.contacts["date"].between("2024-12-01", "2025-02-05")
    assert price[near].mean() > 1.7 * price[~near].mean()


def test_prices_come_up_in_east_china_since_the_competitor_came(book):
    region = book.contacts["account_id"].map(book.accounts["region"])
    price = book.contacts["topic"] == "price"
    after = book.contacts["date"].between("2024-02-01", "2024-11-30")
    east = region == "East China"
    assert price[after & east].mean() > 1.4 * price[after & ~east].mean()


def test_topics_and_outcomes_are_those_declared(book):
    assert set(book.contacts["topic"]) == {*TOPICS, "complaint"}
    known = {each for told in OUTCOMES.values() for each in told}
    assert book.contacts["outcome"].isin(known).mean() > 0.999
    assert sum(TOPICS.values()) == pytest.approx(1)


def test_people_are_met_under_anonymous_codes(book):
    code = book.contacts["contact_id"].str.split("-", expand=True)
    assert (code[0] == book.contacts["account_id"]).all()
    assert pd.to_numeric(code[1]).between(1, 6).all()
