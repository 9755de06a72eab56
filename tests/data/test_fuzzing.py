"""Files and mappings spoilt at random: a sentence or a portfolio, never in between."""

import csv
import io
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kamlab.errors import DataError, UsageError
from tests.data.conftest import MAPPING, Export

BOOK = (
    "Nr,Pos,Kunde,Tag,Netto\n"
    "1,1,A,2025-01-31,100.00\n"
    '2,1,"Müller, Söhne",2025-02-28,-50.50\n'
    '2,2,"Müller, Söhne",2025-02-28,1e2\n'
    "3,1,客户 3,2025-03-31,0\n"
).encode()

RICH = """
portfolio: {name: Probe, currency: EUR, data_through: 2025-12-31}
tables:
  orders:
    files: "*.csv"
    format: {encoding: utf-8, delimiter: ",", decimal: ".", blank: [n/a]}
    columns:
      order_id: Nr
      line_id: {from: Pos, default: "1"}
      account_id: {from: Kunde, strip_suffix: " 3"}
      order_date: Tag
      net_amount: {from: Netto, negate: false}
      channel: {constant: direct}
    exact_duplicates: drop
    drop:
      - {name: nothing sold, column: Netto, equals: 0}
      - {name: tests, column: Kunde, in: [TEST, A]}
limits: {default: 1.0}
"""

#: What files break on: quotes, marks, line ends, other encodings, other values.
PIECES = st.sampled_from(
    [
        *(b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\n\n", b"\0", b" "),
        *(b"\xef\xbb\xbf", b"\xff", b"\xfc", b"\xb0\xa1", b"\x1b[2J", b"\xe2\x80\xae"),
        *(b"=1+1", b"#N/A", b"NaN", b"inf", b"1e999", b"-", b"1.234,56", b"9" * 400),
        *(b"00.00.0000", b"2025-02-30", b"0202-01-01", b"Nr", b"1,1,A,2025-01-31,5\n"),
    ]
)

#: What mappings break on: marks of YAML, words that mean something, other keys.
WORDS = st.sampled_from(
    [
        *(": ", "- ", "[", "]", "{", "}", "&a ", "*a", "!!x ", "|", ">", "'", '"', "#"),
        *(
            "\n",
            "\n  ",
            "\t",
            "<<",
            "null",
            "NO",
            "04",
            ".inf",
            "-1",
            "1e9",
            "2025-02-30",
        ),
        *("from", "in", "equals", "matches: '('", "sheet: S\n", "query: SELECT 1\n"),
        *("orders", "accounts", "drop", "columns", "detect: true", "unit: 0", "Netto"),
    ]
)


@st.composite
def spoilt(draw, whole: bytes, pieces: st.SearchStrategy) -> bytes:
    """Return bytes of which a few places were cut out, put twice or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(whole)))
        end = min(len(whole), start + draw(st.sampled_from([0, 0, 1, 3, 40])))
        new = draw(pieces | st.just(b"") | st.just(whole[start:end] * 2))
        whole = whole[:start] + new + whole[end:]
    return whole


FILES = spoilt(BOOK, PIECES | st.binary(max_size=4))
MAPPINGS = spoilt(RICH.encode(), WORDS.map(str.encode))


def check_import(content: bytes, mapping: bytes) -> int | None:
    """Import, and return the rows read; None where nothing was imported."""
    with tempfile.TemporaryDirectory() as folder:
        export = Export(Path(folder))
        export.write(content)
        export.mapping.write_bytes(mapping)
        try:
            result = export.run()
        except (DataError, UsageError):
            assert not export.out.exists()
            return None
        assert result.rows_in == result.rows_out + sum(result.dropped.values())
        assert export.out.exists() is not result.blocked
        assert all(each.message.isprintable() for each in result.findings)
        names = {path.name.split(".")[0] for path in export.folder.iterdir()}
        assert names <= {"export", "mapping", "portfolio"}
        if result.blocked:
            return None
        written = duckdb.read_parquet(str(export.out / "orders.parquet"))
        assert len(written) == result.tables[0].rows_out
        return result.tables[0].rows_in


def rows_of(content: bytes) -> int:
    """Count the rows below the header as Python's own reader does."""
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    return sum(bool(row) for row in csv.reader(lines)) - 1


def fuzzed(examples: int) -> settings:
    """Return settings that draw the same examples on every machine."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.too_slow],
    )


@fuzzed(40)
@given(FILES)
def test_every_row_of_a_spoilt_file_is_imported_or_none(content):
    rows = check_import(content, MAPPING.encode())
    assert rows is None or rows == rows_of(content)


@fuzzed(40)
@given(MAPPINGS)
def test_a_spoilt_mapping_is_refused_or_imports_whole_rows(mapping):
    rows = check_import(BOOK, mapping)
    assert rows is None or rows <= rows_of(BOOK)


@pytest.mark.slow
@fuzzed(1_500)
@given(FILES)
def test_every_row_of_many_spoilt_files_is_imported_or_none(content):
    rows = check_import(content, MAPPING.encode())
    assert rows is None or rows == rows_of(content)


@pytest.mark.slow
@fuzzed(1_500)
@given(MAPPINGS)
def test_many_spoilt_mappings_are_refused_or_import_whole_rows(mapping):
    rows = check_import(BOOK, mapping)
    assert rows is None or rows <= rows_of(BOOK)
