"""What people write into actions.xlsx is there in the next report's, come what may."""

import random
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kamlab.errors import DataError, UsageError
from kamlab.language import in_language
from kamlab.report.actions import (
    Actions,
    done_alerts,
    kept_and_broken,
    merged,
    read_actions,
    snoozed_alerts,
    write_actions,
)
from tests.conftest import examples
from tests.report.actions.books import ALERTS, TODAY, cells, set_cell, workbook

NEXT = date(2026, 3, 31)
KOVOSTAV, BUERKNER = ("A10284", "fading"), ("A10796", "silence")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return the list of a first report."""
    path = tmp_path / "actions.xlsx"
    write_actions(merged(read_actions(None), ALERTS, TODAY), path)
    return path


@pytest.fixture
def filled(written: Path) -> list[list[object]]:
    """Return the cells of that list, filled in by people."""
    rows = [list(row) for row in cells(written)]
    set_cell(rows, 2, "owner", "Weber")
    set_cell(rows, 2, "due", date(2026, 2, 15))
    set_cell(rows, 2, "status", "in progress")
    set_cell(rows, 2, "comment", "=SUM(A1:A9) is no formula — 他们换了供应商")
    return rows


def again(path: Path, alerts: pd.DataFrame = ALERTS, as_of: date = NEXT) -> Actions:
    """Return the list as the next report reads, merges, writes and reads it."""
    write_actions(merged(read_actions(path), alerts, as_of), path)
    return read_actions(path)


def row_of(actions: Actions, key: tuple[str, str]) -> dict[str, object]:
    return next(row for row in actions.rows if row["key"] == "|".join(key))


def test_a_new_list_has_a_row_for_each_alert(written: Path) -> None:
    actions = read_actions(written)
    assert [row["key"] for row in actions.rows] == [
        "A10284|fading",
        "A10796|silence",
    ]
    row = actions.rows[0]
    assert row["account"] == "Kovostav Strojírny a.s. (A10284)"
    assert (row["first_seen"], row["last_seen"]) == (TODAY, TODAY)
    assert row["at_stake"] == 373_707.48
    assert actions.problems == ()


def test_what_people_wrote_comes_back_and_kamlabs_figures_move_on(
    written: Path, filled
) -> None:
    later = ALERTS.assign(at_stake=[400_000.0, None], what=["Still fewer.", "60 days."])
    row = row_of(again(workbook(written, filled), later), KOVOSTAV)
    assert row["owner"] == "Weber"
    assert row["due"] == date(2026, 2, 15)
    assert row["status"] == "in progress"
    assert row["comment"] == "=SUM(A1:A9) is no formula — 他们换了供应商"
    assert (row["at_stake"], row["what"]) == (400_000, "Still fewer.")
    assert (row["first_seen"], row["last_seen"]) == (TODAY, NEXT)


def test_rows_and_columns_may_be_reordered(written: Path, filled) -> None:
    order = list(range(len(filled[0])))
    random.Random(3).shuffle(order)
    moved = [[row[place] for place in order] for row in filled]
    actions = again(workbook(written, [*moved[:2], moved[3], moved[2]]))
    assert [row["key"].split("|")[0] for row in actions.rows] == ["A10796", "A10284"]
    assert row_of(actions, KOVOSTAV)["owner"] == "Weber"
    assert list(actions.columns[:2]) == [filled[0][p][7:] for p in order[:2]]


@pytest.mark.parametrize("head", ["Wer macht das?", "负责人", "", "Status"])
def test_heads_may_be_renamed_and_stay_so(written: Path, filled, head: str) -> None:
    place = filled[0].index("kamlab.owner")
    filled[1][place] = head
    actions = again(workbook(written, filled))
    assert row_of(actions, KOVOSTAV)["owner"] == "Weber"
    assert row_of(actions, KOVOSTAV)["status"] == "in progress"
    assert actions.heads["owner"] == (head or "Owner")


def test_without_the_hidden_row_usual_words_in_both_languages_are_known(
    written: Path, filled
) -> None:
    words = {"Owner": "负责人", "Due": "Deadline", "Status": "状态", "Account": "客户"}
    heads = [words.get(head, head) for head in filled[1]]
    actions = again(workbook(written, [heads, *filled[2:]]))
    row = row_of(actions, KOVOSTAV)
    told = (row["owner"], row["status"], row["due"])
    assert told == ("Weber", "in progress", date(2026, 2, 15))


def test_a_list_in_chinese_is_read_in_an_english_report(tmp_path: Path) -> None:
    path = tmp_path / "actions.xlsx"
    with in_language("zh"):
        write_actions(merged(read_actions(None), ALERTS, TODAY), path)
    assert len(again(path).rows) == 2


def test_without_the_key_account_and_rule_find_the_row(written: Path, filled) -> None:
    gone = [filled[0].index(f"kamlab.{name}") for name in ("key", "mark")]
    cut = [[c for p, c in enumerate(row) if p not in gone] for row in filled]
    actions = again(workbook(written, cut))
    assert len(actions.rows) == 2
    assert row_of(actions, KOVOSTAV)["owner"] == "Weber"


def test_rows_and_columns_of_peoples_own_are_kept(written: Path, filled) -> None:
    heads = {1: "My notes", 2: "call on Monday", 3: 7.5}
    rows = [[*row, "", heads.get(number, "")] for number, row in enumerate(filled)]
    rows.append([""] * (len(rows[0]) - 1) + ["below"])
    own = [""] * len(rows[0])
    rows.append(own)
    set_cell(rows, -1, "owner", "Krämer")
    set_cell(rows, -1, "what", "Trade fair in Hanover")
    actions = again(workbook(written, rows))
    assert actions.heads["x1"] == "My notes"
    assert [row.get("x1") for row in actions.rows] == [
        "call on Monday",
        7.5,
        "below",
        "",
    ]
    assert actions.rows[-1]["what"] == "Trade fair in Hanover"
    assert len(actions.rows) == 4


def test_a_column_without_a_head_is_kept(written: Path, filled) -> None:
    rows = [
        [*row, "" if number < 2 else f"n{number}"] for number, row in enumerate(filled)
    ]
    actions = again(workbook(written, rows))
    assert [row["x1"] for row in actions.rows] == ["n2", "n3"]


def test_sheets_of_peoples_own_are_kept(written: Path, filled) -> None:
    notes = [["Agenda", 3.0], ["", "=1+1"]]
    path = workbook(written, notes, filled)
    again(path)
    assert cells(path, 1) == notes
    assert again(path).rows[0]["owner"] == "Weber"


def test_a_sheet_that_is_called_like_the_list_is_kept(written: Path, filled) -> None:
    actions = read_actions(workbook(written, filled))
    twin = Actions(**{**vars(actions), "sheets": {"Actions": (("mine",),)}})
    write_actions(twin, written)
    assert cells(written, 1) == [["mine"]]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("15.02.2026", date(2026, 2, 15)),
        ("2026/2/15", date(2026, 2, 15)),
        ("2026年2月15日", date(2026, 2, 15)),
        ("15/02/2026", date(2026, 2, 15)),
        (46_068, date(2026, 2, 15)),
        (date(2026, 2, 15), date(2026, 2, 15)),
    ],
)
def test_days_may_be_texts_and_stay_as_written(
    written: Path, filled, cell, day
) -> None:
    set_cell(filled, 2, "due", cell)
    actions = again(workbook(written, filled))
    assert row_of(actions, KOVOSTAV)["due"] == cell
    promised = kept_and_broken(actions, NEXT)
    assert promised["due"].tolist() == [pd.Timestamp(day)]
    assert actions.problems == ()


@pytest.mark.parametrize("cell", ["03/04/2026", "next week", "31.02.2026", 12])
def test_a_day_that_nobody_understands_is_told_and_kept(written, filled, cell) -> None:
    set_cell(filled, 2, "due", cell)
    actions = again(workbook(written, filled))
    assert row_of(actions, KOVOSTAV)["due"] == cell
    assert (
        f"Row 3: Due is '{float(cell) if cell == 12 else cell}'" in actions.problems[0]
    )
    assert kept_and_broken(actions, NEXT)["state"].tolist() == ["no day named"]


def test_a_status_that_nobody_understands_counts_as_open(written, filled) -> None:
    set_cell(filled, 2, "status", "ask Bob")
    actions = again(workbook(written, filled))
    assert row_of(actions, KOVOSTAV)["status"] == "ask Bob"
    assert "'ask Bob' and counts as open" in actions.problems[0]
    assert done_alerts(actions) == set()


def test_two_rows_for_one_alert_are_both_kept(written: Path, filled) -> None:
    second = list(filled[2])
    rows = [*filled, second]
    set_cell(rows, 4, "comment", "copied by mistake")
    path = workbook(written, rows)
    found = merged(read_actions(path), ALERTS, NEXT)
    assert [row["comment"] for row in found.rows][2] == "copied by mistake"
    assert found.rows[2]["last_seen"] == TODAY
    assert found.rows[0]["last_seen"] == NEXT
    assert "entries 1 and 3 of the list" in found.problems[0]


def test_half_a_table_sorted_is_told_and_nothing_is_lost(written: Path, filled) -> None:
    place = filled[0].index("kamlab.account")
    filled[2][place], filled[3][place] = filled[3][place], filled[2][place]
    actions = merged(read_actions(workbook(written, filled)), ALERTS, NEXT)
    assert len(actions.rows) == 4
    assert actions.rows[0]["owner"] == "Weber"
    assert "belongs to no alert" in actions.problems[0]


def test_an_account_that_people_call_otherwise_keeps_their_name(
    written, filled
) -> None:
    set_cell(filled, 2, "account", "Kovostav, our Czechs")
    set_cell(filled, 2, "what", "They test a rival's gearbox")
    row = row_of(again(workbook(written, filled)), KOVOSTAV)
    told = (row["account"], row["what"], row["last_seen"])
    assert told == ("Kovostav, our Czechs", "They test a rival's gearbox", NEXT)


def test_an_account_renamed_at_the_source_has_its_new_name(written: Path) -> None:
    renamed = ALERTS.assign(name=["Kovostav Group", None])
    rows = again(written, renamed).rows
    assert [r["account"] for r in rows] == ["Kovostav Group (A10284)", "A10796"]


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize("edited", [True, False])
def test_an_account_that_merged_keeps_what_was_written(
    written: Path, filled, is_on: bool, edited: bool
) -> None:
    if edited:
        set_cell(filled, 2, "what", "Ask the new owners")
    alerts = ALERTS.assign(account=["B1", "A10796"]).iloc[0 if is_on else 1 :]
    numbers = {"A10284": "B1"}
    path = workbook(written, filled)
    for as_of in (NEXT, date(2026, 6, 30)):
        found = merged(read_actions(path), alerts, as_of, numbers)
        assert len(found.rows) == 2
        assert found.rows[0]["owner"] == "Weber"
        assert found.rows[0]["last_seen"] == (as_of if is_on else TODAY)
        write_actions(found, path)
    assert (found.rows[0]["what"] == "Ask the new owners") is edited
    assert found.problems == ()


def test_an_alert_that_is_over_keeps_its_row_unchanged(written: Path, filled) -> None:
    before = read_actions(workbook(written, filled))
    after = again(written, ALERTS.iloc[1:])
    assert row_of(after, KOVOSTAV) == row_of(before, KOVOSTAV)


def test_done_and_snoozed_alerts_are_known_by_account_and_rule(written, filled) -> None:
    set_cell(filled, 2, "status", "已完成")
    set_cell(filled, 3, "snooze_until", "2026-06-30")
    actions = read_actions(workbook(written, filled))
    assert done_alerts(actions) == {KOVOSTAV}
    assert snoozed_alerts(actions, date(2026, 6, 30)) == {BUERKNER}
    assert snoozed_alerts(actions, date(2026, 7, 1)) == set()


def test_the_file_before_is_kept_byte_for_byte(written: Path, filled) -> None:
    content = workbook(written, filled).read_bytes()
    kept = write_actions(merged(read_actions(written), ALERTS, NEXT), written)
    assert kept.read_bytes() == content
    assert kept.name.startswith("actions.before-")
    assert sorted(each.name for each in written.parent.iterdir()) == [
        kept.name,
        "actions.xlsx",
    ]


def test_the_same_list_is_the_same_file(tmp_path: Path) -> None:
    actions = merged(read_actions(None), ALERTS, TODAY)
    for name in ("one.xlsx", "two.xlsx"):
        write_actions(actions, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 torn", b"\xd0\xcf\x11\xe0locked"]
)
def test_a_file_that_cannot_be_read_is_told_and_left_alone(tmp_path, content) -> None:
    path = tmp_path / "actions.xlsx"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"cannot be read as a workbook .*not changed"):
        read_actions(path)
    assert path.read_bytes() == content


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "actions.xlsx", [["Holidays", "Days"], ["Weber", 12]])
    with pytest.raises(DataError, match="no sheet has heads for an account and a rule"):
        read_actions(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there: name the workbook"):
        read_actions(tmp_path / "akions.xlsx")


@pytest.mark.parametrize("mark", ["~$actions.xlsx", ".~lock.actions.xlsx#"])
def test_a_list_that_is_open_is_not_written_over(written: Path, mark: str) -> None:
    content = written.read_bytes()
    written.with_name(mark).touch()
    assert "not saved yet" in read_actions(written).problems[0]
    with pytest.raises(DataError, match="close it there and run again"):
        write_actions(Actions(), written)
    assert written.read_bytes() == content


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be written"):
        write_actions(Actions(), tmp_path / "missing" / "actions.xlsx")


def test_alerts_without_a_column_are_refused() -> None:
    with pytest.raises(UsageError, match="alerts has no column 'what'"):
        merged(Actions(), ALERTS.drop(columns="what"), TODAY)


def test_ten_reports_in_a_row_lose_nothing(written: Path, filled) -> None:
    path = workbook(written, filled)
    first = read_actions(path)
    for _ in range(10):
        last = again(path, as_of=NEXT)
    people = ("owner", "due", "status", "comment", "snooze_until")
    for before, after in zip(first.rows, last.rows, strict=True):
        assert [after.get(n, "") for n in people] == [before.get(n, "") for n in people]
    assert last.columns == first.columns


@settings(max_examples=examples(25))
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40)
)
@example('=HYPERLINK("http://x")')
@example("_x0041_")
@example("two\nlines")
@example("0012")
def test_any_text_comes_back_as_it_was_written(comment: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "actions.xlsx"
        first = merged(read_actions(None), ALERTS, TODAY)
        first.rows[0]["comment"] = comment
        write_actions(first, path)
        found = again(path).rows[0].get("comment", "")
        assert found == comment


def test_flags_numbers_and_hours_in_peoples_columns_stay_what_they_are(written) -> None:
    actions = read_actions(written)
    cell = {"x1": True, "x2": -0.125, "x3": datetime(2026, 1, 5, 14, 30)}
    rows = (actions.rows[0] | cell, actions.rows[1])
    more = replace(actions, rows=rows, columns=(*actions.columns, *cell))
    write_actions(more, written)
    row = again(written).rows[0]
    assert [row[name] for name in cell] == [True, -0.125, "2026-01-05 14:30:00"]
