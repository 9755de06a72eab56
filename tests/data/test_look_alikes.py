"""Names that look alike are candidates, never more."""

import pandas as pd
import pytest

from kamlab.data.look_alikes import look_alikes
from kamlab.errors import UsageError
from kamlab.value.trailing import account_names


def test_the_published_example_of_jaro_and_winkler():
    names = pd.Series({"1": "MARTHA", "2": "MARHTA", "3": "DIXON", "4": "DICKSONX"})
    found = look_alikes(names, at_least=0.8).set_index(["one", "other"])["similarity"]
    assert found["1", "2"] == pytest.approx(0.9611, abs=1e-4)
    assert found["3", "4"] == pytest.approx(0.8133, abs=1e-4)
    assert len(found) == 2


def test_every_pair_stands_once_and_the_most_alike_first():
    names = pd.Series({"C": "Adler GmbH", "A": "Adler GmbH", "B": "Adler Gmbh & Co"})
    found = look_alikes(names, at_least=0.8)
    assert found["similarity"].is_monotonic_decreasing
    assert (found["one"] < found["other"]).all()
    assert len(found) == 3


def test_capitals_do_not_count_and_missing_names_are_left_out():
    found = look_alikes(pd.Series({"A": "ADLER", "B": "adler", "C": None}))
    assert found[["one", "other"]].to_numpy().tolist() == [["A", "B"]]
    assert found["similarity"].tolist() == [1.0]


def test_nobody_looks_like_anybody():
    assert look_alikes(pd.Series({"A": "Adler", "B": "Zimmer"})).empty
    assert look_alikes(pd.Series(dtype="str")).empty


def test_at_talbruck_the_most_alike_are_branches_of_one_group(demo):
    pairs = look_alikes(account_names(demo)).head(5)
    parents = demo.parent_of
    assert (
        parents[pairs["one"]].to_numpy() == parents[pairs["other"]].to_numpy()
    ).all()


@pytest.mark.parametrize("at_least", [0, -1, 93])
def test_a_similarity_in_per_cent_is_refused(at_least):
    with pytest.raises(UsageError, match=f"at_least = {at_least}"):
        look_alikes(pd.Series({"A": "x"}), at_least)
