"""Which files of an export belong to a table."""

import pytest

from kamlab.data.reading.export_files import find_files
from kamlab.errors import UsageError


def test_files_are_found_in_subfolders_and_each_once(tmp_path):
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "b.csv").touch()
    (tmp_path / "a.csv").touch()
    found = find_files(tmp_path, ("*.csv", "**/*.csv"), "orders")
    assert [path.name for path in found] == ["b.csv", "a.csv"]


def test_a_source_that_is_one_file_is_taken_when_its_name_fits(tmp_path):
    file = tmp_path / "june.csv"
    file.touch()
    assert find_files(file, ("*.csv",), "orders") == [file]
    with pytest.raises(UsageError, match=r"which holds: june\.csv"):
        find_files(file, ("july.csv",), "orders")


def test_what_a_spreadsheet_puts_beside_an_open_workbook_is_no_file(tmp_path):
    (tmp_path / "june.xlsx").touch()
    (tmp_path / "~$june.xlsx").touch()
    found = find_files(tmp_path, ("*.xlsx",), "orders")
    assert [path.name for path in found] == ["june.xlsx"]


def test_an_empty_source_is_told(tmp_path):
    with pytest.raises(UsageError, match="which holds: nothing"):
        find_files(tmp_path, ("*.csv",), "orders")


def test_the_only_file_needs_no_pattern(tmp_path):
    file = tmp_path / "june.txt"
    file.touch()
    (tmp_path / ".hidden").touch()
    assert find_files(file, (), "orders") == [file]
    assert find_files(tmp_path, (), "orders") == [file]


def test_several_files_without_a_pattern_are_not_guessed(tmp_path):
    for name in ("june.csv", "july.csv"):
        (tmp_path / name).touch()
    told = r"tables\.orders\.files is missing.*2 files \(july\.csv, june\.csv\)"
    with pytest.raises(UsageError, match=told):
        find_files(tmp_path, (), "orders")


def test_a_file_elsewhere_may_be_linked(tmp_path):
    (tmp_path / "elsewhere.txt").touch()
    link = tmp_path / "june.csv"
    link.symlink_to(tmp_path / "elsewhere.txt")
    assert find_files(tmp_path, ("*.csv",), "orders") == [link]


@pytest.mark.parametrize("target", ["nowhere.csv", "june.csv"])
def test_a_link_that_leads_nowhere_is_named(tmp_path, target):
    (tmp_path / "june.csv").symlink_to(tmp_path / target)
    with pytest.raises(UsageError, match=r"'june\.csv'.* a link to nothing"):
        find_files(tmp_path, ("*.csv",), "orders")


def test_a_link_to_a_device_is_never_read(tmp_path):
    (tmp_path / "june.csv").symlink_to("/dev/zero")
    with pytest.raises(UsageError, match="a pipe or device"):
        find_files(tmp_path, ("*.csv",), "orders")


def test_a_file_beside_the_source_is_found_by_giving_the_folder(tmp_path):
    (tmp_path / "lines.txt").touch()
    (tmp_path / "rates.csv").touch()
    with pytest.raises(UsageError, match="give the folder as the source"):
        find_files(tmp_path / "lines.txt", ("rates.csv",), "fx_rates")
