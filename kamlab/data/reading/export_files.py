"""Which files of an export belong to a table."""

from pathlib import Path

from kamlab.errors import UsageError


def find_files(source: Path, patterns: tuple[str, ...], table: str) -> list[Path]:
    """Return the files of a table, each once, in the order of their names.

    Parameters
    ----------
    source : Path
        The export: one file, or a folder.
    patterns : tuple of str
        File names or patterns relative to it; none means its only file.
    table : str
        The table, for the message.

    Raises
    ------
    UsageError
        If nothing matches, or if no pattern says which of several files it is.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("july.csv", "june.csv", "notes.txt"):
    ...         (Path(folder) / name).touch()
    ...     [path.name for path in find_files(Path(folder), ("*.csv",), "orders")]
    ['july.csv', 'june.csv']
    """
    found, there = _matching(source, patterns)
    if not patterns and len(found) > 1:
        raise UsageError(
            f"tables.{table}.files is missing, and {str(source)!r} holds "
            f"{len(found)} files ({', '.join(there)}); say which are this table's"
        )
    if not found:
        told = (
            f"tables.{table}.files = {list(patterns)} matches nothing in "
            f"{str(source)!r}, which holds: {', '.join(there) or 'nothing'}"
        )
        raise UsageError(told + _advice(source, patterns))
    for path in found:
        if not (path.is_file() or path.is_dir()):
            is_broken = path.is_symlink() and not path.exists()
            kind = "a link to nothing" if is_broken else "a pipe or device"
            raise UsageError(
                f"tables.{table}.files matches {path.name!r}, which is not a file but "
                f"{kind}; copy the data into a file"
            )
    return found


def _advice(source: Path, patterns: tuple[str, ...]) -> str:
    """Name the folder of a single file, where what is missing lies beside it."""
    if not (source.is_file() and _matching(source.absolute().parent, patterns)[0]):
        return ""
    return f"; give the folder as the source: {str(source.absolute().parent)!r}"


def holds_files(source: Path, patterns: tuple[str, ...]) -> bool:
    """Whether an export holds files that patterns name.

    Parameters
    ----------
    source : Path
        The export: one file, or a folder.
    patterns : tuple of str
        File names or patterns relative to it; none means any file.

    Examples
    --------
    >>> holds_files(Path("data/demo"), ("*.csv",))
    True
    """
    return bool(_matching(source, patterns)[0])


def _matching(source: Path, patterns: tuple[str, ...]) -> tuple[list[Path], list[str]]:
    """Return the files that patterns name, and some names of what is there."""
    patterns = patterns or ("*",)
    if source.is_file():
        named = any(source.match(each) for each in patterns)
        return [source] if named else [], [source.name]
    matches = {path for each in patterns for path in source.glob(each)}
    found = sorted(path for path in matches if not _is_hidden(path, source))
    return found, sorted(path.name for path in source.iterdir())[:10]


def _is_hidden(path: Path, source: Path) -> bool:
    """Whether a file is none of the export's, such as one being written just now."""
    # "~$book.xlsx" lies beside a workbook while somebody has it open.
    return any(part.startswith((".", "~$")) for part in path.relative_to(source).parts)
