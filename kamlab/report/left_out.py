"""What an import left out of a portfolio, told to those who read its figures.

An export is rarely imported whole: lines without a customer, cancelled orders. What
was dropped never reached the portfolio, so no figure can show it; the log of the
import, which lies in the portfolio folder, can.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kamlab.data.importing.accounting import FINDINGS_FILE, LOG_FILE, DroppedRows
from kamlab.language import _, translatable
from kamlab.report.ties import Tie, ties_line, ties_of
from kamlab.style import format_count, format_money

UNREADABLE = translatable(
    "The import's log cannot be read: what was left out is not known."
)

_RULES_SHOWN = 4

#: What a torn or foreign file raises while it is read.
_DAMAGES = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


@dataclass(frozen=True)
class LeftOut:
    """Rows that the import dropped, by table and rule, and all that its log says.

    A portfolio that was not imported, such as the demonstration company's, has no log;
    then nothing is told. `log` and `findings` are None where there is no such file, or
    where it is named among the `unreadable`. `ties` are the totals of the books that
    the import was compared with.

    Examples
    --------
    >>> LeftOut().line("EUR")
    ''
    """

    dropped: Mapping[str, tuple[DroppedRows, ...]] = field(default_factory=dict)
    log: Mapping[str, Any] | None = None
    findings: list[Mapping[str, Any]] | None = None
    unreadable: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = field(default=(), repr=False)

    def line(self, currency: str) -> str:
        """Return in one line what was left out; nothing if all was taken in.

        Parameters
        ----------
        currency : str
            In which the amounts stand.

        Examples
        --------
        >>> unknown = DroppedRows("no customer", 135_080, 2_062_871.16)
        >>> orders = (unknown, DroppedRows("price not above zero", 40, 0.0))
        >>> print(LeftOut({"orders": orders}).line("GBP"))
        Left out at import: 135,080 order lines “no customer” (GBP 2.06 M), 40 “price
        not above zero”.
        """
        if LOG_FILE in self.unreadable:
            return _(UNREADABLE)
        told = [
            _in_words(each, currency, "" if i else _noun(name, each.rows))
            for name, gone in self.dropped.items()
            for i, each in enumerate(sorted(gone, key=_rows, reverse=True))
        ]
        if not told:
            return ""
        more = len(told) - _RULES_SHOWN
        rest = [_("and {n} more").format(n=more)] if more > 0 else []
        shown = _(", ").join([*told[:_RULES_SHOWN], *rest])
        return _("Left out at import: {rows}.").format(rows=shown)

    def ties_line(self, currency: str) -> str:
        """Return in one line whether the figures tie to finance.

        Examples
        --------
        >>> LeftOut().ties_line("EUR")
        ''
        """
        return ties_line(self.ties, currency)

    def as_json(self) -> dict[str, Any] | None:
        """Return everything for the manifest; None where nothing was imported.

        Examples
        --------
        >>> LeftOut(unreadable=("import_log.json",)).as_json()
        {'log': None, 'findings': None, 'unreadable': ['import_log.json']}
        """
        told = {"log": self.log, "findings": self.findings}
        told["unreadable"] = list(self.unreadable)
        return told if any(told.values()) else None


def _rows(dropped: DroppedRows) -> int:
    return dropped.rows


def _noun(table_name: str, rows: int) -> str:
    if table_name == "orders":
        return _("order line") if rows == 1 else _("order lines")
    noun = _("row of {table}") if rows == 1 else _("rows of {table}")
    return noun.format(table=table_name)


def _in_words(dropped: DroppedRows, currency: str, noun: str) -> str:
    """Say what a rule took; its table's noun stands with the table's first rule."""
    words = [format_count(dropped.rows), noun, f"“{dropped.rule}”"]
    if dropped.money:
        words.append(f"({format_money(dropped.money, currency)})")
    return " ".join(filter(None, words))


def read_left_out(folder: Path) -> LeftOut:
    """Read what the import of a portfolio left out, as far as its log can be read.

    A damaged log harms no figure, so it is told to the reader and stops nothing.

    Parameters
    ----------
    folder : Path
        The portfolio folder.

    Examples
    --------
    >>> read_left_out(Path("data/demo"))
    LeftOut(dropped={}, log=None, findings=None, unreadable=())
    """
    unreadable: list[str] = []
    log, told = _read(folder / LOG_FILE, _told, unreadable) or (None, ({}, ()))
    dropped, ties = told
    found = _read(folder / FINDINGS_FILE, _without_samples, unreadable) or (None, None)
    return LeftOut(dropped, log, found[1], tuple(unreadable), ties)


def _read(
    file: Path, understand: Callable[[Any], Any], unreadable: list[str]
) -> tuple[Any, Any] | None:
    """Return what a file of the import holds and what it means; note damage."""
    if not file.exists():
        return None
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        # The manifest will hold it, and JSON has no word for an infinite number.
        json.dumps(content, allow_nan=False)
        return content, understand(content)
    except _DAMAGES:
        unreadable.append(file.name)
        return None


def _told(
    log: Mapping[str, Any],
) -> tuple[dict[str, tuple[DroppedRows, ...]], tuple[Tie, ...]]:
    return _dropped(log), ties_of(log)


def _dropped(log: Mapping[str, Any]) -> dict[str, tuple[DroppedRows, ...]]:
    """Return what each rule took of each table; rules that took nothing are left."""
    return {
        str(each["table"]): tuple(
            _rule(told) for told in each["dropped"] if told["rows"]
        )
        for each in log["tables"]
    }


def _rule(told: Mapping[str, Any]) -> DroppedRows:
    money = told["money"]
    return DroppedRows(
        rule=" ".join(str(told["rule"]).split()),
        rows=int(told["rows"]),
        money=None if money is None else float(money),
    )


def _without_samples(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Drop the values that findings quote from the export: they may name people."""
    return [
        {name: value for name, value in each.items() if name != "samples"}
        for each in told["findings"]
    ]
