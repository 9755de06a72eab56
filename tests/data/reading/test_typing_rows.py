"""SQL that types rows is put over whatever reads their cells."""

import pytest

from kamlab.data.reading.typing_rows import READER, CellTypes, RowTyping


def test_cells_are_texts_unless_the_reader_types_them():
    cells = CellTypes({"c3": "DATE", "c10": "DOUBLE"})
    assert [cells.of(f"c{i}") for i in (1, 3, 10)] == ["VARCHAR", "DATE", "DOUBLE"]


@pytest.mark.parametrize("name", ["june.csv", "$v0.csv", f"{READER}.csv"])
def test_the_name_of_a_file_is_never_taken_for_a_value(name):
    typing = RowTyping(f"SELECT c0 = $v0 FROM {READER}", {"v0": "x"})
    told = typing.over(f"read_csv('{name}')")
    assert told == f"SELECT c0 = $v0 FROM read_csv('{name}')"
    assert typing.values == {"v0": "x"}
