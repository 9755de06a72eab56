"""UTF-8 or Chinese under the name of an older encoding is told, never read as that."""

import codecs

import pytest

from kamlab.data.reading.misread import EncodingDoubt

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
    doubt = EncodingDoubt(encoding)
    doubt.hear("Köln".encode())
    assert doubt.finding("a.csv", "orders") is None


def test_a_character_may_be_cut_between_two_pieces():
    doubt = EncodingDoubt("cp1252")
    for piece in (b"K\xc3", b"\xb6ln", b""):
        doubt.hear(piece)
    assert doubt.finding("a.csv", "orders").rule == "utf8_undeclared"


CHINESE = "Nr,Pos,Kunde,Tag,Netto\n1,1,宁波精密机械有限公司,2025-01-31,5\n"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "iso-8859-15", "cp850"])
def test_chinese_that_is_declared_as_western_blocks_and_shows_both_readings(
    export, encoding
):
    export.write(CHINESE.encode("gbk"))
    export.map(export.mapping.read_text(), f"format: {{encoding: {encoding}}}")
    result = export.run()
    assert result.blocked
    found = next(f for f in result.findings if f.rule == "chinese_undeclared")
    assert "1,1,宁波精密机械有限公司" in found.message
    assert "宁波".encode("gbk").decode(encoding, "replace") in found.message
    assert found.remedy == "set tables.orders.format.encoding: gb18030"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Größe;Maß;Straße;Füße " * 50),
        ("cp1252", "ÄÖ;GRÖSSE"),
        ("cp1252", "½¾ ±°"),
        ("latin-1", "naïve café, déjà créée"),
        ("cp850", "Größe für Müßiggänger"),
        ("cp1251", "МОСКВА ТВЕРЬ"),
        ("koi8-r", "Москва Тверь"),
        ("cp1250", "łącznie; żółć"),
    ],
)
def test_text_of_the_declared_encoding_is_never_taken_for_chinese(encoding, text):
    doubt = EncodingDoubt(codecs.lookup(encoding).name)
    doubt.hear(text.encode(encoding))
    doubt.hear(b"")
    assert doubt.finding("a.csv", "orders") is None


def test_one_byte_that_is_not_chinese_ends_the_doubt():
    doubt = EncodingDoubt("cp1252")
    doubt.hear("宁波精密机械有限公司".encode("gbk") + b"\xff\n")
    doubt.hear(b"")
    assert doubt.finding("a.csv", "orders") is None


def test_long_chinese_text_is_counted_only_as_far_as_needed():
    doubt = EncodingDoubt("cp1252")
    for _ in range(5):
        doubt.hear(("宁波精密机械有限公司" * 500).encode("gbk"))
    assert doubt.finding("a.csv", "orders").rule == "chinese_undeclared"
