"""An import makes the whole portfolio or nothing, and accounts for every row."""

import json
import os
import signal
import subprocess
import sys

import pytest
import yaml

import kamlab
from kamlab.data.contract import TABLES, Column, Table
from kamlab.data.findings.file import read_findings
from kamlab.data.folder import read_description, sha256_of
from kamlab.data.importing.accounting import (
    DroppedRows,
    FileCount,
    TableCount,
    check_accounts,
)
from kamlab.errors import DataError, UsageError
from kamlab.fiscal import FiscalCalendar


def test_what_the_contract_derives_is_derived_and_told(export):
    export.write(
        "Nr,Kunde,Tag,Netto\n2,B,2025-02-01,5\n1,A,2025-01-31,-7\n2,B,2025-02-01,0\n"
    )
    export.map(export.mapping.read_text().replace("      line_id: Pos\n", ""))
    result = export.run()
    lines = export.table()
    assert lines["order_id"].tolist() == ["1", "2", "2"]
    assert lines["line_id"].tolist() == ["1", "1", "2"]
    assert lines["line_type"].tolist() == ["return", "sale", "sale"]
    told = {(each.table, each.column) for each in result.findings}
    assert {("orders", "line_id"), ("orders", "line_type"), ("accounts", "")} <= told


def test_without_a_master_the_accounts_are_those_of_the_lines(export):
    export.write("Nr,Pos,Kunde,Tag,Netto\n1,1,B,2025-01-31,1\n2,1,A,2025-01-31,1\n")
    export.run()
    assert export.table("accounts").to_dict("list") == {"account_id": ["A", "B"]}


def test_a_line_type_that_is_blank_follows_its_sign(export):
    export.write(
        "Nr,Pos,Kunde,Tag,Netto,Art\n"
        "1,1,A,2025-01-31,1,freight\n1,2,A,2025-01-31,-1,\n1,3,A,2025-01-31,1,\n"
    )
    export.map(export.mapping.read_text(), "  line_type: Art")
    export.run()
    assert export.table()["line_type"].tolist() == ["freight", "return", "sale"]


def test_events_and_targets_get_what_they_lack(export):
    export.write()
    export.write("Tag,Art,Text\n2025-03-01,shortage,Chips\n2025-01-01,merger,AB\n", "e")
    export.write("Von,Bis,Wert\n2025-01-01,2025-12-31,1000\n", "t")
    export.map(
        export.mapping.read_text() + "  events:\n    files: e\n"
        "    columns: {date: Tag, kind: Art, text: Text}\n"
        "  targets:\n    files: t\n"
        "    columns: {period_start: Von, period_end: Bis, value: Wert, "
        "metric: {constant: net_revenue}}\n"
    )
    assert not export.run().blocked
    events = export.table("events").set_index("text")
    assert events.loc["AB", ["event_id", "scope"]].tolist() == ["1", "portfolio"]
    assert events.loc["Chips", "event_id"] == "2"
    targets = export.table("targets")
    assert targets["set_on"].tolist() == targets["period_start"].tolist()


def test_the_description_says_what_the_mapping_said(export):
    export.write()
    text = export.mapping.read_text()
    export.map(
        text.replace(
            "currency: EUR",
            "currency: EUR, data_through: 2025-03-31, order_date_is: invoice, "
            "account_level: payer, calendar: {first_month: 10, named_by: end}",
        )
    )
    export.run()
    told = read_description(export.out)
    assert (told.name, told.currency, str(told.data_through)) == (
        "Probe",
        "EUR",
        "2025-03-31",
    )
    assert told.calendar == FiscalCalendar(10, "end")
    assert (told.order_date_is, told.account_level) == ("invoice", "payer")
    assert told.tables == {"orders": "orders.parquet", "accounts": "accounts.parquet"}


def test_without_a_name_and_a_last_day_both_are_derived(export):
    export.write()
    export.map(export.mapping.read_text().replace("name: Probe, ", ""))
    export.run()
    told = read_description(export.out)
    assert (told.name, str(told.data_through)) == ("portfolio", "2025-01-31")


def test_a_last_day_that_was_derived_is_told_and_counts_late_postings(export):
    export.write(
        "Nr,Pos,Kunde,Tag,Netto,Gebucht\n1,1,A,2025-01-31,1,\n"
        "2,1,A,2025-01-30,1,2025-02-03\n"
    )
    export.map(export.mapping.read_text(), "  posted_on: Gebucht")
    result = export.run()
    assert str(read_description(export.out).data_through) == "2025-02-03"
    found = next(
        each for each in result.findings if each.rule == "data_through_derived"
    )
    assert found.message == (
        "orders: data_through was derived: 2025-02-03, the last day in the orders"
    )


