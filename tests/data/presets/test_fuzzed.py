"""Whatever a file holds, there is a mapping or a sentence; never a traceback."""

import shutil
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.data.mapping.file import read_mapping
from kamlab.data.presets import PRESETS, as_yaml, suggest_mapping
from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.recognition import recognise
from kamlab.data.presets.sheets import sheet_excerpt
from kamlab.errors import KamlabError
from tests.conftest import examples

known = sorted(
    {
        name
        for preset in PRESETS.values()
        for columns in preset.columns.values()
        for names in columns.values()
        for name in names
    }
)
names = st.one_of(st.sampled_from(known), st.text(max_size=8))
cells = st.one_of(
    st.sampled_from(
        ["31.01.2025", "03/04/2021", "2025-01-31", "1.234", "1.234,50-", "9.5", "F2"]
    ),
    st.sampled_from(["", "NULL", "合计", "EUR", "X", "00.00.0000", "2025-01", "45688"]),
    st.text(max_size=8),
)
tables = st.integers(2, 6).flatmap(
    lambda width: st.tuples(
        st.lists(names, min_size=width, max_size=width),
        st.lists(st.lists(cells, min_size=width, max_size=width), max_size=5),
    )
)


def suggested_for(data: bytes):
    """Suggest a mapping for a file, and read what is written of it.

    None where it is refused; that a mapping is refused which was suggested is a fault.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "a.csv").write_bytes(data)
        try:
            found = suggest_mapping(folder)
        except KamlabError:
            return None
        text = as_yaml(found)
        if found.has_orders and not found.open:
            (folder / "mapping.yml").write_text(text, encoding="utf-8")
            read_mapping(folder / "mapping.yml")
        return text
    finally:
        shutil.rmtree(folder)


def is_mapping(text: str) -> bool:
    """Whether a text is YAML with the sections of a mapping."""
    read = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    return {"portfolio", "tables"} <= set(read)


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_mapping_or_a_sentence(data):
    text = suggested_for(data)
    assert text is None or is_mapping(text)


@settings(max_examples=20, deadline=None)
@given(tables, st.sampled_from([",", ";", "\t"]))
def test_any_table_ends_in_a_mapping_that_is_read(table, delimiter):
    header, rows = table
    lines = [
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row)
        for row in [header, *rows]
    ]
    text = suggested_for("\n".join(lines).encode("utf-8", errors="replace"))
    assert text is None or is_mapping(text)


@settings(max_examples=examples(40), deadline=None)
@given(tables, st.sampled_from(sorted(PRESETS)))
def test_any_rows_are_recognised_as_something(table, preset):
    header, rows = table
    excerpt = Excerpt(("a.csv",), "text", tuple(header), tuple(map(tuple, rows)))
    chosen, (found,) = recognise([excerpt], PRESETS[preset])
    assert chosen.name == preset
    used = [match.header for match in found.matches.values()]
    assert len(used) == len(set(used))
    assert set(used) <= set(header)


@settings(max_examples=examples(40), deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(
                st.one_of(cells, st.none(), st.floats(), st.booleans()),
                min_size=width,
                max_size=width,
            ),
            max_size=6,
        )
    )
)
def test_any_sheet_has_a_header_or_is_none(rows):
    found = sheet_excerpt(rows, [], "a.xlsx", "s")
    assert found is None or sum(map(bool, found.header)) > 1


@pytest.mark.slow
@settings(max_examples=examples(300), deadline=None)
@given(tables)
def test_many_tables_end_in_a_mapping_that_is_read(table):
    header, rows = table
    lines = [";".join(row).replace("\n", " ") for row in [header, *rows]]
    text = suggested_for("\n".join(lines).encode("utf-8", errors="replace"))
    assert text is None or is_mapping(text)
