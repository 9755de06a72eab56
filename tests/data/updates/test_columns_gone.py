"""A column that last month's files had, heads of documents included, is missed."""

import json

import pytest

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "lines*.csv"
    join: {files: "heads*.csv", by: Nr}
    columns:
      order_id: Nr
      account_id: Kunde
      order_date: Tag
      net_amount: {from: [Netto, Nettowert]}
"""
LINES = "Nr,Artikel,Netto\n%d,G1,9.5\n"
HEADS = "Nr,Kunde,Tag,Region\n%d,A,2025-0%d-28,Nord\n"


@pytest.fixture
def january(export):
    """A portfolio of January, whose lines and heads stand in two files."""
    export.map(MAPPING)
    export.write(LINES % 1, "lines.csv")
    export.write(HEADS % (1, 1), "heads.csv")
    assert not export.run().blocked
    return export


def february(export, lines: str = LINES, heads: str = HEADS):
    """Import the files of February, however their columns are."""
    export.write(lines % 2, "lines.csv")
    export.write(heads % (2, 2), "heads.csv")
    return export.run(update=True)


def gone(result) -> list[str]:
    return [e.samples[0].value for e in result.findings if e.rule == "column_gone"]


def test_the_log_has_the_columns_and_hash_of_lines_and_of_heads(january):
    log = json.loads((january.out / "import_log.json").read_text())
    (orders,) = [each for each in log["tables"] if each["table"] == "orders"]
    assert orders["files"][0]["columns"] == ["Nr", "Artikel", "Netto"]
    (heads,) = orders["heads"]
    assert (heads["name"], heads["rows_in"]) == ("heads.csv", 1)
    assert heads["columns"] == ["Nr", "Kunde", "Tag", "Region"]
    assert len(heads["sha256"]) == 64


def test_the_same_columns_are_not_worth_a_word(january):
    result = february(january)
    assert not result.blocked
    assert gone(result) == []
    log = json.loads((january.out / "import_log.json").read_text())
    (orders,) = [each for each in log["tables"] if each["table"] == "orders"]
    assert len(orders["heads"]) == 2


def test_a_column_that_the_heads_no_longer_have_is_told(january):
    heads = HEADS.replace(",Region", "").replace(",Nord", "")
    result = february(january, heads=heads)
    assert not result.blocked
    assert gone(result) == ["Region"]
    (told,) = [each for each in result.findings if each.rule == "column_gone"]
    assert "no column 'Region' any more" in told.message
    assert "{from: [Region, new name]}" in told.remedy


def test_a_column_that_the_lines_no_longer_have_is_told(january):
    lines = LINES.replace(",Artikel", "").replace(",G1", "")
    assert gone(february(january, lines=lines)) == ["Artikel"]


def test_a_column_that_is_needed_blocks_and_is_told_to_have_been_there(january):
    result = february(january, heads=HEADS.replace("Kunde", "Debitor"))
    assert result.blocked
    assert gone(result) == ["Kunde"]


def test_another_name_of_a_column_is_no_loss(january):
    result = february(january, lines=LINES.replace("Netto", "Nettowert"))
    assert not result.blocked
    assert gone(result) == []


def test_a_log_from_before_columns_were_logged_says_nothing(january):
    file = january.out / "import_log.json"
    log = json.loads(file.read_text())
    for table in [t for each in log["imports"] for t in each["tables"]] + log["tables"]:
        del table["heads"]
        for each in table["files"]:
            del each["columns"]
    file.write_text(json.dumps(log))
    result = february(january, heads=HEADS.replace(",Region", "").replace(",Nord", ""))
    assert not result.blocked
    assert gone(result) == []
