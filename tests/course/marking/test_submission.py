"""Submissions are found under the names that come back, and prepared to be read."""

import nbformat
import pytest

from kamlab.course.marking import submission
from kamlab.course.marking.reader import READING
from kamlab.course.marking.submission import find_submission, prepared, read_notebook
from kamlab.errors import DataError
from tests.course.marking.conftest import bare, lesson, stub


@pytest.mark.parametrize(
    "name", ["11_tiny.ipynb", "11_tiny (1).ipynb", "11_tiny_anna_late.ipynb"]
)
def test_a_renamed_notebook_is_found(tmp_path, name):
    (tmp_path / name).touch()
    assert find_submission(tmp_path, "11_tiny").name == name


def test_its_own_name_comes_first(tmp_path):
    for name in ("11_tiny.ipynb", "11_tiny-backup.ipynb"):
        (tmp_path / name).touch()
    assert find_submission(tmp_path, "11_tiny").name == "11_tiny.ipynb"


def test_several_notebooks_are_told(tmp_path):
    for name in ("11_tiny (1).ipynb", "11_tiny (2).ipynb"):
        (tmp_path / name).touch()
    with pytest.raises(DataError, match=r"11_tiny \(1\).ipynb, 11_tiny \(2\)"):
        find_submission(tmp_path, "11_tiny")


def test_nothing_and_a_missing_folder_are_no_submission(tmp_path):
    assert find_submission(tmp_path, "11_tiny") is None
    assert find_submission(tmp_path / "nobody", "11_tiny") is None


def test_a_link_to_somewhere_else_is_no_submission(tmp_path):
    (tmp_path / "real.ipynb").touch()
    (tmp_path / "11_tiny.ipynb").symlink_to(tmp_path / "real.ipynb")
    assert find_submission(tmp_path, "11_tiny") is None


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "{}", '{"cells": 3}', "null"])
def test_what_is_no_notebook_is_told(tmp_path, text):
    (tmp_path / "x.ipynb").write_text(text)
    with pytest.raises(DataError, match="no notebook"):
        read_notebook(tmp_path / "x.ipynb")


def test_bytes_that_are_no_text_are_told(tmp_path):
    (tmp_path / "x.ipynb").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="no notebook"):
        read_notebook(tmp_path / "x.ipynb")


def test_a_huge_file_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(submission, "LARGEST", 10)
    (tmp_path / "x.ipynb").write_text("x" * 11)
    with pytest.raises(DataError, match="11 bytes, more than 10"):
        read_notebook(tmp_path / "x.ipynb")


def test_a_notebook_of_thousands_of_cells_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(submission, "MOST_CELLS", 2)
    nbformat.write(stub(), tmp_path / "x.ipynb")
    with pytest.raises(DataError, match="4 cells, more than 2"):
        read_notebook(tmp_path / "x.ipynb")


def test_half_a_character_in_the_code_is_told(tmp_path):
    text = nbformat.writes(bare("answer_11_1 = '#'")).replace("#", "\\ud800")
    (tmp_path / "x.ipynb").write_text(text)
    with pytest.raises(DataError, match="surrogates not"):
        read_notebook(tmp_path / "x.ipynb")


def test_a_mark_of_byte_order_before_the_notebook_does_no_harm(tmp_path):
    (tmp_path / "x.ipynb").write_text(nbformat.writes(stub()), encoding="utf-8-sig")
    assert len(read_notebook(tmp_path / "x.ipynb").cells) == 4


def test_answers_are_read_after_every_cell_that_touches_one_and_at_the_end():
    ready = prepared(stub(), ["11.1", "11.2"], {"data": "portfolio"})
    reading = [READING in cell.metadata.get("tags", []) for cell in ready.cells]
    assert reading == [False, False, False, False, True, False, True, True]
    assert "answer_11_2" in ready.cells[-1].source


def test_parameters_are_set_anew_behind_their_cell():
    ready = prepared(stub(), ["11.1"], {"data": "portfolio", "as_of": "2025-12-31"})
    assert ready.cells[1].source == "data = 'portfolio'\nas_of = '2025-12-31'"


def test_stored_outputs_texts_and_metadata_are_left_behind():
    notebook = lesson("answer_11_1 = 1")
    notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="11.1 right")]
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("# Tiny"))
    notebook.metadata["kernelspec"] = {"name": "evil", "display_name": "x"}
    ready = prepared(notebook, ["11.1"], {})
    assert "kernelspec" not in ready.metadata
    assert all(cell.cell_type == "code" for cell in ready.cells)
    assert all(cell.outputs == [] for cell in ready.cells)
    assert all(c.metadata.get("tags", [READING]) == [READING] for c in ready.cells)
