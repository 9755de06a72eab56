"""Earlier versions of a portfolio: kept beside it, listed, and put back.

``my_portfolio.previous/3`` is the portfolio as its third import left it. Tables are
hard links where the disk allows it, so that a version costs no more than the tables
that have changed since.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kamlab.data.aside import folder_aside
from kamlab.data.folder import (
    DESCRIPTION_FILE,
    files_of_a_portfolio,
    new_folder,
    read_description,
)
from kamlab.errors import DataError, UsageError

#: So many earlier versions are kept; older ones go when another is added.
KEPT = 3

#: The name within the folder of versions under which one is built or taken away.
_IN_WORK = "version"
_LOG_FILE = "import_log.json"


@dataclass(frozen=True)
class Version:
    """One version of a portfolio: its number, where it is, and what it holds.

    Parameters
    ----------
    number : int
        Counts the imports; 0 where the folder was not made by an import.
    folder : Path
        Where it lies.
    created : str
        When it was imported, in ISO form; empty where that is not known.
    data_through : date
        Last day that its data cover.
    current : bool
        Whether it is the portfolio itself.

    Examples
    --------
    >>> print(Version(2, Path("mine"), "2026-02-01T08:00:00", date(2026, 1, 31), True))
    version 2, imported 2026-02-01T08:00:00, data through 2026-01-31 (current)
    """

    number: int
    folder: Path
    created: str
    data_through: date
    current: bool = False

    def __str__(self) -> str:
        words = [f"version {self.number}"]
        if self.created:
            words.append(f"imported {self.created}")
        words.append(f"data through {self.data_through}")
        return ", ".join(words) + (" (current)" if self.current else "")


def place_of_versions(out: Path) -> Path:
    """Return the folder beside a portfolio that holds its earlier versions.

    Parameters
    ----------
    out : Path
        The portfolio folder.

    Examples
    --------
    >>> place_of_versions(Path("/data/mine")).as_posix()
    '/data/mine.previous'
    """
    out = out.resolve()
    return out.with_name(f"{out.name}.previous")


def version_number(folder: Path) -> int:
    """Return which import made a portfolio: 1, 2, …; 0 if its log does not tell.

    Parameters
    ----------
    folder : Path
        The portfolio folder.

    Examples
    --------
    >>> version_number(Path("data/demo"))
    0
    """
    number = _log(folder).get("version")
    return number if isinstance(number, int) else 0


def next_version(out: Path) -> int:
    """Return the number of the next import to a place: above all that are there.

    Parameters
    ----------
    out : Path
        The portfolio folder.

    Examples
    --------
    >>> next_version(Path("/nowhere/yet"))
    1
    """
    return max([version_number(out), *_numbers(place_of_versions(out))]) + 1


def versions(out: Path) -> list[Version]:
    """Return the versions of a portfolio that can be put back, and the current one.

    Parameters
    ----------
    out : Path
        The portfolio folder.

    Returns
    -------
    list of Version
        Oldest first.

    Raises
    ------
    UsageError
        If `out` is no portfolio.

    Examples
    --------
    >>> [print(each) for each in versions(Path("data/demo"))]
    version 0, data through 2025-12-31 (current)
    [None]
    """
    current, place = version_number(out), place_of_versions(out)
    folders = {n: place / str(n) for n in _numbers(place) if n != current}
    told = [_version(number, folder) for number, folder in folders.items()]
    told.append(_version(current, Path(out), current=True))
    return sorted(told, key=lambda each: each.number)


def keep_version(out: Path) -> None:
    """Keep a portfolio as an earlier version, and let the oldest go beyond the limit.

    Parameters
    ----------
    out : Path
        The portfolio folder; what is no portfolio is not kept.

    Raises
    ------
    UsageError
        If something else lies where the versions belong.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     mine = Path(place) / "mine"
    ...     mine.mkdir()
    ...     copy_portfolio(Path("data/demo"), mine)
    ...     keep_version(mine)
    ...     [path.name for path in place_of_versions(mine).iterdir()]
    ['0']
    """
    if not (out / DESCRIPTION_FILE).is_file():
        return
    place = place_of_versions(out)
    if place.exists() and not place.is_dir():
        raise UsageError(
            f"{str(place)!r} is a file, and the earlier versions of {out.name!r} "
            "belong there; move it elsewhere"
        )
    place.mkdir(exist_ok=True)
    kept = place / str(version_number(out))
    if not kept.exists():
        with folder_aside(place / _IN_WORK) as aside:
            copy_portfolio(out, aside)
            aside.rename(kept)
    _let_go(place, version_number(out))


def roll_back(out: Path, to: int | None = None) -> Version:
    """Put an earlier version of a portfolio back; the present one is kept as well.

    Parameters
    ----------
    out : Path
        The portfolio folder.
    to : int, optional
        Number of the version; by default the one before the current.

    Returns
    -------
    Version
        The version that is current now.

    Raises
    ------
    UsageError
        If `out` is no portfolio, or there is no such version.

    Examples
    --------
    >>> roll_back(Path("data/demo"))
    Traceback (most recent call last):
        ...
    kamlab.errors.UsageError: out = 'data/demo' has no earlier version; ...
    """
    out = Path(out)
    chosen = _chosen(out, versions(out), to)
    with new_folder(out, replace=True, keep=keep_version) as folder:
        copy_portfolio(chosen.folder, folder)
    return _version(chosen.number, out, current=True)


def copy_portfolio(portfolio: Path, folder: Path) -> None:
    """Put all files of a portfolio into a folder, tables as hard links where possible.

    Parameters
    ----------
    portfolio : Path
        The folder to copy from; files that are none of kamlab's stay behind.
    folder : Path
        An empty folder.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     copy_portfolio(Path("data/demo"), Path(folder))
    ...     version_number(Path(folder))
    0
    """
    for name in files_of_a_portfolio():
        if (portfolio / name).is_file():
            link_or_copy(portfolio / name, folder / name)


def link_or_copy(file: Path, to: Path) -> None:
    """Give a table a second name; copy what somebody may edit, or cannot be linked.

    Parameters
    ----------
    file : Path
        A file of a portfolio.
    to : Path
        The new name, in a folder on any disk.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     link_or_copy(Path("data/demo/targets.csv"), Path(folder) / "t.csv")
    ...     (Path(folder) / "t.csv").stat().st_nlink
    1
    """
    if file.suffix == ".parquet":
        try:
            os.link(file, to)
        except OSError:  # another disk, or one without hard links
            shutil.copyfile(file, to)
    else:
        shutil.copyfile(file, to)


def _chosen(out: Path, known: list[Version], to: int | None) -> Version:
    current = next(each for each in known if each.current)
    there = "; ".join(str(each) for each in known)
    if to is None:
        earlier = [each for each in known if each.number < current.number]
        if not earlier:
            raise UsageError(
                f"out = {str(out)!r} has no earlier version; there is only: {there}"
            )
        return earlier[-1]
    for each in known:
        if each.number == to and not each.current:
            return each
    raise UsageError(f"to = {to!r} is no version to put back; there are: {there}")


def _version(number: int, folder: Path, current: bool = False) -> Version:
    through = read_description(folder).data_through
    created = str(_log(folder).get("created", ""))
    return Version(number, folder, created, through, current)


def _log(folder: Path) -> dict[str, object]:
    """Return what the log of an import says; nothing where there is none."""
    file = folder / _LOG_FILE
    if not file.is_file():
        return {}
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(
            f"{str(file)!r} is damaged ({error}); import the whole export again, to a "
            "new folder"
        ) from error
    return content if isinstance(content, dict) else {}


def _numbers(place: Path) -> list[int]:
    """Return the numbers of the versions in a folder; other folders are not ours."""
    if not place.is_dir():
        return []
    return sorted(
        int(each.name)
        for each in place.iterdir()
        if each.name.isdecimal()
        and each.name.isascii()
        and (each / DESCRIPTION_FILE).is_file()
        and version_number(each) == int(each.name)
    )


def _let_go(place: Path, newest: int) -> None:
    """Delete the oldest versions beyond the limit; the one just kept stays."""
    numbers = [number for number in _numbers(place) if number != newest]
    for number in numbers[: max(0, len(numbers) + 1 - KEPT)]:
        with folder_aside(place / _IN_WORK) as aside:
            (place / str(number)).rename(aside / "gone")
