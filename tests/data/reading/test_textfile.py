"""A text file is looked at before it is read, and copied only where it must be."""

import pytest

from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.textfile import inspect_text, repeated_name

PLAIN = Format()


@pytest.fixture
def inspect(tmp_path):
    """Inspect a file with the given bytes."""
    (tmp_path / "work").mkdir()

    def inspector(content: bytes, form: Format = PLAIN, name: str = "a.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        text, findings = inspect_text(path, name, form, "orders", tmp_path / "work")
        return path, text, findings

    return inspector


def test_a_plain_file_is_read_where_it_is(inspect):
    path, text, findings = inspect(b"N,V\n1,x\n")
    assert (text.path, text.header) == (path, ("N", "V"))
    assert findings == []


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("N,V\n1,é\n".encode("cp1252"), Format("cp1252")),
        (b"N,V\r\n1,x\n", Format()),
    ],
    ids=["encoding", "line ends"],
)
def test_another_encoding_or_mixed_line_ends_are_copied(inspect, content, form):
    path, text, _ = inspect(content, form)
    assert text.path != path
    expected = content.decode(form.encoding).replace("\r\n", "\n")
    assert text.path.read_text(encoding="utf-8") == expected


def test_the_source_is_never_changed(inspect):
    content = "N,V\r\n1,é\n".encode("cp1252")
    path, _, _ = inspect(content, Format("cp1252"))
    assert path.read_bytes() == content


def test_one_byte_order_mark_is_taken_off(inspect):
    _, text, findings = inspect(b"\xef\xbb\xbfN,V\n1,x\n")
    assert text.header == ("N", "V")
    assert findings == []


def test_names_in_quotes_are_read_as_names(inspect):
    _, text, _ = inspect(b'"Net, EUR","V ""x"""\n1,2\n')
    assert text.header == ("Net, EUR", 'V "x"')


@pytest.mark.parametrize("lines", [1, 50_000, 300_000])
def test_wrong_bytes_are_found_however_far_down(inspect, lines):
    _, text, findings = inspect(b"N,V\n" + b"1,abc\n" * lines + b"1,\xff\n")
    assert text is None
    assert findings[0].samples[0].row == lines + 2
    assert "'0xFF' are not utf-8" in findings[0].message


@pytest.mark.parametrize("lines", [1, 300_000])
def test_a_nul_byte_is_found_however_far_down(inspect, lines):
    _, text, findings = inspect(b"N,V\n" + b"1,abc\n" * lines + b"1,\0\n")
    assert text is None
    assert findings[0].samples[0].row == lines + 2


def test_a_utf16_file_that_is_not_declared_is_told(inspect):
    _, text, findings = inspect("N,V\n1,x\n".encode("utf-16-le"))
    assert text is None
    assert findings[0].rule == "nul_byte"
    assert "format.encoding: utf-16" in findings[0].remedy


def test_a_name_that_repeats_is_shown():
    assert repeated_name(("A", "B"), "a.csv", "orders") is None
    assert repeated_name(("A", "", ""), "a.csv", "orders") is None
    assert "'A' twice" in repeated_name(("A", "B", "A"), "a.csv", "orders").message


@pytest.mark.parametrize(
    "content",
    [
        b"N,V\n1,x\n2,y\n",
        b"N,V\n1,x\n\n2,y\n\n",
        b"N,V\r\n1,x\r\n\r\n2,y\r\n",
        b"N,V\n1,x\n2,y\r\n3,z\n",
        b"N,V\r\n1,x\r\n2,y\n",
        b"\xef\xbb\xbfN,V\n1,x\n",
        "N,V\n1,x\n2,\u00e9\u5f20\n3,z\n".encode(),
        b"N,V\n1,x\n2,\xe9\n3,z\n",
    ],
    ids=[
        "plain",
        "blank lines",
        "of Windows",
        "mixed late",
        "mixed at the end",
        "byte order mark",
        "letters",
        "wrong bytes",
    ],
)
@pytest.mark.parametrize("piece", [1, 2, 3, 5])
def test_where_a_long_file_is_cut_for_reading_changes_nothing(
    inspect, monkeypatch, content, piece
):
    def seen():
        path, text, findings = inspect(content)
        if text is None:
            return findings
        return text.header, text.blank, text.path == path, findings

    at_once = seen()
    monkeypatch.setattr("kamlab.data.reading.textfile._PIECE", piece)
    assert seen() == at_once
