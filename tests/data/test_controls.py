"""What was imported is compared with the totals of the books."""

import pytest

from kamlab.errors import UsageError

LINES = (
    "Nr,Pos,Kunde,Tag,Netto\n1,1,A,2024-10-01,100.00\n2,1,A,2024-12-31,0.10\n"
    "3,1,A,2025-09-30,0.20\n4,1,A,2025-10-01,50.00\n"
)


@pytest.fixture
def told(export):
    """Import the lines with one control total; return the result and its finding."""

    def teller(period: str, net_amount: str, more: str = ""):
        export.write(LINES)
        text = export.mapping.read_text()
        october = "currency: EUR, calendar: {first_month: 10, named_by: end}"
        export.map(
            text.replace("currency: EUR", october)
            + f"controls: [{{name: books, period: {period}, net_amount: {net_amount}}}]"
            + f"\n{more}"
        )
        result = export.run()
        found = [each for each in result.findings if each.rule.startswith("control")]
        return result, found[0]

    return teller


@pytest.mark.parametrize(
    ("period", "net_amount"),
    [("2025", "100.30"), ("2025Q1", "100.1"), ("2025-09", "0.2"), ("2026", "50")],
)
def test_a_total_that_is_met_to_the_cent_is_told(told, period, net_amount):
    result, found = told(period, net_amount)
    assert (found.rule, found.severity, result.blocked) == (
        "control_met",
        "info",
        False,
    )
    assert "books: the lines of" in found.message


def test_a_small_difference_is_told_and_passes(told):
    result, found = told("2025", "100.00")
    assert not result.blocked
    assert (found.rule, found.money) == ("control_missed", 0.30)
    assert "sum to 100.30, the books say 100.00, a difference of +0.30" in found.message
    assert "2025 (2024-10-01 to 2025-09-30)" in found.message


def test_a_difference_above_its_limit_blocks(told):
    result, found = told("2025", "200.60")
    assert result.blocked
    assert found.share == pytest.approx(0.5)
    assert "a difference of -100.30" in found.message


def test_a_difference_may_be_allowed_by_name(told):
    result, _ = told("2025", "200.60", "limits: {control_missed: 0.6}\n")
    assert not result.blocked


def test_a_period_without_lines_misses_its_total(told):
    result, found = told("2023", "10")
    assert result.blocked
    assert (found.rows, found.share) == (0, 1.0)


def test_lines_where_the_books_say_nothing_block(told):
    result, found = told("2025", "0")
    assert result.blocked
    assert found.share == 1.0


@pytest.mark.parametrize(
    ("control", "words"),
    [
        ("{name: x, period: 2025Q5, net_amount: 1}", "'2025Q5' is not a period"),
        ("{name: x, period: 2025, net_amount: much}", "net_amount = 'much' is not a"),
        ("{name: x, period: 2025}", "controls[0].net_amount is missing"),
        ("{nam: x, period: 2025, net_amount: 1}", "did you mean 'name'?"),
    ],
)
def test_a_control_that_cannot_be_is_refused(export, control, words):
    export.write(LINES)
    export.map(export.mapping.read_text() + f"controls: [{control}]\n")
    with pytest.raises(UsageError) as error:
        export.run()
    assert words in str(error.value)


def test_controls_that_are_no_list_are_refused(export):
    export.write(LINES)
    export.map(export.mapping.read_text() + "controls: {a: 1}\n")
    with pytest.raises(UsageError, match=r"controls = {'a': 1}; a list belongs there"):
        export.run()
