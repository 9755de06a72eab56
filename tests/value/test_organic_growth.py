"""Growth at last year's rates, without merged and renumbered accounts."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kamlab
from kamlab.errors import MissingDataError, UsageError
from kamlab.value.currency_effect import currency_effect
from kamlab.value.organic_growth import (
    OrganicGrowth,
    growth_words,
    organic_growth,
    recoded_accounts,
)
from kamlab.value.revenue_bridge import revenue_bridge
from tests.conftest import slow
from tests.value.revenue_books import (
    NOW,
    SEEDS,
    THEN,
    company,
    line,
    quarters_of,
    talbruck,
)


def in_dollars(account: str, year: int, dollars: float, rate: float) -> dict:
    """Return a line that was invoiced in USD, and converted."""
    return line(
        account, year, dollars * rate, currency="USD", net_amount_original=dollars
    )


def aliases(*rows: tuple[str, str, str]) -> pd.DataFrame:
    columns = ["old_account_id", "account_id", "valid_from"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(valid_from=pd.to_datetime(frame["valid_from"]))


def merger_event(number: str, day: str) -> pd.DataFrame:
    event = {
        "event_id": "1",
        "date": pd.Timestamp(day),
        "scope": "account",
        "scope_value": number,
        "kind": "merger",
        "text": "Taken over.",
    }
    return pd.DataFrame([event])


def assert_adds_up(organic: OrganicGrowth) -> None:
    parts = organic.growth + organic.currency + organic.structure
    assert parts == pytest.approx(organic.reported, abs=1e-12)


def test_growth_of_what_was_bought():
    book = company(line("A", 2024, 990), line("A", 2025, 1090))
    organic = organic_growth(book, NOW, THEN)
    assert organic.growth == organic.reported == pytest.approx(0.1)
    assert (organic.currency, organic.structure) == (0, 0)
    assert organic.excluded.empty
    assert growth_words(organic) == "Organic growth is 10.0 %, reported growth 10.0 %."


def test_rates_alone_are_no_growth():
    ends = [
        in_dollars("B", year, 10, rate) for year, rate in ((2024, 0.9), (2025, 0.8))
    ]
    book = company(
        in_dollars("A", 2024, 990, 0.9), in_dollars("A", 2025, 990, 0.8), *ends
    )
    organic = organic_growth(book, NOW, THEN)
    assert organic.growth == pytest.approx(0)
    assert organic.currency == pytest.approx(-100 / 910)
    assert "Rates of exchange account for −11.0 points." in growth_words(organic)
    assert_adds_up(organic)


def test_the_effect_of_rates_is_that_of_chapter_eleven():
    lines = [
        in_dollars("A", 2024, 1000, 0.9),
        in_dollars("A", 2024, 500, 0.8),
        in_dollars("A", 2025, 1400, 0.75),
        line("B", 2025, 300),
    ]
    book = company(*lines)
    organic = organic_growth(book, NOW, THEN)
    table = currency_effect(book)
    share = table["currency_effect"].sum() / table["before"].sum()
    assert organic.currency == pytest.approx(share)
    assert organic.growth == pytest.approx(
        table["growth"].sum() / table["before"].sum()
    )


def test_a_renumbered_account_is_left_out_of_both_years():
    lines = [line("Old", 2024, 100), line("New", 2025, 300), line("A", 2024, 190)]
    lines += [line("A", 2025, 210)]
    book = company(*lines, account_aliases=aliases(("Old", "New", "2025-03-01")))
    organic = organic_growth(book, NOW, THEN)
    assert organic.growth == pytest.approx(20 / 200)
    assert organic.excluded.loc["New", ["why", "then", "now"]].tolist() == [
        "renumbered",
        100.0,
        300.0,
    ]
    assert "New" not in organic.by_key.index
    assert_adds_up(organic)


@pytest.mark.parametrize(
    ("day", "left_out"),
    [
        ("2023-12-31", False),
        ("2024-01-01", False),
        ("2024-01-02", True),
        ("2025-12-31", True),
    ],
)
def test_only_changes_between_the_two_periods_count(day: str, left_out: bool):
    lines = [line("Old", 2024, 100), line("New", 2025, 300)]
    book = company(*lines, account_aliases=aliases(("Old", "New", day)))
    assert organic_growth(book, NOW, THEN).excluded.empty is not left_out


def test_a_chain_of_numbers_ends_at_the_one_that_stands():
    changes = aliases(("A1", "A2", "2022-05-01"), ("A2", "A3", "2024-05-01"))
    lines = [line("A1", 2024, 100, day="02-02"), line("A3", 2025, 300)]
    recoded = recoded_accounts(company(*lines, account_aliases=changes), THEN, NOW)
    assert recoded["why"].to_dict() == {"A3": "renumbered"}


def test_an_account_taken_over_by_an_event_is_left_out():
    lines = [line("A", 2024, 100), line("A", 2025, 300)]
    book = company(*lines, events=merger_event("A", "2025-05-01"))
    organic = organic_growth(book, NOW, THEN)
    assert organic.excluded["why"].to_dict() == {"A": "event"}
    assert organic.growth == 0


def test_an_event_and_a_number_of_one_merger_are_one_reason():
    lines = [line("Old", 2024, 100), line("New", 2025, 300)]
    book = company(
        *lines,
        events=merger_event("Old", "2025-05-01"),
        account_aliases=aliases(("Old", "New", "2025-05-01")),
    )
    assert recoded_accounts(book, THEN, NOW)["why"].to_dict() == {"New": "renumbered"}


def test_by_parent_only_the_renumbered_branch_is_left_out():
    family = pd.DataFrame({"account_id": ["New", "B"], "parent_id": "Group"})
    lines = [line("Old", 2024, 100), line("New", 2025, 300)]
    lines += [line("B", 2024, 70), line("B", 2025, 80)]
    changes = aliases(("Old", "New", "2025-03-01"))
    book = company(*lines, accounts=family, account_aliases=changes)
    organic = organic_growth(book, NOW, THEN, by="parent")
    assert organic.by_key.loc["Group"].tolist() == [70.0, 80.0]
    assert organic.by_key.index.name == "parent_id"


def test_without_revenue_before_there_is_no_growth():
    book = company(line("A", 2024, -10, kind="return"), line("A", 2025, 300))
    organic = organic_growth(book, NOW, THEN)
    assert organic.growth != organic.growth
    assert "not known" in growth_words(organic)


def test_foreign_lines_without_their_own_amounts_are_told():
    lines = [line("A", year, 900, currency="USD") for year in (2024, 2025)]
    organic = organic_growth(company(*lines), NOW, THEN)
    assert organic.missing == ("orders.net_amount_original",)
    assert organic.currency != organic.currency
    assert organic.growth == organic.reported
    assert "cannot be told" in growth_words(organic)


def test_what_is_refused():
    with pytest.raises(UsageError, match="swap them"):
        organic_growth(company(), THEN, NOW)
    with pytest.raises(UsageError, match="by = 'city'"):
        organic_growth(company(), NOW, THEN, by="city")
    with pytest.raises(MissingDataError, match="data begin on"):
        organic_growth(company().at("2024-12-31"), THEN, company().period("2023"))


RATES = st.sampled_from([0.5, 0.9, 1.1, 2.0])
SALES = st.lists(
    st.tuples(
        st.sampled_from(["Old", "New", "B"]),
        st.sampled_from([2024, 2025]),
        st.integers(1, 90_000).map(lambda cents: cents / 100),
        RATES,
    ),
    max_size=8,
)


@settings(max_examples=15)
@given(SALES)
def test_parts_add_up_to_reported_growth(sales):
    lines = [in_dollars(*each) for each in sales]
    book = company(*lines, account_aliases=aliases(("Old", "New", "2024-07-01")))
    assert_adds_up(organic_growth(book, NOW, THEN))


@settings(max_examples=10)
@given(SALES)
def test_another_reporting_currency_changes_no_growth(sales):
    book = company(*[in_dollars(*each) for each in sales])
    orders = book.orders.collect("pandas").to_native()
    orders["net_amount"] *= 7.8
    yuan = kamlab.portfolio_from_tables({"orders": orders}, "CNY", as_of="2025-12-31")
    one, two = (organic_growth(each, NOW, THEN) for each in (book, yuan))
    assert two.growth == pytest.approx(one.growth, abs=1e-4)
    assert two.currency == pytest.approx(one.currency, abs=1e-4)


@pytest.mark.parametrize("seed", [SEEDS[0], *(slow(seed) for seed in SEEDS[1:])])
def test_talbruck_leaves_out_what_was_merged_and_nothing_else(seed: int):
    book, truth = talbruck(seed)
    for now, then in quarters_of(book):
        view = book.at(now.end)
        organic = organic_growth(view, now, then)
        changed = {
            change["new"]
            for change in truth["merged"]
            if str(then.start) < change["since"] <= str(now.end)
        }
        assert set(organic.excluded.index) == changed
        bridge = revenue_bridge(view, now, then)
        reported = bridge.change / bridge.steps["then"]
        assert organic.reported == pytest.approx(reported, abs=1e-9)
        assert abs(organic.growth - organic.reported) < 0.01


def test_the_words_of_talbruck(demo):
    view = demo.at("2024-12-31")
    organic = organic_growth(view, view.period("2024Q4"), view.period("2023Q4"))
    text = growth_words(organic)
    assert text.startswith("Organic growth is 9.5 %, reported growth 9.2 %.")
    assert text.endswith(
        "1 merged or renumbered account is left out; it accounts for −0.4 points."
    )
