"""Key-account management and relationship marketing, from order lines to decisions.

The names a notebook needs first load on first use, so that ``import kamlab`` stays
quick: `open_portfolio` opens a folder of tables at a date, `portfolio_from_tables`
does the same for frames that are already in memory or in Spark.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME_OF_NAME = {
    "Portfolio": "kamlab.portfolio",
    "open_portfolio": "kamlab.opening",
    "portfolio_from_tables": "kamlab.opening",
    "FiscalCalendar": "kamlab.fiscal",
}
_CHAPTERS = (
    "course",
    "data",
    "errors",
    "fiscal",
    "language",
    "orientation",
    "report",
    "style",
    "value",
)

__all__ = ["__version__", *_HOME_OF_NAME]


def __getattr__(name: str) -> object:
    """Load a public name, or a chapter's package, when it is first asked for."""
    if name in _HOME_OF_NAME:
        return getattr(import_module(_HOME_OF_NAME[name]), name)
    if name in _CHAPTERS:
        return import_module(f"kamlab.{name}")
    raise AttributeError(f"module 'kamlab' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME_OF_NAME])
