"""From notebooks to pages that managers read.

Inside a notebook five names are of use: `record` stores a headline figure, `present`
turns a frame into a table for people, `say` shows a sentence that was computed,
`advise` what to do, and `available` closes a section, with one sentence, whose table or
column the company's data do not have. They load on first use.
"""

from importlib import import_module

_HOME_OF_NAME = {
    "record": "kamlab.report.results",
    "present": "kamlab.report.tables",
    "available": "kamlab.report.sections",
    "say": "kamlab.report.sentences",
    "advise": "kamlab.report.sentences",
}

__all__ = ["advise", "available", "present", "record", "say"]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name in _HOME_OF_NAME:
        return getattr(import_module(_HOME_OF_NAME[name]), name)
    raise AttributeError(f"module 'kamlab.report' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME_OF_NAME])
