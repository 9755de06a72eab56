"""How far rounding alone puts an import off the books.

The books round every line to cents that was converted or whose tax was taken off; an
import keeps the digits, unless the mapping says `round: 2`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from kamlab.data.controls.causes import Cause, lines_told

_HALF_A_CENT = 0.005
_NOISE = 1e-6
_REMEDY = "where the books do so, set round: 2 under tables.orders.columns.net_amount"

#: A difference must be so many times what is left of it for a cause to tell anything.
_TELLING = 50


@dataclass(frozen=True)
class Rounding:
    """The lines of a total with digits below the cent.

    Parameters
    ----------
    lines : int
        Lines whose amount is no whole number of cents.

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
        """The same in words; empty where no line has such digits.

        Examples
        --------
        >>> Rounding(14).told
        '14 lines have digits below the cent; rounding each explains up to 0.07'
        """
        if not self.lines:
            return ""
        verb = "has" if self.lines == 1 else "have"
        return (
            f"{lines_told(self.lines)} {verb} digits below the cent; rounding each "
            f"explains up to {self.most:,.2f}"
        )


def rounding_of(connection: duckdb.DuckDBPyConnection) -> Rounding:
    """Return the lines of a total with digits below the cent.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds `control_lines`, as `kamlab.data.controls.causes` describes them.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute(
    ...         "CREATE TABLE control_lines AS SELECT NULL::INTEGER AS dropped, "
    ...         "9.0042 AS amount"
    ...     )
    ...     rounding_of(connection)
    Rounding(lines=1)
    """
    (lines,) = connection.execute(
        "SELECT count(*) FROM control_lines "
        f"WHERE dropped IS NULL AND abs(amount - round(amount, 2)) > {_NOISE}"
    ).fetchone()
    return Rounding(lines)


def rounding_hints(rounding: Rounding, wanted: float) -> list[str]:
    """Return that rounding explains a difference of a few cents, where it does.

    Parameters
    ----------
    rounding : Rounding
        The lines with digits below the cent.
    wanted : float
        What the books say more.

    Examples
    --------
    >>> print(rounding_hints(Rounding(14), -0.06)[0][72:])
    where the books do so, set round: 2 under tables.orders.columns.net_amount
    >>> rounding_hints(Rounding(14), -0.60)
    []
    """
    return [f"{rounding.told}; {_REMEDY}"] if abs(wanted) <= rounding.most else []


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
        The lines with digits below the cent.
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
