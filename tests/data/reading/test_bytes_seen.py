"""What the bytes of a file prove holds for each of its cells."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kamlab.data.reading.bytes_seen import BytesSeen

ODD = re.compile(r"[\x00-\x09\x0b-\x1f]|[0-9]_[0-9]|\+-")


def seen_in(*pieces: bytes, encoding: str = "utf-8", above: int = 1) -> BytesSeen:
    seen = BytesSeen(encoding, above)
    for piece in pieces:
        seen.take(piece)
    return seen


def test_plain_rows_are_strict_and_bare():
    seen = seen_in(b"Nr;Netto\n", b"A1;-2,50\nA2;3", b"e5\n")
    assert (seen.are_strict, seen.are_bare, seen.rows) == (True, True, 2)


@pytest.mark.parametrize(
    ("cell", "are_strict"),
    [
        (b"K\xc3\xb6ln AG", True),
        (b"P_1", True),
        (b"1_A", True),
        (b"+49 30", True),
        (b"1_000", False),
        (b"+-1", False),
        (b"\t1", False),
        (b"1\x0b", False),
    ],
)
def test_only_what_duckdb_takes_for_a_number_is_odd(cell, are_strict):
    seen = seen_in(b"Nr;Netto\nA1;" + cell + b"\n")
    assert seen.are_strict == are_strict
    assert seen.are_bare == (cell in (b"P_1", b"1_A"))


@pytest.mark.parametrize("cut", range(8, 17))
@pytest.mark.parametrize("cell", [b"1_000", b"9+-1", b"1\r00", b"1000_"])
def test_where_a_file_is_cut_into_pieces_changes_nothing(cell, cut):
    text = b"Nr;Net\n1;" + cell + b"\n2;0\n"
    whole, pieces = seen_in(text), seen_in(text[:cut], text[cut:])
    assert whole.are_strict == (cell == b"1000_")
    assert not whole.are_strict or pieces.rows == whole.rows == 2
    assert (pieces.are_strict, pieces.are_bare) == (whole.are_strict, whole.are_bare)


def test_lines_may_end_as_windows_ends_them():
    seen = seen_in(b"Nr;Netto\r\n1;2\r", b"\n3;4\r\n")
    assert (seen.are_strict, seen.are_bare, seen.rows) == (True, True, 2)


def test_the_header_and_the_lines_above_it_prove_nothing():
    seen = seen_in(b"\xef\xbb\xbfAll\tsales\n", b"Nr;1_0", b" +-\n1;2\n3;4", above=2)
    assert (seen.are_strict, seen.are_bare, seen.rows) == (True, True, 2)


def test_a_file_without_rows_has_none():
    assert (
        seen_in(b"Nr;Netto").rows == seen_in(b"Nr;Netto\n").rows == seen_in().rows == 0
    )


def test_nothing_is_known_of_encodings_that_write_signs_in_another_way():
    assert not seen_in(b"Nr;Netto\n1;2\n", encoding="utf-16-le").are_strict
    assert seen_in(b"Nr;Netto\n1;\xe4\n", encoding="cp1252").are_strict


@given(st.lists(st.text("01_+-;\t\x1c aü\n", max_size=6), max_size=4))
@example(["1", "_", "1"])
@example(["+", "-"])
def test_the_rows_are_odd_where_some_piece_of_them_is(pieces):
    seen = seen_in(b"Nr;Netto\n", *(piece.encode() for piece in pieces))
    text = "".join(pieces)
    assert seen.are_strict == (ODD.search(text) is None)
    assert seen.are_bare == (seen.are_strict and text.isascii() and " " not in text)
    if seen.are_strict:
        assert seen.rows == text.count("\n") + (not text.endswith("\n") and bool(text))
