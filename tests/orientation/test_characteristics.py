"""The four characteristics of a relation, as far as they are recorded."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.orientation.characteristics import CHARACTERISTICS, characteristics_table


def test_all_four_characteristics_are_there_in_both_languages(talbruck):
    table = characteristics_table(talbruck.measures, talbruck.is_key)
    assert set(table["chinese"]) == {"长期性", "互利性", "互动性", "情感性"}
    assert len(table) == len(CHARACTERISTICS)


def test_feelings_are_not_read_off_order_lines(talbruck):
    table = characteristics_table(talbruck.measures, talbruck.is_key)
    affective = table[table["characteristic"] == "affective"].iloc[0]
    assert affective["key accounts"] == affective["others"] == "not recorded"


def test_talbruck_s_key_accounts_keep_more_of_the_room_between_price_and_cost(talbruck):
    table = characteristics_table(talbruck.measures, talbruck.is_key)
    row = table[table["characteristic"] == "mutual benefit"].iloc[0]
    ours, theirs = (
        float(row[name].removesuffix(" %")) for name in ("key accounts", "others")
    )
    assert ours < theirs


def test_medians_are_those_of_the_groups():
    tenure = [1.0] * 4 + [3.0] * 5 + [10.0] * 9
    measures = pd.DataFrame({"tenure": tenure})
    row = characteristics_table(measures, measures["tenure"] > 5).iloc[0]
    assert (row["key accounts"], row["others"], row["n"]) == (
        "10.0",
        "3.00",
        "9\u00a0:\u00a09",
    )


def test_few_accounts_cannot_tell():
    measures = pd.DataFrame({"tenure": [5.0] * 3 + [1.0] * 20})
    row = characteristics_table(measures, measures["tenure"] > 2).iloc[0]
    assert (row["key accounts"], row["others"]) == ("cannot tell", "1.00")


def test_other_accounts_are_refused():
    measures = pd.DataFrame({"tenure": [5.0, 1.0]})
    with pytest.raises(UsageError, match="is_key has 1 accounts and measures 2"):
        characteristics_table(measures, pd.Series([True]))
