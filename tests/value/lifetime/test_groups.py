"""Groups keep what is their own where they are large, and lean on all where small."""

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError

from kamlab.errors import UsageError
from kamlab.value.lifetime import (
    BetaGeoNBD,
    CannotTellError,
    GroupedModel,
    ParetoNBD,
    RegularReorderingNBD,
)
from kamlab.value.lifetime.groups import SPREADS
from tests.conftest import slow

NAMES = ["frequency", "recency", "T"]
USUAL = {"r": 1.2, "alpha": 6.0, "a": 0.6, "b": 4.0}
BRISK = {"r": 2.4, "alpha": 3.0, "a": 0.6, "b": 4.0}


def book(sizes: dict[str, int], seed: int, brisk: tuple[str, ...] = ()) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    parts = []
    for group, size in sizes.items():
        truth = BetaGeoNBD().with_parameters(**(BRISK if group in brisk else USUAL))
        part = truth.simulate(np.full(size, 52.0), random_state=rng)
        parts.append(part.assign(group=group))
    table = pd.concat(parts, ignore_index=True)
    return table.set_index("C" + table.index.astype(str))


def three(table: pd.DataFrame) -> list[pd.Series]:
    return [table[name] for name in NAMES]


def grouped(table: pd.DataFrame, **settings: float) -> GroupedModel:
    model = GroupedModel(BetaGeoNBD(), **settings)
    return model.fit(*three(table), groups=table["group"])


@pytest.mark.parametrize("seed", [31, slow(32), slow(33)])
def test_groups_that_differ_are_told_apart(seed: int) -> None:
    table = book({"plant": 400, "dealer": 400, "shop": 400}, seed, brisk=("plant",))
    found = grouped(table)
    assert found.spread_ >= 0.2
    rate = found.parameters_["r"] / found.parameters_["alpha"]
    assert rate["plant"] == pytest.approx(0.8, rel=0.2)
    assert rate["dealer"] == pytest.approx(0.2, rel=0.2)


@pytest.mark.parametrize("seed", [31, slow(32), slow(33)])
def test_groups_that_do_not_differ_stay_together(seed: int) -> None:
    found = grouped(book({"plant": 300, "dealer": 300, "shop": 300}, seed))
    assert found.spread_ <= 0.1
    pooled = found.pooled_.parameters_
    for model in found.models_.values():
        ratio = model.parameters_ / pooled
        assert ratio.between(0.8, 1.25).all()


def test_a_small_group_leans_on_the_whole_book_more_than_a_large_one() -> None:
    table = book({"plant": 600, "few": 12, "dealer": 600}, 35, brisk=("plant", "few"))
    found = grouped(table, spread=0.4)
    centre = np.log(found.pooled_.parameters_)
    away = {
        group: np.linalg.norm(np.log(model.parameters_) - centre)
        for group, model in found.models_.items()
    }
    assert away["few"] < away["plant"]
    errors = {group: model.standard_errors_ for group, model in found.models_.items()}
    relative = errors["few"] / found.models_["few"].parameters_
    assert (relative < 0.45).all()
    assert (errors["plant"]["r"] < errors["few"]["r"]).all()


def test_a_group_of_one_account_is_no_obstacle() -> None:
    table = book({"plant": 100, "one": 1}, 36)
    found = grouped(table, spread=0.4)
    assert found.parameters_.loc["one", "accounts"] == 1
    assert np.isfinite(found.parameters_.to_numpy()).all()


def test_without_spread_every_group_has_the_pooled_parameters() -> None:
    table = book({"plant": 100, "dealer": 50}, 37)
    found = grouped(table, spread=0)
    alive = found.probability_alive(*three(table), table["group"])
    pd.testing.assert_series_equal(
        alive, found.pooled_.probability_alive(*three(table)), check_names=False
    )


def test_each_account_is_answered_by_its_own_group() -> None:
    table = book({"plant": 300, "dealer": 300}, 38, brisk=("plant",))
    found = grouped(table)
    shuffled = table.sample(frac=1, random_state=1)
    ahead = found.expected_orders("26W", *three(shuffled), shuffled["group"])
    worth = found.expected_residual_orders(0.01, *three(shuffled), shuffled["group"])
    assert ahead.index.equals(shuffled.index)
    for group, rows in shuffled.groupby("group"):
        own = found.models_[group]
        expected = own.expected_orders(26, *three(rows))
        pd.testing.assert_series_equal(ahead[rows.index], expected)
        expected = own.expected_residual_orders(0.01, *three(rows))
        pd.testing.assert_series_equal(worth[rows.index], expected)


