"""What a report is to run, checked to the last parameter before any kernel starts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import kamlab
from kamlab.data.locate import find_portfolio
from kamlab.errors import UsageError, did_you_mean
from kamlab.language import _
from kamlab.portfolio import Portfolio
from kamlab.report.days import NAMED_DAYS, is_misspelt, misspelt_day, named_day
from kamlab.report.fan_out import Repeat, repeats_of
from kamlab.report.left_out import read_left_out
from kamlab.report.members import member_problems
from kamlab.report.notebooks import NotebookFile, select_notebooks
from kamlab.report.pages import About
from kamlab.report.parameters import Parameter
from kamlab.report.publish import FAILED_SUFFIX, check_out
from kamlab.report.request import EACH, NotebookRequest, ReportRequest

#: Parameters that the run alone hands to the notebooks that declare them.
RESERVED = ("data", "previous", "actions")


@dataclass(frozen=True)
class Job:
    """One run of a notebook: the values it is handed, and all it will compute with.

    `name` is that of its page: the notebook's, followed by the account's where the
    notebook is repeated; `repeat` says for what. `effective` holds the defaults as
    well, and names folders and files without the folders they lie in.
    """

    file: NotebookFile
    injected: Mapping[str, Any]
    effective: Mapping[str, Any]
    name: str
    title: str
    repeat: Repeat | None = None


@dataclass(frozen=True)
class Plan:
    """The runs of a report in their order, whose data they show, and where it goes."""

    jobs: tuple[Job, ...]
    about: About
    out: Path


@dataclass(frozen=True)
class _Asked:
    """A notebook on disk, what was asked of it, and the parameters it declares."""

    request: NotebookRequest
    file: NotebookFile
    declared: Mapping[str, Parameter]


def make_plan(
    request: ReportRequest,
    notebooks_folder: Path | None = None,
    today: date | None = None,
) -> Plan:
    """Check everything a report can know beforehand, and say what it will run.

    Parameters
    ----------
    request : ReportRequest
        What was asked for.
    notebooks_folder : Path, optional
        Where the notebooks lie; the workbook's own if not given.
    today : date, optional
        The day that words such as "last-month-end" count from.

    Raises
    ------
    UsageError
        With all problems of the parameters at once; or if a notebook, the portfolio
        or the place of the report cannot be used.
    DataError
        If the portfolio is damaged.

    Examples
    --------
    >>> asked = (NotebookRequest("nowhere/11.ipynb"),)
    >>> make_plan(ReportRequest(Path("data/demo"), Path("reports/new"), asked))
    Traceback (most recent call last):
    kamlab.errors.UsageError: notebook 'nowhere/11.ipynb' is not a file: check its path
    """
    data = find_portfolio(request.data)
    asked, problems = _asked(request, notebooks_folder)
    checked = _check(request, asked, problems)
    if problems:
        raise UsageError(_told(problems))
    day = request.as_of or request.parameters.get("as_of")
    with _opened(data, day, today or date.today()) as portfolio:
        about = replace(_about(portfolio, data), title=request.title)
        problems = [p for each in checked for p in member_problems(portfolio, each)]
        if problems:
            raise UsageError(_told(problems))
        repeats = [_repeats(portfolio, each.request) for each in asked]
    _check_currency(request.parameters, about)
    out = _placed(request.out, about)
    context = {
        "data": str(data.resolve()),
        "as_of": about.as_of.isoformat(),
        "currency": about.currency,
        "language": request.language,
        "audience": request.audience,
    }
    jobs = [
        _job(each, values, repeat, context)
        for each, values, over in zip(asked, checked, repeats, strict=True)
        for repeat in over
    ]
    _check_distinct(jobs)
    return Plan(tuple(jobs), about, out)


def _asked(
    request: ReportRequest, folder: Path | None
) -> tuple[list[_Asked], list[str]]:
    """Read every notebook's parameters, and collect what is wrong with them."""
    wanted = request.notebooks
    if wanted is None:
        files = _by_default(folder)
        wanted = tuple(NotebookRequest(file.name) for file in files)
    else:
        files = [select_notebooks([each.name], folder)[0] for each in wanted]
    if not files:
        select_notebooks([], folder)
    found, problems = [], []
    for each, file in zip(wanted, files, strict=True):
        try:
            found.append(_Asked(each, file, file.parameters()))
        except UsageError as error:
            problems.append(str(error))
    return found, problems


