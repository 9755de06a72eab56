"""The map of the book: which notebooks there are, and what each has to treat."""

from pathlib import Path

import pandas as pd

from kamlab.errors import UsageError

_NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
_COLUMNS = ["id", "notebook", "item", "seeds"]

#: What the parts of the book are about.
PARTS = {
    "": "Foundations 基础",
    "1_value": "1 Value 客户价值",
    "2_segmentation": "2 Segmentation 客户细分",
    "3_relationship": "3 Relationship 客户关系",
    "4_satisfaction": "4 Satisfaction 客户满意度",
    "5_churn": "5 Churn 客户流失",
    "6_cases": "6 Cases 案例",
    "reports": "Reports 报告",
}


def read_coverage(folder: Path | None = None) -> pd.DataFrame:
    """Return every row that the book has to treat, with the notebook it belongs to.

    Parameters
    ----------
    folder : Path, optional
        The folder of the notebooks; the workbook's own if not given.

    Returns
    -------
    pandas.DataFrame of str
        As `coverage.csv` holds it: id, notebook, item, seeds and more.

    Raises
    ------
    UsageError
        If there is no such file, or it lacks a column.

    Examples
    --------
    >>> read_coverage().set_index("id").loc["00.1", "notebook"]
    '00_orientation'
    """
    path = Path(folder or _NOTEBOOKS) / "coverage.csv"
    if not path.is_file():
        raise UsageError(
            f"{path.name} is not in {path.parent.name!r}: open the notebook inside the "
            "project, or name the folder that holds the notebooks"
        )
    coverage = pd.read_csv(path, dtype="str", keep_default_na=False)
    missing = [name for name in _COLUMNS if name not in coverage]
    if missing:
        raise UsageError(f"{path.name} has no column {missing[0]!r}: restore the file")
    return coverage


def book_map(folder: Path | None = None) -> pd.DataFrame:
    """Draw up the map of the book: parts, notebooks, rows, and what is there to read.

    Parameters
    ----------
    folder : Path, optional
        The folder of the notebooks; the workbook's own if not given.

    Returns
    -------
    pandas.DataFrame
        One row a notebook in the order of the book: ``part``, ``notebook``, ``rows``
        (number of items it treats) and ``there`` (whether it can be opened).

    Raises
    ------
    UsageError
        If the coverage cannot be read.

    Examples
    --------
    >>> book = book_map().set_index("notebook")
    >>> int(book.loc["00 orientation", "rows"])
    19
    """
    folder = Path(folder or _NOTEBOOKS)
    named = read_coverage(folder)["notebook"]
    rows = named[named.isin(_lessons(named))].value_counts(sort=False)
    table = pd.DataFrame({"path": rows.index, "rows": rows.to_numpy()})
    table["part"] = table["path"].map(_part)
    # A folder without a name of a notebook stands for all in it: the cases.
    table["notebook"] = table["path"].map(_title)
    table["there"] = [_is_there(folder, path) for path in table["path"]]
    order = table["part"].map(list(PARTS.values()).index)
    table = table.assign(order=order).sort_values(["order", "path"], ignore_index=True)
    return table[["part", "notebook", "rows", "there"]]


def _lessons(named: pd.Series) -> list[str]:
    """Return the names that belong to a part of the book."""
    return [each for each in named.unique() if _folder(each) in PARTS and "_" in each]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _part(path: str) -> str:
    return PARTS[_folder(path)]


def _title(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.replace("_", " ") or "all cases"


def _is_there(folder: Path, path: str) -> bool:
    target = folder / path
    if path.endswith("/"):
        return any(target.glob("*.ipynb"))
    return target.with_name(target.name + ".ipynb").is_file()
