"""A page for every book: what it does not know it says, and the rest is right."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.report.review import evidence, opening, tables
from kamlab.report.review.chances import contract_ends, open_quotes
from kamlab.report.review.decide import choices
from kamlab.report.review.dependence import profit_without, shares
from kamlab.report.review.figures import contribution, retention, target_of
from kamlab.report.review.frame import day_words, foot, head
from kamlab.report.review.headlines import headlines
from kamlab.report.review.movers import up_and_down
from kamlab.report.review.numbers import Review
from kamlab.report.review.pictures import picture
from kamlab.report.review.registry import missing, slot
from kamlab.report.review.watch import alerts
from tests.report.review.books import END, STEADY, book, monthly, texts
from tests.report.review.chain import notebook_of
from tests.test_grain import book as book_of

GONE = [row for row in STEADY if row[1] < "2025-09"]
RETURNED = [*STEADY, ("Clamm", "2024-11-02", 10), ("Clamm", "2025-11-02", -9000)]
BOOKS = {
    "orders alone": lambda: book(STEADY),
    "with cost of goods": lambda: book(STEADY, columns={"cogs": 30.0}),
    "one quarter": lambda: book([row for row in STEADY if row[1] >= "2025-10"]),
    "more goes back than out": lambda: book(RETURNED),
    "nobody buys any more": lambda: book([*GONE, ("Adler", END, -1)]),
    "one account": lambda: book([row for row in STEADY if row[0] == "Adler"]),
    "sums of months": lambda: book_of("month"),
}


def figures(review: Review) -> dict[str, float]:
    """Return the recorded figures by name."""
    return {each["name"]: each["value"] for each in headlines(review)}


def tile(review: Review, label: str):
    """Return the tile with this label."""
    [found] = [each for each in slot(review, "tiles").lines if each.label == label]
    return found


@pytest.mark.parametrize("name", BOOKS)
def test_every_book_has_a_page_that_says_what_it_lacks(name):
    review = Review(BOOKS[name]())
    page = texts(review)
    assert not [text for text in page if "nan" in text.lower().split()]
    assert "Contract ends (no table contracts)" in page[-1]
    notebook_of(review)
    picture(review)
    plt.close("all")


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize(("length", "by"), [("month", "parent"), ("year", "account")])
def test_month_and_year_have_a_page_as_well(name, length, by):
    portfolio = BOOKS[name]()
    if name == "one quarter" and length == "year":
        with pytest.raises(UsageError, match=r"period = 'year'.* on 2025-10-01"):
            Review(portfolio, length, by)
    else:
        assert (
            Review(portfolio, length, by).now.label
            in texts(Review(portfolio, length, by))[0]
        )


def test_orders_alone_tell_revenue_bridge_retention_and_dependence():
    review = Review(book(STEADY))
    assert figures(review) == pytest.approx(
        {
            "net_revenue": 550,
            "gross_revenue_retention": 1.0,
            "net_revenue_retention": 1900 / 1800,
            "at_stake": 0,
            "top1": 1300 / 1900,
        }
    )
    assert opening.what_happened(review) == (
        "Net revenue of 2025Q4 is EUR 550, EUR 100 (22.2 %) more than in 2024Q4."
    )
    assert opening.why(review) == (
        "1 account that buys markedly more brought EUR 100: Adler."
    )
    assert opening.what_to_decide(review) == "Nothing has to be decided on these data."
    assert contribution(review) == []
    [mover] = up_and_down(review)
    assert (mover.account, mover.change, mover.basis) == ("Adler", 100, "revenue")
    assert [line.now for line in shares(review)] == ["68.4 %", "100.0 %", "1.8"]


def test_the_foot_names_tables_and_columns_that_are_not_there():
    definitions, counted, lacks = foot(Review(book(STEADY)))
    assert "of the same revenue" not in definitions
    assert counted == "n = 2 groups with revenue in the period."
    assert "Contribution (no column cogs in orders)" in lacks
    assert "Overdue (no table receivables)" in lacks
    told = {each.what for each in missing(Review(book(STEADY, columns={"cogs": 1.0})))}
    assert told == {"Overdue", "Contract ends", "Open offers"}


def test_margin_stands_where_costs_to_serve_are_not_known():
    review = Review(book(STEADY, columns={"cogs": 30.0}))
    # Seven orders of Adler and Bader at 550, less 30 for each.
    assert figures(review)["earned"] == pytest.approx(550 - 7 * 30)
    assert tile(review, "Gross margin").compared == "2024Q4: EUR 270 (+25.9 %)"
    assert "Gross margin: of the same revenue" in foot(review)[0]
    [without] = profit_without(review)
    # 1,900 less 25 × 30 in twelve months, of which Adler 1,300 less 13 × 30.
    assert without.measure == "Gross margin of 12 months without it"
    assert without.now == "EUR 240 (−79.1 %)"


def test_without_a_year_before_the_page_compares_nothing():
    review = Review(BOOKS["one quarter"]())
    assert opening.what_happened(review) == (
        "Net revenue of 2025Q4 is EUR 550; last year is not known."
    )
    assert opening.why(review) == ""
    assert up_and_down(review) == []
    assert evidence.bridge_table(review).rows == ()
    assert tile(review, "Organic growth").note == "no year before to compare"
    kept = tile(review, "Kept in 12 months: GRR / NRR")
    assert kept.note == "two full years of orders are needed"
    assert tile(review, "Net revenue").inside is None
    assert {line.before for line in shares(review)} == {""}


def test_an_account_that_sends_back_more_than_it_buys_is_no_rest():
    review = Review(book(RETURNED))
    assert figures(review)["net_revenue"] == 550 - 9000
    steps = review.bridge.steps
    assert steps.drop(["then", "now"]).sum() == steps["now"] - steps["then"]
    assert steps["lost"] == -9010
    assert [row.account for row in up_and_down(review)] == ["Adler", "Clamm"]
    # Shares of revenue are those of the accounts that bring some.
    assert shares(review)[0].measure == "Largest: Adler"


def test_whoever_falls_silent_is_the_first_thing_to_decide():
    review = Review(BOOKS["nobody buys any more"]())
    assert [line.account for line in alerts(review)] == ["Adler", "Bader"]
    # Both ordered every month up to August: twelve orders of 100, and of 50.
    assert figures(review)["at_stake"] == 12 * 100 + 12 * 50
    assert tile(review, "At stake").note == "revenue of 12 months; 2 watched"
    [choice] = choices(review)
    assert (choice.key, choice.rule, choice.money) == ("Adler", "silence", 1200)
    assert opening.what_to_decide(review).startswith("Visit Adler. No order for 152")


def test_a_book_of_months_says_that_silence_needs_order_days():
    review = Review(book_of("month"))
    assert alerts(review) == []
    assert tables.watch_table(review).note == "order days are needed"
    stake = tile(review, "At stake")
    assert (stake.value, stake.note) == ("", "order days are needed")
    assert "at_stake" not in figures(review)
    assert "Watch list (the data are sums of months)" in foot(review)[-1]
    assert figures(review)["net_revenue"] > 0


def test_accounts_stand_under_their_numbers_where_no_table_names_them():
    review = Review(book(STEADY))
    assert review.name("Adler") == "Adler"
    assert review.owners.eq("").all()
    assert "Owner" not in tables.movers_table(review).columns


def test_a_manager_that_nobody_knows_is_refused(demo):
    told = r"manager = 'K2' owns no account on 2025-12-31: did you mean 'K02'\?"
    with pytest.raises(UsageError, match=told):
        Review(demo, manager="K2")
    with pytest.raises(UsageError, match=r"manager = 'K01' owns no account"):
        Review(book(STEADY), manager="K01")


def test_the_period_is_the_last_that_is_over(demo):
    said = {
        length: day_words(Review(demo.at("2025-11-30"), length)).split(" · ")[0]
        for length in ("month", "quarter", "year")
    }
    assert said == {"month": "2025-11", "quarter": "2025Q3", "year": "2024"}
    with pytest.raises(UsageError, match="period = 'week'"):
        Review(demo, "week")


def test_the_pages_of_all_managers_sum_to_the_whole(demo):
    whole = Review(demo)
    managers = sorted(set(whole.owners))
    assert "" not in managers
    own = []
    for manager in managers:
        # What belongs to all is worked out once, and only cut for each manager.
        page = Review(demo, manager=manager)
        rows = page.own(whole.bridge.by_account)
        own.append((len(page.own(whole.watch.set_index("parent_id"))), rows))
    assert sum(n for n, _ in own) == len(whole.watch)
    cents = sum((rows * 100).round().sum() for _, rows in own)
    assert (cents / 100).to_dict() == pytest.approx(whole.bridge.steps.to_dict())


def test_one_managers_page_is_that_of_the_own_accounts(demo):
    whole, page = Review(demo), Review(demo, manager="K02")
    assert "accounts of K02 only" in head(page)
    assert set(page.bridge.by_account.index) < set(whole.bridge.by_account.index)
    assert set(whole.owners[page.bridge.by_account.index]) == {"K02"}
    assert {line.owner for line in alerts(page)} <= {"K02"}
    assert {row.owner for row in contract_ends(page) + open_quotes(page)} <= {"K02"}
    targets = demo.table("targets")
    quarter = targets[
        (targets["period_start"] == "2025-10-01")
        & (targets["period_end"] == END)
        & (targets["metric"] == "net_revenue")
    ]
    own = quarter[quarter["account_id"].map(whole.owners) == "K02"]
    if own.empty:
        assert target_of(page, page.now) is None
    else:
        assert target_of(page, page.now) == pytest.approx(own["value"].sum())


def test_groups_stand_under_their_parent_and_accounts_one_by_one(demo):
    groups, accounts = Review(demo), Review(demo, by="account")
    members = accounts.bridge.by_account["now"].groupby(
        lambda account: demo.parent_of.get(account, account)
    )
    together = members.sum().round(2)
    by_group = groups.bridge.by_account["now"]
    assert together.reindex(by_group.index).to_dict() == pytest.approx(
        by_group.to_dict()
    )
    assert accounts.retention.n > groups.retention.n
    assert f"{groups.retention.n} groups" in retention(groups)[0].note


def test_late_lines_are_told_in_the_head(demo):
    assert "late lines restate 2025Q3 by +1.2 %" in head(Review(demo))
    assert "restate" not in head(Review(book(STEADY)))


@pytest.fixture
def agreed():
    """A contract that ends soon, one that is settled, one far off; and two offers."""
    contracts = pd.DataFrame(
        {
            "contract_id": ["1", "2", "3"],
            "account_id": ["Adler", "Bader", "Adler"],
            "start": pd.to_datetime(["2023-01-01"] * 3),
            "end": pd.to_datetime(["2026-03-31", "2026-02-28", "2027-12-31"]),
            "notice_days": [60, 30, 30],
            "renewal_date": pd.to_datetime([None, "2025-12-01", None]),
            "renewed": [None, "yes", None],
        }
    )
    offers = pd.DataFrame(
        {
            "opp_id": ["1", "2"],
            "account_id": ["Bader", "Bader"],
            "created": pd.to_datetime(["2025-11-01"] * 2),
            "quotation_on": pd.to_datetime(["2025-12-01", "2025-11-15"]),
            "amount": [900.0, 400.0],
            "closed_on": pd.to_datetime([None, "2025-12-15"]),
            "won": pd.array([None, False], dtype="boolean"),
        }
    )
    return {"contracts": contracts, "opportunities": offers}


def test_chances_are_contracts_that_end_soon_and_offers_still_open(agreed):
    review = Review(book(STEADY, **agreed))
    [ending] = contract_ends(review)
    assert (ending.account, ending.money) == ("Adler", 1300)
    assert ending.due.isoformat() == "2026-01-30"
    [offer] = open_quotes(review)
    assert (offer.account, offer.money) == ("Bader", 900)
    assert offer.what == "Offer, open for 30 days."


def test_a_notice_day_that_has_passed_leaves_the_end_of_the_contract(agreed):
    late = agreed["contracts"].assign(notice_days=120)
    review = Review(book(STEADY, **{**agreed, "contracts": late}))
    assert contract_ends(review)[0].due.isoformat() == "2026-03-31"


def test_the_contract_is_decided_before_smaller_matters(agreed):
    review = Review(
        book(
            [
                *STEADY,
                *monthly("Dorn", 5, (2023, 2024), range(1, 13), 3),
                ("Dorn", "2025-01-03", 5),
            ],
            **agreed,
        )
    )
    assert [line.account for line in alerts(review)] == ["Dorn"]
    found = choices(review)
    assert [(each.rule, each.key) for each in found] == [
        ("contract", "Adler"),
        ("silence", "Dorn"),
    ]
    assert found[0].due.isoformat() == "2026-01-30"
