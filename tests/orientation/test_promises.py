"""Whether promises are kept, and how long customers have been silent."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import MissingDataError, UsageError
from kamlab.orientation.promises import days_of_silence, promises_kept, promises_of
from tests.orientation.conftest import book, contacts

ORDERS = [("A", "2025-01-01", 5.0), ("B", "2025-06-30", 5.0)]


def promises(kept: dict[str, list[bool]]) -> pd.DataFrame:
    day = pd.Timestamp("2025-03-01")
    rows = [
        (account, day, day if good else day + pd.Timedelta(days=2))
        for account, each in kept.items()
        for good in each
    ]
    return pd.DataFrame(rows, columns=["account_id", "due", "done"])


def test_a_promise_counts_once_it_is_due():
    calls = contacts(
        [("A", "2025-05-01"), ("A", "2025-06-01"), ("B", "2025-06-02")],
        promised_due=pd.to_datetime(["2025-05-20", "2025-07-20", None]),
        promised_done=pd.to_datetime(["2025-05-19", None, None]),
    )
    found = promises_of(book(ORDERS, interactions=calls))
    assert found["account_id"].tolist() == ["A"]
    assert str(found["done"][0].date()) == "2025-05-19"


def test_what_is_done_later_is_not_known_yet():
    calls = contacts(
        [("A", "2025-05-01")],
        promised_due=pd.to_datetime(["2025-05-20"]),
        promised_done=pd.to_datetime(["2025-06-25"]),
    )
    company = book(ORDERS, interactions=calls)
    assert promises_of(company.at("2025-05-31"))["done"].isna().all()
    assert promises_of(company)["done"].notna().all()


def test_kept_is_done_by_the_day_it_was_due():
    share = promises_kept(promises({f"A{i}": [True, False] for i in range(12)}))
    assert share.value == 0.5
    assert share.n == 24


def test_an_open_promise_is_not_kept():
    table = promises({f"A{i}": [True] for i in range(10)})
    table.loc[0, "done"] = pd.NaT
    assert promises_kept(table).value == pytest.approx(0.9)


def test_promises_to_one_customer_count_as_one_observation():
    alike = promises({f"A{i}": [i % 2 == 0] * 20 for i in range(20)})
    apart = promises({f"A{i}": [True, False] * 10 for i in range(20)})
    wide, narrow = (promises_kept(each) for each in (alike, apart))
    assert wide.value == narrow.value == 0.5
    assert wide.high - wide.low > 0.3 > narrow.high - narrow.low


def test_the_interval_covers_the_truth_when_accounts_differ():
    rng = np.random.default_rng(9)
    covered = []
    for _ in range(200):
        own = rng.beta(8, 2, 60)
        kept = {
            f"A{i}": list(rng.random(rng.integers(2, 12)) < p)
            for i, p in enumerate(own)
        }
        share = promises_kept(promises(kept))
        covered.append(share.low <= 0.8 <= share.high)
    assert 0.90 <= np.mean(covered) <= 0.99


def test_few_accounts_cannot_tell():
    assert promises_kept(promises({"A": [True] * 50})).cannot_tell


def test_another_frame_is_refused():
    with pytest.raises(UsageError, match="no column 'due'"):
        promises_kept(pd.DataFrame({"account_id": ["A"]}))


def test_silence_is_counted_from_the_last_contact():
    calls = contacts([("A", "2025-05-01"), ("A", "2025-06-20")])
    silence = days_of_silence(book(ORDERS, interactions=calls))
    assert silence["A"] == 10
    assert np.isnan(silence["B"])


def test_without_contacts_it_says_so():
    for ask in (days_of_silence, promises_of):
        with pytest.raises(MissingDataError, match="interactions"):
            ask(book(ORDERS))


def test_talbruck_keeps_most_of_its_promises(demo):
    share = promises_kept(promises_of(demo))
    assert 0.75 < share.low < share.high < 0.95
