"""A second import says what the fix has mended, and what is new."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.findings.comparison import (
    Change,
    Comparison,
    Found,
    compared,
    grouped,
    unchecked_of,
)
from kamlab.data.findings.quality import make_finding

BLANK = ("blank_id", "orders", "account_id")
NUMBER = ("not_a_number", "orders", "net_amount")
MARKS = st.lists(st.sampled_from("abcdefgh"), max_size=12)


@pytest.mark.parametrize(
    ("before", "now", "word"),
    [(4, 0, "gone"), (0, 4, "new"), (4, 3, "fewer"), (3, 4, "more"), (4, 4, "same")],
)
def test_a_change_has_a_word(before, now, word):
    assert Change(*BLANK, before, now).word == word


def test_as_many_rows_but_others_are_not_the_same():
    (change,) = compared({BLANK: Found(2, ("a", "b"))}, {BLANK: Found(2, ("b", "c"))})
    assert change.word == "other"
    assert change.told == ("blank_id in orders.account_id: 2 → 2 rows (1 gone, 1 new)")


def test_rules_that_are_gone_are_summed_and_the_others_named():
    before = {BLANK: Found(400), ("header_only", "events", ""): Found(12)}
    changes = compared({**before, NUMBER: Found(5)}, {NUMBER: Found(2)})
    assert Comparison("", True, changes).lines == [
        "gone: 2 rules (412 rows)",
        "fewer: not_a_number in orders.net_amount: 5 → 2 rows",
    ]


def test_what_is_new_comes_before_what_is_gone():
    changes = compared({BLANK: Found(4)}, {NUMBER: Found(1)})
    assert [each.word for each in changes] == ["new", "gone"]


def test_many_changes_of_a_kind_are_counted():
    now = {("rule", "orders", f"c{i}"): Found(1) for i in range(9)}
    (line,) = Comparison("", True, compared({}, now)).lines
    assert line.startswith("new: rule in orders.c")
    assert line.endswith("; and 4 more")


def test_totals_are_counted_as_totals():
    change = Change("control_missed", "orders", "net_amount", 3, 1)
    assert change.told.endswith("3 → 1 total")


def test_what_was_only_done_is_not_compared():
    findings = [
        make_finding("derived", "orders", "line_type", how="x"),
        make_finding("blank_id", "orders", "account_id", 3),
    ]
    assert list(grouped(findings, {})) == [BLANK]


def test_two_findings_of_one_kind_are_taken_together():
    findings = [make_finding("blank_id", "orders", "account_id", n) for n in (2, 1)]
    found = grouped(findings, {0: ["a", "b"], 1: ["c"]})
    assert found[BLANK] == Found(3, ("a", "b", "c"))
    assert grouped(findings, {0: ["a", "b"]})[BLANK] == Found(3, None)


def test_without_marks_only_numbers_are_compared():
    (change,) = compared({BLANK: Found(2, ("a", "b"))}, {BLANK: Found(1)})
    assert (change.gone, change.new, change.word) == (None, None, "fewer")


@given(MARKS, MARKS)
def test_rows_before_less_gone_plus_new_are_rows_now(before, now):
    then, today = Found(len(before), tuple(before)), Found(len(now), tuple(now))
    (change,) = compared({BLANK: then}, {BLANK: today})
    assert change.before - change.gone + change.new == change.now
    assert change.gone >= 0 <= change.new


@given(MARKS)
def test_an_import_compared_with_itself_is_the_same(marks):
    found = {BLANK: Found(len(marks), tuple(marks))}
    assert not [each for each in compared(found, found) if each.gone or each.new]


CONTROL = ("control_missed", "orders", "net_amount")
SUMS = ("subtotal_missed", "orders", "net_amount")


@pytest.mark.parametrize(
    ("subject", "told", "read"),
    [(CONTROL, [], ["orders"]), (SUMS, [], ["orders"]), (BLANK, [], ["accounts"])],
    ids=["no total declared", "no sums dropped", "table not read"],
)
def test_what_nobody_looked_for_is_not_gone(subject, told, read):
    unchecked = unchecked_of([subject], told, read)
    (change,) = compared({subject: Found(2)}, {}, unchecked)
    assert change.word == "not checked"
    (line,) = Comparison("", True, (change,)).lines
    assert line == f"not checked this time: {change.place}"


@pytest.mark.parametrize(
    ("subject", "met"), [(CONTROL, "control_met"), (SUMS, "subtotals_met")]
)
def test_a_check_that_is_met_now_is_gone(subject, met):
    told = [make_finding(met, "orders", name="books", counts="", count="1 row")]
    assert unchecked_of([subject], told, ["orders"]) == set()


def test_a_fault_that_is_still_found_is_no_change_of_checks():
    told = {"computed": "", "difference": "", "above": ""}
    still = make_finding("subtotal_missed", "orders", **told)
    assert unchecked_of([SUMS, BLANK], [still], ["orders"]) == set()


def test_a_fault_without_rows_is_one_and_not_new_each_time():
    mistyped = {"texts": "'ZRF'", "verb": "matches", "place": "values"}
    told = {**mistyped, "source": "Art", "hint": ""}
    found = grouped([make_finding("matches_no_row", "orders", rows=0, **told)], {})
    (change,) = compared({}, found)
    assert change.told == "matches_no_row in orders: 0 → 1 text"
    (change,) = compared(found, found)
    assert change.word == "same"
