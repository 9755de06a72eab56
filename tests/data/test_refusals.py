"""What cannot be imported is refused with a sentence; what is only strange is not."""

import os
from pathlib import Path

import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.errors import UsageError

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"


USAGE = [
    (
        "unknown mapping key",
        "net_amount: Netto",
        "net_amont: Netto",
        ["tables.orders.columns.net_amont", "did you mean 'net_amount'?"],
    ),
    (
        "required column left out",
        "      net_amount: Netto\n",
        "",
        ["tables.orders.columns.net_amount is missing", "required"],
    ),
    (
        "unknown table",
        "orders:",
        "order:",
        ["tables.order ", "did you mean 'orders'?", "tables.orders is missing"],
    ),
    ("files that are not there", "*.csv", "*.txt", ["*.txt", "lines.csv"]),
    (
        "files outside the source",
        "*.csv",
        "../*.csv",
        ["'../*.csv'", "leads out of the source"],
    ),
    ("not YAML", "portfolio: {", "portfolio: {{", ["is not YAML"]),
    (
        "key that stands twice",
        "      order_id: Nr\n",
        "      order_id: Nr\n" * 2,
        ["tables.orders.columns.order_id stands twice"],
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [case[1:] for case in USAGE],
    ids=[case[0] for case in USAGE],
)
def test_a_wrong_mapping_is_refused_before_anything_is_read(export, old, new, told):
    export.write()
    export.map(export.mapping.read_text().replace(old, new))
    with pytest.raises(UsageError) as error:
        export.run()
    assert all(each in str(error.value) for each in told)
    assert error.value.exit_code == 2
    assert not export.out.exists()


def test_an_output_folder_with_something_else_in_it_is_left_alone(export):
    export.write()
    export.out.mkdir()
    (export.out / "thesis.docx").write_text("years of work")
    for replace in (False, True):
        with pytest.raises(UsageError, match="is not empty"):
            export.run(replace=replace)
    assert (export.out / "thesis.docx").read_text() == "years of work"


def test_an_output_path_that_is_a_file_is_left_alone(export):
    export.write()
    export.out.write_text("a file")
    with pytest.raises(UsageError, match="is a file"):
        export.run()
    assert export.out.read_text() == "a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX's")
@pytest.mark.parametrize("place", ["source", "file", "mapping"])
def test_a_pipe_is_refused_and_never_waited_for(export, place):
    export.write()
    pipe = export.source / "pipe.csv"
    os.mkfifo(pipe)
    source = pipe if place == "source" else export.source
    mapping = pipe if place == "mapping" else export.mapping
    with pytest.raises(UsageError, match=r"pipe\.csv'") as error:
        import_portfolio(source, mapping, export.out)
    assert error.value.exit_code == 2
    assert not export.out.exists()


def test_a_device_is_no_source(export):
    with pytest.raises(UsageError, match="'/dev/null' is a pipe or a device"):
        import_portfolio(Path("/dev/null"), export.mapping, export.out)


def test_what_the_database_calls_its_errors_is_not_repeated(export):
    export.write("no Parquet", "lines.parquet")
    export.map(export.mapping.read_text().replace("*.csv", "*.parquet"))
    assert "Error:" not in export.run().findings[0].message


def test_a_source_that_is_not_there_is_named(export):
    export.source.rmdir()
    with pytest.raises(UsageError, match="export' does not exist"):
        export.run()


def test_a_mapping_that_is_not_there_is_named(export):
    export.mapping.unlink()
    with pytest.raises(UsageError, match=r"mapping\.yml' cannot be read"):
        export.run()


STRANGE = [
    "../../etc",
    "=1+1",
    "<script>alert(1)</script>",
    "客户 🏭",
    "شركة الاختبار",
    "Robert'); DROP TABLE clean_orders;--",
    "[bold]not markup[/bold]",
    "{braces} and %s",
    "a\nb",
]


@pytest.mark.parametrize("name", STRANGE)
def test_strange_ids_and_names_are_imported_exactly(export, name):
    cell = '"' + name.replace('"', '""') + '"'
    export.write(HEADER + f"7,1,{cell},2025-01-31,100.00\n")
    export.write(f"Id,Name\n{cell},{cell}\n", "master.txt")
    export.map(
        export.mapping.read_text()
        + "  accounts:\n    files: master.txt\n"
        + "    columns: {account_id: Id, account_name: Name}\n"
    )
    result = export.run()
    assert not result.blocked
    assert export.table()["account_id"].tolist() == [name]
    assert export.table("accounts")["account_name"].tolist() == [name]
    inside = {path.name for path in export.out.iterdir()}
    assert inside == {
        "orders.parquet",
        "accounts.parquet",
        "portfolio.yml",
        "findings.json",
        "findings.xlsx",
        "mapping.yml",
        "import_log.json",
    }
