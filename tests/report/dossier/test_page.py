"""The page as a whole: for us, for the customer, of little, of four columns."""

from datetime import date

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import kamlab
from kamlab.data.folder import Description
from kamlab.data.store import store_from_frames
from kamlab.portfolio import Portfolio
from kamlab.report.actions import merged, read_actions, write_actions
from kamlab.report.dossier import tables
from kamlab.report.dossier.ahead import expected, target_of
from kamlab.report.dossier.frame import foot, head, title
from kamlab.report.dossier.headlines import headlines
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.opening import light, sentence
from kamlab.report.dossier.picture import marks, months, picture
from kamlab.report.dossier.plan import actions, aims, notes
from kamlab.report.dossier.registry import fillers, missing, slot
from kamlab.report.tiles import tiles
from kamlab.style import alternative_text
from tests.report.actions.books import TODAY, cells, workbook
from tests.report.dossier.books import END, contact, dossier, monthly, sales

TABLES = ("buys", "earns", "service", "people", "ahead", "plan", "products", "contacts")


def told(found: Dossier) -> str:
    """Return all words of a page, the alternative text and the figures included."""
    words = [title(found), head(found), sentence(found), notes(found), *foot(found)]
    words += [str(tiles(slot(found, "tiles").lines))]
    words += [str(getattr(tables, f"{name}_table")(found)) for name in TABLES]
    words += [str(figure) for figure in headlines(found)]
    if tables.shows(found, "picture"):
        ax = picture(found)
        words.append(alternative_text(ax))
        words += [text.get_text() for text in ax.texts]
        plt.close(ax.figure)
    return "\n".join(words)


def test_managers_stand_there_by_code_unless_names_are_asked_for():
    with kamlab.open_portfolio("data/demo") as portfolio:
        people = portfolio.table("kam_team")["kam_name"].dropna()
        plain = told(Dossier(portfolio, "Marwitz"))
        named = told(Dossier(portfolio, "Marwitz", names=True))
    assert [person for person in people if person in plain] == []
    assert [person for person in people if person in named] == ["Ruth Ellenrieder"]


@pytest.mark.parametrize("account", ["Kovostav", "Marwitz", "Lianhan", "Nordkai"])
def test_the_customer_reads_no_profit_risk_wallet_tier_or_peers(talbrucks, account):
    words = told(talbrucks(account, "customer")).casefold()
    for secret in (
        *("contribution", "margin", "cost", "wallet", "tier", "peer", "risk", "watch"),
        *("● red", "amber", "green", "fading", "never bought", "silent", "target"),
        *("price_change", "less than a year ago", "one contact", "competitor"),
        *("service level", "hangs on one person", "runs down", "outcome"),
    ):
        assert secret not in words, secret


def test_our_own_page_says_all_of_that(talbrucks):
    words = told(talbrucks("Kovostav")).casefold()
    for wanted in (
        "contribution",
        "wallet",
        "tier",
        "peers",
        "risk",
        "● red",
        "target",
    ):
        assert wanted in words


def test_what_is_for_the_customer_never_asks_for_profit_or_the_watch_list(talbruck):
    found = Dossier(talbruck, "Kovostav", audience="customer")
    told(found)
    assert not {"profit", "alerts", "rhythm"} & set(vars(found))


def test_five_orders_give_a_short_page():
    days = ["2024-01-10", "2024-03-10", "2024-06-10", "2025-02-10", "2025-08-10"]
    delivered = {"promised_date": pd.Timestamp("2025-09-01")}
    delivered |= {"delivered_date": pd.Timestamp("2025-08-30")}
    found = dossier(sales("A", days, **delivered))
    assert found.is_short
    assert light(found) == "○ no light: too little to judge"
    assert sentence(found) == (
        "Too little to judge: 5 order days, the first on 10 Jan 2024."
    )
    (tile,) = slot(found, "tiles").lines
    assert tile.value == "EUR 200"
    assert tables.service_table(found) is not None
    assert tables.plan_table(found).note == "Nothing is planned."
    for name in ("buys", "earns", "people", "ahead"):
        assert getattr(tables, f"{name}_table")(found) is None
    told(found)


def test_an_account_that_never_ordered_gives_a_short_page():
    accounts = pd.DataFrame({"account_id": ["A"], "created_on": [pd.Timestamp(END)]})
    found = dossier(accounts=accounts)
    assert sentence(found) == "Too little to judge: no order yet."
    assert "EUR 0" in told(found)
    assert "EUR 0 in 12 months" in alternative_text(picture(found))


def test_a_book_of_four_columns_gives_a_page_that_names_what_is_missing():
    found = dossier(sales("A", monthly()))
    words = told(found)
    assert "Not available: " in words
    assert "Overdue (no receivables)" in words
    assert "Contract (no contracts)" in words
    assert light(found) == "○ green: it orders as usual"
    assert {each.what for each in missing(found)} >= {"Open offers", "Meetings"}


def test_a_book_of_months_speaks_of_no_order_days():
    lines = sales("A", pd.date_range("2023-01-31", END, freq="ME"))
    about = Description("Months", "EUR", date(2025, 12, 31), grain="month")
    portfolio = Portfolio(
        store_from_frames({"orders": lines}, about), about.data_through
    )
    words = told(Dossier(portfolio, "A"))
    assert "Days since the last order" not in words
    assert "EUR 1,200" in words
    assert "green: nothing stands out" in words


def test_a_silent_account_is_red_with_the_reason():
    found = dossier(sales("A", pd.date_range("2024-01-01", "2025-06-01", freq="14D")))
    assert light(found).startswith("● red: silent beyond its own rhythm")
    assert sentence(found).startswith("No order for ")


