"""A lesson keeps its rules; each rule that is broken is told with its cell."""

import pytest

from kamlab.course.build import incomplete_lessons
from kamlab.course.rules import lesson_faults, rows_to_cover
from tests.course.complete_lesson import COMPLETE, EXERCISES, ROWS


@pytest.fixture
def faults(tmp_path):
    """Return what finds the faults of the lesson after a change."""

    def found(old: str = "", new: str = "", rows=ROWS, times: int = -1) -> list[str]:
        assert old in COMPLETE
        file = tmp_path / "01_small.py"
        file.write_text(COMPLETE.replace(old, new, times), encoding="utf-8")
        return lesson_faults(file, rows, EXERCISES)

    return found


def test_a_complete_lesson_has_no_faults(faults):
    assert faults() == []


SECOND = 'print("01.2", answer_01_2)  # check("01.2", answer_01_2)'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("**本节要点**", "**要点**", "c008 (Who brings the revenue) is a summary"),
        ("* 按集团汇总。", "按集团汇总。", "has 2 points: give it three, in Chinese"),
        ("* 按集团汇总。", "* Roll up.", "has 3 points: give it three, in Chinese"),
        ('"lesson", "summary"', '"summary"', "reports would show: tag it 'lesson'"),
        ('"lesson", "summary"', '"lesson"', "'Who brings the revenue' has 0 summaries"),
        ("# Minutes: 5 + 3 deeper\n", "", "cell c005: a teaching note begins with"),
        ("Minutes: 5", "Minutes: 59", "its core path takes 61 minutes, more than 60"),
        ("# Ask: Whom", "# Whom", "section 'Who brings the revenue' is thin"),
        ("# Common mistake:", "# Note:", "section 'Who brings the revenue' is thin"),
        ("**01.3 Decide.**", "**01.3 Think.**", "no exercise asks to decide"),
        ("**01.3 Decide.**", "01.3 Decide.", "checks 01.3, which no question above it"),
        ("answer_01_2)", "answer_2)", "c012 checks 01.2 with answer_2: call it"),
        (SECOND, "answer_01_2", "cell c012 is an exercise without check("),
        ("01.2", "01.9", "checks 01.9, which the check does not know"),
        ("(参考答案)", "", "cell c007: write <details><summary>Answer (参考答案)"),
        ("</details>", "", "cell c007: write <details><summary>Answer (参考答案)"),
        ("<details>", "<p>", "it has no reading question"),
        ("| 大客户 |", "| |", "has no Chinese term: add it"),
        ("## Glossary", "## Words", "it has no glossary: end it with '## Glossary'"),
        ('"covers:01.1"', "", "row 01.1 of coverage.csv is treated nowhere"),
        ("covers:01.1", "covers:01.2", "'covers:01.2', which is no row of this lesson"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_told_with_file_and_place(faults, old, new, told):
    found = faults(old, new)
    assert any(told in fault for fault in found), found
    assert all(fault.startswith("01_small.py: ") for fault in found)


def test_a_summary_stands_at_the_end_of_its_section(faults):
    late = "# * 按集团汇总。\n\n# %% [markdown]\n# One more thing.\n"
    (fault,) = faults("# * 按集团汇总。\n", late)
    assert "sums up before the end of its section" in fault


def test_a_teaching_note_may_follow_the_summary(faults):
    note = '\n# %% [markdown] tags=["instructor"]\n# Minutes: 1\n'
    assert faults("# * 按集团汇总。\n", "# * 按集团汇总。\n" + note) == []


def test_a_section_without_any_note_is_told(faults):
    end = COMPLETE.index("# Minutes: 5")
    start = COMPLETE.rindex("# %%", 0, end)
    stop = COMPLETE.index("# %%", end)
    (fault,) = faults(COMPLETE[start:stop], "")
    assert "'Who brings the revenue' has no teaching note" in fault


def test_minutes_beyond_the_core_path_do_not_count(faults):
    assert faults("5 + 3 deeper", "5 + 300 deeper") == []
    assert faults('"instructor"]\n# Minutes: 5', '"instructor", "deeper"]\n# Minutes: 500') == []  # fmt: skip  # noqa: E501


def test_a_row_on_a_teaching_note_is_not_treated(faults):
    (fault,) = faults(
        'tags=["instructor"]\n# Minutes: 2',
        'tags=["instructor", "covers:01.2"]\n# Minutes: 2',
        rows=("01.1", "01.2"),
    )
    assert "row 01.2 of coverage.csv is treated nowhere" in fault


def test_the_rows_of_a_lesson_are_read_from_the_list(tmp_path):
    lines = "id,notebook,item\n01.1,01_small,a\n03.2,1_value/11_large,b\n"
    (tmp_path / "coverage.csv").write_text(lines, encoding="utf-8")
    assert rows_to_cover(tmp_path, tmp_path / "src" / "01_small.py") == ["01.1"]
    assert rows_to_cover(tmp_path, tmp_path / "src" / "1_value" / "11_large.py") == [
        "03.2"
    ]
    assert rows_to_cover(tmp_path / "elsewhere", tmp_path / "01_small.py") == []


def test_all_lessons_of_a_workbook_are_looked_at(workbook):
    found = incomplete_lessons(workbook)
    assert any("01_tiny.py: it has no glossary" in fault for fault in found)
    assert incomplete_lessons(workbook, ["01"]) == found
