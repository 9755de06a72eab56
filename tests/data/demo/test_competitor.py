"""A competitor enters East China in 2024."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.competitor import COMPETITOR_EFFECT, competitor_factor
from kamlab.data.demo.story import COMPETITOR_FROM, day_number


def growth_by_region(book):
    """Return log growth 2023 to 2025 of accounts without a story."""
    told = [each["account_id"] for each in book.truth["characters"].values()]
    keys = book.truth["programme"]["key_accounts_2022"]
    yearly = book.yearly.drop(index=[*told, *keys], errors="ignore")
    yearly = yearly[(yearly[[2023, 2025]] > 1000).all(axis=1)]
    growth = np.log(yearly[2025] / yearly[2023])
    return growth.to_frame("growth").assign(region=book.accounts["region"])


def test_ordinary_accounts_of_east_china_fall_behind_the_others(books):
    growth = pd.concat([growth_by_region(book) for book in books])
    here = growth["region"] == "East China"
    gap = growth.loc[here, "growth"].mean() - growth.loc[~here, "growth"].mean()
    assert gap == pytest.approx(COMPETITOR_EFFECT, abs=0.17)
    assert gap < -0.05


def test_many_of_the_late_losses_sat_in_east_china(books):
    late, everybody = [], []
    for book in books:
        gone = [k for k, v in book.truth["losses"].items() if v["left"] >= "2024-02"]
        late.extend(book.accounts.loc[gone, "region"] == "East China")
        everybody.extend(book.accounts["region"] == "East China")
    assert np.mean(late) > 1.4 * np.mean(everybody)


def factor_of(region, is_key, day):
    roster = pd.DataFrame({"region": [region], "character": "", "is_key": is_key})
    return competitor_factor(roster, np.array([0]), np.array([day]))[0]


def test_nothing_happens_before_the_competitor_comes():
    assert factor_of("East China", False, day_number(COMPETITOR_FROM)) == 1


def test_other_regions_and_key_accounts_are_spared():
    assert factor_of("South China", False, 1460) == 1
    assert factor_of("East China", True, 1460) == 1


def test_the_effect_builds_up_over_a_year():
    half, full = (
        factor_of("East China", False, day_number(COMPETITOR_FROM) + days)
        for days in (182, 400)
    )
    assert 1 > half > full == pytest.approx(np.exp(COMPETITOR_EFFECT))
