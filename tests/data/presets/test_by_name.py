"""Accounts that an export knows by name only are keyed by what names have in common."""

import pytest

from kamlab.data.presets.by_name import keyed_by_name
from kamlab.data.presets.suggestion import Entry, TableSuggestion


def key_of(rows, value="x"):
    table = TableSuggestion("orders", (), (Entry("account_id", value),))
    return keyed_by_name([table], {"orders": rows})[0].columns[0].value


@pytest.mark.parametrize(
    ("header", "account"),
    [
        ("客户名称", "宏业"),
        ("Customer Name", "Adler"),
        ("Customer", "Adler Steel Inc."),
        ("客户", "上海宏业贸易有限公司"),
    ],
)
def test_names_are_keyed_whatever_their_spelling(rows_of, header, account):
    rows = rows_of(f"{header};Date;Amount", f"{account};2025-01-31;9")
    assert key_of(rows) == {"from": "x", "by_name": True}


@pytest.mark.parametrize(
    ("header", "account"),
    [
        ("Customer", "A17"),
        ("Customer ID", "Adler Steel"),
        ("客户编号", "华东客户"),
        ("Customer Name", "4711"),
    ],
)
def test_numbers_and_codes_stay_as_they_are(rows_of, header, account):
    assert key_of(rows_of(f"{header};Date;Amount", f"{account};2025-01-31;9")) == "x"


def test_spellings_of_a_name_become_one_account(folder):
    lines = "1,Adler GmbH,2025-01-31,9.50\n2,ADLER  GMBH,2025-01-31,1.00\n"
    folder.write("a.csv", f"Order ID,Customer Name,Date,Net Amount EUR\n{lines}")
    folder.suggest()
    assert not folder.run().blocked
    assert folder.table()["account_id"].nunique() == 1
    assert folder.table("accounts")["account_id"].tolist() == ["adler"]
