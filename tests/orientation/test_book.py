"""The map of the book is drawn from its coverage and from what is there."""

import pytest

from kamlab.errors import UsageError
from kamlab.orientation.book import book_map, read_coverage

COVERAGE = """id,notebook,item,seeds
00.1,00_orientation,Background,S0
00.2,00_orientation,Importance,S0
11.1,1_value/11_concentration,Who brings it,S2b
17.1,6_cases/,A bank,S0
9.9,notebook,A note,S0
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "coverage.csv").write_text(COVERAGE, encoding="utf-8")
    return tmp_path


def test_rows_are_counted_by_notebook_in_the_order_of_the_book(folder):
    told = book_map(folder)
    assert told["notebook"].tolist() == [
        "00 orientation",
        "11 concentration",
        "all cases",
    ]
    assert told["rows"].tolist() == [2, 1, 1]
    assert told["part"].str.contains("[一-鿿]").all()


def test_what_is_there_can_be_opened(folder):
    (folder / "1_value").mkdir()
    (folder / "1_value" / "11_concentration.ipynb").touch()
    assert book_map(folder)["there"].tolist() == [False, True, False]


def test_one_case_makes_the_cases_there(folder):
    (folder / "6_cases").mkdir()
    (folder / "6_cases" / "61_bank.ipynb").touch()
    assert book_map(folder)["there"].tolist() == [False, False, True]


def test_the_book_s_own_map_has_every_part():
    told = book_map()
    assert told["part"].nunique() == 8
    assert told["rows"].sum() <= len(read_coverage())
    assert told.loc[told["notebook"] == "00 orientation", "rows"].item() == 19


def test_a_folder_without_coverage_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"coverage\.csv is not in"):
        read_coverage(tmp_path)


def test_a_coverage_that_lacks_a_column_is_refused(tmp_path):
    (tmp_path / "coverage.csv").write_text("id,notebook\n00.1,00_orientation\n")
    with pytest.raises(UsageError, match="no column 'item'"):
        read_coverage(tmp_path)