def test_the_head_names_the_merged_number_and_its_day(talbrucks):
    assert "with A10731 since 1 Jul 2024" in head(talbrucks("A10731"))


def test_the_picture_marks_the_merger_and_the_price_list(talbrucks):
    assert {"price list", "merger"} <= {m.words for m in marks(talbrucks("A10731"))}


def test_months_stand_beside_the_same_of_a_year_earlier():
    then = sales("A", monthly("2023-01-01", "2024-12-31"), 100.0)
    now = sales("A", monthly("2025-01-01"), 150.0)
    table = months(dossier(then.assign(order_id="T" + then["order_id"]), now))
    assert table["revenue"].tolist() == [100.0] * 12 + [150.0] * 12
    assert table["before"].tolist() == [100.0] * 24


def test_a_year_that_the_data_do_not_hold_is_no_zero():
    table = months(dossier(sales("A", monthly("2024-06-15"))))
    assert table["before"].iloc[:12].notna().all()  # the book begins in January 2023
    assert table["before"].iloc[:12].sum() == 0.0


def test_a_note_of_ours_is_marked_for_us_alone(talbruck):
    own = {m.words for m in marks(Dossier(talbruck, "Nordkai"))}
    shown = {m.words for m in marks(Dossier(talbruck, "Nordkai", audience="customer"))}
    assert "event" in own - shown


def test_expectations_have_an_interval_and_their_n(talbrucks):
    first = expected(talbrucks("Kovostav"))[0]
    assert first.what == "2026Q1 expected"
    assert "90 %: " in first.now
    assert "n = 1," in first.now  # errors of all accounts in four quarters


def test_the_customer_reads_of_last_years_quarter_alone(talbrucks):
    first = expected(talbrucks("Kovostav", "customer"))[0]
    assert "n = 12" in first.now


def test_targets_of_the_same_days_alone_count(talbrucks):
    kovostav = talbrucks("Kovostav")
    quarters = [kovostav.portfolio.period(f"2025Q{n}") for n in (1, 2, 3, 4)]
    whole = target_of(kovostav, kovostav.year)
    parts = sum(target_of(kovostav, quarter) for quarter in quarters)
    assert whole == pytest.approx(parts, rel=0.01)


@pytest.fixture
def written(tmp_path):
    """A list in which people filled in Kovostav's alert and a row of their own."""
    alerts = pd.DataFrame(
        {
            "account": ["A10284"],
            "name": ["Kovostav Strojírny a.s."],
            "rule": ["fading: gearboxes"],
            "what": ["Buys fewer gearboxes."],
            "at_stake": [1.0],
        }
    )
    path = tmp_path / "actions.xlsx"
    write_actions(merged(read_actions(None), alerts, TODAY), path)
    rows = cells(path)
    place = {code[7:]: n for n, code in enumerate(rows[0])}
    rows[2][place["owner"]], rows[2][place["status"]] = "Weber", "in progress"
    rows[2][place["comment"]] = "They test a rival."
    own = [""] * len(rows[0])
    own[place["account"]], own[place["what"]] = (
        "Kovostav (A10284)",
        "Invite to the fair",
    )
    other = [""] * len(rows[0])
    other[place["account"]], other[place["what"]] = "Marwitz (A10063)", "Golf"
    return workbook(path, [*rows, own, other])


def test_what_people_wrote_stands_beside_the_aim_it_is_about(talbruck, written):
    found = Dossier(talbruck, "Kovostav", actions=written)
    first = aims(found)[0]
    assert (first.owner, first.status) == ("Weber", "in progress")
    assert first.why == "They test a rival."


def test_rows_of_peoples_own_stand_below_and_nobody_elses(talbruck, written):
    found = Dossier(talbruck, "Kovostav", actions=written)
    assert [each.what for each in actions(found)] == ["Invite to the fair"]


def test_the_customer_reads_nothing_that_people_wrote(talbruck, written):
    found = Dossier(talbruck, "Kovostav", audience="customer", actions=written)
    words = told(found)
    for secret in ("Weber", "rival", "fair"):
        assert secret not in words


def test_notes_count_contacts_since_the_last_quarter():
    rows = [
        contact("2025-09-30"),
        contact("2025-10-01", "visit"),
        contact("2025-12-01"),
    ]
    found = dossier(sales("A", monthly()), interactions=pd.DataFrame(rows))
    assert notes(found) == (
        "Since 30 Sep 2025: 2 contacts, 1 of them in person; last call on 1 Dec 2025."
    )


def test_every_filler_names_a_function_that_is_there(talbruck):
    for audience in ("internal", "customer"):
        for each in fillers(Dossier(talbruck, "", audience=audience)):
            assert callable(each.function())


def test_texts_of_the_data_are_escaped():
    accounts = pd.DataFrame({"account_id": ["A"], "industry": ["<b>pumps</b>"]})
    found = dossier(sales("A", monthly()), accounts=accounts)
    shown = tables.plan_table(found).to_html() + str(tiles(slot(found, "tiles").lines))
    assert "<b>pumps" not in shown
    assert "<b>pumps</b>" in head(found)  # `say` escapes it


def test_an_account_without_a_name_is_called_by_its_number_once():
    accounts = pd.DataFrame({"account_id": ["A", "Z"], "account_name": ["", "Zett"]})
    for tables_ in ({}, {"accounts": accounts}):
        named = title(dossier(sales("A", monthly()), **tables_))
        assert named.split(" · ")[0] == "A"
