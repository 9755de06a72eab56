"""What kamlab proposes is no promise, and what people write over it stays."""

from datetime import date

import pandas as pd
import pytest

from kamlab.language import in_language
from kamlab.report.actions import (
    Actions,
    kept_and_broken,
    merged,
    read_actions,
    write_actions,
)
from kamlab.report.actions.marks import is_as_written, mark_in, taken_up
from kamlab.report.actions.order import is_ours
from tests.report.actions.books import ALERTS, TODAY, cells, set_cell, workbook

NEXT = date(2026, 3, 31)
PROPOSED = ALERTS.assign(owner=["K01", "K02"], due=["2026-01-14", "2026-01-14"])


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "actions.xlsx"
    write_actions(merged(read_actions(None), PROPOSED, TODAY), path)
    return path


def filled(path, **written) -> list[list[object]]:
    """Return the sheet with what people wrote into its first row."""
    rows = [list(row) for row in cells(path)]
    for name, value in written.items():
        set_cell(rows, 2, name, value)
    return rows


def again(path, alerts=PROPOSED, as_of=NEXT) -> Actions:
    write_actions(merged(read_actions(path), alerts, as_of), path)
    return read_actions(path)


def test_a_new_row_proposes_owner_and_day(path) -> None:
    row = read_actions(path).rows[0]
    assert (row["owner"], row["due"]) == ("K01", date(2026, 1, 14))
    assert is_as_written(row, "owner")
    assert is_as_written(row, "due")


def test_a_proposal_is_no_promise_and_cannot_be_broken(path) -> None:
    assert kept_and_broken(read_actions(path), NEXT).empty


@pytest.mark.parametrize(
    "written", [{"status": "in progress"}, {"comment": "Visited."}, {"owner": "Weber"}]
)
def test_whoever_writes_into_a_row_takes_its_day_up(path, written) -> None:
    actions = read_actions(workbook(path, filled(path, **written)))
    promised = kept_and_broken(actions, NEXT)
    assert promised["state"].tolist() == ["late"]
    assert promised["due"].tolist() == [pd.Timestamp("2026-01-14")]
    assert taken_up(actions.rows[1])["owner"] == ""


def test_a_proposed_owner_follows_the_account_and_a_proposed_day_stays(path) -> None:
    handed_over = PROPOSED.assign(owner=["K07", "K02"], due=["2026-04-14"] * 2)
    row = again(path, handed_over).rows[0]
    assert (row["owner"], row["due"]) == ("K07", date(2026, 1, 14))
    assert kept_and_broken(read_actions(path), NEXT).empty


def test_what_people_wrote_wins_over_every_later_proposal(path) -> None:
    mine = {"owner": "Weber", "due": date(2026, 2, 15)}
    workbook(path, filled(path, **mine))
    for _ in range(3):
        row = again(path, PROPOSED.assign(owner="K09", due="2026-05-01")).rows[0]
        assert {name: row[name] for name in mine} == mine


def test_a_cell_that_people_emptied_stays_empty(path) -> None:
    workbook(path, filled(path, owner="", due=""))
    row = again(path).rows[0]
    assert (row["owner"], row["due"]) == ("", "")


def test_a_list_without_proposals_gets_them_where_nobody_wrote(tmp_path) -> None:
    path = tmp_path / "actions.xlsx"
    write_actions(merged(read_actions(None), ALERTS, TODAY), path)
    workbook(path, filled(path, owner="Weber"))
    rows = again(path).rows
    assert [row["owner"] for row in rows] == ["Weber", "K02"]
    assert [row["due"] for row in rows] == [date(2026, 1, 14)] * 2


def test_rows_stand_by_money_and_those_that_are_over_after_them(path) -> None:
    richer = PROPOSED.assign(at_stake=[1_000.0, 900_000.0])
    rows = again(path, richer).rows
    assert [row["key"] for row in rows] == ["A10796|silence", "A10284|fading"]
    over = richer.assign(closed=["", "ordered again on 3 Mar 2026"])
    rows = again(path, over).rows
    assert [row["key"] for row in rows] == ["A10284|fading", "A10796|silence"]
    assert mark_in(rows[1]).is_closed


def test_an_order_of_peoples_own_is_kept(path) -> None:
    rows = filled(path)
    workbook(path, [*rows[:2], rows[3], rows[2]])
    assert not is_ours(read_actions(path).rows)
    more = pd.concat([PROPOSED, PROPOSED.iloc[:1].assign(account="A1", at_stake=1e6)])
    keys = [row["key"] for row in again(path, more).rows]
    assert keys == ["A10796|silence", "A10284|fading", "A1|fading"]


def test_two_fading_categories_of_an_account_are_one_visit(path) -> None:
    second = PROPOSED.iloc[:1].assign(
        rule="fading: couplings", what="Buys fewer couplings.", at_stake=40_000.0
    )
    [row, _] = again(path, pd.concat([PROPOSED, second])).rows
    assert row["key"] == "A10284|fading"
    assert row["what"] == "Buys fewer gearboxes. Buys fewer couplings."
    assert row["at_stake"] == pytest.approx(413_707.48)


def test_a_row_from_before_matters_were_one_finds_its_alert(path) -> None:
    rows = filled(path, key="A10284|fading: gearboxes", rule="fading: gearboxes")
    set_cell(rows, 2, "comment", "Called them.")
    found = again(workbook(path, rows)).rows
    assert [row["key"] for row in found] == ["A10284|fading", "A10796|silence"]
    assert found[0]["comment"] == "Called them."


def test_a_matter_that_is_over_says_so_and_why_until_it_comes_back(path) -> None:
    assert read_actions(path).rows[0]["still_true"] == "new"
    assert again(path).rows[0]["still_true"] == "yes"
    over = PROPOSED.assign(closed=["buys gearboxes again", ""])
    [_, row] = again(path, over, date(2026, 6, 30)).rows
    assert row["still_true"] == "no: buys gearboxes again"
    assert row["last_seen"] == NEXT
    row = again(path, as_of=date(2026, 9, 30)).rows[0]
    assert (row["key"], row["still_true"]) == ("A10284|fading", "yes")


def test_what_is_over_already_makes_no_row(path) -> None:
    over = PROPOSED.assign(account=["B1", "B2"], closed="renewed")
    assert len(again(path, over).rows) == 2


def test_a_matter_of_two_cases_is_over_when_both_are() -> None:
    cases = pd.DataFrame(
        {"account": "A", "rule": ["fading: a", "fading: b"], "what": ["Less a.", ""]}
    ).assign(at_stake=[5.0, 3.0], closed=["", "bought again"])
    [row] = merged(Actions(), cases, TODAY).rows
    assert (row["what"], row["at_stake"]) == ("Less a.", 5.0)
    assert merged(Actions(), cases.assign(closed="bought"), TODAY).rows == ()


def test_an_alert_without_words_leaves_those_of_its_row(path) -> None:
    silent = PROPOSED.assign(what="", at_stake=[400_000.0, 60_000.0])
    row = again(path, silent).rows[0]
    assert (row["what"], row["at_stake"]) == ("Buys fewer gearboxes.", 400_000)


def test_a_chinese_list_says_so_in_chinese(path) -> None:
    with in_language("zh"):
        row = again(path).rows[0]
    assert row["still_true"] != ""
    assert again(path, as_of=date(2026, 6, 30)).rows[0]["still_true"] == "yes"