def test_a_last_day_that_is_declared_is_not_derived(export):
    export.write()
    text = export.mapping.read_text()
    export.map(text.replace("EUR}", "EUR, data_through: 2025-12-31}"))
    assert "data_through_derived" not in {each.rule for each in export.run().findings}


def test_the_import_opens_as_a_portfolio(export):
    export.write()
    export.run()
    with kamlab.open_portfolio(export.out) as portfolio:
        lines = portfolio.orders.collect().to_pandas()
    assert lines["net_amount"].sum() == 150.0


def test_the_log_names_every_file_and_every_rule(export):
    export.write("Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,8\n2,1,,2025-01-31,4\n")
    export.map(
        export.mapping.read_text(), "drop: [{name: nobody, column: Kunde, is: blank}]"
    )
    export.run()
    log = json.loads((export.out / "import_log.json").read_text())
    assert log["kamlab"] == kamlab.__version__
    assert log["mapping"]["sha256"] == sha256_of(export.mapping)
    orders = log["tables"][0]
    source = export.source / "lines.csv"
    assert orders["files"] == [
        {
            "name": "lines.csv",
            "sha256": sha256_of(source),
            "bytes": source.stat().st_size,
            "rows_in": 2,
            "dropped": {"nobody": 1},
            "rows_out": 1,
            "net_amount": 8.0,
            "first_day": "2025-01-31",
            "last_day": "2025-01-31",
            "columns": ["Nr", "Pos", "Kunde", "Tag", "Netto"],
        }
    ]
    assert orders["dropped"] == [{"rule": "nobody", "rows": 1, "money": 4.0}]
    assert (orders["rows_in"], orders["rows_out"], orders["written"]) == (2, 1, 1)
    assert (orders["net_amount"], orders["accounts"]) == (8.0, 1)
    assert orders["first_day"] == orders["last_day"] == "2025-01-31"


def test_the_findings_stand_in_the_folder(export):
    export.write()
    result = export.run()
    assert result.findings_file == export.out / "findings.json"
    kept = read_findings(result.findings_file)
    assert list(kept.findings) == result.findings


def test_two_imports_write_the_same_tables(export, tmp_path):
    export.write()
    export.run()
    first = {path.name: sha256_of(path) for path in export.out.iterdir()}
    export.run(replace=True)
    again = {path.name: sha256_of(path) for path in export.out.iterdir()}
    assert first.keys() == again.keys()
    # The log and the findings say when they were written.
    told = {"import_log.json", "findings.json", "findings.xlsx"}
    assert {name for name in first if first[name] != again[name]} <= told


def test_columns_stand_in_the_contracts_order(export):
    export.write()
    export.run()
    assert list(export.table().columns) == [
        "order_id",
        "line_id",
        "account_id",
        "order_date",
        "net_amount",
        "line_type",
    ]


def test_progress_tells_each_step_of_each_table(export):
    export.write()
    told: list[str] = []
    export.run(progress=told.append)
    assert told == [
        "orders: 2 rows read",
        "orders: 2 rows kept by the rules",
        "orders: checked",
        "orders: 2 rows written",
    ]


@pytest.mark.parametrize("step", ["read", "kept", "checked", "written"])
def test_an_interrupt_leaves_nothing_behind(export, step):
    def interrupt(line: str) -> None:
        if step in line:
            raise KeyboardInterrupt

    export.write()
    with pytest.raises(KeyboardInterrupt):
        export.run(progress=interrupt)
    left = sorted(path.name for path in export.folder.iterdir())
    assert left == ["export", "mapping.yml"]


def test_an_interrupt_within_a_query_is_an_interrupt(export):
    def interrupt(line: str) -> None:
        raise RuntimeError("Query interrupted")

    export.write()
    with pytest.raises(KeyboardInterrupt):
        export.run(progress=interrupt)
    assert not export.out.exists()


