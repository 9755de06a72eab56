"""Let all notebooks of a report see one version of a portfolio, whatever is imported.

A report runs for minutes, and its notebooks open the portfolio one after another. An
update that comes between would give some pages the old figures and some the new.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kamlab.data.folder import DESCRIPTION_FILE
from kamlab.data.locate import find_portfolio
from kamlab.data.steady import mark_of
from kamlab.data.updates.versions import copy_portfolio
from kamlab.report.plan import Plan, job_with


def pin_portfolio(portfolio: Path, scratch: Path) -> Path:
    """Return a copy of a portfolio that no import changes.

    Parameters
    ----------
    portfolio : Path
        The portfolio folder.
    scratch : Path
        A folder of the run, on the same disk if tables are not to be copied: there
        they are hard links.

    Returns
    -------
    Path
        A folder of the same name, so that pages call the data what it is called.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as scratch:
    ...     pinned = pin_portfolio(Path("data/demo"), Path(scratch))
    ...     pinned.name, (pinned / "orders.csv").exists()
    ('demo', True)
    """
    pinned = scratch / "data" / portfolio.resolve().name
    while True:
        mark = mark_of(portfolio / DESCRIPTION_FILE)
        pinned.mkdir(parents=True)
        copy_portfolio(portfolio, pinned)
        # An import may have put another version there while files were copied.
        if mark_of(portfolio / DESCRIPTION_FILE) == mark:
            return pinned
        shutil.rmtree(pinned)


def make_pinned_plan(
    make: Callable[[Path], Plan], data: Path
) -> tuple[Plan, Callable[[Path], Plan]]:
    """Plan a report, and return what pins the plan to one version of its portfolio.

    Parameters
    ----------
    make : callable
        Plans the report on a folder.
    data : Path
        The portfolio folder, as it was asked for.

    Returns
    -------
    Plan
        What is to be run.
    callable
        Given a folder of the run, it returns the plan with every notebook reading from
        there; made anew where an import has come since it was planned.
    """
    portfolio = find_portfolio(data)
    mark = mark_of(portfolio / DESCRIPTION_FILE)
    plan = make(data)

    def pin(scratch: Path) -> Plan:
        pinned = pin_portfolio(portfolio, scratch)
        is_same = mark_of(portfolio / DESCRIPTION_FILE) == mark
        made = plan if is_same else replace(make(pinned), out=plan.out)
        jobs = tuple(job_with(job, {"data": str(pinned)}) for job in made.jobs)
        return replace(made, jobs=jobs)

    return plan, pin
