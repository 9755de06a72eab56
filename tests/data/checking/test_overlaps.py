"""Files that overlap count orders twice; that is told before anybody adds them up."""

import pytest

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"


@pytest.fixture
def told(export):
    """Import files by name; return what is told by rule."""

    def teller(**files: str):
        for name, rows in files.items():
            export.write(HEADER + rows, f"{name}.csv")
        export.map(export.mapping.read_text() + "limits: {default: 1.0}\n")
        return {each.rule: each for each in export.run().findings}

    return teller


def test_an_order_in_two_files_is_weighed_by_its_lines_in_the_one_read_later(told):
    found = told(
        january="1,1,A,2025-01-30,60\n2,1,A,2025-01-31,30\n",
        february="2,2,A,2025-01-31,10\n3,1,A,2025-02-01,100\n",
    )["order_in_two_files"]
    assert (found.severity, found.rows, found.money) == ("warning", 1, 30.0)
    assert found.share == pytest.approx(0.15)
    assert found.message.startswith(
        "january.csv row 3, column 'order_id': the order '2'"
    )
    assert "exact_duplicates: drop" in found.remedy


def test_one_file_cannot_overlap(told):
    found = told(january="1,1,A,2025-01-30,60\n1,2,A,2025-01-30,60\n")
    assert not {"order_in_two_files", "order_on_two_days"} & set(found)


def test_an_order_of_two_accounts_is_told(told):
    rows = "1,1,A,2025-01-30,60\n1,2,B,2025-01-30,40\n2,1,B,2025-01-30,100\n"
    found = told(january=rows)["order_of_two_accounts"]
    assert (found.rows, found.money, found.share) == (2, 100.0, 0.5)
    assert "'1' has lines of two accounts" in found.message


def test_an_order_on_two_days_is_told(told):
    rows = "1,1,A,2025-01-30,60\n1,2,A,2025-01-31,40\n2,1,B,2025-01-30,100\n"
    found = told(january=rows)["order_on_two_days"]
    assert (found.rows, found.money) == (2, 100.0)


def test_overlapping_exports_block_above_the_limit(export):
    export.write(HEADER + "1,1,A,2025-01-30,60\n", "a.csv")
    export.write(HEADER + "1,2,A,2025-01-30,60\n", "b.csv")
    result = export.run()
    assert [each.rule for each in result.findings if each.blocks] == [
        "order_in_two_files"
    ]


def test_a_file_without_rows_among_others_is_a_warning(told):
    found = told(january="1,1,A,2025-01-30,60\n", february="")["file_without_rows"]
    assert found.message == "february.csv: there is a header and no row below it"
    assert not found.blocks
