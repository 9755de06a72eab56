"""Files are read whole, as text, each row with its place; or they are refused."""

import gzip

import duckdb
import pandas as pd
import pytest

from kamlab.data.mapping.mapping import ColumnSource, Format, TableMapping
from kamlab.data.reading.sources import RawTable, read_table

PLAIN = Format()


@pytest.fixture
def connection():
    with duckdb.connect() as open_connection:
        yield open_connection


@pytest.fixture
def folder(tmp_path):
    """A source with a folder for copies beside it."""
    (tmp_path / "source").mkdir()
    (tmp_path / "work").mkdir()
    return tmp_path


@pytest.fixture
def read(connection, folder):
    """Read files as the table of orders; return the raw table, its rows, findings."""

    def reader(files: dict[str, bytes], form: Format = PLAIN, asked: tuple = ()):
        for name, content in files.items():
            (folder / "source" / name).write_bytes(content)
        columns = {"order_id": ColumnSource(tuple(asked))} if asked else {}
        mapping = TableMapping(("*",), columns, form)
        raw, findings = read_table(
            connection, "orders", mapping, folder / "source", folder / "work"
        )
        rows = []
        if raw is not None:
            sql = f"SELECT * EXCLUDE (content) FROM {raw.name} ORDER BY seq"
            rows = connection.execute(sql).fetchall()
        return raw, rows, findings

    return reader


def test_rows_keep_their_file_their_row_and_their_order(read):
    raw, rows, findings = read({"b.csv": b"N,V\n3,z\n", "a.csv": b"N,V\n1,x\n2,y\n"})
    assert [file.name for file in raw.files] == ["a.csv", "b.csv"]
    assert [file.rows for file in raw.files] == [2, 1]
    assert rows == [(0, 2, 1, "1", "x"), (0, 3, 2, "2", "y"), (1, 2, 3, "3", "z")]
    assert findings == []


def test_everything_arrives_as_the_text_it_was(read):
    _, rows, _ = read({"a.csv": b'N,V\n007,"1,50"\n 8 ,\n"x ""y""","a\nb"\n'})
    assert [row[3:] for row in rows] == [
        ("007", "1,50"),
        (" 8 ", None),
        ('x "y"', "a\nb"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "gb18030"])
def test_declared_encodings_are_read(read, encoding):
    text = "N,V\n1,中\n" if encoding in ("utf-16", "gb18030") else "N,V\n1,é\n"
    declared = encoding.removesuffix("-sig")
    _, rows, findings = read({"a.csv": text.encode(encoding)}, Format(declared))
    assert rows[0][4] == text[-2]
    assert findings == []


@pytest.mark.parametrize(
    "content",
    [
        b"N,V\r\n1,x\r\n2,y\r\n",
        b"N,V\r1,x\r2,y\r",
        b"N,V\r\n1,x\n2,y\r\n",
        b"N,V\n1,x\n2,y",
    ],
    ids=["windows", "old mac", "mixed", "no end"],
)
def test_any_line_ends_are_read(read, content):
    _, rows, findings = read({"a.csv": content})
    assert [row[3:] for row in rows] == [("1", "x"), ("2", "y")]
    assert findings == []


def test_another_delimiter_and_quote_are_read(read):
    form = Format(delimiter="\t", quote="'")
    _, rows, _ = read({"a.tsv": b"N\tV\n1\t'x\ty'\n"}, form)
    assert rows[0][4] == "x\ty"


def test_without_a_quote_mark_quotes_are_text(read):
    _, rows, findings = read({"a.csv": b'N,V\n1,"x\n'}, Format(quote=""))
    assert rows[0][4] == '"x'
    assert findings == []


def test_a_packed_file_is_unpacked(read):
    _, rows, _ = read({"a.csv.gz": gzip.compress(b"N,V\n1,x\n", mtime=0)})
    assert rows == [(0, 2, 1, "1", "x")]


def test_a_file_name_with_pattern_marks_is_one_file(read):
    raw, rows, _ = read({"a[1].csv": b"N,V\n1,x\n", "a1.csv": b"N,V\n2,y\n"})
    assert [file.rows for file in raw.files] == [1, 1]
    assert {row[3] for row in rows} == {"1", "2"}


def test_names_that_differ_by_case_only_are_two_columns(read):
    raw, rows, _ = read({"a.csv": b"id,ID\n1,2\n"}, asked=("ID",))
    assert rows[0][3 + raw.header.index("ID")] == "2"
    assert raw.reference("ID") == "c1"


def test_parquet_is_read_as_text_and_its_types_are_remembered(read, folder):
    frame = pd.DataFrame(
        {
            "Id": ["007", None],
            "Value": [1234.5, float("nan")],
            "Day": pd.to_datetime(["2025-01-31", None]),
        }
    )
    frame.to_parquet(folder / "source" / "a.parquet")
    raw, rows, findings = read({})
    assert rows[0][3:] == ("007", "1234.5", "2025-01-31 00:00:00")
    assert rows[0][1] == 1
    assert raw.typed == {"Value", "Day"}
    assert findings == []


def test_parquet_files_whose_types_differ_are_refused(read, folder):
    for name, value in (("a", 1.5), ("b", "1,5")):
        frame = pd.DataFrame({"V": [value]})
        frame.to_parquet(folder / "source" / f"{name}.parquet")
    _, rows, findings = read({})
    assert [each.rule for each in findings] == ["header_differs"]
    assert len(rows) == 1


def test_columns_that_one_file_lacks_or_adds_are_named(read):
    _, _, findings = read({"a.csv": b"N,V\n1,x\n", "b.csv": b"N,W\n1,x\n"})
    assert "differ from those of a.csv: +W, -V" in findings[0].message


def test_all_faults_of_a_file_are_counted_and_three_are_shown(read):
    rows = b"".join(b"%d\n" % i for i in range(50))
    _, _, findings = read({"a.csv": b"N,V\n0,x\n" + rows})
    assert (findings[0].rule, findings[0].rows) == ("ragged_row", 50)
    assert [sample.row for sample in findings[0].samples] == [3, 4, 5]


def test_every_broken_file_is_named_not_only_the_first(read):
    _, _, findings = read({"a.csv": b"", "b.csv": b"N,V\n1\n", "c.csv": b"N,N\n1,2\n"})
    assert {each.rule for each in findings} == {
        "empty_file",
        "ragged_row",
        "duplicate_header",
    }


def test_a_missing_column_comes_with_the_nearest_name(read):
    _, _, findings = read({"a.csv": b"Number,Value\n1,x\n"}, asked=("Numbr",))
    assert "did you mean 'Number'?" in findings[0].message


@pytest.mark.parametrize(("mark", "told"), [(b";", "';'"), (b"\t", "'tab'")])
def test_a_header_in_one_piece_hints_at_the_delimiter(read, mark, told):
    _, _, findings = read({"a.csv": b"N%bV\n1%bx\n" % (mark, mark)}, asked=("N",))
    assert f"set format.delimiter to {told}" in findings[0].message


def test_rows_of_a_raw_table_are_those_of_its_files():
    assert RawTable("raw", ("N",)).rows == 0
