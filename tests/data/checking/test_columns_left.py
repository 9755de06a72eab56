"""Columns that no table uses are told once for each file."""

import pytest

from tests.data.conftest import MAPPING

LINES = "Nr,Pos,Kunde,Name,Tag,Netto,Art,Lager\n1,1,A,Adler,2025-01-31,9,ZRE,L1\n"

ACCOUNTS = """  accounts:
    files: "{files}"
    one_row_per_key: true
    columns: {{account_id: Kunde, account_name: Name}}
"""


@pytest.fixture
def told(export):
    """Import lines and accounts; return what is said to be left, file by file."""

    def teller(accounts: str = "*.csv", *orders: str, **files: str) -> list[str]:
        export.write(LINES)
        for name, content in files.items():
            export.write(content, f"{name}.txt")
        text = MAPPING.rstrip() + "\n" + "".join(f"    {each}\n" for each in orders)
        export.map(text + ACCOUNTS.format(files=accounts))
        findings = export.run().findings
        return [each.message for each in findings if each.rule == "not_imported"]

    return teller


def test_a_column_that_another_table_of_the_file_uses_is_not_left(told):
    assert told() == ["lines.csv: not imported: Art, Lager"]


def test_a_column_that_rows_are_dropped_by_is_used(told):
    rule = "drop: [{name: samples, column: Art, equals: X}]"
    assert told("*.csv", rule) == ["lines.csv: not imported: Lager"]


def test_files_that_no_table_shares_are_told_each_for_itself(told):
    names = "Kunde,Name,Ort\nA,Adler,Ulm\n"
    assert told("*.txt", names=names) == [
        "lines.csv: not imported: Name, Art, Lager",
        "names.txt: not imported: Ort",
    ]