def test_another_fault_within_a_query_is_not_hidden(export):
    def fail(line: str) -> None:
        raise RuntimeError("out of luck")

    export.write()
    with pytest.raises(RuntimeError, match="out of luck"):
        export.run(progress=fail)
    assert not export.out.exists()


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_a_killed_import_leaves_no_portfolio_under_the_target_name(export):
    export.write()
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from kamlab.data.importing.loading import import_portfolio\n"
        "def kill(line):\n"
        "    if 'written' in line:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "import_portfolio(*map(Path, sys.argv[1:]), progress=kill)\n"
    )
    paths = [str(export.source), str(export.mapping), str(export.out)]
    ended = subprocess.run([sys.executable, "-c", script, *paths], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert not export.out.exists()
    assert not export.run().blocked


def test_a_portfolio_is_replaced_only_when_that_is_allowed(export):
    export.write()
    export.run()
    with pytest.raises(UsageError, match="is not empty"):
        export.run()
    export.write("Nr,Pos,Kunde,Tag,Netto\n9,1,A,2025-01-31,1\n")
    assert export.run(replace=True).rows_out == 1
    assert export.table()["order_id"].tolist() == ["9"]


def test_ids_never_become_paths(export):
    export.write("Nr,Pos,Kunde,Tag,Netto\n../../evil,1,/etc/passwd,2025-01-31,1\n")
    export.run()
    written = {path.name for path in export.out.rglob("*")}
    assert len(written) == 7
    log = yaml.safe_load((export.out / "portfolio.yml").read_text())
    assert log["tables"]["orders"] == "orders.parquet"


def test_a_result_adds_up_over_its_tables(export):
    export.write("Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,1\n2,1,,2025-01-31,1\n")
    export.write("Id\nA\n\nB\n", "master.txt")
    export.map(
        export.mapping.read_text(), "drop: [{name: blank, column: Kunde, is: blank}]"
    )
    export.map(
        export.mapping.read_text() + "  accounts:\n    files: master.txt\n"
        "    columns: {account_id: Id}\n"
        "    drop: [{name: blank, column: Id, is: blank}]\n"
    )
    result = export.run()
    assert (result.rows_in, result.rows_out) == (
        2 + result.tables[1].rows_in,
        1 + 2,
    )
    assert result.rows_in == result.rows_out + sum(result.dropped.values())


COUNT = TableCount(
    "orders",
    [FileCount("a.csv", "", 9, 5, {"blank": 2}, 3)],
    [DroppedRows("blank", 2, None)],
    rows_in=5,
    rows_out=3,
    written=3,
)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"rows_in": 6}, "orders: 6 rows were read, but 3 kept and 2 dropped"),
        ({"dropped": []}, "orders: 5 rows were read, but 3 kept and 0 dropped"),
        ({"written": 2}, "orders: 2 rows were written, but 3 kept and 0 added"),
        ({"added": 1}, "orders: 3 rows were written, but 3 kept and 1 added"),
        (
            {"files": [FileCount("a.csv", "", 9, 5, {}, 3)]},
            "a.csv: 5 rows were read, but 3 kept and 0 dropped",
        ),
    ],
)
def test_a_row_that_is_lost_fails_the_import(change, told):
    with pytest.raises(DataError) as error:
        check_accounts(TableCount(**{**vars(COUNT), **change}))
    assert told in str(error.value)
    assert error.value.exit_code == 1


def test_columns_may_be_called_like_words_of_sql(export, monkeypatch):
    columns = (
        Column("order", "text", "row", "A word of SQL", required=True),
        Column("group", "date", "row", "Another", required=True),
        Column("end", "number", "row", "A third", minimum=0, maximum=9),
        Column("select", "text", "row", "A fourth", allowed=("a", "b")),
    )
    table = Table("words", "one word", ("order", "group"), ("group",), columns)
    monkeypatch.setitem(TABLES, "words", table)
    export.write()
    export.write("O,G,E,S\n1,2025-01-31,3,a\n1,2025-01-31,3,a\n2,2025-01-31,8,b\n", "w")
    text = export.mapping.read_text() + "  words:\n    files: w\n"
    text += "    columns: {order: O, group: G, end: E, select: S}\n"
    export.map(text + "    one_row_per_key: true\n")
    assert not export.run().blocked
    assert export.table("words")["order"].tolist() == ["1", "2"]
    export.map(text)
    assert export.run(replace=True).findings[0].rule == "duplicate_key"
    export.write("O,G,E,S\n,2025-01-31,10,c\n", "w")
    told = {each.rule for each in export.run(replace=True).findings if each.blocks}
    assert told == {"blank_value", "above_maximum", "not_allowed"}
