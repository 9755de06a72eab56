"""A restatement says which quarters changed, by how much, and because of what."""

from decimal import Decimal

import pandas as pd

from kamlab.data.updates.restatement import restated, write_restatement
from tests.data.sides import OLD


def test_late_changed_and_removed_lines_are_told_apart(sides):
    new = [
        ("1", "1", "A", "2025-01-15", 101.5),
        ("9", "1", "A", "2025-03-15", 7.0),
        ("8", "1", "A", "2025-07-01", 11.0),
    ]
    gone = "order_date BETWEEN DATE '2025-02-01' AND DATE '2025-02-28'"
    told = sides(OLD, new).restatement(gone=gone)
    row = told.quarters.loc["2025Q1"]
    assert [row["late"], row["changed"], row["removed"]] == [7, Decimal("1.5"), -200]
    assert row["after"] == row["before"] + row["change"] == Decimal("108.5")
    assert [row[f"{kind}_lines"] for kind in ("late", "changed", "removed")] == [1] * 3
    assert (told.new_lines, told.new_amount) == (1, 11)


def test_quarters_that_stay_as_they_were_are_not_told(sides):
    told = sides(OLD, OLD).restatement()
    assert told.quarters.empty
    assert told.change == 0
    assert restated(told) == []


def test_a_line_that_moves_to_another_quarter_changes_both(sides):
    told = sides(OLD, [("3", "1", "B", "2025-01-20", 400.0)]).restatement()
    assert told.quarters["change"].to_dict() == {"2025Q1": 400, "2025Q2": -400}
    assert told.change == 0
    words = [each.message for each in restated(told)]
    assert "1 changed line restates 2025Q1 by +133.3 % (+400.00)" in words[0]
    assert "lines that moved to other days restate 2025Q2" in words[1]


def test_quarters_are_those_of_the_companys_own_year(sides):
    told = sides(OLD, [("9", "1", "A", "2025-03-15", 7.0)]).restatement(first_month=4)
    assert told.quarters.index.tolist() == ["2024Q4"]


def test_amounts_are_added_exactly(sides):
    tenths = [(str(n), "1", "A", "2025-01-15", 0.1) for n in range(10, 20)]
    told = sides(OLD, tenths).restatement()
    assert told.change == 1


def test_a_quarter_that_was_empty_has_no_share(sides, tmp_path):
    told = sides(OLD[2:], [("9", "1", "A", "2025-01-15", 5.0)]).restatement()
    write_restatement(told, tmp_path / "restatement.csv")
    table = pd.read_csv(tmp_path / "restatement.csv")
    assert table["change_share"].isna().all()
    assert "restates 2025Q1 by +5.00" in restated(told)[0].message


def test_nothing_is_written_where_nothing_changed(sides, tmp_path):
    write_restatement(sides(OLD, OLD).restatement(), tmp_path / "restatement.csv")
    assert not (tmp_path / "restatement.csv").exists()
