"""The file of results is kept by sections: what is measured again replaces its own."""

from benchmarks.__main__ import SECTIONS, write_section
from benchmarks.results import circumstances, sections_of, with_sections

ORDER = [head for head, _ in SECTIONS.values()]


def test_a_section_measured_again_leaves_the_others_as_they_were(tmp_path, capsys):
    file = tmp_path / "RESULTS.md"
    for head, text in (
        ("Start", "1"),
        ("Purchase models", "2"),
        ("Start", "### 3\n\n4"),
    ):
        write_section(file, head, text)
    found = sections_of(file.read_text(encoding="utf-8"))
    assert found == {"Purchase models": "2", "Start": "### 3\n\n4"}
    assert [path.name for path in tmp_path.iterdir()] == ["RESULTS.md"]
    assert "## Purchase models" in capsys.readouterr().out


def test_sections_stand_in_one_order_whichever_was_measured_last():
    later_first = with_sections("", {ORDER[2]: "b"}, ORDER)
    later_first = with_sections(later_first, {ORDER[0]: "a"}, ORDER)
    assert list(sections_of(later_first)) == [ORDER[0], ORDER[2]]


def test_a_measurement_that_is_no_more_is_forgotten():
    text = with_sections("## Gone\n\n1\n", {ORDER[0]: "a"}, ORDER)
    assert list(sections_of(text)) == [ORDER[0]]


def test_writing_what_was_read_changes_nothing():
    text = with_sections("", dict.fromkeys(ORDER, "| a |\n|---|"), ORDER)
    assert with_sections(text, {}, ORDER) == text


def test_a_section_says_when_where_and_with_what_it_was_measured():
    told = circumstances()
    assert "commit" in told
    assert "duckdb" in told
    assert told.startswith("*20")
