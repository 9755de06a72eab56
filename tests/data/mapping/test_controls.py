"""The section `controls` of a mapping is read whole, or refused in words."""

import pytest

from kamlab.data.controls.totals import Control, ControlFile
from kamlab.data.mapping.file import read_mapping
from kamlab.errors import UsageError

MAPPING = """
portfolio: {currency: EUR}
tables:
  orders:
    columns: {order_id: Nr, account_id: Kunde, order_date: Tag, net_amount: Netto}
controls: """


@pytest.fixture
def read(tmp_path):
    """Return what a mapping's section `controls` says."""

    def reader(controls: str, mapping: str = MAPPING):
        path = tmp_path / "mapping.yml"
        path.write_text(mapping + controls, encoding="utf-8")
        return read_mapping(path).controls

    return reader


def test_a_total_with_several_measures_is_several_totals(read):
    found = read("[{name: x, period: 2025, net_amount: 9.5, lines: 3, documents: 2}]")
    assert [(each.measure, each.amount) for each in found] == [
        ("net_amount", 9.5),
        ("lines", 3.0),
        ("documents", 2.0),
    ]


def test_totals_and_files_may_be_listed_together(read):
    found = read(
        "[{name: x, period: all, net_amount: 1}, "
        "{file: t.csv, columns: {period: P, net_amount: N}, format: {decimal: ','}}]"
    )
    assert [type(each) for each in found] == [Control, ControlFile]
    assert found[1].format.decimal == ","


def test_a_single_file_needs_no_list(read):
    (found,) = read("{file: t.csv, columns: {period: P, net_amount: N}, tolerance: 1}")
    assert (found.file, found.tolerance) == ("t.csv", 1.0)


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ("9", "controls = 9; a file, or a list of totals belongs there"),
        ("[9]", "controls[0] = 9; keys and values belong there"),
        ("{a: 1}", "controls.a is not a key of a mapping"),
        ("[{period: 2025, net_amount: 1}]", "controls[0].name is missing"),
        (
            "[{name: x, period: 2025 to 2024, net_amount: 1}]",
            "'2025 to 2024' ends before it begins",
        ),
        (
            "[{name: x, period: 2025, net_amount: 1, tolerance: -1}]",
            "tolerance = -1; a tolerance is 0 or more",
        ),
        (
            "[{name: x, period: 2025, net_amount: 1, where: {cogs: 1}}]",
            "where.cogs is not a key",
        ),
        ("{file: ../t.csv, columns: {period: P, lines: N}}", "leads out of the source"),
        ("{file: t.csv, columns: {net_amount: N}}", "columns.period is missing"),
        ("{file: t.csv, columns: {period: P}}", "columns has no amount; name one of"),
        ("{file: t.csv}", "controls.columns is missing"),
        ("[{name: x, period: 2025, cogs: 1}]", "'x' needs cogs; map it under"),
        (
            "[{name: x, period: 2025, lines: 1, dated_by: posted_on}]",
            "'x' needs posted_on; map it under",
        ),
        (
            "[{name: x, period: 2025, lines: 1, where: {channel: direct}}]",
            "'x' needs channel; map it under",
        ),
        (
            "[{name: x, period: 2025, net_amount: 1, currency: USD}]",
            "'x' needs the currency of a line",
        ),
        (
            "{file: t.csv, columns: {period: P, cogs: N, currency: W}}",
            "'t.csv' has cogs in a currency, but only net_amount is known",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(read, controls, words):
    with pytest.raises(UsageError) as error:
        read(controls)
    assert words in str(error.value)


def test_a_total_may_say_until_when_the_books_go(read):
    (found,) = read("[{name: x, period: 2025, until: 2025-11-30, net_amount: 1}]")
    assert found.when == "2025 until 2025-11-30"


@pytest.mark.parametrize("day", ["November", "2025-11", "2999-12-31"])
def test_until_is_a_day_that_has_passed(read, day):
    with pytest.raises(UsageError, match=rf"controls\[0\]\.until = '{day}' is "):
        read(f"[{{name: x, period: 2025, until: {day}, net_amount: 1}}]")
