"""What a kind of fault consists of: its severity and its words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A kind of fault: its severity, and the texts a finding is worded with.

    The texts may hold {value}, {rows}, {table}, {column} and words of their own. A
    warning with a `limit` of its own blocks above that share, whatever the default is.
    `unit` is what a finding counts where these are no rows.

    Examples
    --------
    >>> Rule("error", "{value} is not a number", "").problem.format(value="'ten'")
    "'ten' is not a number"
    """

    severity: str
    problem: str
    remedy: str
    limit: float | None = None
    unit: str = "row"
