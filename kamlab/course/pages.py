"""The course's own pages: one look with the reports, nothing from the network."""

import re
from functools import cache
from importlib.resources import files

import nbformat
from jinja2 import (
    ChoiceLoader,
    Environment,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup

import kamlab
from kamlab.report.content import Block, blocks_of
from kamlab.report.markup import markdown_html
from kamlab.report.typography import bound

_HIDDEN = re.compile(
    r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL | re.IGNORECASE
)


def render(template: str, **values: object) -> str:
    """Return a page that stands by itself.

    Parameters
    ----------
    template : str
        Name of a template of the course.
    **values
        What it shows; all of it is escaped.

    Examples
    --------
    >>> page = render("lessons.html.j2", plans=[], most=60)
    >>> "<h1>Lessons</h1>" in page
    True
    """
    return _environment().get_template(template).render(language="en", **values)


def markdown_with_answers(text: str) -> Markup:
    """Return a lesson's text as safe HTML, hidden answers included.

    Parameters
    ----------
    text : str
        Markdown; ``<details><summary>…</summary>…</details>`` stays what it is.

    Examples
    --------
    >>> hidden = "Why?\\n\\n<details><summary>So</summary>\\n\\n*So*.\\n\\n</details>"
    >>> print(markdown_with_answers(hidden))
    <p>Why?</p>
    <details><summary>So</summary>
    <p><em>So</em>.</p>
    </details>
    """
    parts = []
    end = 0
    for found in _HIDDEN.finditer(text):
        title, answer = found[1], found[2]
        parts += [
            markdown_html(text[end : found.start()]),
            Markup("<details><summary>{}</summary>\n").format(title),
            markdown_html(answer),
            Markup("</details>\n"),
        ]
        end = found.end()
    return Markup("").join([*parts, markdown_html(text[end:])])


def outputs_of(cell: nbformat.NotebookNode) -> list[tuple[str, list[Block]]]:
    """Return what a code cell shows, as the blocks of a report.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        Executed.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("1 + 1", outputs=[
    ...     nbformat.v4.new_output("stream", text="2")])
    >>> outputs_of(cell)[0][1][0].content
    '2'
    """
    return blocks_of(nbformat.v4.new_notebook(cells=[cell]))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            [PackageLoader("kamlab.course"), PackageLoader("kamlab.report")]
        ),
        autoescape=select_autoescape(["html.j2", "html"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    styles = (files("kamlab.report") / "templates" / "report.css").read_text("utf-8")
    own = (files("kamlab.course") / "templates" / "course.css").read_text("utf-8")
    environment.globals["styles"] = Markup(styles + own)
    environment.globals["version"] = kamlab.__version__
    environment.filters["bound"] = bound  # the reports' own parts use it
    return environment
