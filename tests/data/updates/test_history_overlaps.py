"""What holds at a time is looked for in the history as it is after an update."""

import pytest

from tests.data.conftest import LINES, MAPPING

HISTORY = """  account_history:
    files: "*.txt"
    columns: {account_id: K, attribute: A, value: W, valid_from: Ab, valid_to: Bis}
limits: {default: 1}
"""
HEAD = "K,A,W,Ab,Bis\n"


@pytest.fixture
def updated(export):
    """Put history over history; return what overlaps."""

    def update(before: str, after: str):
        export.write(LINES)
        export.map(MAPPING.rstrip() + "\n" + HISTORY)
        export.write(HEAD + before, "history.txt")
        first = export.run()
        assert not first.blocked
        export.write(HEAD + after, "history.txt")
        findings = export.run(update=True).findings
        return [each for each in findings if each.rule == "history_overlap"]

    return update


def test_an_open_value_overlaps_with_its_successor_in_the_new_extract(updated):
    [told] = updated("A,kam_id,anna,2024-01-01,\n", "A,kam_id,ben,2025-02-01,\n")
    assert told.rows == 1
    assert told.message.startswith(
        "history.txt row 2, column 'valid_from': 'kam_id of A from 2025-02-01' begins"
    )


def test_a_value_of_before_that_begins_too_early_is_one_of_the_portfolio(updated):
    [told] = updated("A,kam_id,anna,2024-01-01,\n", "A,kam_id,ben,2023-01-01,\n")
    assert told.samples[0].file == "portfolio"


def test_a_value_that_was_ended_gives_way(updated):
    after = "A,kam_id,anna,2024-01-01,2025-01-31\nA,kam_id,ben,2025-02-01,\n"
    assert updated("A,kam_id,anna,2024-01-01,\n", after) == []


def test_overlaps_within_the_extract_are_told_once(updated):
    after = "A,kam_id,anna,2024-01-01,\nA,kam_id,ben,2025-02-01,\n"
    [told] = updated("B,kam_id,anna,2024-01-01,\n", after)
    assert told.rows == 1
