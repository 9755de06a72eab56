"""The list of actions says which of its matters are over, and why."""

from datetime import date

import pandas as pd
import pytest

from kamlab.report.actions import merged, read_actions, write_actions
from kamlab.report.actions.records import read_to_dos
from kamlab.report.review.memory import DUE_WITHIN
from kamlab.report.review.numbers import Review
from kamlab.report.review.standing import MATTERS, listed_matters
from kamlab.report.review.watch import alerts, all_alerts
from tests.report.review.books import END, STEADY, book, monthly
from tests.report.review.chain import notebook_of

LEFT = monthly("Dorn", 5, (2023, 2024), range(1, 13), 3)
SILENT = [*STEADY, *LEFT, ("Dorn", "2025-01-03", 5)]
CONTRACT = {
    "contract_id": ["1"],
    "account_id": ["Adler"],
    "start": pd.to_datetime(["2023-01-01"]),
    "end": pd.to_datetime(["2026-03-31"]),
    "price_clause": ["10 % lower every year"],
}


def contracts(**changed) -> pd.DataFrame:
    return pd.DataFrame({**CONTRACT, **changed})


def listed(tmp_path, *matters: tuple[str, str]):
    """Write a list that asks for these matters of accounts."""
    rows = pd.DataFrame(matters, columns=["account", "rule"])
    path = tmp_path / "actions.xlsx"
    asked = rows.assign(what="Do.", at_stake=1.0)
    write_actions(merged(read_actions(None), asked, date(2025, 9, 30)), path)
    return path


def told(review: Review) -> dict[tuple[str, str], str]:
    return {(each.key, each.matter): each.closed for each in listed_matters(review)}


def test_what_still_holds_has_its_money_of_today(tmp_path) -> None:
    path = listed(tmp_path, ("Dorn", "silence"), ("Adler", "contract"))
    review = Review(book(SILENT, contracts=contracts()), actions=path)
    found = {each.matter: each for each in listed_matters(review)}
    # Dorn: twelve orders of 5 from February 2024 to January 2025.
    assert (found["silence"].money, found["silence"].closed) == (60.0, "")
    assert (found["contract"].money, found["contract"].closed) == (1300.0, "")


def test_whoever_ordered_again_or_renewed_is_over(tmp_path) -> None:
    path = listed(tmp_path, ("Bader", "silence"), ("Adler", "contract"))
    later = contracts(end=pd.to_datetime(["2028-03-31"]))
    review = Review(book(SILENT, contracts=later), actions=path)
    assert told(review) == {
        ("Bader", "silence"): "ordered again, last on 15 Dec 2025",
        ("Adler", "contract"): "renewed until 31 Mar 2028",
    }


def test_a_contract_that_ran_out_and_an_account_that_is_gone(tmp_path) -> None:
    gone = [*STEADY, *monthly("Dorn", 5, (2022, 2023), range(1, 13), 3)]
    path = listed(tmp_path, ("Dorn", "silence"), ("Adler", "contract"))
    ended = contracts(end=pd.to_datetime(["2025-11-30"]))
    review = Review(book(gone, contracts=ended), actions=path)
    assert told(review) == {
        ("Dorn", "silence"): "no revenue for twelve months: gone",
        ("Adler", "contract"): "contract has ended",
    }


def test_an_event_that_explains_the_silence_ends_the_matter(tmp_path) -> None:
    event = {
        "event_id": ["E7"],
        "date": pd.to_datetime(["2025-07-10"]),
        "end_date": pd.to_datetime([None]),
        "scope": ["account"],
        "scope_value": ["Dorn"],
        "kind": ["destocking"],
        "text": ["Runs down its stock."],
    }
    early = [*LEFT, *monthly("Dorn", 5, (2025,), (1, 2, 3, 4, 5, 6, 7), 3)]
    path = listed(tmp_path, ("Dorn", "silence"))
    portfolio = book([*STEADY, *early], events=pd.DataFrame(event))
    assert told(Review(portfolio, actions=path)) == {
        ("Dorn", "silence"): "explained by event E7"
    }


def test_of_other_matters_and_accounts_a_page_says_nothing(tmp_path) -> None:
    path = listed(tmp_path, ("Adler", "trade fair"), ("Nobody", "silence"))
    assert listed_matters(Review(book(STEADY), actions=path)) == []


def test_every_matter_has_a_day_that_is_proposed() -> None:
    assert set(DUE_WITHIN) == set(MATTERS)


def test_the_list_gets_owner_day_and_choice_of_prices(demo) -> None:
    to_dos = read_to_dos([notebook_of(Review(demo))]).set_index(["account", "rule"])
    kovostav = to_dos.loc[("A10284", "fading: gearboxes")]
    assert (kovostav["owner"], kovostav["due"]) == ("K01", "2026-01-14")
    marwitz = to_dos.loc[("A10063", "contract")]
    assert (marwitz["owner"], marwitz["due"]) == ("K03", "2026-01-30")
    assert "3 % lower again: EUR 319 k a year less" in marwitz["what"]


def test_a_snoozed_alert_leaves_the_page_and_stays_on_the_list(tmp_path) -> None:
    path = listed(tmp_path, ("Dorn", "silence"))
    actions = read_actions(path)
    snoozed = ({**actions.rows[0], "snooze_until": date(2026, 6, 30)},)
    write_actions(type(actions)(snoozed, actions.columns, actions.heads), path)
    review = Review(book(SILENT), actions=path)
    assert alerts(review) == []
    assert [each.key for each in all_alerts(review)] == ["Dorn"]
    to_dos = read_to_dos([notebook_of(review)])
    assert to_dos["closed"].tolist() == [""]


@pytest.mark.parametrize("manager", ["K01", "K02"])
def test_a_managers_page_ends_no_matter_of_others(demo, tmp_path, manager) -> None:
    owner = demo.accounts["kam_id"]
    others = owner.index[(owner != manager) & (demo.parent_of == owner.index)][:5]
    path = listed(tmp_path, *((key, "silence") for key in others))
    assert listed_matters(Review(demo, manager=manager, actions=path)) == []


def test_rows_of_the_next_report_say_what_became_of_them(tmp_path) -> None:
    path = listed(tmp_path, ("Bader", "silence"), ("Dorn", "silence"))
    review = Review(book(SILENT), actions=path)
    to_dos = read_to_dos([notebook_of(review)])
    rows = merged(read_actions(path), to_dos, date.fromisoformat(END)).rows
    said = {row["key"]: row["still_true"] for row in rows}
    assert said == {
        "Dorn|silence": "yes",
        "Bader|silence": "no: ordered again, last on 15 Dec 2025",
    }
    assert [row["key"] for row in rows] == ["Dorn|silence", "Bader|silence"]
