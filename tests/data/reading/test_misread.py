"""UTF-8 under the name of an older encoding is told, and never read as that."""

import pytest

from kamlab.data.reading.misread import Utf8Doubt

LINES = "Nr,Pos,Kunde,Tag,Netto\n1,1,{},2025-01-31,5\n"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "iso-8859-15", "cp850"])
def test_utf8_that_is_declared_as_something_else_blocks(export, encoding):
    export.write(LINES.format("Köln"))
    export.map(export.mapping.read_text(), f"format: {{encoding: {encoding}}}")
    found = export.run().findings[0]
    assert found.rule == "utf8_undeclared"
    assert "Köln" in found.message
    assert "KÃ" in found.message or encoding == "cp850"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("name", ["Köln", "Koeln", "Ã"])
def test_text_that_is_what_it_is_declared_to_be_is_read(export, encoding, name):
    export.write(LINES.format(name).encode(encoding))
    export.map(export.mapping.read_text(), f"format: {{encoding: {encoding}}}")
    assert not export.run().blocked
    assert export.table()["account_id"].tolist() == [name]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_encodings_of_several_bytes_are_not_doubted(encoding):
    doubt = Utf8Doubt(encoding)
    doubt.hear("Köln".encode())
    assert doubt.finding("a.csv", "orders") is None


def test_a_character_may_be_cut_between_two_pieces():
    doubt = Utf8Doubt("cp1252")
    for piece in (b"K\xc3", b"\xb6ln", b""):
        doubt.hear(piece)
    assert doubt.finding("a.csv", "orders").rule == "utf8_undeclared"
