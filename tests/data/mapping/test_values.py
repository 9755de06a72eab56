"""Single values of a mapping: what is taken, and what is said about the rest."""

from datetime import date

import pytest

from kamlab.data.mapping import values as check
from kamlab.data.mapping.text import Plain


@pytest.mark.parametrize(
    ("checked", "node", "expected"),
    [
        (check.text, "Kunde", "Kunde"),
        (check.text, Plain("2020"), "2020"),
        (check.scalar, Plain("NO"), "NO"),
        (check.scalar, Plain("1.50"), "1.50"),
        (check.scalar_or_number, Plain("3"), 3.0),
        (check.scalar_or_number, Plain("03"), "03"),
        (check.scalar_or_number, Plain("1e5"), "1e5"),
        (check.scalar_or_number, "3", "3"),
        (check.texts, "one", ("one",)),
        (check.texts, ["a", Plain("01")], ("a", "01")),
        (check.number, Plain("-2"), -2.0),
        (check.share, Plain("0"), 0.0),
        (check.share, Plain("1"), 1.0),
        (check.flag, Plain("false"), False),
        (check.flag, Plain("Yes"), True),
        (check.encoding, "UTF8", "utf-8"),
        (check.character, "|", "|"),
        (check.quote, "'", "'"),
        (check.file_patterns, "2024/*.csv", ("2024/*.csv",)),
        (check.date_formats, "DD.MM.YYYY", ("DD.MM.YYYY",)),
        (check.pattern, "^C", "^C"),
        (check.rates, {"USD": Plain("1")}, {"USD": 1.0}),
        (check.past_day, Plain("2025-12-31"), date(2025, 12, 31)),
    ],
)
def test_a_good_value_is_returned_as_it_will_be_used(checked, node, expected):
    problems: list[str] = []
    assert checked(node, "path", problems) == expected
    assert problems == []


@pytest.mark.parametrize(
    ("checked", "node", "told"),
    [
        (check.text, ["a"], "path = ['a'] is not a text"),
        (check.text, None, "path = None is not a text"),
        (check.scalar, None, "path = None"),
        (check.scalar, {}, "path = {}"),
        (check.texts, [], "path is an empty list"),
        (check.number, "7", "path = '7' is not a number"),
        (check.number, Plain("yes"), "path = yes is not a number"),
        (check.number, Plain("1e999"), "path = 1e999 is not a number"),
        (check.share, Plain("50"), "write 5 % as 0.05"),
        (check.share, Plain("true"), "path = true is not a share"),
        (check.past_day, Plain("2025-02-30"), "is not a day; write it as"),
        (check.flag, "yes", "write true or false"),
        (check.encoding, 8, "path = 8 is not an encoding"),
        (check.character, "\n", "give one character"),
        (check.quote, "§", "give one character"),
        (check.file_patterns, "/etc/*.csv", "leads out of the source"),
        (check.file_patterns, "C:\\data\\*.csv", "leads out of the source"),
        (check.file_patterns, "a/../../b.csv", "leads out of the source"),
        (check.translations, "a", "pairs such as"),
        (check.rates, {"USD": Plain("0")}, "a rate is above 0"),
    ],
)
def test_a_bad_value_is_shown_with_what_belongs_there(checked, node, told):
    problems: list[str] = []
    checked(node, "path", problems)
    assert told in problems[0]


def test_bounds_and_choices_are_named():
    problems: list[str] = []
    check.whole(1, 12)(Plain("13"), "month", problems)
    check.one_of("start", "end")("middle", "named_by", problems)
    assert problems == [
        "month = 13; give a whole number from 1 to 12",
        "named_by = 'middle'; choose one of: 'start', 'end'",
    ]
