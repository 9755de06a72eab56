"""Solutions of the lessons, cut out with all they need, and answers spoilt on purpose.

A solution is run without the rest of its lesson: the statements before it that assign
the names it uses, and no figure, table or sentence.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from kamlab.course.lesson import answer_name, exercises_of
from kamlab.course.source import read_source
from kamlab.portfolio import Portfolio

SOURCES = sorted((Path(__file__).parents[2] / "notebooks" / "src").rglob("*.py"))


@cache
def solutions() -> dict[str, str]:
    """Return a program for every exercise of every lesson, by number."""
    programs = {}
    for source in SOURCES:
        lesson = read_source(source, solutions=True)
        before: list[ast.stmt] = []
        codes = {each.cell: each.number for each in exercises_of(lesson)}
        for cell in lesson.cells:
            if cell.cell_type != "code":
                continue
            statements = ast.parse(cell.source).body
            if cell.id in codes:
                programs[codes[cell.id]] = needed(statements, before)
            else:
                before += statements
    return programs


def needed(cell: list[ast.stmt], before: list[ast.stmt]) -> str:
    """Return a cell's program, without its check, behind what it rests on."""
    own = [each for each in cell if not isinstance(each, ast.Expr)]
    wanted, kept = set().union(*map(used, own)), []
    for statement in reversed(before):
        if assigned(statement) & wanted:
            kept.insert(0, statement)
            wanted |= used(statement)
    return ast.unparse(ast.Module([*kept, *own], []))


def used(statement: ast.stmt) -> set[str]:
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def assigned(statement: ast.stmt) -> set[str]:
    """Return the names that a statement gives a value, imports included."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        names = [each.asname or each.name for each in statement.names]
        return {name.partition(".")[0] for name in names}
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def solve(number: str, portfolio: Portfolio) -> object:
    """Return the answer that a lesson's solution gives on a portfolio."""
    program = solutions()[number]
    tree = ast.parse(program)
    opened = [i for i, each in enumerate(tree.body) if "portfolio" in assigned(each)]
    # The lesson opens its portfolio; here it is handed one.
    for place in reversed(opened):
        del tree.body[place]
    names = {"portfolio": portfolio}
    exec(compile(tree, f"solution of {number}", "exec"), names)
    return names[answer_name(number)]


def spoilt(answer: object) -> Iterator[object]:
    """Yield wrong answers that look like a right one."""
    if isinstance(answer, bool):
        yield not answer
    elif isinstance(answer, int | float):
        yield from (answer * 1.2 + 1, -answer - 1, answer * 100 + 50)
    elif isinstance(answer, str):
        yield answer + "?!"
        yield "nobody" if answer else "A"
    elif isinstance(answer, dict):
        yield dict.fromkeys(answer)
        yield dict(list(answer.items())[1:])
    elif isinstance(answer, pd.Series | pd.DataFrame):
        yield answer.iloc[1:]
        yield answer * 0
    else:
        yield list(answer)[1:]
        yield [*answer, "nobody"]
