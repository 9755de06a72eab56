"""What the import dropped is told on every page, and whole in the manifest."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from kamlab.data.importing.accounting import DroppedRows, TableCount, write_log
from kamlab.report.left_out import UNREADABLE, LeftOut, read_left_out

RULES = [
    DroppedRows("cancelled", 8_905, 611_342.09),
    DroppedRows("no customer", 135_080, 2_062_871.16),
    DroppedRows("quantity not above zero", 0, None),
    DroppedRows("price not above zero", 40, 0.0),
]
FINDING = {
    "rule": "duplicates_kept",
    "severity": "info",
    "rows": 5192,
    "message": "the row repeats an earlier one",
    "samples": [{"file": "june.csv", "row": 518, "value": "Adele Brenner"}],
}


def _imported(folder: Path, *tables: TableCount) -> Path:
    """Write the log as an import writes it."""
    mapping = folder / "mapping.yml"
    mapping.write_text("portfolio: {}\n")
    write_log(list(tables), mapping, folder)
    return folder


def _table(name: str, rules: list[DroppedRows]) -> TableCount:
    return TableCount(name, [], rules, rows_in=541_909, rows_out=397_884)


def _rules(count: int) -> dict[str, tuple[DroppedRows, ...]]:
    rules = [DroppedRows(f"rule {i}", 10 - i, None) for i in range(count)]
    return {"orders": tuple(rules)}


def test_the_line_names_every_rule_that_took_rows_the_largest_first(tmp_path):
    told = read_left_out(_imported(tmp_path, _table("orders", RULES)))
    assert told.line("GBP") == (
        "Left out at import: 135,080 order lines “no customer” (GBP 2.06 M), "
        "8,905 “cancelled” (GBP 611 k), 40 “price not above zero”."
    )


def test_rows_of_other_tables_are_called_by_their_table(tmp_path):
    blank = [DroppedRows("blank", 1, None)]
    told = read_left_out(
        _imported(tmp_path, _table("orders", blank), _table("accounts", blank))
    )
    assert told.line("EUR") == (
        "Left out at import: 1 order line “blank”, 1 row of accounts “blank”."
    )


@pytest.mark.parametrize(
    ("count", "ending"),
    [(4, "7 “rule 3”."), (5, "7 “rule 3”, and 1 more."), (9, "and 5 more.")],
)
def test_the_line_stops_after_four_rules(count, ending):
    assert LeftOut(_rules(count)).line("EUR").endswith(ending)


def test_nothing_is_told_where_nothing_was_dropped_or_imported(tmp_path):
    assert read_left_out(tmp_path).line("EUR") == ""
    assert read_left_out(tmp_path).as_json() is None
    assert read_left_out(_imported(tmp_path, _table("orders", []))).line("EUR") == ""


def test_the_demo_company_left_nothing_out(demo):
    assert read_left_out(demo.folder) == LeftOut()


def test_the_manifest_has_the_whole_log(tmp_path):
    told = read_left_out(_imported(tmp_path, _table("orders", RULES))).as_json()
    (orders,) = told["log"]["tables"]
    assert orders["rows_in"] == 541_909
    assert orders["dropped"] == [asdict(rule) for rule in RULES]
    assert told["unreadable"] == []


def test_findings_are_told_without_the_values_they_quote(tmp_path):
    (tmp_path / "findings.json").write_text(json.dumps({"findings": [FINDING]}))
    told = read_left_out(tmp_path).as_json()
    assert told["findings"][0]["message"] == "the row repeats an earlier one"
    assert "Brenner" not in json.dumps(told)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{torn",
        "[]",
        "7",
        '{"tables": 7}',
        '{"tables": [{"table": "orders"}]}',
        '{"tables": [{"table": "orders", "dropped": [{"rows": "many"}]}]}',
        '{"tables": [], "took": NaN}',
        '{"tables": [], "took": 1e999}',
        "[" * 100_000,
        "\udcff",
    ],
)
def test_a_damaged_log_stops_nothing_and_is_told(tmp_path, text):
    log = tmp_path / "import_log.json"
    log.write_bytes(text.encode("utf-8", "surrogateescape"))
    told = read_left_out(tmp_path)
    assert told.line("EUR") == UNREADABLE
    assert told.as_json()["unreadable"] == ["import_log.json"]


def test_damaged_findings_leave_the_log_readable(tmp_path):
    (tmp_path / "findings.json").write_text('{"rule": "x"}')
    told = read_left_out(_imported(tmp_path, _table("orders", RULES)))
    assert "no customer" in told.line("GBP")
    assert told.as_json()["unreadable"] == ["findings.json"]
