"""What a report is to run, checked to the last parameter before any kernel starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import kamlab
from kamlab.data.locate import find_portfolio
from kamlab.errors import UsageError, did_you_mean
from kamlab.report.left_out import read_left_out
from kamlab.report.notebooks import NotebookFile, select_notebooks
from kamlab.report.pages import About
from kamlab.report.parameters import Parameter
from kamlab.report.publish import FAILED_SUFFIX, check_out


@dataclass(frozen=True)
class Job:
    """One notebook to run: the values it is handed, and all it will compute with.

    `effective` holds the defaults as well, and names the data by their folder alone.
    """

    file: NotebookFile
    injected: Mapping[str, Any]
    effective: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """The notebooks of a report in their order, and whose data they show."""

    jobs: tuple[Job, ...]
    about: About


def make_plan(
    notebooks: Sequence[str] | None,
    data: Path,
    out: Path,
    as_of: str | date | None = None,
    parameters: Mapping[str, Any] | None = None,
    notebooks_folder: Path | None = None,
) -> Plan:
    """Check everything a report can know beforehand, and say what it will run.

    Parameters
    ----------
    notebooks, data, out, as_of, parameters, notebooks_folder
        As for `kamlab.report.run.run_report`.

    Raises
    ------
    UsageError
        With all problems of the parameters at once; or if a notebook, the portfolio
        or the place of the report cannot be used.
    DataError
        If the portfolio is damaged.

    Examples
    --------
    >>> make_plan(["nowhere/11.ipynb"], Path("data/demo"), Path("reports/new"))
    Traceback (most recent call last):
    kamlab.errors.UsageError: notebook 'nowhere/11.ipynb' is not a file: check its path
    """
    data = find_portfolio(data)
    check_out(out)
    check_out(out.with_name(out.name + FAILED_SUFFIX))
    selected = select_notebooks(notebooks, notebooks_folder)
    given = dict(parameters or {})
    if as_of is not None:
        given = {"as_of": str(as_of), **given}
    declared, problems = _declarations(selected)
    checked = _check(given, declared, problems)
    _check_reserved(given, as_of, problems)
    if problems:
        raise UsageError(_told(problems))
    about = _look_at(data, given.get("as_of"))
    _check_currency(given, about)
    context = {
        "data": str(data.resolve()),
        "as_of": about.as_of.isoformat(),
        "currency": about.currency,
    }
    jobs = [_job(file, declared[file.name], checked, context) for file in selected]
    return Plan(tuple(jobs), about)


def _declarations(
    selected: Sequence[NotebookFile],
) -> tuple[dict[str, dict[str, Parameter]], list[str]]:
    """Read every notebook's parameters, and collect what is wrong with them."""
    declared, problems = {}, []
    for file in selected:
        try:
            declared[file.name] = file.parameters()
        except UsageError as error:
            problems.append(str(error))
    return declared, problems


def _check(
    given: Mapping[str, Any],
    declared: Mapping[str, Mapping[str, Parameter]],
    problems: list[str],
) -> dict[str, dict[str, Any]]:
    """Return the given values of every notebook in their types; collect problems."""
    checked: dict[str, dict[str, Any]] = {name: {} for name in declared}
    for name, value in given.items():
        takers = [each for each in declared if name in declared[each]]
        if not takers and declared:
            known = dict.fromkeys(p for each in declared.values() for p in each)
            hint = did_you_mean(name, known)
            problems.append(f"parameter {name!r} (= {value!r}) is unknown: {hint}")
        for taker in takers:
            try:
                checked[taker][name] = declared[taker][name].check(value)
            except UsageError as error:
                problems.append(str(error))
    return checked


def _check_reserved(
    given: Mapping[str, Any], as_of: str | date | None, problems: list[str]
) -> None:
    if "data" in given:
        problems.append(
            f"parameter 'data' (= {given['data']!r}) is the report's own: name the "
            "folder of the portfolio once, for all notebooks"
        )
    if as_of is not None and given.get("as_of") != str(as_of):
        problems.append(
            f"as_of is given twice, {str(as_of)!r} and {given['as_of']!r}: choose one"
        )


def _told(problems: Sequence[str]) -> str:
    """Tell every problem once, one a line."""
    distinct = list(dict.fromkeys(problems))
    if len(distinct) == 1:
        return distinct[0]
    return f"{len(distinct)} problems:\n" + "\n".join(f"- {each}" for each in distinct)


def _look_at(data: Path, as_of: str | None) -> About:
    """Open the portfolio once, so that its faults are told before a kernel starts."""
    with kamlab.open_portfolio(data, as_of=as_of) as portfolio:
        return About(
            company=portfolio.name,
            currency=portfolio.currency,
            as_of=portfolio.as_of,
            data_through=portfolio.data_through,
            data_name=data.resolve().name,
            data_hashes=portfolio.data_hashes(),
            first_day=portfolio.first_day,
            left_out=read_left_out(data),
        )


def _check_currency(given: Mapping[str, Any], about: About) -> None:
    currency = given.get("currency", about.currency)
    if currency != about.currency:
        raise UsageError(
            f"currency = {currency!r}, but the money of {about.company!r} stands in "
            f"{about.currency!r}: leave the parameter out, or import the data in "
            f"{currency}"
        )


def _job(
    file: NotebookFile,
    declared: Mapping[str, Parameter],
    checked: Mapping[str, Mapping[str, Any]],
    context: Mapping[str, Any],
) -> Job:
    injected = {name: value for name, value in context.items() if name in declared}
    injected |= checked[file.name]
    defaults = {name: each.default for name, each in declared.items()}
    effective = {**defaults, **injected}
    if "data" in effective:
        effective["data"] = Path(effective["data"]).name
    return Job(file, injected, effective)
