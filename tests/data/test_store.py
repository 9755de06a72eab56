"""Opening a folder checks each table in one query and gives every column its form."""

from pathlib import Path

import narwhals as nw
import pytest

from kamlab.data.contract import table
from kamlab.data.door import admitted
from kamlab.data.store import order_days_span, store_from_folder
from kamlab.errors import DataError
from kamlab.opening import open_portfolio

DEMO = Path("data/demo")


@pytest.fixture
def as_parquet(tmp_path):
    """The demo's portfolio as an import writes it."""
    text = (DEMO / "portfolio.yml").read_text(encoding="utf-8")
    (tmp_path / "portfolio.yml").write_text(text.replace(".csv", ".parquet"))
    store = store_from_folder(DEMO)
    for name, frame in store.lazy.items():
        frame.to_native().write_parquet(str(tmp_path / f"{name}.parquet"))
    store.close()
    return tmp_path


@pytest.fixture
def collected(monkeypatch):
    """Count the queries that are sent through narwhals."""
    sent, collect = [], nw.LazyFrame.collect

    def counted(frame, *args, **options):
        sent.append(frame)
        return collect(frame, *args, **options)

    monkeypatch.setattr(nw.LazyFrame, "collect", counted)
    return sent


def test_each_table_is_checked_in_one_query_and_the_days_in_another(
    as_parquet, collected
):
    open_portfolio(as_parquet).close()
    tables = list(as_parquet.glob("*.parquet"))
    assert len(collected) == len(tables) + 1


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_files_have_the_form_that_frames_in_memory_are_given(kind, as_parquet):
    store = store_from_folder(DEMO if kind == "csv" else as_parquet)
    for name, frame in store.lazy.items():
        same = admitted(frame, table(name), "the frame")
        assert frame.collect_schema() == same.collect_schema()
    assert order_days_span(store)[1].year == 2025
    store.close()


def write_portfolio(folder: Path, orders: str) -> None:
    (folder / "orders.csv").write_bytes(orders.encode())
    (folder / "portfolio.yml").write_text(
        "name: Probe\ncurrency: EUR\ndata_through: 2025-12-31\n"
        "tables: {orders: orders.csv}\n"
    )


HEADER = "account_id,order_date,order_id,net_amount"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_may_stand_in_any_order_and_lines_end_in_any_way(tmp_path, end):
    lines = [HEADER, '"A, ""B""",2025-01-31,1,9.5', "C,2025-02-28,2,1", ""]
    write_portfolio(tmp_path, end.join(lines))
    with open_portfolio(tmp_path, "2025-12-31") as portfolio:
        assert portfolio.accounts.index.tolist() == ['A, "B"', "C"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("A,2025-01-31,1", "cannot be read"),
        ("A,2025-01-31,1,9,9", "cannot be read"),
        ("A,31.01.2025,1,9", "cannot be read"),
        ("A,2025-01-31,1,much", "cannot be read"),
        ("A,2025-01-31,1,", "1 rows with no value in 'net_amount'"),
        ("A,2025-01-31,1,inf", "1 rows with an infinite number in 'net_amount'"),
    ],
)
def test_a_file_that_somebody_edited_is_refused_with_its_name(tmp_path, line, told):
    write_portfolio(tmp_path, f"{HEADER}\n{line}\nC,2025-02-28,2,1\n")
    with pytest.raises(DataError, match=r"orders\.csv") as error:
        open_portfolio(tmp_path)
    assert told in str(error.value)
