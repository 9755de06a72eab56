"""Lines are counted alike, in whatever pieces and kinds of pieces a text comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.reading.linecount import LineCount

texts = st.text(alphabet="ab\n", max_size=12)


def counted(pieces: list[str], is_plain: bool) -> tuple[int, bool]:
    lines = LineCount()
    for piece in pieces:
        if is_plain and "\n" in piece:
            lines.take_plain(piece.encode("ascii"))
        else:
            lines.take(piece)
    return lines.current, lines.has_blank


@pytest.mark.parametrize("is_plain", [True, False], ids=["bytes", "text"])
@given(pieces=st.lists(texts, max_size=5))
def test_pieces_are_counted_as_the_whole_text(is_plain, pieces):
    text = "".join(pieces)
    expected = 1 + text.count("\n"), "" in text.splitlines()
    assert counted(pieces, is_plain) == expected


@pytest.mark.parametrize("is_plain", [True, False], ids=["bytes", "text"])
@pytest.mark.parametrize(
    ("pieces", "has_blank"),
    [
        (["a\nb\n"], False),
        (["a\n\nb\n"], True),
        (["\na\n"], True),
        (["a\n", "\nb\n"], True),
        (["a\n", "b", "\n"], False),
        (["a\n", "", "\nb\n"], True),
    ],
)
def test_an_empty_line_is_seen_at_the_seam_of_two_pieces(pieces, has_blank, is_plain):
    assert counted(pieces, is_plain)[1] == has_blank
