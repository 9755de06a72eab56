"""What kamlab itself wrote into a row, told apart from what people wrote there.

Texts, owner and due day of a row are proposals until somebody changes them. A hidden
mark holds a short hash of each; a cell that no longer fits its hash is people's own.
"""

import hashlib
from dataclasses import dataclass, replace

from kamlab.report.actions.values import day_of

#: Cells that kamlab proposes and people fill in.
PROPOSED = ("owner", "due")

#: Cells in which a person who writes takes the row up.
_TAKEN_UP_BY = ("status", "comment", "snooze_until")

_TEXTS = ("account", "what")
_CLOSED = "closed"


@dataclass(frozen=True)
class Mark:
    """Hashes of the cells that kamlab wrote, and whether the matter was over.

    Examples
    --------
    >>> str(Mark("0f1e", "", "9a8b"))
    '0f1e--9a8b-'
    """

    texts: str = ""
    owner: str = ""
    due: str = ""
    closed: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether the last report that looked found the matter over.

        Examples
        --------
        >>> Mark(closed="closed").is_closed
        True
        """
        return self.closed == _CLOSED

    def __str__(self) -> str:
        parts = (self.texts, self.owner, self.due, self.closed)
        return "-".join(parts) if any(parts) else ""


def mark_in(row: dict[str, object]) -> Mark:
    """Return the mark of a row; an empty one where there is none.

    Parameters
    ----------
    row : dict
        One row of the list.

    Examples
    --------
    >>> mark_in({"mark": "0f1e--9a8b-"}).due, mark_in({}).texts
    ('9a8b', '')
    """
    parts = str(row.get("mark", "")).split("-")
    return Mark(*parts[:4]) if len(parts) <= 4 else Mark()


def marked(row: dict[str, object], *names: str, closed: bool = False) -> Mark:
    """Return the row's mark with some parts written anew.

    Parameters
    ----------
    row : dict
        One row of the list, its cells as kamlab has just written them.
    *names : {"texts", "owner", "due"}
        Parts whose cells kamlab wrote.
    closed : bool
        Whether the matter is over.

    Examples
    --------
    >>> row = {"account": "Adler", "what": "Call.", "owner": "K01"}
    >>> mark_in(row | {"mark": str(marked(row, "owner"))}) == marked(row, "owner")
    True
    """
    parts = {name: _hash_of(row, name) for name in names}
    return replace(mark_in(row), **parts, closed=_CLOSED if closed else "")


def is_as_written(row: dict[str, object], name: str) -> bool:
    """Say whether a part of a row is still as kamlab wrote it.

    Parameters
    ----------
    row : dict
        One row of the list.
    name : {"texts", "owner", "due"}
        The part.

    Examples
    --------
    >>> row = {"owner": "K01"}
    >>> row["mark"] = str(marked(row, "owner"))
    >>> is_as_written(row, "owner"), is_as_written(row | {"owner": "Weber"}, "owner")
    (True, False)
    """
    written = getattr(mark_in(row), name)
    return written != "" and written == _hash_of(row, name)


def taken_up(row: dict[str, object]) -> dict[str, object]:
    """Return what people stand for: proposals that nobody took up are left empty.

    Whoever writes a status, a comment or another owner takes the rest of the row up.

    Parameters
    ----------
    row : dict
        One row of the list.

    Examples
    --------
    >>> row = {"owner": "K01", "due": "2026-01-14"}
    >>> row["mark"] = str(marked(row, "owner", "due"))
    >>> taken_up(row)["due"], taken_up(row | {"comment": "Will do."})["due"]
    ('', '2026-01-14')
    """
    proposals = [name for name in PROPOSED if is_as_written(row, name)]
    others = [name for name in (*PROPOSED, *_TAKEN_UP_BY) if name not in proposals]
    if any(str(row.get(name, "")).strip() for name in others):
        return row
    return {**row, **dict.fromkeys(proposals, "")}


def _hash_of(row: dict[str, object], name: str) -> str:
    cells = _TEXTS if name == "texts" else (name,)
    text = "\0".join(_plain(row.get(cell, "")) for cell in cells)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(cell: object) -> str:
    """Return a cell as a text; a day is the same however a spreadsheet holds it."""
    text = str(cell)
    day = None if isinstance(cell, str) and len(text) > 10 else day_of(cell)
    return text if day is None else day.isoformat()
