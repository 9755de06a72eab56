"""The parameters a notebook declares, read from its one cell without running it.

A declaration is a typed assignment of a literal; the comment says what it means and,
in brackets, what is allowed::

    as_of: str = "2025-12-31"  # last day of data the report may see
    top: float = 0.2           # share of accounts that count as top [0.01 .. 0.99]
    basis: str = "revenue"     # what is concentrated [revenue | margin]
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.report.values import convert, type_known

#: Tag of the cell that declares the parameters.
TAG = "parameters"

_ALLOWED = re.compile(r"\[([^\[\]]*)\]\s*$")


@dataclass(frozen=True)
class Parameter:
    """One parameter: its type, its default, what it means and what it may be.

    `type` is as written in the notebook ("str", "float", "list[str]", "int | None");
    `choices`, `minimum` and `maximum` are what the brackets allow.

    Examples
    --------
    >>> print(Parameter("basis", "str", "revenue", choices=("revenue", "margin")))
    basis: str = 'revenue'  one of revenue, margin
    """

    name: str
    type: str
    default: Any
    description: str = ""
    choices: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    def check(self, given: Any) -> Any:
        """Return the value in the declared type, or say why it cannot be taken.

        Parameters
        ----------
        given : object
            A text, as typed on a command line, or a value of the declared type.

        Raises
        ------
        UsageError
            If the type, the choices or the range do not allow the value.

        Examples
        --------
        >>> top = Parameter("top", "float", 0.2, minimum=0.01, maximum=0.99)
        >>> top.check("0.3")
        0.3
        >>> top.check("1.5")
        Traceback (most recent call last):
        kamlab.errors.UsageError: top = 1.5: give a number from 0.01 to 0.99
        """
        value = convert(self.name, given, self.type)
        for each in value if isinstance(value, list) else [value]:
            self._check_allowed(each)
        return value

    def _check_allowed(self, value: Any) -> None:
        if value is None:
            return
        if self.choices and value not in self.choices:
            listed = ", ".join(map(repr, self.choices))
            told = _("{name} = {value!r}: choose one of {names}")
            raise UsageError(told.format(name=self.name, value=value, names=listed))
        too_low = self.minimum is not None and value < self.minimum
        too_high = self.maximum is not None and value > self.maximum
        if too_low or too_high:
            told = _("{name} = {value!r}: give a number {range}")
            raise UsageError(
                told.format(name=self.name, value=value, range=self._range())
            )

    def __str__(self) -> str:
        """Return the declaration in one line, as a terminal lists it."""
        about = [self.description] if self.description else []
        if self.choices:
            about.append("one of " + ", ".join(map(str, self.choices)))
        if self._range():
            about.append(self._range())
        told = f"  {', '.join(about)}" if about else ""
        return f"{self.name}: {self.type} = {self.default!r}{told}"

    def _range(self) -> str:
        low, high = f"{self.minimum or 0:g}", f"{self.maximum or 0:g}"
        if self.minimum is None:
            return "" if self.maximum is None else _("to {high}").format(high=high)
        if self.maximum is None:
            return _("from {low}").format(low=low)
        return _("from {low} to {high}").format(low=low, high=high)


def read_parameters(notebook: Mapping[str, Any], name: str) -> dict[str, Parameter]:
    """Return the parameters that a notebook declares, by name.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The notebook; it is not run.
    name : str
        What messages call the notebook.

    Returns
    -------
    dict of str to Parameter
        In the order of the cell.

    Raises
    ------
    UsageError
        If there is no cell tagged "parameters", or more than one, or a line of it is
        not a typed assignment of a literal that obeys its own brackets.

    Examples
    --------
    >>> source = "top: float = 0.2  # share of accounts [0.01 .. 0.99]"
    >>> cell = {"metadata": {"tags": ["parameters"]}, "source": source}
    >>> read_parameters({"cells": [cell]}, "concentration")["top"].maximum
    0.99
    """
    sources = [
        cell["source"]
        for cell in notebook["cells"]
        if TAG in cell["metadata"].get("tags", [])
    ]
    if len(sources) != 1:
        count = "no cell" if not sources else f"{len(sources)} cells"
        raise UsageError(
            f"notebook {name!r} has {count} tagged 'parameters': give it exactly one"
        )
    return {each.name: each for each in _declared(sources[0], name)}


def _declared(source: str, notebook: str) -> Iterator[Parameter]:
    where = f"notebook {notebook!r}, parameters cell"
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        written = (error.text or "").strip()
        raise UsageError(
            f"{where}, line {error.lineno}: {written!r}: {error.msg}; mend the cell"
        ) from None
    comments = _comments(source)
    for statement in statements:
        line = f"{where}, line {statement.lineno}"
        try:
            yield _parameter(statement, comments.get(statement.end_lineno, ""))
        except UsageError as error:
            written = ast.unparse(statement)
            raise UsageError(f"{line}: {written!r}: {error}") from None


def _comments(source: str) -> dict[int, str]:
    """Return the comment of every line that has one."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _parameter(statement: ast.stmt, comment: str) -> Parameter:
    is_typed = isinstance(statement, ast.AnnAssign) and statement.value is not None
    if not is_typed or not isinstance(statement.target, ast.Name):
        raise UsageError(
            "write a typed assignment, such as top: float = 0.2  # what it means"
        )
    type_ = ast.unparse(statement.annotation)
    if not type_known(type_):
        raise UsageError(
            f"type {type_!r} is unknown: use str, int, float, bool, list[…] of these, "
            "or one of these with '| None'"
        )
    try:
        default = ast.literal_eval(statement.value)
    except ValueError:
        raise UsageError(
            "the default is not a literal: derive values in the next cell"
        ) from None
    name = statement.target.id
    parameter = Parameter(name, type_, default, **_allowed(comment, name, type_))
    parameter.check(default)
    return parameter


def _allowed(comment: str, name: str, type_: str) -> dict[str, Any]:
    """Read what stands in brackets at the end of the comment."""
    found = _ALLOWED.search(comment)
    if not found:
        return {"description": comment}
    description, inside = comment[: found.start()].strip(), found[1]
    if ".." in inside:
        low, high = _ends(inside, type_)
        return {"description": description, "minimum": low, "maximum": high}
    if "|" not in inside:
        return {"description": comment}
    element = type_.removesuffix(" | None").removeprefix("list[").removesuffix("]")
    choices = tuple(convert(name, each.strip(), element) for each in inside.split("|"))
    return {"description": description, "choices": choices}


def _ends(inside: str, type_: str) -> tuple[float | None, float | None]:
    """Read a range such as ``0.01 .. 0.99``; an end that is left out is open."""
    if "int" not in type_ and "float" not in type_:
        raise UsageError(f"range [{inside}] on type {type_!r}: only numbers have one")
    low, _, high = (end.strip() for end in inside.partition(".."))
    try:
        return float(low) if low else None, float(high) if high else None
    except ValueError:
        raise UsageError(
            f"range [{inside}] is not two numbers: write [0.01 .. 0.99]"
        ) from None
