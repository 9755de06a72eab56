"""Three places among all, a score, and how far weights decide it."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.customer_equity import (
    lifetime_value,
    quarters_ahead,
    scorecard_measures,
    value_scorecard,
)
from kamlab.value.customer_equity.scorecard import COMPONENTS
from kamlab.value.lifetime import CannotTellError
from tests.value.customer_equity.made_up_books import DAY, made_up


def measures(n: int = 21, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    names = [f"A{i:02d}" for i in range(n)]
    return pd.DataFrame(rng.lognormal(size=(n, 3)), names, list(COMPONENTS))


def test_components_run_from_nothing_to_a_hundred():
    parts = value_scorecard(measures()).accounts[list(COMPONENTS)]
    assert parts.min().tolist() == [0, 0, 0]
    assert parts.max().tolist() == [100, 100, 100]
    assert parts.mean().tolist() == pytest.approx([50, 50, 50])


def test_ties_share_their_place():
    frame = measures(3).assign(loyalty=[5.0, 5.0, 1.0])
    parts = value_scorecard(frame).accounts["loyalty"]
    assert parts.sort_values().tolist() == [0, 75, 75]


def test_the_score_is_the_weighted_mean():
    card = value_scorecard(
        measures(), {"spend_ability": 2, "loyalty": 1, "latent_profit": 1}
    )
    assert card.weights == {
        "spend_ability": 0.5,
        "loyalty": 0.25,
        "latent_profit": 0.25,
    }
    parts = card.accounts[list(COMPONENTS)] @ [0.5, 0.25, 0.25]
    assert card.accounts["score"].to_numpy() == pytest.approx(parts.to_numpy())


def test_one_component_alone_is_its_own_ranking():
    weights = {"spend_ability": 1, "loyalty": 0, "latent_profit": 0}
    card = value_scorecard(measures(), weights, reach=0)
    own = measures()["spend_ability"].sort_values(ascending=False)
    assert card.accounts.index.tolist() == own.index.tolist()
    assert card.accounts["place"].tolist() == list(range(1, 22))


def test_without_reach_every_place_is_certain():
    accounts = value_scorecard(measures(), reach=0).accounts
    assert (accounts["best_place"] == accounts["worst_place"]).all()
    assert (accounts["best_place"] == accounts["place"]).all()


def test_places_lie_between_the_best_and_the_worst_and_spread_with_reach():
    near = value_scorecard(measures(), reach=0.1).accounts.sort_index()
    far = value_scorecard(measures(), reach=0.3).accounts.sort_index()
    for card in (near, far):
        assert (card["best_place"] <= card["place"]).all()
        assert (card["place"] <= card["worst_place"]).all()
    assert (far["best_place"] <= near["best_place"]).all()
    assert (far["worst_place"] >= near["worst_place"]).all()
    assert (far["worst_place"] > near["worst_place"]).any()


def test_who_is_first_everywhere_is_first_under_all_weights():
    frame = measures()
    frame.loc["A05"] = frame.max() + 1
    row = value_scorecard(frame, reach=1).accounts.loc["A05"]
    assert row["score"] == pytest.approx(100)
    assert (row["best_place"], row["worst_place"]) == (1, 1)


def test_money_in_another_currency_changes_no_place():
    other = measures() * [7.8, 1, 7.8]
    pd.testing.assert_frame_equal(
        value_scorecard(other).accounts, value_scorecard(measures()).accounts
    )


def test_accounts_with_an_unknown_component_are_listed():
    frame = measures()
    frame.loc["A07", "loyalty"] = np.nan
    card = value_scorecard(frame)
    assert card.left_out == ("A07",)
    assert len(card.accounts) == 20


@pytest.mark.parametrize(
    "weights",
    [
        {"spend_ability": 1, "loyalty": 1},
        {"spend_ability": -1, "loyalty": 1, "latent_profit": 1},
        dict.fromkeys(COMPONENTS, 0),
        {**dict.fromkeys(COMPONENTS, 1), "charm": 1},
    ],
)
def test_weights_that_cannot_be_are_shown(weights):
    with pytest.raises(UsageError, match="weights = "):
        value_scorecard(measures(), weights)


def test_a_missing_component_and_a_lonely_account_are_named():
    with pytest.raises(UsageError, match="no 'loyalty'"):
        value_scorecard(measures().drop(columns="loyalty"))
    with pytest.raises(CannotTellError, match=r"takes two accounts .* of 1 the"):
        value_scorecard(measures(1))
    with pytest.raises(UsageError, match="reach = 2"):
        value_scorecard(measures(), reach=2)


def test_values_by_the_sheet_place_nobody_and_the_reason_is_said():
    book = made_up(60, frequency=0, recency=0.0)
    sheet = lifetime_value(book, quarters_ahead(DAY, 0.1, 4))
    said = r"of 60 the measures know .*loyalty of 0"
    with pytest.raises(CannotTellError, match=said):
        value_scorecard(scorecard_measures(sheet, book))


def test_measures_of_a_book_are_its_own():
    book = made_up(60)
    values = lifetime_value(
        book, quarters_ahead(DAY, 0.1, 4), model="BG/NBD", repetitions=20
    )
    found = scorecard_measures(values, book)
    one = book.accounts.loc["A005"]
    row = found.loc["A005"]
    assert row["spend_ability"] == one["order_value"] * one["own_orders"]
    alive = values.accounts.loc["A005", "alive"]
    assert row["loyalty"] == pytest.approx(one["recency"] * 7 / 365.25 * alive)
    assert row["latent_profit"] == values.accounts.loc["A005", "value"]


def test_accounts_that_tie_on_paper_share_a_place():
    frame = pd.DataFrame(
        [[1, 2, 3], [2, 3, 1], [3, 1, 2]], list("ABC"), list(COMPONENTS)
    )
    assert value_scorecard(frame, reach=0).accounts["place"].tolist() == [1, 1, 1]
