"""How far rounding alone puts an import off the books, where money was converted.

The books round every converted line to cents; an import keeps the digits.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from kamlab.data.controls.causes import Cause, lines_told

_HALF_A_CENT = 0.005

#: A difference must be so many times what is left of it for a cause to tell anything.
_TELLING = 50


@dataclass(frozen=True)
class Rounding:
    """The converted lines of a total.

    Parameters
    ----------
    lines : int
        Lines whose amount was converted.

    Examples
    --------
    >>> Rounding(1_200).most
    6.0
    """

    lines: int

    @property
    def most(self) -> float:
        """What rounding each of them to cents may add up to.

        Examples
        --------
        >>> Rounding(0).most
        0.0
        """
        return self.lines * _HALF_A_CENT

    @property
    def told(self) -> str:
        """The same in words; empty where nothing was converted.

        Examples
        --------
        >>> Rounding(14).told
        '14 lines were converted; rounding each line explains up to 0.07'
        """
        if not self.lines:
            return ""
        verb = "was" if self.lines == 1 else "were"
        return (
            f"{lines_told(self.lines)} {verb} converted; rounding each line explains "
            f"up to {self.most:,.2f}"
        )


def rounding_of(connection: duckdb.DuckDBPyConnection) -> Rounding:
    """Return the converted lines of a total.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds `control_lines`, as `kamlab.data.controls.causes` describes them.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute(
    ...         "CREATE TABLE control_lines AS SELECT NULL::INTEGER AS dropped, "
    ...         "9.0 AS amount, 10.0 AS unconverted"
    ...     )
    ...     rounding_of(connection)
    Rounding(lines=1)
    """
    (lines,) = connection.execute(
        "SELECT count(*) FROM control_lines "
        "WHERE dropped IS NULL AND isfinite(unconverted) AND unconverted <> amount"
    ).fetchone()
    return Rounding(lines)


def rounding_hints(rounding: Rounding, wanted: float) -> list[str]:
    """Return that rounding explains a difference of a few cents, where it does.

    Parameters
    ----------
    rounding : Rounding
        The converted lines.
    wanted : float
        What the books say more.

    Examples
    --------
    >>> rounding_hints(Rounding(14), -0.06)
    ['14 lines were converted; rounding each line explains up to 0.07']
    >>> rounding_hints(Rounding(14), -0.60)
    []
    """
    return [rounding.told] if abs(wanted) <= rounding.most else []


def near_hints(
    causes: Iterable[Cause], wanted: float, rounding: Rounding, tolerance: float
) -> list[str]:
    """Return the causes that are the difference but for rounding or the tolerance.

    Parameters
    ----------
    causes : iterable of Cause
        What may be behind it.
    wanted : float
        What the books say more.
    rounding : Rounding
        The converted lines.
    tolerance : float
        The difference that the total lets pass.

    Examples
    --------
    >>> june = Cause("file", "1", "9 lines of june.csv: may be there twice", -2000.0)
    >>> near_hints([june], -2000.3, Rounding(0), 0.5)
    ['but for -0.30 it is 9 lines of june.csv: may be there twice']
    """
    most = max(rounding.most, tolerance)
    if abs(wanted) < _TELLING * most:
        return []
    because = f" ({rounding.told})" if rounding.lines else ""
    return [
        f"but for {wanted - each.change:+,.2f} it is {each.text}{because}"
        for each in causes
        if abs(wanted - each.change) <= most
    ]
