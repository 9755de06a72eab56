"""The list says in words what an alert is about, and understands them again."""

import pytest

from kamlab.language import in_language
from kamlab.report.actions import Actions, merged, read_actions, write_actions
from kamlab.report.actions.rules import _WORDS, is_rule_name, matter_of, rule_words
from kamlab.report.actions.table import alert_of, contradicts
from tests.report.actions.books import ALERTS, TODAY, cells, set_cell, workbook


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("matter", _WORDS)
def test_every_word_that_is_written_is_understood(matter: str, language: str) -> None:
    with in_language(language):
        assert rule_words(matter) != matter
        assert matter_of(rule_words(matter)) == matter
    assert matter_of(rule_words(matter).upper()) == matter_of(matter) == matter


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Buys less", "Silent"]), ("zh", ["购买减少", "沉默"])],
)
def test_people_read_words_and_the_key_keeps_the_codes(
    tmp_path, language: str, words: list[str]
) -> None:
    with in_language(language):
        write_actions(merged(Actions(), ALERTS, TODAY), tmp_path / "actions.xlsx")
    rows = read_actions(tmp_path / "actions.xlsx").rows
    assert [row["rule"] for row in rows] == words
    assert [row["key"] for row in rows] == ["A10284|fading", "A10796|silence"]


def test_without_the_key_the_words_find_the_row(tmp_path) -> None:
    path = tmp_path / "actions.xlsx"
    with in_language("zh"):
        write_actions(merged(Actions(), ALERTS, TODAY), path)
    rows = [list(row) for row in cells(path)]
    set_cell(rows, 2, "key", "")
    set_cell(rows, 2, "comment", "Called.")
    back = merged(read_actions(workbook(path, rows)), ALERTS, TODAY)
    assert [row["key"] for row in back.rows] == ["A10284|fading", "A10796|silence"]
    assert (back.rows[0]["comment"], back.rows[0]["rule"]) == ("Called.", "Buys less")


def test_a_code_of_an_earlier_list_becomes_words_and_own_words_stay() -> None:
    code = {"key": "A10796|silence", "rule": "silence"}
    own = {"key": "A10284|fading", "rule": "fading: gearboxes, says Weber"}
    rows = merged(Actions((code, own)), ALERTS, TODAY).rows
    shown = {row["key"]: row["rule"] for row in rows}
    assert shown["A10796|silence"] == "Silent"
    assert shown["A10284|fading"] == "fading: gearboxes, says Weber"


def test_the_words_of_another_matter_contradict_the_key() -> None:
    row = {"key": "A1|silence", "account": "Adler (A1)", "rule": "Contract ends"}
    assert contradicts(row)
    assert alert_of(row) is None
    assert not is_rule_name("Contract ends", "silence")
