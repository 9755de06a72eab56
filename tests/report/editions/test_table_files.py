"""Tables as files: every row, the frame's own names, nothing that runs."""

import pandas as pd

from kamlab.report import present
from kamlab.report.editions.table_files import write_tables
from tests.report.editions.test_workbook import _page

FRAME = pd.DataFrame(
    {
        "account": ["=1+1", "Nordkai, GmbH", "苏州昊锐"],
        "net_revenue": [1250.5, None, -3.0],
        "last_order": pd.to_datetime(["2025-12-20", None, "2025-01-02"]),
    }
)


def _written(tmp_path, *tables, **more):
    files = write_tables([_page(*tables)], tmp_path, **more)
    return {file.relative_to(tmp_path).as_posix(): file for file in files}


def test_each_table_is_two_files_in_the_folder_of_its_page(tmp_path):
    tables = [present(FRAME, caption="By account / 客户"), present(FRAME)]
    assert list(_written(tmp_path, *tables)) == [
        "11/01_by_account_客户.csv",
        "11/01_by_account_客户.parquet",
        "11/02_who_brings_the_revenue.csv",
        "11/02_who_brings_the_revenue.parquet",
    ]


def test_parquet_holds_the_values_as_they_were(tmp_path):
    _csv, parquet = _written(tmp_path, present(FRAME, limit=1)).values()
    again = pd.read_parquet(parquet)
    pd.testing.assert_frame_equal(again, FRAME, check_dtype=False)


def test_csv_is_read_by_excel_and_runs_nothing(tmp_path):
    (csv,) = _written(tmp_path, present(FRAME), kinds=["csv"]).values()
    assert csv.read_bytes().startswith(b"\xef\xbb\xbfaccount,net_revenue,last_order\n")
    again = pd.read_csv(csv, encoding="utf-8-sig")
    assert again["account"].tolist() == ["'=1+1", "Nordkai, GmbH", "苏州昊锐"]
    assert again["net_revenue"].tolist()[::2] == [1250.5, -3.0]
    assert again["last_order"].tolist()[::2] == ["2025-12-20", "2025-01-02"]


def test_names_of_columns_run_nothing_either(tmp_path):
    (csv,) = _written(
        tmp_path, present(pd.DataFrame({"@SUM(A1)": ["x"]})), kinds=["csv"]
    ).values()
    assert csv.read_text(encoding="utf-8-sig").startswith("'@SUM(A1)\n")


def test_two_runs_write_the_same_bytes(tmp_path):
    for name in ("once", "again"):
        _written(tmp_path / name, present(FRAME))
    for file in (tmp_path / "once").rglob("*.*"):
        other = tmp_path / "again" / file.relative_to(tmp_path / "once")
        assert file.read_bytes() == other.read_bytes()


def test_a_report_without_tables_leaves_no_folder(tmp_path):
    assert write_tables([_page()], tmp_path / "tables") == []
    assert not (tmp_path / "tables").exists()
