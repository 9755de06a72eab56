"""Whom a report is asked for must be in the data, which is checked before it runs."""

from collections.abc import Mapping
from typing import Any

from kamlab.errors import UsageError, did_you_mean
from kamlab.language import _
from kamlab.portfolio import Portfolio
from kamlab.report.dossier.find import found_account

#: Parameters that name somebody, and the column of accounts that carries them.
_CARRIED = {"manager": "kam_id", "region": "region"}


def member_problems(portfolio: Portfolio, values: Mapping[str, Any]) -> list[str]:
    """Say which account, manager or region of the parameters the data do not have.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at the report's day.
    values : mapping of str to object
        Parameters of a notebook; those that are empty name nobody.

    Returns
    -------
    list of str
        One sentence each, with the nearest that there is.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     member_problems(portfolio, {"manager": "K99", "account": "kovostav"})
    ["manager = 'K99' owns no account on 2025-12-31: did you mean 'K09'?"]
    """
    problems = []
    if values.get("account"):
        try:
            found_account(portfolio, str(values["account"]))
        except UsageError as error:
            problems.append(str(error))
    for name, column in _CARRIED.items():
        if values.get(name):
            problems += _not_carried(portfolio, name, column, str(values[name]))
    return problems


def _not_carried(portfolio: Portfolio, name: str, column: str, value: str) -> list[str]:
    accounts = portfolio.accounts
    if column not in accounts:
        told = _(
            "{name} = {value!r}: the data do not say it of any account; leave it out"
        )
        return [told.format(name=name, value=value)]
    known = sorted(set(map(str, accounts[column].dropna())))
    if value in known:
        return []
    told = _("{name} = {value!r} owns no account on {day}: {hint}")
    if name == "region":
        told = _("{name} = {value!r} has no account on {day}: {hint}")
    hint = did_you_mean(value, known)
    return [told.format(name=name, value=value, day=portfolio.as_of, hint=hint)]