def _by_default(folder: Path | None) -> list[NotebookFile]:
    """Return every notebook not about one account, the pages of managers first."""
    found = []
    for file in select_notebooks(None, folder):
        try:
            about_one = "account" in file.parameters()
        except UsageError:  # is told with all other problems
            about_one = False
        found += [] if about_one else [file]
    return sorted(found, key=lambda file: file.path.parent.name != "reports")


def _check(
    request: ReportRequest, asked: Sequence[_Asked], problems: list[str]
) -> list[dict[str, Any]]:
    """Return every notebook's values in their types; collect problems."""
    given = dict(request.parameters)
    if request.as_of is not None and str(request.as_of) not in NAMED_DAYS:
        if is_misspelt(request.as_of):
            problems.append(misspelt_day(request.as_of))
        else:
            given = {"as_of": str(request.as_of), **given}
    _check_reserved(request, problems)
    _check_known(given, asked, problems)
    checked = []
    for each in asked:
        own = {**given, **each.request.parameters}
        unknown = [
            name for name in each.request.parameters if name not in each.declared
        ]
        for name in unknown:
            hint = did_you_mean(name, each.declared)
            told = _("{notebook} has no parameter {name!r}: {hint}")
            problems.append(told.format(notebook=each.file.name, name=name, hint=hint))
        checked.append(_values(each, own, problems))
        _check_repeatable(each, problems)
    return checked


def _check_known(
    given: Mapping[str, Any], asked: Sequence[_Asked], problems: list[str]
) -> None:
    known = dict.fromkeys(name for each in asked for name in each.declared)
    for name, value in given.items():
        if known and name not in known and name not in RESERVED:
            hint = did_you_mean(name, known)
            told = _("parameter {name!r} (= {value!r}) is unknown: {hint}")
            problems.append(told.format(name=name, value=value, hint=hint))


def _values(
    asked: _Asked, given: Mapping[str, Any], problems: list[str]
) -> dict[str, Any]:
    """Return the values that a notebook declares, in their types."""
    values = {}
    for name, value in given.items():
        if name in asked.declared:
            try:
                values[name] = asked.declared[name].check(value)
            except UsageError as error:
                problems.append(str(error))
    return values


def _check_repeatable(asked: _Asked, problems: list[str]) -> None:
    each = asked.request.for_each
    if not each or each in asked.declared:
        return
    over = [name for name in EACH if name in asked.declared]
    told = _(
        "notebook {notebook!r} has no parameter {name!r}, so it cannot be repeated "
        "for_each {name}: it can be repeated over {names}"
    )
    if not over:
        told = _(
            "notebook {notebook!r} has no parameter {name!r}, so it cannot be repeated "
            "for_each {name}: it can be repeated over nothing"
        )
    names = _(" or ").join(over)
    problems.append(told.format(notebook=asked.file.name, name=each, names=names))


def _check_reserved(request: ReportRequest, problems: list[str]) -> None:
    for name in RESERVED:
        if name in request.parameters:
            value = request.parameters[name]
            told = _(
                "parameter {name!r} (= {value!r}) is the report's own: give it once, "
                "for all notebooks"
            )
            if name == "data":
                told = _(
                    "parameter {name!r} (= {value!r}) is the report's own: name the "
                    "folder of the portfolio once, for all notebooks"
                )
            problems.append(told.format(name=name, value=value))
    twice = request.parameters.get("as_of")
    if twice is not None and request.as_of not in (None, twice):
        told = _("as_of is given twice, {one!r} and {other!r}: choose one")
        problems.append(told.format(one=str(request.as_of), other=twice))


