"""Account numbers that differ in zeros only are one account, and two samples say so."""

import pytest

from kamlab.data.presets.leading_zeros import bare

LINES = "VBELN;KUNAG;FKDAT;NETWR;WAERK\n"


def account_ids(found) -> dict[str, object]:
    """What is suggested for the account's number, by table."""
    return {
        table.name: entry
        for table in found.tables
        for entry in table.columns
        if entry.key == "account_id"
    }


def test_zeros_of_the_lines_are_taken_off_where_the_master_has_none(folder):
    rows = "1;0000100200;31.01.2025;9,50;EUR\n2;0000100201;31.01.2025;1,00;EUR\n"
    folder.write("lines.csv", LINES + rows)
    folder.write("KNA1.csv", "KUNNR;NAME1\n100200;Adler AG\n100201;Baer KG\n")
    found = account_ids(folder.suggest())
    assert found["orders"].value == {"from": "KUNAG", "strip_zeros": True}
    assert found["orders"].why == "0000100200 is 100200 in KNA1.csv"
    assert found["accounts"].value == "KUNNR"
    assert not folder.run().blocked
    assert set(folder.table()["account_id"]) == {"100200", "100201"}
    assert len(folder.table("accounts")) == 2


def test_zeros_of_the_master_are_taken_off_where_the_lines_have_none(folder):
    folder.write("lines.csv", f"{LINES}1;100200;31.01.2025;9,50;EUR\n")
    folder.write("KNA1.csv", "KUNNR;NAME1\n0000100200;Adler AG\n0000100201;Baer KG\n")
    found = account_ids(folder.suggest())
    assert found["orders"].value == "KUNAG"
    assert found["accounts"].value == {"from": "KUNNR", "strip_zeros": True}
    assert found["accounts"].why == "100200 is 0000100200 in KNA1.csv"


def test_lines_that_write_one_number_in_two_ways_are_one_account(folder):
    rows = "1;0000100200;31.01.2025;9,50;EUR\n2;100200;28.02.2025;1,00;EUR\n"
    folder.write("lines.csv", LINES + rows)
    folder.suggest()
    assert not folder.run().blocked
    assert folder.table()["account_id"].tolist() == ["100200", "100200"]


@pytest.mark.parametrize(
    "master",
    [
        "KUNNR;NAME1\n0000100200;Adler AG\n0000100201;Baer KG\n",  # as in the lines
        "KUNNR;NAME1\n0000100200;Adler AG\n100200;Other AG\n",  # zeros tell two apart
        "KUNNR;NAME1\n77;Adler AG\n78;Baer KG\n",  # other accounts altogether
    ],
)
def test_zeros_stay_where_they_are_not_what_differs(folder, master):
    folder.write("lines.csv", f"{LINES}1;0000100200;31.01.2025;9,50;EUR\n")
    folder.write("KNA1.csv", master)
    assert account_ids(folder.suggest())["orders"].value == "KUNAG"


def test_only_numbers_have_zeros_in_front():
    assert [bare(each) for each in ("007", "0", "00", "0A", "10")] == [
        "7",
        "0",
        "0",
        "0A",
        "10",
    ]
