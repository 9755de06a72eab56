"""The table of the story: what kinds of account there are, and what they bring."""

import pytest

from kamlab.data.demo.kinds import CATEGORIES, KINDS


def test_accounts_are_spread_over_the_kinds_as_the_story_says(book):
    found = book.accounts["kind"].value_counts(normalize=True)
    for name, kind in KINDS.items():
        assert found[name] == pytest.approx(kind.account_share, abs=0.015)


def test_revenue_of_2025_is_spread_over_the_kinds_as_the_story_says(book):
    revenue = book.yearly[2025].groupby(book.accounts["kind"]).sum()
    found = revenue / revenue.sum()
    for name, kind in KINDS.items():
        assert found[name] == pytest.approx(kind.revenue_share, abs=0.015)


def test_scrambled_accounts_lose_the_table_of_kinds(book):
    revenue = book.scrambled().yearly[2025].groupby(book.accounts["kind"]).sum()
    found = revenue / revenue.sum()
    gaps = [abs(found[name] - kind.revenue_share) for name, kind in KINDS.items()]
    assert max(gaps) > 0.03


def test_the_kinds_make_up_all_accounts_and_all_revenue():
    assert sum(kind.account_share for kind in KINDS.values()) == pytest.approx(1)
    assert sum(kind.revenue_share for kind in KINDS.values()) == pytest.approx(1)
    assert sum(kind.first_share for kind in KINDS.values()) == pytest.approx(1)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_usual_mix_of_a_kind_covers_every_category(name):
    mix = KINDS[name].mix
    assert len(mix) == len(CATEGORIES)
    assert sum(mix) == pytest.approx(1)
