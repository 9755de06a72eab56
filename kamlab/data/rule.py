"""What a kind of fault consists of: its severity and its words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A kind of fault: its severity, and the texts a finding is worded with.

    The texts may hold {value}, {rows}, {table}, {column} and words of their own.

    Examples
    --------
    >>> Rule("error", "{value} is not a number", "").problem.format(value="'ten'")
    "'ten' is not a number"
    """

    severity: str
    problem: str
    remedy: str
