"""Find the order lines of a month in a folder where their file has a new name."""

from dataclasses import replace
from pathlib import Path

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import Mapping, TableMapping
from kamlab.data.presets.reading import read_excerpts
from kamlab.data.reading.export_files import find_files, holds_files
from kamlab.data.reading.headings import asked_of_files
from kamlab.data.reading.other_names import under_first_names
from kamlab.errors import UsageError


def with_renamed_files(mapping: Mapping, source: Path) -> tuple[Mapping, list[Finding]]:
    """Let the order lines be read from the one file of a folder that has their columns.

    Tables that are read from the same file as the order lines follow them.

    Parameters
    ----------
    mapping : Mapping
        Usually the one that the portfolio keeps.
    source : Path
        The new extract; nothing is looked for where it is no folder, or where it has
        files of the name that the mapping says.

    Raises
    ------
    UsageError
        If no other file has the columns, or several have.

    Examples
    --------
    >>> import tempfile
    >>> from kamlab.data.mapping.mapping import ColumnSource
    >>> lines = TableMapping(("june.csv",), {"order_id": ColumnSource(("Nr",))})
    >>> with tempfile.TemporaryDirectory() as name:
    ...     _ = (Path(name) / "july.csv").write_text("Nr,Net\\n1,9.50\\n")
    ...     mapping = Mapping("Mine", "EUR", {"orders": lines})
    ...     found, _ = with_renamed_files(mapping, Path(name))
    >>> found.tables["orders"].files
    ('july.csv',)
    """
    tables, lines = mapping.tables, mapping.tables["orders"]
    if not source.is_dir() or lines.place.database or _is_clear(lines, source):
        return mapping, []
    fitting = _of_the_same_shape(mapping, source)
    if len(fitting) != 1:
        raise UsageError(_refused(lines, fitting, source))
    taken = {
        name: replace(each, files=fitting) if each.files == lines.files else each
        for name, each in tables.items()
    }
    place = [Sample(fitting[0], None, fitting[0])]
    named = ", ".join(lines.files) or "the single file of before"
    told = make_finding("file_renamed", "orders", "", 0, place, named=named)
    return replace(mapping, tables=taken), [told]


def _is_clear(lines: TableMapping, source: Path) -> bool:
    """Whether a folder has files of the name that a mapping says, or one file only."""
    if lines.files:
        return holds_files(source, lines.files)
    return sum(each.is_file() for each in source.iterdir()) <= 1


def _of_the_same_shape(mapping: Mapping, source: Path) -> tuple[str, ...]:
    """Return the files that no table names, and that have the order lines' columns."""
    known = {
        path
        for table, each in mapping.tables.items()
        if each.files and not each.place.database and holds_files(source, each.files)
        for path in find_files(source, each.files, table)
    }
    lines = mapping.tables["orders"]
    asked = asked_of_files(lines)
    files = {
        excerpt.files[0]: None
        for excerpt in read_excerpts(source)[0]
        if asked <= set(under_first_names(excerpt.header, lines))
        and source / excerpt.files[0] not in known
    }
    return tuple(files)


def _refused(lines: TableMapping, fitting: tuple[str, ...], source: Path) -> str:
    told = f"tables.orders.files = {list(lines.files)} matches nothing in "
    told = told if lines.files else "tables.orders.files does not say what is read in "
    told += f"{str(source)!r}, "
    if fitting:
        return told + (
            "where several files have its columns; say which in the mapping: "
            f"tables.orders.files: [{', '.join(fitting)}], or a pattern for their names"
        )
    asked = ", ".join(sorted(asked_of_files(lines)))
    return told + (
        f"and no other file there has its columns ({asked}); correct "
        "tables.orders.files or the columns in the mapping, or name the file by itself"
    )
