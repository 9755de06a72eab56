"""Decisions on names: chains are followed, circles refused, spreadsheets understood."""

import pytest
from xlsxwriter import Workbook

from kamlab.data.names.decisions import NameDecisions, read_decisions
from kamlab.errors import UsageError


@pytest.fixture
def sheet(tmp_path):
    """Write rows into a workbook; return the decisions read from it."""

    def reader(*rows: tuple, header=("normalised", "group", "same")):
        path = tmp_path / "names.xlsx"
        with Workbook(path) as book:
            page = book.add_worksheet()
            for number, row in enumerate([header, *rows]):
                page.write_row(number, 0, row)
        return read_decisions(path)

    return reader


def test_a_chain_of_decisions_ends_at_its_last_name(sheet):
    told = sheet(("a", "b", "yes"), ("b", "c", "yes"))
    assert [told.account_of(each) for each in "abcd"] == ["c", "c", "c", "d"]


def test_a_refusal_is_remembered_for_its_group(sheet):
    assert sheet(("a", "b", "no")).apart == {("a", "b")}


def test_what_nobody_has_decided_is_neither(sheet):
    told = sheet(("a", "b", ""), ("c", "d", None), ("e", "e", "yes"))
    assert told == NameDecisions("names.xlsx")


def test_a_number_in_a_cell_is_a_decision_too(sheet):
    told = sheet(("a", "b", 1), ("c", "d", 0))
    assert told.same == {"a": "b"}
    assert told.apart == {("c", "d")}


def test_columns_may_stand_anywhere_and_more_may_be_added(sheet):
    told = sheet(
        ("why", "yes", "b", "a"), header=("note", "SAME", " group", "Normalised")
    )
    assert told.same == {"a": "b"}


def test_a_short_row_is_undecided(sheet):
    assert sheet(("a",)).same == {}


def test_a_longer_circle_is_refused_with_its_names(sheet):
    with pytest.raises(UsageError, match="'a → b → c → a' goes round"):
        sheet(("a", "b", "yes"), ("b", "c", "yes"), ("c", "a", "yes"))


def test_a_chain_into_a_circle_is_refused(sheet):
    with pytest.raises(UsageError, match="goes round in a circle"):
        sheet(("a", "b", "yes"), ("b", "c", "yes"), ("c", "b", "yes"))


class PanicException(BaseException):
    """What the reader of workbooks raises in the depth of a damaged one."""


def test_a_damaged_workbook_is_refused_with_a_sentence(sheet, tmp_path, monkeypatch):
    sheet(("a", "b", "yes"))

    def panic(path: str) -> None:
        raise PanicException

    reader = "kamlab.data.names.decisions.CalamineWorkbook.from_path"
    monkeypatch.setattr(reader, panic)
    with pytest.raises(UsageError, match="the workbook is damaged"):
        read_decisions(tmp_path / "names.xlsx")


def test_text_that_is_not_utf8_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "names.csv"
    path.write_bytes("normalised,group,same\nMüller,b,yes\n".encode("cp1252"))
    with pytest.raises(UsageError, match="a CSV file in UTF-8"):
        read_decisions(path)
