"""How many rows of a table an update found new, changed, replaced and removed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MergedRows:
    """Rows of one table before and after an update; they add up.

    Parameters
    ----------
    before, after : int
        Rows of the portfolio.
    extract : int
        Rows of the new extract.
    new, same, changed : int
        Rows of the extract that were not there, were there with these values, were
        there with others.
    replaced : int
        Rows of the portfolio that gave way to rows of the extract.
    removed : int
        Rows of the portfolio that the extract no longer has, and that were taken out.
    new_columns : tuple of str
        Columns that only the extract has.
    net_amount, accounts
        What the rows sum to afterwards, and how many accounts they are of; None where
        the table has none.

    Examples
    --------
    >>> MergedRows(5, 6, 3, new=1, same=2, changed=0, replaced=2, removed=0).is_same
    False
    """

    before: int
    after: int
    extract: int
    new: int
    same: int
    changed: int
    replaced: int
    removed: int
    new_columns: tuple[str, ...] = ()
    net_amount: float | None = None
    accounts: int | None = None

    @property
    def is_same(self) -> bool:
        """Whether the table holds what it held before."""
        told = self.new or self.changed or self.new_columns
        return not told and self.before == self.after
