"""Updates, rollbacks and pseudonyms as they are asked for on the command line."""

import pytest
from typer.testing import CliRunner

from kamlab.cli import app
from kamlab.errors import UsageError
from tests.data.conftest import Export

HEAD = "Nr,Pos,Kunde,Tag,Netto\n"


def run(*arguments: object) -> str:
    """Run a command in this process; return what it printed."""
    done = CliRunner().invoke(
        app, ["import", *map(str, arguments)], catch_exceptions=True
    )
    if isinstance(done.exception, UsageError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def book(export: Export) -> Export:
    """A portfolio of January."""
    export.write(HEAD + "1,1,A,2025-01-31,100.00\n")
    export.run()
    export.write(HEAD + "2,1,A,2025-02-28,7.00\n")
    return export


def test_a_month_is_added_by_the_mapping_of_the_last_time(book):
    told = run(book.source, "--update", "--out", book.out)
    assert "New after 2025-01-31: 1 order lines (+7.00)." in told.replace("\n", " ")
    assert "stays as it is" in run(book.source, "--update", "--out", book.out)


def test_the_version_before_comes_back_and_all_are_listed(book):
    run(book.source, "--update", "--out", book.out)
    told = run("--rollback", "--out", book.out)
    assert "put back: version 1" in told
    assert book.table()["order_id"].tolist() == ["1"]
    assert run("--versions", "--out", book.out).count("version ") == 2
    run("--rollback", "--to-version", "2", "--out", book.out)
    assert book.table()["order_id"].tolist() == ["1", "2"]


def test_a_rollback_imports_nothing(book):
    with pytest.raises(UsageError, match="go with --out alone"):
        run(book.source, "--rollback", "--out", book.out)


def test_an_import_needs_a_source(book):
    with pytest.raises(UsageError, match="source is not given"):
        run("--out", book.out)


def test_pseudonyms_need_a_key_apart_from_the_data(book, tmp_path):
    how = ["--mapping", book.mapping, "--out", tmp_path / "hidden", "--pseudonymise"]
    with pytest.raises(UsageError, match="--pseudonymise needs --key"):
        run(book.source, *how)
    with pytest.raises(UsageError, match="keep the key elsewhere"):
        run(book.source, *how, "--key", book.source / "key")
    run(book.source, *how, "--pseudonymise-ids", "--key", tmp_path / "key")
    assert (tmp_path / "key").exists()
    assert not (tmp_path / "hidden" / "mapping.yml").exists()


def test_the_columns_about_persons_are_listed():
    done = CliRunner().invoke(app, ["contract", "--personal"])
    assert "account_name" in done.output
    assert "net_amount" not in done.output
