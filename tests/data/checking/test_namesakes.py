"""One name under two numbers is told; branches and merged numbers are not."""

import pytest

HEAD = "Nr,Name,Into\n"
MAPPING = (
    "portfolio: {currency: EUR}\n"
    "tables:\n"
    "  orders: {files: lines.csv, columns: {order_id: Nr, account_id: Who,"
    " order_date: Day, net_amount: Net}}\n"
    "  accounts: {files: master.csv, columns: {account_id: Nr, account_name: Name,"
    " merged_into: Into}}\n"
)


@pytest.fixture
def told(export):
    """Return which accounts are namesakes in a master."""

    def run(*rows: str) -> list[str]:
        export.write("Nr,Who,Day,Net\n1,A1,2025-01-31,9.5\n", "lines.csv")
        export.write(HEAD + "".join(f"{row}\n" for row in rows), "master.csv")
        export.map(MAPPING)
        found = export.run().findings
        return [
            s.value for f in found if f.rule == "names_look_alike" for s in f.samples
        ]

    return run


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Adler GmbH", "ADLER  GMBH"),
        ("Müller & Söhne", "Muller Söhne"),
        ("宁波精密（上海）", "宁波精密(上海)"),
        ("Brandt A.G.", "Brandt AG"),
        ("Adler", "Adler"),
    ],
    ids=["case and blanks", "marks and accents", "width", "points", "the same"],
)
def test_a_name_in_another_spelling_is_told(told, one, other):
    assert told(f"A1,{one},", f"A2,{other},") == [f"{other} (A2)"]


@pytest.mark.parametrize(
    "rows",
    [
        ("A1,Brandt Leeds,", "A2,Brandt Cork,"),
        ("A1,Adler GmbH,", "A2,Adler GmbH & Co. KG,"),
        ("A1,,", "A2,,"),
        ("A1,-,", "A2,.,"),
        ("A1,Adler GmbH,", "A2,ADLER GmbH,A1"),
    ],
    ids=["branches", "another company", "no names", "no letters", "merged already"],
)
def test_other_names_and_merged_numbers_are_not_told(told, rows):
    assert told(*rows) == []


def test_three_of_one_name_are_two_too_many(told):
    assert told("A1,Adler,", "A3,adler,", "A2,A dler,") == ["adler (A3)", "A dler (A2)"]
