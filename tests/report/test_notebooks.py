"""Finding notebooks by name, number and path."""

import pytest

from kamlab.errors import UsageError
from kamlab.report.notebooks import find_notebooks, list_notebooks, select_notebooks


@pytest.fixture
def book(shelf, write):
    write("11_concentration", title="Concentration 集中度")
    write("12_activity")
    write("00_orientation", parameters=None)
    return shelf


def test_notebooks_come_in_the_order_of_the_book(book):
    assert [each.name for each in find_notebooks(book)] == [
        "00_orientation",
        "11_concentration",
        "12_activity",
    ]
    assert find_notebooks(book)[1].title == "Concentration 集中度"


def test_checkpoints_are_not_notebooks(book):
    (book / ".ipynb_checkpoints").mkdir()
    copy = book / ".ipynb_checkpoints" / "11_concentration-checkpoint.ipynb"
    copy.write_text((book / "11_concentration.ipynb").read_text())
    assert len(find_notebooks(book)) == 3


def test_by_default_a_report_takes_those_with_parameters(book):
    names = [each.name for each in select_notebooks(None, book)]
    assert names == ["11_concentration", "12_activity"]


def test_a_name_a_number_and_a_path_find_the_same_notebook(book):
    path = str(book / "11_concentration.ipynb")
    for name in ("11_concentration", "11", path):
        assert select_notebooks([name], book)[0].name == "11_concentration"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["11_concentraton"], "did you mean '11_concentration'?"),
        (["99"], "notebook '99' is unknown"),
        (["away/12.ipynb"], "notebook 'away/12.ipynb' is not a file"),
        (["11", "11_concentration"], "'11_concentration' is named twice"),
        ([], "there is nothing to report on"),
    ],
)
def test_a_name_that_finds_nothing_is_told(book, names, said):
    with pytest.raises(UsageError) as caught:
        select_notebooks(names, book)
    assert said in str(caught.value)


def test_the_front_page_keeps_its_name(book, write):
    write("index")
    with pytest.raises(UsageError, match="front page: rename the file"):
        select_notebooks(["index"], book)


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"notebooks_folder = .*away"):
        find_notebooks(tmp_path / "away")


def test_a_file_that_is_no_notebook_is_told(book):
    (book / "13_torn.ipynb").write_text('{"cells": [')
    with pytest.raises(UsageError, match=r"'13_torn.ipynb' cannot be read"):
        find_notebooks(book)


def test_the_list_shows_parameters_with_their_meaning(book):
    listed = list_notebooks(book)
    assert "11_concentration  Concentration 集中度" in listed
    assert "    top: float = 0.2  share of accounts that count as top" in listed


def test_a_notebook_without_title_is_called_by_its_name(book, write):
    write("14_plain", parameters="x: int = 1", title="14_plain")
    assert select_notebooks(["14"], book)[0].title == "14_plain"
