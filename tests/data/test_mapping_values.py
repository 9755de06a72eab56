"""Single values of a mapping: what is taken, and what is said about the rest."""

import pytest

from kamlab.data import mapping_values as check


@pytest.mark.parametrize(
    ("checked", "node", "expected"),
    [
        (check.text, "Kunde", "Kunde"),
        (check.text, 2020, "2020"),
        (check.scalar, False, "false"),
        (check.scalar, 1.5, "1.5"),
        (check.scalar_or_number, 3, 3.0),
        (check.scalar_or_number, "3", "3"),
        (check.texts, "one", ("one",)),
        (check.texts, ["a", 1], ("a", "1")),
        (check.number, -2, -2.0),
        (check.share, 0, 0.0),
        (check.share, 1, 1.0),
        (check.flag, False, False),
        (check.encoding, "UTF8", "utf-8"),
        (check.character, "|", "|"),
        (check.quote, "'", "'"),
        (check.file_patterns, "2024/*.csv", ("2024/*.csv",)),
        (check.date_formats, "DD.MM.YYYY", ("DD.MM.YYYY",)),
        (check.pattern, "^C", "^C"),
        (check.rates, {"USD": 1}, {"USD": 1.0}),
    ],
)
def test_a_good_value_is_returned_as_it_will_be_used(checked, node, expected):
    problems: list[str] = []
    assert checked(node, "path", problems) == expected
    assert problems == []


@pytest.mark.parametrize(
    ("checked", "node", "told"),
    [
        (check.text, True, "path = True is not a text"),
        (check.text, None, "path = None is not a text"),
        (check.scalar, None, "path = None"),
        (check.scalar, {}, "path = {}"),
        (check.texts, [], "path is an empty list"),
        (check.number, "7", "path = '7' is not a number"),
        (check.number, True, "path = True is not a number"),
        (check.number, float("nan"), "path = nan is not a number"),
        (check.share, 50, "write 5 % as 0.05"),
        (check.share, True, "path = True is not a share"),
        (check.share, float("nan"), "path = nan is not a share"),
        (check.flag, "yes", "write true or false"),
        (check.encoding, 8, "path = 8 is not an encoding"),
        (check.character, "\n", "give one character"),
        (check.quote, "§", "give one character"),
        (check.file_patterns, "/etc/*.csv", "leads out of the source"),
        (check.file_patterns, "C:\\data\\*.csv", "leads out of the source"),
        (check.file_patterns, "a/../../b.csv", "leads out of the source"),
        (check.translations, "a", "pairs such as"),
        (check.rates, {"USD": 0}, "a rate is above 0"),
    ],
)
def test_a_bad_value_is_shown_with_what_belongs_there(checked, node, told):
    problems: list[str] = []
    checked(node, "path", problems)
    assert told in problems[0]


def test_bounds_and_choices_are_named():
    problems: list[str] = []
    check.whole(1, 12)(13, "month", problems)
    check.one_of("start", "end")("middle", "named_by", problems)
    assert problems == [
        "month = 13; give a whole number from 1 to 12",
        "named_by = 'middle'; choose one of: 'start', 'end'",
    ]
