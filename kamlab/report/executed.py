"""From an executed notebook to a page: what it recorded, said and lacked."""

import json
import re
from collections.abc import Callable
from typing import Any

import nbformat

from kamlab.errors import NotebookError
from kamlab.language import LANGUAGES, _, in_language
from kamlab.report.content import count_blocks
from kamlab.report.execute import Execution, Failure, without_lessons
from kamlab.report.pages import Page
from kamlab.report.plan import Job
from kamlab.report.results import read_results
from kamlab.report.sections import read_missing
from kamlab.report.sentences import QUESTIONS, read_headlines


def page_of(job: Job, execution: Execution) -> Page:
    """Read off an executed notebook what its page and the front page say.

    Parameters
    ----------
    job : Job
        What was asked of the notebook.
    execution : Execution
        How its run went.

    Returns
    -------
    Page
        Without the folders in which the data lie.

    Examples
    --------
    >>> from pathlib import Path
    >>> from kamlab.report.notebooks import NotebookFile
    >>> file = NotebookFile("11", "", Path("notebooks/00_orientation.ipynb"), True)
    >>> job = Job(file, {}, {}, "11", "Shares")
    >>> page_of(job, Execution(nbformat.v4.new_notebook())).title
    'Shares'
    """
    notebook = without_folders(execution.notebook, job)
    failure, results = execution.failure, []
    try:
        results = read_results(notebook)
    except NotebookError as error:
        failure = failure or Failure("", str(error))
    return Page(
        name=job.name,
        title=job.title if job.repeat else _in_its_language(job, job.title),
        notebook=notebook,
        parameters=job.effective,
        results=tuple(results),
        headlines={asked: read_headlines(notebook, asked) for asked in QUESTIONS},
        missing=tuple(read_missing(notebook)),
        failure=failure,
        seconds=execution.seconds,
        group=_in_its_language(job, job.file.title) if job.repeat else "",
        terms=(job.repeat.value,) if job.repeat else (),
        declared=count_blocks(without_lessons(job.file.read(), keep_outputs=True)),
        kernel=execution.kernel,
    )


def _in_its_language(job: Job, title: str) -> str:
    """Return the title of a notebook in the language of the page that it makes."""
    code = job.effective.get("language", "en")
    with in_language(code if code in LANGUAGES else "en"):
        return _(title) if title else ""


def without_folders(notebook: nbformat.NotebookNode, job: Job) -> nbformat.NotebookNode:
    """Return a notebook that names the data by their folder alone.

    Where they lie is nobody's business.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        As it was executed.
    job : Job
        Knows the path that it was handed.

    Examples
    --------
    >>> from pathlib import Path
    >>> from kamlab.report.notebooks import NotebookFile
    >>> file = NotebookFile("11", "", Path("11.ipynb"), True)
    >>> job = Job(file, {"data": "/home/x/demo"}, {"data": "demo"}, "11", "")
    >>> cell = nbformat.v4.new_markdown_cell("Read from /home/x/demo")
    >>> notebook = nbformat.v4.new_notebook(cells=[cell])
    >>> without_folders(notebook, job).cells[0].source
    'Read from demo'
    """
    if "data" not in job.injected:
        return notebook
    path, name = str(job.injected["data"]), str(job.effective["data"])
    # In code the path is a text within a text; only whole paths are meant, so that a
    # folder /d leaves words and pictures alone.
    written = {re.escape(each) for each in (path, json.dumps(path)[1:-1])}
    whole = re.compile(rf"(?<![\w./\\-])(?:{'|'.join(sorted(written))})(?![\w.-])")
    return _with_texts(notebook, lambda text: whole.sub(lambda _: name, text))


def _with_texts(node: Any, change: Callable[[str], str]) -> Any:
    """Change every text of a notebook but its pictures."""
    if isinstance(node, str):
        return change(node)
    if isinstance(node, list):
        return [_with_texts(each, change) for each in node]
    if isinstance(node, dict):
        changed = {
            key: each if str(key).startswith("image/") else _with_texts(each, change)
            for key, each in node.items()
        }
        return nbformat.from_dict(changed)
    return node
