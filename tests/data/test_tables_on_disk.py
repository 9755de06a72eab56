"""A folder opened twice is read once, and nobody notices that there is another."""

import gc
import os
import threading
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import kamlab
from kamlab.data import tables_on_disk as module
from kamlab.data.folder import Description, write_csv, write_description
from kamlab.data.store import collect
from kamlab.errors import DataError

HEAD = "account_id,order_date,order_id,net_amount\n"


@pytest.fixture(params=["csv", "parquet"])
def folder(request, tmp_path) -> Path:
    """A portfolio of one order of 100, of each kind of file."""
    return written(tmp_path / "Müller's", 100.0, request.param)


def written(folder: Path, amount: float, kind: str = "csv") -> Path:
    """Write a portfolio of one order line over what may be there."""
    folder.mkdir(exist_ok=True)
    lines = pd.DataFrame({"order_id": ["1"], "account_id": ["A"]})
    lines["order_date"] = pd.Timestamp("2025-03-01")
    lines["net_amount"] = amount
    if kind == "csv":
        file = write_csv(lines, "orders", folder)
    else:
        file = "orders.parquet"
        lines.to_parquet(folder / "aside")
        (folder / "aside").replace(folder / file)
    told = Description("Probe", "EUR", date(2025, 3, 1), tables={"orders": file})
    write_description(folder, told)
    return folder


@pytest.fixture
def reads(monkeypatch) -> list[Path]:
    """Folders that were read, in order."""
    seen, read = [], module._read

    def counted(folder, description):
        seen.append(folder)
        return read(folder, description)

    monkeypatch.setattr(module, "_read", counted)
    return seen


def total(portfolio: kamlab.Portfolio) -> float:
    return float(collect(portfolio.orders)["net_amount"].sum())


def test_what_is_open_is_not_read_again(folder, reads):
    first, second = (kamlab.open_portfolio(folder) for _ in range(2))
    with first, second:
        assert total(first) == total(second) == 100
        assert first.accounts.equals(second.accounts)
    assert len(reads) == 1


def test_closing_one_ends_its_own_views_and_nothing_for_the_other(folder):
    first, second = (kamlab.open_portfolio(folder) for _ in range(2))
    view = first.at("2025-03-01")
    first.close()
    first.close()
    with pytest.raises(Exception, match="closed"):
        total(view)
    assert total(second) == 100
    second.close()


def test_after_the_last_was_closed_the_files_are_read_again(folder, reads):
    for _ in range(2):
        kamlab.open_portfolio(folder).close()
    assert len(reads) == 2


def test_who_never_closes_holds_nothing_once_forgotten(folder, reads):
    for _ in range(2):
        assert total(kamlab.open_portfolio(folder)) == 100
        gc.collect()
    assert len(reads) == 2


def test_a_file_that_was_changed_is_read_anew(tmp_path, reads):
    folder = written(tmp_path / "mine", 100.0)
    with kamlab.open_portfolio(folder) as before:
        written(folder, 250.0)
        with kamlab.open_portfolio(folder) as after:
            assert (total(before), total(after)) == (100, 250)
    assert len(reads) == 2


def test_a_file_of_the_same_size_and_time_is_another_one(tmp_path):
    folder = written(tmp_path / "mine", 100.0)
    file = folder / "orders.csv"
    with kamlab.open_portfolio(folder) as before:
        told = file.stat()
        file.write_bytes(file.read_bytes().replace(b"100", b"250"))
        os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
        assert file.stat().st_size == told.st_size
        with kamlab.open_portfolio(folder) as after:
            assert (total(before), total(after)) == (100, 250)


def test_a_file_that_was_damaged_is_refused_although_somebody_has_it_open(tmp_path):
    folder = written(tmp_path / "mine", 100.0)
    with kamlab.open_portfolio(folder):
        (folder / "orders.csv").write_text(f"{HEAD}A,2025-03-01,1,\n")
        with pytest.raises(DataError, match="1 rows with no value in 'net_amount'"):
            kamlab.open_portfolio(folder)
        (folder / "orders.csv").unlink()
        with pytest.raises(DataError, match=r"orders\.csv' is missing"):
            kamlab.open_portfolio(folder)


def test_what_one_adds_to_a_table_the_other_does_not_see():
    with kamlab.open_portfolio("data/demo") as first:
        for table in (first.table("products"), first.accounts):
            table.loc[:, table.columns[0]] = "mine"
        with kamlab.open_portfolio("data/demo") as second:
            for table in (second.table("products"), second.accounts):
                assert "mine" not in set(table[table.columns[0]])


def test_a_process_does_not_use_what_its_parent_opened(folder, reads, monkeypatch):
    with kamlab.open_portfolio(folder):
        monkeypatch.setattr(os, "getpid", lambda: -1)
        with kamlab.open_portfolio(folder) as in_the_child:
            assert total(in_the_child) == 100
    assert len(reads) == 2


def test_threads_open_and_close_as_they_like(folder):
    found = []

    def look():
        for _ in range(5):
            with kamlab.open_portfolio(folder) as portfolio:
                found.append(total(portfolio))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [100.0] * 20


def test_where_no_file_can_be_held_a_folder_may_still_be_called_anything(
    folder, monkeypatch
):
    monkeypatch.setattr("kamlab.data.steady._HELD", folder / "missing")
    with kamlab.open_portfolio(folder) as portfolio:
        assert total(portfolio) == 100
