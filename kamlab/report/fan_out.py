"""A notebook repeated over accounts, managers or regions: one page for each.

Glossary
--------
repeat
    One run of such a notebook: the value it is handed, and what its page is called.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.language import _
from kamlab.portfolio import Portfolio
from kamlab.report.dossier.find import account_hint
from kamlab.report.request import NotebookRequest
from kamlab.value.trailing import account_names, months_covered, trailing_revenue

#: Accounts that get a page where the data name no key accounts.
LARGEST = 28


@dataclass(frozen=True)
class Repeat:
    """One run of a repeated notebook.

    `value` is handed to the parameter that `for_each` names; `slug` ends the name of
    the page's file, and `title` is what people read.

    Examples
    --------
    >>> Repeat("A/1", "Nordkai").slug
    'A-1-a5b3d2'
    """

    value: str
    title: str

    @property
    def slug(self) -> str:
        """The value as part of a file's name, different for different values."""
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", self.value).strip("-")
        if plain == self.value:
            return plain
        digest = hashlib.sha256(self.value.encode()).hexdigest()[:6]
        return f"{plain[:40]}-{digest}".lstrip("-")


def repeats_of(portfolio: Portfolio, request: NotebookRequest) -> list[Repeat]:
    """Return what a notebook is to be run for, in the order of its pages.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at the report's day.
    request : NotebookRequest
        With `for_each`, and perhaps `only` or `top`.

    Returns
    -------
    list of Repeat
        Accounts by revenue of the last twelve months, the largest first; managers and
        regions by their code.

    Raises
    ------
    UsageError
        If an account, manager or region is unknown, or there is none.

    Examples
    --------
    >>> import kamlab
    >>> request = NotebookRequest("account_dossier", for_each="account", top=2)
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [each.title for each in repeats_of(portfolio, request)]
    ['Marwitz Packaging GmbH', 'Bremhorst Werkzeugmaschinen GmbH & Co. KG']
    """
    choose: dict[str, Callable[[Portfolio, NotebookRequest], list[Repeat]]] = {
        "account": _accounts,
        "manager": lambda *asked: _coded(*asked, "kam_id"),
        "region": lambda *asked: _coded(*asked, "region"),
    }
    found = choose[request.for_each](portfolio, request)
    if not found:
        told = _(
            "notebook {notebook!r}: there is no {each} to repeat it for on {day}; "
            "leave for_each out, or name them with only"
        )
        raise UsageError(
            told.format(
                notebook=request.name, each=request.for_each, day=portfolio.as_of
            )
        )
    return found


def _accounts(portfolio: Portfolio, request: NotebookRequest) -> list[Repeat]:
    names = account_names(portfolio)
    months = months_covered(portfolio, 12)
    revenue = trailing_revenue(portfolio, months).reindex(names.index).fillna(0.0)
    largest = revenue.sort_values(ascending=False, kind="stable").index
    if request.only:
        _check_known(request, names)
        chosen = [_id_of(each, names) for each in request.only]
    elif request.top is not None:
        chosen = list(largest[: request.top])
    else:
        chosen = _key_accounts(portfolio, largest)
    return [Repeat(str(each), str(names[each])) for each in chosen]


def _key_accounts(portfolio: Portfolio, largest: pd.Index) -> list[str]:
    """Return the accounts named as key accounts, or the largest where none is."""
    accounts = portfolio.accounts
    if "key_account_flag" in accounts:
        flagged = accounts["key_account_flag"].fillna(False).astype(bool)
        if flagged.any():
            return [each for each in largest if flagged.get(each, False)]
    return list(largest[:LARGEST])


def _check_known(request: NotebookRequest, names: pd.Series) -> None:
    known = {*map(str, names.index), *map(str, names)}
    for each in request.only:
        if each not in known:
            hint = account_hint(names, each)
            told = _(
                "only of notebook {notebook!r} has {value!r}, which is no account of "
                "the portfolio: {hint}"
            )
            raise UsageError(told.format(notebook=request.name, value=each, hint=hint))


def _id_of(given: str, names: pd.Series) -> str:
    """Return an account's number, whether it was named or numbered."""
    return given if given in names.index else names.index[names == given][0]


def _coded(portfolio: Portfolio, request: NotebookRequest, column: str) -> list[Repeat]:
    """Return managers or regions that accounts carry on the report's day."""
    accounts = portfolio.accounts
    carried = accounts[column].dropna() if column in accounts else pd.Series(dtype=str)
    known = sorted(set(map(str, carried)))
    for each in request.only:
        if each not in known:
            told = _(
                "only of notebook {notebook!r} has {value!r}, which is no {each} of an "
                "account: {hint}"
            )
            raise UsageError(
                told.format(
                    notebook=request.name,
                    value=each,
                    each=request.for_each,
                    hint=did_you_mean(each, known),
                )
            )
    titled = _("Region {name}") if column == "region" else _("Account manager {name}")
    return [Repeat(each, titled.format(name=each)) for each in (request.only or known)]
