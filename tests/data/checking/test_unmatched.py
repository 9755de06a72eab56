"""Codes of a mapping that the export does not hold are told, most are mistyped."""

import pytest

LINES = (
    "Nr,Pos,Kunde,Tag,Netto,Art\n1,1,A,2025-01-31,1,ZRE\n2,1,A,2025-01-31,1,01\n"
    "3,1,A,2025-01-31,1,NO\n"
)


@pytest.fixture
def told(export):
    """Import lines with more in the mapping; return what is told of such codes."""

    def teller(*more: str, amount: str = "Netto"):
        export.write(LINES)
        text = export.mapping.read_text()
        text = text.replace("net_amount: Netto", f"net_amount: {amount}")
        export.map(text, *more)
        findings = export.run().findings
        return [each for each in findings if each.rule == "matches_no_row"]

    return teller


def test_a_translation_that_no_row_needs_is_told(told):
    found = told("  line_type: {from: Art, values: {ZRF: return, 01: sale, NO: debit}}")
    assert found[0].message == (
        "lines.csv, column 'line_type': 'ZRF' in values matches no row; in the "
        "export's column 'Art', did you mean 'ZRE'?"
    )
    assert found[0].severity == "warning"


def test_codes_are_compared_as_they_are_written(told):
    assert not told(
        "  document_type: {from: Art, values: {ZRE: a, 01: b, NO: c}}",
        "drop: [{name: x, column: Art, in: [NO, 01]}]",
        amount="{from: Netto, negate: {column: Art, in: [ZRE, NO]}}",
    )


def test_a_sign_that_is_turned_nowhere_is_told(told):
    found = told(amount="{from: Netto, negate: {column: Art, in: [1, zre]}}")
    assert "'1', 'zre' in negate match no row" in found[0].message


def test_a_rule_that_names_what_is_not_there_is_told(told):
    found = told("drop: [{name: samples, column: Art, in: [NO, FM]}]")
    assert "'FM' in the rule 'samples' matches no row" in found[0].message


def test_translations_are_compared_after_the_cut(told):
    assert not told("  document_type: {from: Art, take_last: 1, values: {E: a, O: b}}")
