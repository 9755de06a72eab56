"""A compound file gives its streams whole, and a damaged one gives none."""

import struct

import pytest

from kamlab.data.reading.compound import stream_of
from tests.data.test_every_source import compound_file, ole_entry

END, FREE = 0xFFFFFFFE, 0xFFFFFFFF


def with_small_stream(stream: bytes) -> bytes:
    """A file whose only stream is so small that it lies among the small ones."""
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2, 1, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack("<4I", 0xFFFFFFFD, END, END, END).ljust(512, b"\xff")
    root = ole_entry("Root Entry", 5, child=1, start=3, size=512)
    book = ole_entry("Workbook", 2, child=FREE, start=1, size=len(stream))
    directory = (root + book).ljust(512, b"\0")
    chain = struct.pack("<4I", END, 2, END, FREE).ljust(512, b"\xff")
    minis = (b"?" * 64 + stream).ljust(512, b"\0")
    return header + table + directory + chain + minis


def test_a_stream_is_returned_whole_by_its_name():
    text = bytes(range(256)) * 40
    assert stream_of(compound_file(text), ["Book", "Workbook"])[: len(text)] == text
    assert stream_of(compound_file(text), ["Book"]) == b""


def test_a_small_stream_lies_among_the_small_ones():
    text = bytes(range(100))
    assert stream_of(with_small_stream(text), ["Workbook"]) == text


@pytest.mark.parametrize("length", [9, 60, 513, 1030, 1600])
def test_a_file_that_is_cut_off_gives_no_more_than_it_has(length):
    text = bytes(range(256)) * 40
    cut = compound_file(text)[:length]
    assert text.startswith(stream_of(cut, ["Workbook"]))


def test_a_chain_in_a_circle_ends():
    whole = bytearray(compound_file(bytes(5_000)))
    struct.pack_into("<I", whole, 512 + 4 * 4, 2)  # the third sector leads back
    assert len(stream_of(bytes(whole), ["Workbook"])) == 5_120
