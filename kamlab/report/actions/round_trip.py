"""The list of actions goes out with a report, and comes back with the next one."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kamlab.errors import DataError
from kamlab.report.actions.merging import merged
from kamlab.report.actions.reading import open_elsewhere, read_actions
from kamlab.report.actions.records import read_to_dos
from kamlab.report.actions.writing import write_actions

#: What the list is called in the folder of a report.
ACTIONS_FILE = "actions.xlsx"


def find_actions(asked: Path | None, out: Path, before: Path | None) -> Path | None:
    """Return the list that people have filled in, and make sure that it can be read.

    Parameters
    ----------
    asked : Path or None
        The list that was named; it need not be there yet.
    out : Path
        The place of the new report; an earlier one there may hold the list.
    before : Path or None
        Folder of the report before.

    Returns
    -------
    Path or None
        None where there is no list yet.

    Raises
    ------
    DataError
        If the list is damaged, or open in a spreadsheet program, so that what people
        write just now would be lost.

    Examples
    --------
    >>> find_actions(None, Path("reports/nowhere"), None) is None
    True
    """
    places = [asked] if asked else [out / ACTIONS_FILE]
    places += [before / ACTIONS_FILE] if before and not asked else []
    file = next((each for each in places if each.is_file()), None)
    if file is None:
        return None
    if open_elsewhere(file):
        raise DataError(
            f"{str(file)!r} is open in a spreadsheet program: save and close it first, "
            "so that nothing is lost"
        )
    read_actions(file)
    return file


def hand_out(
    notebooks: Iterable[Mapping[str, Any]],
    file: Path | None,
    asked: Path | None,
    folder: Path,
    as_of: date,
) -> tuple[str, ...]:
    """Write the list of actions for a report, with all that people wrote.

    Parameters
    ----------
    notebooks : iterable of nbformat.NotebookNode
        Executed notebooks of the report.
    file : Path or None
        The list that people filled in, from `find_actions`; it is read again, for
        somebody may have written meanwhile.
    asked : Path or None
        Where somebody wants the list to stand; it is brought up to date there.
    folder : Path
        The report's folder, which gets a list as well.
    as_of : date
        The report's day.

    Returns
    -------
    tuple of str
        What could not be understood in the list, in sentences.

    Raises
    ------
    DataError
        If the list cannot be read or written any more.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     told = hand_out([], None, None, Path(place), date(2025, 12, 31))
    ...     told, [each.name for each in Path(place).iterdir()]
    ((), [])
    """
    to_dos = read_to_dos(notebooks)
    if file is None and to_dos.empty:
        return ()
    actions = merged(read_actions(file), to_dos, as_of)
    write_actions(actions, folder / ACTIONS_FILE)
    if asked:
        write_actions(actions, asked)
    return tuple(actions.problems)
