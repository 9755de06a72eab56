"""Unused capacity asks for a decision, a pool at a time."""

import pandas as pd

from kamlab.value.capacity_words import capacity_step


def pools(**unused: float) -> pd.DataFrame:
    return pd.DataFrame({"unused_cost": pd.Series(unused), "utilisation": 0.6})


def test_the_pool_with_the_dearest_rest_is_named():
    action, text = capacity_step(pools(desk=200.0, store=700.0), "EUR")
    assert action.startswith("Decide")
    assert "EUR 900 is paid for time that no account took" in text
    assert "EUR 700 of it in store (60.0 % used)" in text


def test_overtime_in_one_pool_does_not_hide_the_rest_of_another():
    _, text = capacity_step(pools(desk=200.0, store=-700.0))
    assert "200 is paid for time that no account took, 200 of it in desk" in text


def test_where_all_capacity_is_used_there_is_nothing_to_decide():
    assert capacity_step(pools(desk=0.0, store=-5.0)) == ("", "")
