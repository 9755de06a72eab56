"""A mapping's texts stay as they were written; what is no mapping gets a sentence."""

import itertools

import pytest

from kamlab.data.mapping.text import Plain, load_text
from kamlab.errors import UsageError


@pytest.fixture
def load(tmp_path):
    """Load YAML from text."""

    def loader(text: str):
        path = tmp_path / "mapping.yml"
        path.write_text(text, encoding="utf-8")
        return load_text(path)

    return loader


CODES = ["04", "NO", "on", "1e5", "2025-12-31", "0x1F", "1_000", "12:30", "null", "~"]


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_converted(load, code):
    content, _ = load(f"key: {code}\n{code}: value\n")
    assert content == {"key": code, code: "value"}


def test_quotes_tell_texts_from_numbers(load):
    content, _ = load("a: 7\nb: '7'\nc:\n")
    assert isinstance(content["a"], Plain)
    assert not isinstance(content["b"], Plain)
    assert content["c"] is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("010", 10),
        ("-1.5", -1.5),
        ("1e3", 1000.0),
        ("1_0", None),
        ("x", None),
    ],
)
def test_a_plain_text_may_be_meant_as_a_number(text, number):
    assert Plain(text).number == number


def test_numbers_and_truths_are_shown_without_quotes():
    assert [repr(Plain(each)) for each in ("7", "no", "soon")] == ["7", "no", "'soon'"]


def test_keys_that_stand_twice_are_told_with_their_path(load):
    assert load("a: [{b: 1, b: 2}]\n04: 1\n4: 1\n")[1] == ["a.b"]


def test_sections_may_be_shared_by_an_alias(load):
    content, repeated = load("a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n")
    assert content["c"] == {"b": "1"}
    assert content["d"] == {"b": "1", "e": "2"}
    assert repeated == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x [*x]", "an alias (*) stands for what it stands in"),
        ("&x a: {b: &y {c: *y}}", "an alias (*) stands for what it stands in"),
        ("a: *nobody", "is not YAML"),
        ("a: [", "is not YAML"),
        ("a: !!python/object/apply:os.getcwd []", "is not YAML"),
        ("[" * 5_000, "is nested too deeply"),
    ],
)
def test_what_is_no_mapping_gets_a_sentence(load, text, told):
    with pytest.raises(UsageError) as error:
        load(text)
    assert told in str(error.value)
    assert "mapping.yml" in str(error.value)
    assert error.value.exit_code == 2


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none\.yml' cannot be read"):
        load_text(tmp_path / "none.yml")


def test_aliases_that_stand_for_more_than_any_mapping_are_refused(load):
    names = "abcdefghijkl"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for old, new in itertools.pairwise(names):
        lines.append(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]")
    with pytest.raises(UsageError, match="values once its aliases"):
        load("\n".join(lines))