def _told(problems: Sequence[str]) -> str:
    """Tell every problem once, one a line."""
    distinct = list(dict.fromkeys(problems))
    if len(distinct) == 1:
        return distinct[0]
    head = _("{n} problems:").format(n=len(distinct))
    return "\n".join([head, *(f"- {each}" for each in distinct)])


def _opened(data: Path, day: str | date | None, today: date) -> Portfolio:
    """Open the portfolio once, so that its faults are told before a kernel starts."""
    if day is None:
        return kamlab.open_portfolio(data)
    if str(day) not in NAMED_DAYS:
        return kamlab.open_portfolio(data, as_of=named_day(day, None, today))
    portfolio = kamlab.open_portfolio(data)
    end = named_day(day, portfolio.calendar, today)
    if end > portfolio.data_through:
        portfolio.close()
        told = _(
            "as_of = {day!r} is {end}, but the data end on {last}: import the newer "
            "export first, or name an earlier day"
        )
        raise UsageError(told.format(day=day, end=end, last=portfolio.data_through))
    return portfolio.at(end)


def _about(portfolio: Portfolio, data: Path) -> About:
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


def _repeats(portfolio: Portfolio, request: NotebookRequest) -> list[Repeat | None]:
    return repeats_of(portfolio, request) if request.for_each else [None]


def _placed(out: Path, about: About) -> Path:
    """Return the report's folder with its day put in, if that is asked for."""
    name = str(out).replace("{as_of}", about.as_of.isoformat())
    if "{" in name or "}" in name:
        told = _("out = {out!r}: {place} is the only place it may hold")
        raise UsageError(told.format(out=str(out), place="{as_of}"))
    placed = Path(name)
    check_out(placed)
    check_out(placed.with_name(placed.name + FAILED_SUFFIX))
    return placed


def _check_currency(given: Mapping[str, Any], about: About) -> None:
    currency = given.get("currency", about.currency)
    if currency != about.currency:
        told = _(
            "currency = {currency!r}, but the money of {company!r} stands in {ours!r}: "
            "leave the parameter out, or import the data in {currency}"
        )
        raise UsageError(
            told.format(currency=currency, company=about.company, ours=about.currency)
        )


def _job(
    asked: _Asked,
    values: Mapping[str, Any],
    repeat: Repeat | None,
    context: Mapping[str, Any],
) -> Job:
    declared = asked.declared
    injected = {name: value for name, value in context.items() if name in declared}
    injected |= values
    name, title = asked.file.name, asked.file.title
    if repeat:
        injected[asked.request.for_each] = repeat.value
        name, title = f"{name}-{repeat.slug}", repeat.title
    job = Job(asked.file, injected, _defaults(declared), name, title, repeat)
    return job_with(job, {})


def _defaults(declared: Mapping[str, Parameter]) -> dict[str, Any]:
    return {name: each.default for name, each in declared.items()}


def job_with(job: Job, further: Mapping[str, Any]) -> Job:
    """Return a job that is handed further values, where its notebook declares them.

    Parameters
    ----------
    job : Job
        A planned run.
    further : mapping of str to object
        Values that are known when the run begins, such as ``previous``.

    Examples
    --------
    >>> file = NotebookFile("11", "Concentration", Path("11.ipynb"), True)
    >>> job = Job(file, {}, {"previous": None}, "11", "Concentration")
    >>> job_with(job, {"previous": "reports/2025-09-30", "other": 1}).effective
    {'previous': '2025-09-30'}
    """
    known = {name: value for name, value in further.items() if name in job.effective}
    injected = {**job.injected, **known}
    effective = {**job.effective, **injected}
    for name in ("data", "previous", "actions"):
        if effective.get(name):
            effective[name] = Path(effective[name]).name
    return replace(job, injected=injected, effective=effective)


def _check_distinct(jobs: Sequence[Job]) -> None:
    name, times = Counter(job.name for job in jobs).most_common(1)[0]
    if times > 1:
        told = _("notebook {name!r} is named twice: name it once")
        raise UsageError(told.format(name=name))
