"""Whether the figures tie to finance's, told to those who read them.

The import compares what it took in with totals from the books, and its log keeps them.
A reader who knows that the totals agree can argue about what they mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kamlab.language import _

_MOST_TOLD = 3


@dataclass(frozen=True)
class Tie:
    """A total of the books, and how far the import is from it.

    Parameters
    ----------
    name, what, period : str
        Which total it is.
    unit : str
        Currency of its amount; empty for counts and for the reporting currency.
    difference : float
        What was imported more than the books say.
    is_met, is_exact : bool
        Whether that is within the tolerance, and whether it is nothing at all.

    Examples
    --------
    >>> Tie("annual accounts", "net_amount", "2024", "", -12.5, False, False).is_met
    False
    """

    name: str
    what: str
    period: str
    unit: str
    difference: float
    is_met: bool
    is_exact: bool

    def told(self, currency: str) -> str:
        """Return the total and its difference in words.

        Examples
        --------
        >>> tie = Tie("annual accounts", "net_amount", "2024", "", -12.5, False, False)
        >>> tie.told("EUR")
        'annual accounts 2024 by EUR -12.50'
        """
        total = f"{self.name} {self.period}"
        if self.what in ("lines", "documents", "quantity"):
            differs = f"{self.difference:+,.0f} {self.what}"
            return _("{total} by {amount}").format(total=total, amount=differs)
        amount = f"{self.unit or currency} {self.difference:+,.2f}"
        what = "" if self.what == "net_amount" else f" ({self.what})"
        return _("{total} by {amount}").format(total=total + what, amount=amount)


def ties_of(log: Mapping[str, Any]) -> tuple[Tie, ...]:
    """Return the totals that the log of an import keeps; none in older logs.

    Parameters
    ----------
    log : mapping
        What import_log.json holds.

    Examples
    --------
    >>> ties_of({"tables": []})
    ()
    """
    return tuple(
        Tie(
            name=" ".join(str(each["name"]).split()),
            what=str(each["measure"]),
            period=str(each["period"]),
            unit=str(each["currency"]),
            difference=float(each["difference"]),
            is_met=bool(each["met"]),
            is_exact=bool(each["exact"]),
        )
        for each in log.get("controls", ())
    )


def ties_line(ties: Sequence[Tie], currency: str) -> str:
    """Return in one line whether the figures tie to finance; nothing without totals.

    Parameters
    ----------
    ties : sequence of Tie
        From `ties_of`.
    currency : str
        The reporting currency.

    Examples
    --------
    >>> met = Tie("annual accounts", "net_amount", "2024", "", 0.0, True, True)
    >>> ties_line([met, met], "EUR")
    'Ties to finance: 2 of 2 totals to the cent.'
    """
    if not ties:
        return ""
    exact = sum(each.is_exact for each in ties)
    apart = [each for each in ties if not each.is_exact]
    apart.sort(key=lambda each: (each.is_met, -abs(each.difference)))
    count = _("{exact} of {n} totals to the cent").format(
        exact=f"{exact:,}", n=f"{len(ties):,}"
    )
    if not apart:
        return _("Ties to finance: {count}.").format(count=count)
    differ = [each.told(currency) for each in apart[:_MOST_TOLD]]
    if len(apart) > _MOST_TOLD:
        differ.append(_("and {n} more").format(n=f"{len(apart) - _MOST_TOLD:,}"))
    verdict = (
        _("Ties to finance within the tolerance: {count}; apart: {differ}.")
        if all(each.is_met for each in apart)
        else _("Does not tie to finance: {count}; apart: {differ}.")
    )
    return verdict.format(count=count, differ=_(", ").join(differ))
