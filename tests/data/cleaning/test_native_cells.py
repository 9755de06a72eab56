"""Cells that DuckDB's reader types are typed as their texts would be, or not by it."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kamlab.data.cleaning.at_once import TypedRows
from kamlab.data.cleaning.cleaning import clean_table
from kamlab.data.mapping.mapping import ColumnSource, DropRule, Format, TableMapping
from kamlab.data.reading.bytes_seen import BytesSeen
from kamlab.data.reading.raw import RawTable
from kamlab.data.reading.sources import read_table

HEADER = ("Nr", "Pos", "Kunde", "Tag", "Menge", "Netto")
COLUMNS = {
    "order_id": ColumnSource(("Nr",)),
    "line_id": ColumnSource(("Pos",)),
    "account_id": ColumnSource(("Kunde",)),
    "order_date": ColumnSource(("Tag",)),
    "quantity": ColumnSource(("Menge",)),
    "net_amount": ColumnSource(("Netto",)),
}
GERMAN = Format(delimiter=";", decimal=",", thousands=".", dates=("DD.MM.YYYY",))
ENGLISH = Format(delimiter=";", blank=("-", "NULL"))


class ByText(TypedRows):
    """Types all rows from their texts."""

    def by_reader(self, raw, seen, rows):
        return None


def typed_rows(folder: Path, content: str, form: Format, way=TypedRows, **told):
    """Return the typed rows of a file, what was found, and its cells typed natively."""
    (folder / "lines.csv").write_text(content, encoding="utf-8", newline="")
    mapping = TableMapping(("lines.csv",), told.pop("columns", COLUMNS), form, **told)
    with duckdb.connect() as connection:
        typed = way("orders", mapping, "EUR")
        raw, found = read_table(
            connection, "orders", mapping, folder, folder, typed=typed
        )
        assert raw.typed_rows
        clean_table(connection, "orders", mapping, raw, "EUR")
        asked = f"seq, row, file, dropped, {', '.join(mapping.columns)}, "
        asked += "COLUMNS('bad_.*'), "
        asked += "coalesce(COLUMNS('noted_.*id_0'), false)"
        found_rows = connection.execute(
            f"SELECT {asked} FROM clean_orders ORDER BY seq"
        )
        names = [each[0] for each in found_rows.description]
        rows = [sorted(zip(names, row, strict=True)) for row in found_rows.fetchall()]
    return repr(rows), found, raw.parts[0].is_whole


def native_types(form=ENGLISH, encoding="utf-8", rows=(), **told) -> dict[str, str]:
    """Return the cells that the reader may type."""
    mapping = TableMapping((), told.pop("columns", COLUMNS), form, **told)
    raw = RawTable("raw_orders", (*HEADER, *told.pop("more", ())))
    typing = TypedRows("orders", mapping, "EUR").by_reader(
        raw, BytesSeen(encoding), rows
    )
    return {} if typing is None else typing.cells.types


WITH_DECIMALS = [["1", "1", "A", "2025-01-31", "2.5", "10.50"]]
DAY, QUANTITY, NET = {"c3": "DATE"}, {"c4": "DOUBLE"}, {"c5": "DOUBLE"}


def test_days_and_numbers_with_decimals_are_typed_by_the_reader():
    assert native_types(rows=WITH_DECIMALS) == DAY | QUANTITY | NET


def test_numbers_that_may_be_in_thousands_are_looked_at():
    rows = [["1", "1", "A", "2025-01-31", "1.500", "12"], ["2"]]
    assert native_types(rows=rows) == DAY
    assert native_types(GERMAN) == DAY | QUANTITY | NET


def test_cells_that_something_else_looks_at_stay_texts():
    drop = (DropRule("free", "Netto", "equals", 0.0),)
    assert native_types(rows=WITH_DECIMALS, drop=drop) == DAY | QUANTITY
    twice = {**COLUMNS, "quality_flag": ColumnSource(("Menge",))}
    assert native_types(rows=WITH_DECIMALS, columns=twice) == DAY | NET
    no_line = {name: COLUMNS[name] for name in COLUMNS if name != "line_id"}
    assert native_types(rows=WITH_DECIMALS, columns=no_line) == {}


@pytest.mark.parametrize(
    ("form", "types"),
    [
        (Format(dates=("DD.MM.YYYY", "YYYY-MM-DD")), QUANTITY | NET),
        (Format(dates=("excel",)), QUANTITY | NET),
        (Format(dates=("YYYY-MM",)), QUANTITY | NET),
        (Format(dates=("%d %B %Y",)), QUANTITY | NET),
        (Format(dates=("%Y-%m-%d %H:%M",)), QUANTITY | NET),
        (Format(blank=("01.01.1900",)), {}),
        (Format(blank=("epoch",)), QUANTITY | NET),
        (Format(symbols=("€",)), DAY),
        (Format(suffixes=(("k", 1000.0),)), DAY),
        (Format(decimal="'", thousands="."), DAY),
    ],
)
def test_what_is_written_in_other_ways_stays_a_text(form, types):
    assert native_types(form, rows=WITH_DECIMALS) == types


def test_columns_that_are_written_in_two_ways_are_not_both_typed_by_the_reader():
    columns = {**COLUMNS, "net_amount": ColumnSource(("Netto",), decimal=",")}
    rows = [["1", "1", "A", "2025-01-31", "2.5", "10,50"]]
    assert native_types(rows=rows, columns=columns) == DAY | QUANTITY


def test_nothing_is_typed_by_the_reader_where_nothing_is_known_of_the_bytes():
    assert native_types(rows=WITH_DECIMALS, encoding="gb18030") == {}


numbers = st.one_of(
    st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,3})?", fullmatch=True),
    st.sampled_from(
        [
            "",
            "1e3",
            "inf",
            "nan(1)",
            "+5",
            "+-1",
            "1_0",
            " 7",
            "7-",
            "(7)",
            "-",
            "１",
            "x",
        ]
    ),
    st.text("01+-._,exinfa \t", max_size=4),
)
days = st.one_of(
    st.dates().map(str),
    st.dates().map("{:%d.%m.%Y}".format),
    st.sampled_from(
        ["", "31.2.2025", " 2025-1-5", "2025/01/05", "infinity", "epoch", "NULL"]
    ),
    st.text("0123.- ", max_size=10),
)
ids = st.sampled_from(
    ["A1", " A1", "A1\u00a0", "", "Ａ１", "A 1", "\tA", '"A;1"', "nan"]
)
lines = st.lists(st.tuples(ids, ids, ids, days, numbers, numbers), max_size=3)
FORMS = {"german": GERMAN, "english": ENGLISH}


@pytest.mark.parametrize("form", FORMS)
@given(rows=lines)
@example(rows=[("1", "1", "A", "31.01.2025", "1", "2,50"), ("",) * 6])
@example(rows=[("1", "1", "A", "2025-01-31", "1.5", "2.50"), ("2",) + ("",) * 5])
@example(rows=[("1", "1", "A", "0001-01-01", "1.5", "2.50")])
@example(rows=[("1", "1", "A", "infinity", "1.5", "nan(1)")])
@example(
    rows=[("1", "1", "A", "2025-01-31", "1.5", "2.50"), ('"x', "", "", "", "", "")]
)
def test_the_reader_types_cells_as_their_texts_say(tmp_path_factory, form, rows):
    folder = tmp_path_factory.mktemp("odd", numbered=True)
    content = "\n".join(";".join(row) for row in [HEADER, *rows]) + "\n"
    natively = typed_rows(folder, content, FORMS[form])
    by_text = typed_rows(folder, content, FORMS[form], ByText)
    assert natively[:2] == by_text[:2]


PLAIN = "Nr;Pos;Kunde;Tag;Menge;Netto\n1;1;A;31.01.2025;1;2,50\n"


@pytest.mark.parametrize(
    ("content", "is_native"),
    [
        (PLAIN, True),
        (PLAIN.replace("\n", "\r\n"), True),
        (PLAIN + "2;1;Köln AG;31.01.2025;1;2,50", True),
        (PLAIN + '"2";"1";"B;C";"31.01.2025";"1";"2,50"\n', True),
        (PLAIN + '2;1;"B\nC";31.01.2025;1;2,50\n', False),
        (PLAIN + "2;1;B;31.01.2025;1;2,50-\n", False),
        (PLAIN + "2;1;B;31.01.2025;1;1.234,50\n", False),
        (PLAIN + "2;1;B;31.02.2025;1;2,50\n", False),
        (PLAIN + "2;1;B;01.01.1900;1;2,50\n", False),
        (PLAIN + "2;1;B;31.12.1899;1;2,50\n", True),
        (PLAIN + "2;1;B;epoch;1;2,50\n", False),
        (PLAIN + "2;1;B;-infinity;1;2,50\n", False),
        (PLAIN + "2;1;B;31.01.2025;1;inf\n", False),
        (PLAIN + "2;1;B;31.01.2025;1;+-1\n", False),
        (PLAIN + "2;1;B;31.01.2025;1\n", False),
    ],
)
def test_one_odd_cell_lets_every_text_be_looked_at(tmp_path, content, is_native):
    rows, found, is_whole = typed_rows(tmp_path, content, GERMAN)
    assert is_whole == is_native
    assert (rows, found) == typed_rows(tmp_path, content, GERMAN, ByText)[:2]


def test_numbers_may_have_the_mark_that_separates_cells(tmp_path):
    form = Format(decimal=",", dates=("DD.MM.YYYY",))
    content = 'Nr,Pos,Kunde,Tag,Menge,Netto\n1,1,A,31.01.2025,"1,5","2,50"\n'
    natively = typed_rows(tmp_path, content, form)
    assert natively[2]
    assert natively[:2] == typed_rows(tmp_path, content, form, ByText)[:2]


def test_whole_numbers_are_typed_alike(tmp_path):
    columns = {**COLUMNS, "customised": ColumnSource(("Menge",))}
    del columns["quantity"]
    content = PLAIN + "2;1;B;31.01.2025;1,5;2,50\n3;1;B;31.01.2025;;2,50\n"
    told = (tmp_path, content, GERMAN)
    natively = typed_rows(*told, columns=columns)
    assert natively[2]
    assert natively[:2] == typed_rows(*told, ByText, columns=columns)[:2]