def test_an_unknown_group_is_answered_by_all() -> None:
    table = book({"plant": 200, "dealer": 200}, 39, brisk=("plant",))
    found = grouped(table)
    alive = found.probability_alive([3], [20.0], [40.0], ["hospital"])
    assert alive[0] == found.pooled_.probability_alive(3, 20.0, 40.0)


def test_other_models_can_be_grouped_too() -> None:
    table = book({"plant": 200, "dealer": 200}, 40, brisk=("plant",))
    pareto = GroupedModel(ParetoNBD()).fit(*three(table), groups=table["group"])
    assert set(pareto.models_) == {"plant", "dealer"}
    regular = GroupedModel(RegularReorderingNBD())
    regular.fit(*three(table), groups=table["group"], log_gaps=table["log_gaps"])
    assert {model.k_ for model in regular.models_.values()} == {1}


def test_wrong_groups_are_named() -> None:
    table = book({"plant": 20}, 41)
    model = GroupedModel(BetaGeoNBD())
    lacking = table["group"].where(table.index != "C3")
    with pytest.raises(UsageError, match="groups: account 'C3' has none"):
        model.fit(*three(table), groups=lacking)
    with pytest.raises(UsageError, match="groups has 19 rows for 20 accounts"):
        model.fit(*three(table), groups=table["group"].iloc[:19])
    with pytest.raises(UsageError, match="groups and frequency name different"):
        model.fit(*three(table), groups=table["group"].iloc[::-1])
    with pytest.raises(UsageError, match="spread = -1: give a number from 0"):
        GroupedModel(BetaGeoNBD(), spread=-1).fit(*three(table), groups=table["group"])
    with pytest.raises(NotFittedError, match="GroupedModel has not been fitted"):
        model.probability_alive(*three(table), table["group"])


def test_too_few_accounts_in_all_cannot_tell() -> None:
    table = book({"plant": 5, "dealer": 4}, 42)
    with pytest.raises(CannotTellError, match="9 accounts"):
        grouped(table)


def test_the_spread_is_the_one_under_which_the_groups_are_most_probable() -> None:
    found = grouped(book({"plant": 200, "dealer": 200}, 43, brisk=("plant",)))
    assert found.evidence_.index.tolist() == list(SPREADS)
    assert found.evidence_.idxmax() == found.spread_
    # The profile has one top: it rises up to it and falls after it.
    top = SPREADS.index(found.spread_)
    assert found.evidence_.iloc[: top + 1].is_monotonic_increasing
    assert found.evidence_.iloc[top:].is_monotonic_decreasing
    assert found.notes == ()


def test_groups_a_hundredfold_apart_are_inside_the_range() -> None:
    kinds = {
        "daily": {"r": 9.0, "alpha": 1.0, "a": 0.3, "b": 90.0},
        "yearly": {"r": 0.6, "alpha": 30.0, "a": 2.0, "b": 2.0},
    }
    parts = [
        BetaGeoNBD()
        .with_parameters(**truth)
        .simulate(np.full(150, 52.0), random_state=44)
        .assign(group=kind)
        for kind, truth in kinds.items()
    ]
    found = grouped(pd.concat(parts, ignore_index=True))
    assert 0.8 <= found.spread_ < SPREADS[-1]
    rate = found.parameters_["r"] / found.parameters_["alpha"]
    assert rate["daily"] / rate["yearly"] > 100


def test_a_spread_that_is_given_is_the_only_one_tried() -> None:
    found = grouped(book({"plant": 60, "dealer": 60}, 45), spread=6.4)
    assert found.evidence_.index.tolist() == [6.4]
    assert found.notes == ()


@pytest.mark.parametrize("spread", ["a", np.nan, np.inf])
def test_a_spread_that_is_none_is_shown(spread: object) -> None:
    with pytest.raises(UsageError, match="spread = "):
        grouped(book({"plant": 20}, 46), spread=spread)
