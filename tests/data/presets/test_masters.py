"""Order lines find their accounts, whether they name them or number them."""

import pytest

LINES = "Opportunity ID,Account Name,Close Date,Stage,Amount,Amount Currency\n"
ROW = "006{0},{1},2025-01-3{0},Closed Won,9.50,EUR\n"
ACCOUNTS = "Account ID,Account Name,Industry\n001A,Adler GmbH,Steel\n001B,Berg AG,Oil\n"


@pytest.mark.parametrize(
    ("named", "key"),
    [
        (("Adler GmbH", "Berg AG"), {"from": "Account Name", "by_name": True}),
        (("001A", "001B"), "Account ID"),
        (("Nobody", "No one"), "Account ID"),
    ],
)
def test_accounts_are_keyed_as_the_lines_name_them(folder, named, key):
    rows = "".join(ROW.format(i, name) for i, name in enumerate(named))
    folder.write("opportunities.csv", LINES + rows)
    folder.write("accounts.csv", ACCOUNTS)
    _, accounts = folder.suggest().tables
    assert accounts.columns[0].value == key


def test_every_line_finds_its_account_by_name(folder):
    rows = "".join(ROW.format(i, n) for i, n in enumerate(["Adler GmbH", "Berg AG"]))
    folder.write("opportunities.csv", LINES + rows)
    folder.write("accounts.csv", ACCOUNTS)
    found = folder.suggest()
    result = folder.run()
    assert not result.blocked
    assert "unknown_account" not in {each.rule for each in result.findings}
    accounts = folder.table("accounts").set_index("account_id")
    assert accounts["industry"].to_dict() == {"adler": "Steel", "berg": "Oil"}
    assert found.tables[1].questions[0].startswith("Account ID: ")
