"""Read how the lines of documents find their heads, where these are in another file."""

from dataclasses import dataclass, field

from kamlab.data.mapping import values as check
from kamlab.data.mapping.mapping import Place
from kamlab.data.mapping.places import query
from kamlab.data.mapping.sections import Checks, require, section
from kamlab.data.mapping.values import Problems


@dataclass(frozen=True)
class Join:
    """Where the heads of documents are, and by which columns a line finds its head.

    Parameters
    ----------
    files : tuple of str
        Patterns relative to the source; none where the lines are of a database.
    on : tuple of (str, str)
        A column of the lines and the column of the heads that is equal to it.
    place : Place
        Where in a workbook or database the heads stand.

    Examples
    --------
    >>> Join(("VBRK.csv",), (("VBELN", "VBELN"),)).line_columns
    ('VBELN',)
    """

    files: tuple[str, ...]
    on: tuple[tuple[str, str], ...]
    place: Place = field(default_factory=Place)

    @property
    def shown(self) -> str:
        """What the heads are called: their files, or their table of a database.

        Examples
        --------
        >>> Join((), (("nr", "nr"),), Place(table="sales.orders")).shown
        'sales.orders'
        """
        return ", ".join(self.files) or self.place.table or "the query"

    @property
    def line_columns(self) -> tuple[str, ...]:
        """Columns of the lines by which they find their heads.

        Examples
        --------
        >>> Join(("heads.csv",), (("Nr", "Beleg"),)).line_columns
        ('Nr',)
        """
        return tuple(line for line, _ in self.on)


def join(node: object, path: str, problems: Problems) -> Join | None:
    """Read the section ``join`` of a table.

    Parameters
    ----------
    node : object
        As YAML holds it.
    path : str
        Its place in the mapping.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> join({"files": "VBRK.csv", "by": "VBELN"}, "tables.orders.join", []).on
    (('VBELN', 'VBELN'),)
    >>> join({"files": "heads.csv", "by": {"Nr": "Beleg"}}, "", []).on
    (('Nr', 'Beleg'),)
    """
    checks: Checks = {
        "files": check.file_patterns,
        "sheet": check.texts,
        "table": check.text,
        "query": query,
        "by": _pairs,
    }
    known = section(node, path, checks, problems)
    require(known, node, path, ("by",), problems)
    if not known.get("by"):
        return None
    place = Place(
        known.get("sheet", ()), known.get("table", ""), known.get("query", "")
    )
    if place.table and place.query:
        problems.append(f"{path} has table and query; keep one of them")
    return Join(known.get("files", ()), known["by"], place)


def _pairs(node: object, path: str, problems: Problems) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, dict):
        return tuple((name, name) for name in check.texts(node, path, problems))
    if not node:
        problems.append(f"{path} is empty; name the column of the document's number")
    return tuple(
        (str(line), check.text(head, f"{path}.{line}", problems))
        for line, head in node.items()
    )
