"""What a built notebook must not hold: noise, errors, figures nobody can read.

A notebook is stored with its outputs. Whatever would differ on another machine, or
would not be understood, is refused when it is built.
"""

import base64
import re
from collections.abc import Iterator

import nbformat

from kamlab.errors import UsageError
from kamlab.report.parameters import read_parameters

#: Largest size of a figure and of a whole notebook, in bytes.
MOST_BYTES_A_FIGURE = 80_000
MOST_BYTES_A_NOTEBOOK = 500_000

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")
_ABSOLUTE_PATH = re.compile(
    r"(?<![\w.:/\\<])(?:/[\w.+-]+){2,}|(?<!\w)[A-Z]:\\+\w|(?<!\w)~/\w"
)


def faults_of(notebook: nbformat.NotebookNode, name: str) -> list[str]:
    """Return what is wrong with a built notebook, a sentence each.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Executed.
    name : str
        What messages call the notebook.

    Returns
    -------
    list of str
        Empty if it may be stored.

    Examples
    --------
    >>> parameters = nbformat.v4.new_code_cell(
    ...     "data: str = 'data/demo'  # portfolio folder",
    ...     id="c001", metadata={"tags": ["parameters"]})
    >>> noisy = nbformat.v4.new_code_cell("object()", id="c002", outputs=[
    ...     nbformat.v4.new_output("stream", text="<object at 0x7f1dc0ffee>")])
    >>> faults_of(nbformat.v4.new_notebook(cells=[parameters, noisy]), "11")
    ['cell c002 shows an object address (0x7f1dc0ffee): print what it holds']
    """
    return [
        *_parameter_faults(notebook, name),
        *(fault for cell in notebook.cells for fault in _cell_faults(cell)),
        *_size_faults(notebook),
    ]


def _parameter_faults(notebook: nbformat.NotebookNode, name: str) -> Iterator[str]:
    try:
        read_parameters(notebook, name)
    except UsageError as error:
        yield str(error)


def _size_faults(notebook: nbformat.NotebookNode) -> Iterator[str]:
    size = len(nbformat.writes(notebook).encode())
    if size > MOST_BYTES_A_NOTEBOOK:
        yield (
            f"the notebook has {size:,} bytes, more than {MOST_BYTES_A_NOTEBOOK:,}: "
            "show fewer or simpler figures"
        )


def _cell_faults(cell: nbformat.NotebookNode) -> Iterator[str]:
    where = f"cell {cell.id}"
    yield from _noise(cell.source, where)
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            yield f"{where} fails: {output.ename}: {output.evalue}"
        elif output.output_type == "stream":
            yield from _stream_faults(output, where)
        else:
            yield from _display_faults(output, where)


def _stream_faults(output: nbformat.NotebookNode, where: str) -> Iterator[str]:
    if output.name == "stderr":
        text = output.text.strip().splitlines()[-1:]
        yield f"{where} writes to stderr {text}: mend what it complains about"
    yield from _noise(output.text, where)


def _display_faults(output: nbformat.NotebookNode, where: str) -> Iterator[str]:
    for mime, content in output.data.items():
        if mime.startswith("text/"):
            yield from _noise("".join(content), where)
        elif mime.startswith("image/"):
            about = output.metadata.get(mime, {})
            yield from _figure_faults(mime, content, about, where)


def _figure_faults(mime: str, content: str, about: dict, where: str) -> Iterator[str]:
    if not about.get("alt", "").strip():
        yield f"{where} shows a figure without alternative text: use kamlab.style.show"
    is_text = mime == "image/svg+xml"
    size = len(content.encode() if is_text else base64.b64decode(content))
    if size > MOST_BYTES_A_FIGURE:
        yield (
            f"{where} shows a figure of {size:,} bytes, more than "
            f"{MOST_BYTES_A_FIGURE:,}: draw less in it"
        )


def _noise(text: str, where: str) -> Iterator[str]:
    """Find what another machine or another run would write differently."""
    for found in _ADDRESS.findall(text):
        yield f"{where} shows an object address ({found}): print what it holds"
    for found in _ABSOLUTE_PATH.findall(text):
        yield f"{where} shows an absolute path ({found}): show a relative one"
