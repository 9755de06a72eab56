"""What somebody asks of a report: which notebooks, on which data, for whom, as what.

A command line asks with options, a scheduler with a file (``report.yml``); both become
the same record, which `kamlab.report.plan` checks before any kernel starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kamlab.errors import UsageError, did_you_mean
from kamlab.language import LANGUAGES, _

#: What a notebook can be repeated over; each is also the parameter that says which.
EACH = ("account", "manager", "region")

#: Who reads the report; a customer sees no risk, wallet, tier or profit.
AUDIENCES = ("internal", "customer")

#: What is written besides the linked pages and the manifest.
FORMATS = ("single", "pdf", "xlsx", "csv", "parquet")

#: How kernels start: forked from one program that has imported everything, or each as
#: an interpreter of its own, which is slower and shares nothing.
KERNELS = ("warm", "cold")

#: Where the report before is looked for.
LATEST, NONE = "latest", "none"


@dataclass(frozen=True)
class NotebookRequest:
    """One notebook of a report, with values of its own, run once or over and over.

    Parameters
    ----------
    name : str
        A name, a number, or the path of a notebook file.
    parameters : mapping of str to object
        Values for this notebook alone; they go before those for all.
    for_each : {"", "account", "manager", "region"}
        What it is repeated over; empty runs it once.
    only : tuple of str
        Ids (or regions) it is repeated over; empty takes the key accounts, all
        managers, or all regions.
    top : int, optional
        Repeat it over so many of the largest accounts instead.

    Raises
    ------
    UsageError
        If it cannot be repeated over that.

    Examples
    --------
    >>> NotebookRequest("account_dossier", for_each="acount")
    Traceback (most recent call last):
    kamlab.errors.UsageError: for_each = 'acount' of notebook 'account_dossier': did you
    mean 'account'?
    """

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    for_each: str = ""
    only: tuple[str, ...] = ()
    top: int | None = None

    def __post_init__(self) -> None:
        if self.for_each not in ("", *EACH):
            told = _("for_each = {value!r} of notebook {notebook!r}: {hint}")
            hint = did_you_mean(str(self.for_each), EACH)
            raise UsageError(
                told.format(value=self.for_each, notebook=self.name, hint=hint)
            )
        if not self.for_each and (self.only or self.top is not None):
            told = _(
                "only and top of notebook {notebook!r} choose what it is repeated "
                "over: name that with for_each, one of {names}"
            )
            raise UsageError(told.format(notebook=self.name, names=", ".join(EACH)))
        if self.top is not None and (self.top < 1 or self.for_each != "account"):
            told = _(
                "top = {value!r} of notebook {notebook!r}: give a number of accounts "
                "from 1, with for_each: account"
            )
            raise UsageError(told.format(value=self.top, notebook=self.name))


@dataclass(frozen=True)
class ReportRequest:
    """A whole report, as it was asked for.

    Parameters
    ----------
    data : Path
        Folder of the portfolio.
    out : Path
        Folder of the report: new, empty, or an earlier report.
    notebooks : tuple of NotebookRequest or None
        In the order of the pages; None runs every notebook that has parameters.
    as_of : str or None
        A day, "last-month-end", "last-fiscal-quarter-end" or "last-fiscal-year-end";
        None takes the last day of the data.
    parameters : mapping of str to object
        Values for every notebook that declares them.
    language : {"en", "zh"}
        Language of pages and messages.
    audience : {"internal", "customer"}
        Who reads it.
    formats : tuple of {"single", "pdf", "xlsx", "csv", "parquet"}
        What is written besides the linked pages.
    previous : str
        Folder of the report before; "latest" looks for it beside `out`, "none" begins
        anew.
    actions : Path or None
        The sheet in which people keep what they do; None takes the one that stands in
        the last report.
    title : str
        What the front page is called, if not by the company.
    kernels : {"warm", "cold"}
        How kernels start; "cold" shares nothing between notebooks and takes longer.

    Raises
    ------
    UsageError
        If language, audience, the way kernels start, or a format is unknown.

    Examples
    --------
    >>> ReportRequest(Path("data/demo"), Path("reports/latest")).previous
    'latest'
    """

    data: Path
    out: Path
    notebooks: tuple[NotebookRequest, ...] | None = None
    as_of: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    audience: str = "internal"
    formats: tuple[str, ...] = ()
    previous: str = LATEST
    actions: Path | None = None
    title: str = ""
    kernels: str = "warm"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            hint = did_you_mean(str(self.language), LANGUAGES)
            raise UsageError(f"language = {self.language!r}: {hint}")
        if self.audience not in AUDIENCES:
            hint = did_you_mean(str(self.audience), AUDIENCES)
            raise UsageError(f"audience = {self.audience!r}: {hint}")
        if self.kernels not in KERNELS:
            hint = did_you_mean(str(self.kernels), KERNELS)
            raise UsageError(f"kernels = {self.kernels!r}: {hint}")
        for each in self.formats:
            if each not in FORMATS:
                hint = did_you_mean(str(each), FORMATS)
                told = _("formats has {value!r}: {hint}")
                raise UsageError(told.format(value=each, hint=hint))
