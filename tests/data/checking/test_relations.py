"""Keys, masters and periods: what only several rows together can show."""

import pytest

from kamlab.errors import UsageError

MASTER = """
  accounts:
    files: master.txt
    columns: {account_id: Id, account_name: Name}
"""
LINES = (
    "Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,99.00\n2,1,B,2025-01-31,0.40\n"
    "3,1,C,2025-01-31,0.60\n4,1,B,2025-01-31,0.00\n"
)


@pytest.fixture
def with_master(export):
    """Import lines of A, B and C with a master."""

    def importer(master: str, limits: str = ""):
        export.write(LINES)
        export.write(master, "master.txt")
        export.map(export.mapping.read_text() + MASTER + limits)
        return export.run()

    return importer


def test_accounts_that_the_master_lacks_are_added_and_counted(with_master, export):
    result = with_master("Id,Name\nA,Alpha\nZ,Zeta\n")
    found = next(each for each in result.findings if each.rule == "unknown_account")
    assert (found.rows, found.money, found.share) == (3, 1.0, 0.01)
    assert not found.blocks
    assert export.table("accounts")["account_id"].tolist() == ["A", "B", "C", "Z"]
    accounts = result.tables[1]
    assert (accounts.rows_in, accounts.added, accounts.written) == (2, 2, 4)


SAP_LINES = "Nr,Pos,Kunde,Tag,Netto\n1,1,{},2025-01-31,99.00\n"


@pytest.mark.parametrize(
    ("of_lines", "of_master", "tables"),
    [("0000100", "100", ["orders"]), ("100", "0000100", ["accounts"])],
)
def test_numbers_that_differ_in_zeros_are_told_with_what_mends_it(
    export, of_lines, of_master, tables
):
    export.write(SAP_LINES.format(of_lines))
    export.write(f"Id,Name\n{of_master},Alpha\n", "master.txt")
    export.map(export.mapping.read_text() + MASTER)
    found = next(each for each in export.run().findings if "unknown" in each.rule)
    assert "the master has them but for zeros in front" in found.remedy
    text = export.mapping.read_text()
    for table, column in (("orders", "Kunde"), ("accounts", "Id")):
        rule = f"{{from: {column}, strip_zeros: true}}"
        told = f"tables.{table}.columns.account_id: {rule}"
        assert (told in found.remedy) == (table in tables)
        if table in tables:
            text = text.replace(f"account_id: {column}", f"account_id: {rule}")
    export.mapping.write_text(text)
    assert "unknown_account" not in {each.rule for each in export.run().findings}


def test_too_much_money_of_unknown_accounts_blocks(with_master):
    result = with_master("Id,Name\nB,Beta\nC,Gamma\n")
    assert result.blocked
    assert "account 'A' is not in the account master" in result.findings[0].message


def test_an_account_that_stands_twice_in_the_master_blocks(with_master):
    found = with_master("Id,Name\nA,Alpha\nA,Alfa\nB,B\nC,C\n").findings[0]
    assert (found.rule, found.rows) == ("duplicate_key", 2)
    assert "the key account_id = 'A' stands for more than one row" in found.message


def test_spaces_around_an_id_make_no_other_account(with_master, export):
    result = with_master("Id,Name\n A ,Alpha\nB,B\nC,C\n")
    found = next(each for each in result.findings if each.rule == "spaces_trimmed")
    assert (found.severity, found.rows, found.column) == ("info", 1, "account_id")
    assert export.table("accounts")["account_id"].tolist() == ["A", "B", "C"]


def test_a_master_with_a_blank_id_blocks(with_master):
    found = with_master("Id,Name\nA,Alpha\n,Nobody\nB,B\nC,C\n").findings[0]
    assert (found.rule, found.table, found.samples[0].row) == (
        "blank_id",
        "accounts",
        3,
    )


def history(export, *rows: str):
    export.write(LINES)
    export.write("Id,Was,Wert,Von,Bis\n" + "\n".join(rows) + "\n", "history.txt")
    export.map(
        export.mapping.read_text() + "  account_history:\n    files: history.txt\n"
        "    columns: {account_id: Id, attribute: Was, value: Wert, valid_from: Von, "
        "valid_to: Bis}\nlimits: {history_overlap: 0.6}\n"
    )
    return [each for each in export.run().findings if each.table == "account_history"]


def test_values_that_follow_each_other_pass(export):
    assert not history(
        export,
        "A,tier,core,2024-01-01,2024-12-31",
        "A,tier,key,2025-01-01,",
        "B,tier,key,2024-06-01,",
        "A,region,North,2024-06-01,",
    )


@pytest.mark.parametrize("end", ["2025-01-01", ""], ids=["same day", "open"])
def test_values_that_hold_on_the_same_day_are_told(export, end):
    found = history(export, f"A,tier,core,2024-01-01,{end}", "A,tier,key,2025-01-01,")
    assert [each.rule for each in found] == ["history_overlap"]
    assert "'tier of A from 2025-01-01' begins before" in found[0].message


def test_an_attribute_that_is_not_dated_is_refused(export):
    found = history(export, "A,shoe_size,44,2024-01-01,")[0]
    assert found.rule == "not_allowed"
    assert "'shoe_size'" in found.message


def test_two_targets_for_one_period_block(export):
    export.write(LINES)
    export.write("Von,Bis,Was,Wert\n" + "2025-01-01,2025-12-31,x,5\n" * 2, "t.txt")
    export.map(
        export.mapping.read_text() + "  targets:\n    files: t.txt\n"
        "    columns: {account_id: {constant: A}, period_start: Von, period_end: Bis, "
        "metric: {from: Was, values: {x: net_revenue}}, value: Wert}\n"
    )
    found = export.run().findings[0]
    assert (found.rule, found.table) == ("duplicate_key", "targets")
    assert "A, 2025-01-01, 2025-12-31, net_revenue" in found.message


def test_a_table_that_the_contract_does_not_know_is_refused(export):
    export.write(LINES)
    export.map(export.mapping.read_text() + "  customers: {files: a, columns: {}}\n")
    with pytest.raises(UsageError, match=r"tables\.customers is not a key"):
        export.run()


@pytest.mark.parametrize(
    ("dated", "told"), [("", ["'B into A'"]), ("B,merged_into,A,2024-06-01,\n", [])]
)
def test_a_merger_without_a_day_is_told_as_not_applied(export, dated, told):
    export.write(LINES)
    export.write("Id,In\nA,\nB,A\nC,C\n", "master.txt")
    export.write(f"Id,Was,Wert,Von,Bis\nA,tier,key,2024-01-01,\n{dated}", "history.txt")
    export.map(
        export.mapping.read_text() + "  accounts:\n    files: master.txt\n"
        "    columns: {account_id: Id, merged_into: In}\n"
        "  account_history:\n    files: history.txt\n"
        "    columns: {account_id: Id, attribute: Was, value: Wert, valid_from: Von, "
        "valid_to: Bis}\n"
    )
    found = [
        each for each in export.run().findings if each.rule == "merger_not_applied"
    ]
    assert [each.message.split("the merger of ")[1][:10] for each in found] == told
    assert all("account_history" in each.remedy for each in found)


def test_a_merger_is_not_applied_without_a_history_either(export):
    export.write(LINES)
    export.write("Id,In\nA,\nB,A\nC,\n", "master.txt")
    export.map(
        export.mapping.read_text() + "  accounts:\n    files: master.txt\n"
        "    columns: {account_id: Id, merged_into: In}\n"
    )
    result = export.run()
    assert "merger_not_applied" in {each.rule for each in result.findings}
    assert not result.blocked
