"""Read actions.xlsx as people left it: moved, renamed, half filled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from kamlab.errors import DataError, UsageError
from kamlab.language import _
from kamlab.report.actions.columns import OWN_COLUMNS, codes_in, heads, heads_in
from kamlab.report.actions.table import Actions, Row, alert_of
from kamlab.report.actions.values import day_of, status_of

#: A row with fewer known heads is none of heads.
_FEWEST_HEADS = 2

Cells = tuple[object, ...]


def read_actions(path: str | Path | None) -> Actions:
    """Read the list of actions, whatever people did with it.

    Parameters
    ----------
    path : str, Path or None
        The workbook; None or "" where there is none yet.

    Returns
    -------
    Actions
        Everything that stands in it. What could not be understood is told in
        `problems`, and kept.

    Raises
    ------
    UsageError
        If the file is not there.
    DataError
        If it is damaged, protected by a password, or no sheet has an account and a
        rule. The file itself is never touched.

    Examples
    --------
    >>> read_actions(None).rows
    ()
    """
    if not path:
        return Actions(columns=OWN_COLUMNS, heads=heads())
    path = Path(path)
    if not path.is_file():
        raise UsageError(
            f"actions = {str(path)!r} is not there: name the workbook that people "
            "filled in, or leave it out to begin a new list"
        )
    sheets = _sheets(path)
    own = next((name for name, rows in sheets.items() if _has_codes(rows)), None)
    own = own or next((name for name, rows in sheets.items() if _named(rows)), None)
    if own is None:
        raise DataError(
            f"actions = {str(path)!r}: no sheet has heads for an account and a rule "
            f"(sheets: {', '.join(map(repr, sheets)) or 'none'}). Put the heads back, "
            "or leave the file out; it was not changed"
        )
    others = {name: rows for name, rows in sheets.items() if name != own and rows}
    return _list(sheets[own], others, open_elsewhere(path))


def open_elsewhere(path: Path) -> Path | None:
    """Return the mark of a spreadsheet program that has the file open, if there is one.

    Parameters
    ----------
    path : Path
        The workbook.

    Examples
    --------
    >>> open_elsewhere(Path("no/actions.xlsx")) is None
    True
    """
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return next((m for name in marks if (m := path.with_name(name)).exists()), None)


def _sheets(path: Path) -> dict[str, tuple[Cells, ...]]:
    """Return the cells of every sheet."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            return {
                name: tuple(map(tuple, book.get_sheet_by_name(name).to_python(False)))
                for name in book.sheet_names
            }
    except (CalamineError, OSError) as error:
        raise DataError(
            f"actions = {str(path)!r} cannot be read as a workbook ({error}): it may "
            "be damaged, or protected by a password. Open it in a spreadsheet program "
            "and save it again as .xlsx; it was not changed"
        ) from error


def _has_codes(rows: Sequence[Cells]) -> bool:
    return any(len(codes_in(row)) >= _FEWEST_HEADS for row in rows)


def _named(rows: Sequence[Cells]) -> bool:
    return any({"account", "rule"} <= set(heads_in(row).values()) for row in rows)


def _list(
    rows: Sequence[Cells],
    others: dict[str, tuple[Cells, ...]],
    opened: Path | None,
) -> Actions:
    """Return the list that stands in the rows of a sheet."""
    layout = _layout(rows)
    found = [(number, _row(cells, layout.names)) for number, cells in layout.data]
    missing = [name for name in OWN_COLUMNS if name not in layout.names.values()]
    words = heads()
    shown = {
        name: _head(layout.titles, place) or words.get(name, "")
        for place, name in layout.names.items()
    }
    return Actions(
        tuple(row for _number, row in found),
        (*layout.names.values(), *missing),
        {**shown, **{name: words[name] for name in missing}},
        others,
        (*_told(opened), *(each for pair in found for each in _problems(*pair))),
    )


@dataclass(frozen=True)
class _Layout:
    """Where things stand in the sheet: heads, rows with their numbers, columns."""

    titles: Cells
    data: list[tuple[int, Cells]]
    names: dict[int, str]


def _layout(rows: Sequence[Cells]) -> _Layout:
    """Find codes and heads wherever they were moved to; all other rows are data."""
    at_codes, at_heads = _best(rows, codes_in), _best(rows, heads_in)
    if at_heads is None and at_codes is not None and at_codes + 1 < len(rows):
        at_heads = at_codes + 1  # all heads were renamed; they stand below the codes
    titles = rows[at_heads] if at_heads is not None else ()
    known = codes_in(rows[at_codes]) if at_codes is not None else {}
    for place, code in heads_in(titles).items():
        if place not in known and code not in known.values():
            known[place] = code
    data = [
        (number, row)
        for number, row in enumerate(rows, start=1)
        if number - 1 not in (at_codes, at_heads) and any(map(_is_filled, row))
    ]
    return _Layout(
        titles, data, _column_names(known, titles, [cells for _number, cells in data])
    )


def _row(cells: Cells, names: dict[int, str]) -> Row:
    return {
        name: "" if cells[place] is None else cells[place]
        for place, name in names.items()
        if place < len(cells)
    }


def _head(titles: Cells, place: int) -> str:
    return str(titles[place]) if place < len(titles) else ""


def _best(rows: Sequence[Cells], look: Callable[[Cells], dict[int, str]]) -> int | None:
    """Return the place of the row in which most columns are recognised."""
    counts = [len(look(row)) for row in rows]
    best = max(counts, default=0)
    return counts.index(best) if best >= _FEWEST_HEADS else None


def _column_names(
    known: dict[int, str], titles: Cells, rows: Sequence[Cells]
) -> dict[int, str]:
    """Name every column that has a head or a cell; people's own are x1, x2, …."""
    width = max([len(titles), *map(len, rows), *(place + 1 for place in known)])
    names, added = {}, 0
    for place in range(width):
        filled = any(place < len(row) and _is_filled(row[place]) for row in rows)
        headed = place < len(titles) and _is_filled(titles[place])
        if place in known:
            names[place] = known[place]
        elif filled or headed:
            added += 1
            names[place] = f"x{added}"
    return names


def _is_filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _told(opened: Path | None) -> list[str]:
    if opened is None:
        return []
    return [
        _(
            "The list of actions is open in a spreadsheet program ({mark}): what is "
            "not saved yet is not in this report."
        ).format(mark=opened.name)
    ]


def _problems(number: int, row: Row) -> list[str]:
    """Return what cannot be understood in a row, in sentences."""
    found = [
        _(
            "Row {row}: {head} is {value!r}, which is not one day for certain; write "
            "it as 2025-12-31."
        ).format(row=number, head=heads()[name], value=str(row[name]))
        for name in ("due", "snooze_until")
        if _is_filled(row.get(name, "")) and day_of(row[name]) is None
    ]
    if status_of(row.get("status", "")) is None:
        told = _(
            "Row {row}: the status is {value!r} and counts as open; write open, in "
            "progress, done or dropped."
        )
        found.append(told.format(row=number, value=str(row["status"])))
    if _is_filled(row.get("key", "")) and alert_of(row) is None:
        told = _(
            "Row {row}: its hidden key is {key!r}, but it shows {account!r}; the row "
            "is kept, and belongs to no alert."
        )
        shown = str(row.get("account", ""))
        found.append(told.format(row=number, key=str(row["key"]), account=shown))
    return found
