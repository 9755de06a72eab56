"""Whether a copy of the data is still the data: a list of hashes, and the comparison.

Glossary
--------
manifest 清单
    One line a file: its name, its size, its SHA-256. Kept apart from the data, it shows
    later whether a backup can be trusted.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from kamlab.data.folder import DESCRIPTION_FILE, read_description, sha256_of


def data_manifest(folder: Path) -> pd.DataFrame:
    """Return name, size and hash of every file that a portfolio consists of.

    Parameters
    ----------
    folder : Path
        The portfolio folder.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``file``, sorted: ``bytes`` and ``sha256``; files that are named in
        portfolio.yml but are not there have 0 bytes and an empty hash.

    Raises
    ------
    UsageError, DataError
        If the folder is no portfolio.

    Examples
    --------
    >>> data_manifest(Path("data/demo")).index[-1]
    'targets.csv'
    """
    folder = Path(folder)
    files = [DESCRIPTION_FILE, *read_description(folder).tables.values()]
    rows = [_file(folder / name) for name in sorted(files)]
    index = pd.Index(sorted(files), name="file")
    return pd.DataFrame(rows, index, columns=["bytes", "sha256"])


def compare_manifests(
    before: Mapping[str, str] | pd.Series, now: Mapping[str, str] | pd.Series
) -> pd.Series:
    """Say of every file whether it is the same, changed, missing or new.

    Parameters
    ----------
    before, now : mapping of str to str, or Series
        Hash by file name, such as column ``sha256`` of `data_manifest`.

    Returns
    -------
    pandas.Series of str
        Indexed by ``file``: "same", "changed", "missing" or "new".

    Examples
    --------
    >>> before = {"orders.csv": "aa", "accounts.csv": "bb"}
    >>> compare_manifests(before, {"orders.csv": "ab", "accounts.csv": "bb"}).to_dict()
    {'accounts.csv': 'same', 'orders.csv': 'changed'}
    """
    old, new = dict(before), dict(now)
    told = {file: _judged(old.get(file), new.get(file)) for file in {*old, *new}}
    return pd.Series(told, dtype="str").sort_index().rename_axis("file")


def _file(path: Path) -> tuple[int, str]:
    return (path.stat().st_size, sha256_of(path)) if path.is_file() else (0, "")


def _judged(before: str | None, now: str | None) -> str:
    if not before:
        return "new" if now else "missing"
    if not now:
        return "missing"
    return "same" if before == now else "changed"
