"""Over all imports the rows add up as they do for one."""

from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.folder import Description
from kamlab.data.importing.accounting import (
    DroppedRows,
    FileCount,
    TableCount,
    check_accounts,
    count_as_json,
)
from kamlab.data.updates.before import Before
from kamlab.data.updates.import_history import (
    REMOVED,
    REPLACED,
    LoggedImport,
    imported_before,
    over_all_imports,
)
from kamlab.data.updates.merged_rows import MergedRows

FEW = st.integers(0, 20)


def count(rows_in: int, dropped: int, rule: str = "blank") -> TableCount:
    """Rows of one file of order lines, some dropped by a rule."""
    out = rows_in - dropped
    gone = [DroppedRows(rule, dropped, float(dropped))] if dropped else []
    by_rule = {each.rule: each.rows for each in gone}
    file = FileCount("f.csv", f"hash{rows_in}", 9, rows_in, by_rule, out)
    return TableCount("orders", [file], gone, rows_in, out, written=out)


@given(was=FEW, dropped=FEW, now=FEW, replaced=FEW, removed=FEW)
def test_rows_of_all_imports_add_up(was, dropped, now, replaced, removed):
    old, new = count(was + dropped, dropped), count(now + dropped, dropped)
    replaced = min(replaced, was, now)
    removed = min(removed, was - replaced)
    after = was - replaced - removed + now
    merged = MergedRows(was, after, now, now - replaced, replaced, 0, replaced, removed)
    [both] = over_all_imports([count_as_json(old)], [new], {"orders": merged})
    check_accounts(both)
    rows = {each.rule: each.rows for each in both.dropped}
    assert rows.get("blank", 0) == 2 * dropped
    assert rows.get(REPLACED, 0) == replaced
    assert rows.get(REMOVED, 0) == removed
    assert both.written == after
    assert len(both.files) == 2


def test_a_table_that_is_new_has_the_rows_of_its_only_import():
    new = count(5, 1)
    assert over_all_imports([], [new], {}) == [new]


def test_a_table_that_the_extract_lacks_keeps_its_rows():
    [kept] = over_all_imports([count_as_json(count(5, 1))], [], {})
    assert (kept.rows_in, kept.rows_out) == (5, 4)
    assert kept.dropped == [DroppedRows("blank", 1, 1.0)]


def test_money_of_rules_is_added_up():
    merged = MergedRows(4, 8, 4, 4, 0, 0, 0, 0)
    old = count_as_json(count(5, 1))
    [both] = over_all_imports([old], [count(6, 2)], {"orders": merged})
    assert both.dropped == [DroppedRows("blank", 3, 3.0)]


def test_a_file_is_recognised_by_what_it_holds_and_not_by_its_name():
    merged = {"orders": MergedRows(5, 5, 5, 0, 4, changed=1, replaced=5, removed=0)}
    assert imported_before({"hash5": "other.csv"}, [count(5, 1)], merged)
    assert not imported_before({"hash9": "f.csv"}, [count(5, 1)], merged)


def test_a_file_that_changes_nothing_is_not_worth_a_word():
    merged = {"orders": MergedRows(5, 5, 5, 0, 5, changed=0, replaced=5, removed=0)}
    assert not imported_before({"hash5": "other.csv"}, [count(5, 1)], merged)


def test_a_column_that_was_derived_once_is_derived():
    told = Description("Mine", "EUR", None)
    before = Before(None, told, {"derived": {"orders": ["line_id"]}})
    logged = LoggedImport(2, {"orders": {"line_type"}, "events": set()}, before)
    assert logged.all_derived["orders"] == ["line_id", "line_type"]


def test_without_a_word_the_numbers_of_lines_were_counted():
    before = Before(None, Description("Mine", "EUR", None), {})
    assert before.derived == {"orders": {"line_id"}}
    assert before.sources == {}
