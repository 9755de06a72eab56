"""Who is still a customer, in words: nobody is buried at 30 %, nor praised at 60."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.customer_equity.alive_words import (
    alive_sentence,
    ask_step,
    doubt_sentence,
    model_sentence,
    silence_table,
)
from kamlab.value.lifetime import ModifiedBetaGeoNBD, ParetoNBD, RegularReorderingNBD

MODEL = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
COUNTS = pd.DataFrame(
    {"frequency": [50, 4, 0], "recency": [50.0, 52.0, 0.0], "T": [54.0, 60.0, 30.0]},
    index=["A", "B", "C"],
)


def test_all_accounts_are_said_to_be_there_gone_or_unclear():
    told = alive_sentence(pd.Series([0.99, 0.8, 0.5, 0.21, 0.2, 0.0]), of="groups")
    assert "Of 6 groups that ever ordered, 2 are probably still customers" in told
    assert "2 probably are not" in told
    assert told.endswith("of 2 one cannot tell.")


def test_one_is_spoken_of_in_the_singular():
    told = alive_sentence(pd.Series([0.9]))
    assert "Of 1 account that ever ordered, 1 is probably still a customer" in told
    assert "0 probably are not" in told


def test_those_in_doubt_are_named_by_what_they_brought():
    alive = pd.Series({"A": 0.6, "B": 0.99, "C": 0.3, "D": 0.5, "E": 0.1})
    worth = pd.Series({"A": 5.0, "B": 9.0, "C": 7.0, "D": 1.0, "E": 99.0})
    told = doubt_sentence(alive, worth, {"C": "Cole"}, n=2)
    assert told.endswith("Cole (30 %), A (60 %) and 1 more.")


def test_where_nobody_is_in_doubt_nothing_is_said():
    assert doubt_sentence(pd.Series({"A": 0.99}), pd.Series({"A": 1.0})) == ""


def test_the_table_sets_silence_beside_rhythm():
    table = silence_table(MODEL, COUNTS, ["B", "A"], {"A": "Adler"})
    assert table.index.tolist() == ["B", "Adler"]
    assert table["usual_gap"].tolist() == [13.0, 1.0]
    assert table["silent"].tolist() == [8.0, 4.0]
    assert table.loc["Adler", "doubt_after"] < table.loc["B", "doubt_after"]
    assert table["alive"].between(0.5, 1).all()


def test_a_one_time_buyer_has_no_usual_gap():
    assert silence_table(MODEL, COUNTS, ["C"])["usual_gap"].isna().all()


def test_who_never_ordered_is_named():
    with pytest.raises(UsageError, match="'Z', who has never ordered"):
        silence_table(MODEL, COUNTS, ["A", "Z"])


def test_the_model_is_told_in_its_own_unit():
    in_days = ModifiedBetaGeoNBD("D").with_parameters(r=2, alpha=56, a=0.3, b=9)
    assert "every 28.0 days" in model_sentence(in_days)
    assert "rhythm is steadier" not in model_sentence(in_days)


def test_regular_orders_are_said_to_be_regular():
    regular = RegularReorderingNBD(k=3).with_parameters(r=2, alpha=3, a=0.3, b=9)
    told = model_sentence(regular)
    assert "every 4.5 weeks" in told
    assert "(k = 3)" in told


def test_pareto_nbd_says_who_leaves_within_a_year():
    model = ParetoNBD().with_parameters(r=0.5, alpha=10, s=0.5, beta=52.18 / 3)
    told = model_sentence(model)
    assert "every 20.0 weeks" in told
    assert "50.0 % of new ones are gone within a year" in told


def test_a_name_that_ends_in_a_stop_gets_no_second_one():
    assert ask_step(["Guelph Ltd."])[1].endswith("Guelph Ltd.")


def test_the_step_names_the_first_few():
    action, because = ask_step(["A", "B", "C", "D"], {"A": "Adler"}, n=2)
    assert action == "Ask before they are gone."
    assert because.endswith("own rhythm: Adler, B.")
