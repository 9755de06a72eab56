"""Frames as tables for people: aligned, formatted, escaped, always the same bytes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.language import _
from kamlab.report.anchors import link_to, place_of
from kamlab.report.formats import MISSING, decimals_for, format_cell
from kamlab.report.table_values import Values, are_kept, values_of
from kamlab.style import UNITS
from kamlab.style.lines import text_width

#: Media type under which a table lies in the output of an executed notebook.
MIME_TYPE = "application/vnd.kamlab.table+json"

_DAY = re.compile(rf"\d{{4}}-\d\d(-\d\d)?|{MISSING}")
_FIGURE = re.compile(rf"[−+]?[\d,.]+( %| points)?|{MISSING}")

#: Style that keeps figures and days on one line; heads of columns may break.
_WHOLE = ";white-space:nowrap"

#: Up to so many columns a Chinese text is a word: four characters.
_SHORT = 8

FORMATS = (*UNITS, "date", "month", "flag", "text")


@dataclass(frozen=True)
class Presented:
    """A table ready to be read: texts only, row by row.

    `formats` holds for every column one of `FORMATS`; numbers are set to the right.
    `data` are what the texts were written from, for the report's workbook. `place` is
    the table's name for links within a page; `leads` are the words of the note that
    lead to another table, and that table's name.

    Examples
    --------
    >>> print(Presented(("Account",), ("text",), (("Nordkai",),), note="1 of 9 rows."))
    Account
    Nordkai
    1 of 9 rows.
    """

    columns: tuple[str, ...]
    formats: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""
    data: Values | None = field(default=None, repr=False)
    place: str = ""
    leads: tuple[str, str] = ("", "")

    def to_html(self, on_page: bool = False) -> str:
        """Return the table as HTML in which every text is escaped.

        Parameters
        ----------
        on_page : bool
            Whether it stands on a page, whose columns are narrow: Chinese words are
            kept in one piece there.

        Examples
        --------
        >>> table = Presented(("Account",), ("text",), (("<b>Nordkai</b>",),))
        >>> "&lt;b&gt;Nordkai" in table.to_html()
        True
        """
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        head = self._html_head(on_page)
        body = "\n".join(self._html_row(row, on_page) for row in self.rows)
        words, name = self.leads
        told = link_to(name, words, self.note)
        note = f'<p class="kamlab-note">{told}</p>' if self.note else ""
        return (
            f'<div class="kamlab-table"{place_of(self.place)}><table>{caption}\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
            f"{note}</div>"
        )

    def mapped(self, change: Callable[[str], str]) -> "Presented":
        """Return the table with every text changed, heads, caption and note as well.

        Parameters
        ----------
        change : callable
            From text to text.

        Examples
        --------
        >>> print(Presented(("Account",), ("text",), (("Nordkai",),)).mapped(str.upper))
        ACCOUNT
        NORDKAI
        """
        return replace(
            self,
            columns=tuple(map(change, self.columns)),
            rows=tuple(tuple(map(change, row)) for row in self.rows),
            caption=change(self.caption),
            note=change(self.note),
            leads=(change(self.leads[0]), self.leads[1]),
        )

    def _html_head(self, on_page: bool) -> str:
        return "".join(
            f'<th scope="col"{_set(kind, _kept(column, on_page))}>{escape(column)}</th>'
            for column, kind in zip(self.columns, self.formats, strict=True)
        )

    def _html_row(self, row: tuple[str, ...], on_page: bool) -> str:
        cells = "".join(
            f'<td dir="auto"{_set(format_, _kept(text, on_page))}>{escape(text)}</td>'
            if format_ == "text"
            else f"<td{_set(format_, _WHOLE)}>{escape(text)}</td>"
            for text, format_ in zip(row, self.formats, strict=True)
        )
        return f"<tr>{cells}</tr>"

    def to_text(self) -> str:
        """Return the table as plain text, columns under each other.

        Examples
        --------
        >>> print(Presented(("Tier", "n"), ("text", "count"), (("A", "12"),)).to_text())
        Tier   n
        A     12
        """
        lines = [self.columns, *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.columns))]
        texts = [self._text_line(line, widths) for line in lines]
        return "\n".join(part for part in (self.caption, *texts, self.note) if part)

    def _text_line(self, line: tuple[str, ...], widths: list[int]) -> str:
        cells = [
            text.rjust(width) if _is_number(format_) else text.ljust(width)
            for text, width, format_ in zip(line, widths, self.formats, strict=True)
        ]
        return "  ".join(cells).rstrip()

    def __str__(self) -> str:
        return self.to_text()

    def _repr_mimebundle_(
        self, **_: object
    ) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        """Hand the notebook the table, and its values as something about it."""
        shown = {
            "columns": self.columns,
            "formats": self.formats,
            "rows": self.rows,
            "caption": self.caption,
            "note": self.note,
        }
        if self.place:
            shown["place"] = self.place
        if any(self.leads):
            shown["leads"] = self.leads
        data = {
            MIME_TYPE: shown,
            "text/html": self.to_html(),
            "text/plain": self.to_text(),
        }
        is_kept = self.data is not None and are_kept()
        return data, {MIME_TYPE: self.data.payload()} if is_kept else {}


def present(
    frame: pd.DataFrame | pd.Series,
    formats: Mapping[str, str] | None = None,
    caption: str = "",
    currency: str = "",
    limit: int | None = 50,
    labels: Mapping[str, str] | None = None,
) -> Presented:
    """Turn a frame into a table that a manager reads without asking what it means.

    Parameters
    ----------
    frame : DataFrame or Series
        What is shown; an index that says something becomes the first columns.
    formats : dict of str to str, optional
        Column name to one of "money", "share" (0–1), "count", "days", "number",
        "date", "month", "flag", "text". Columns left out follow their type.
    caption : str, optional
        The line above the table.
    currency : str, optional
        Written once, in the head of every column of money.
    limit : int or None
        Rows shown at most; the foot says how many there are. None shows all.
    labels : dict of str to str, optional
        Column name to the words in the head; ``net_revenue`` reads "Net revenue".

    Returns
    -------
    Presented
        Shows itself in a notebook as HTML and as plain text.

    Raises
    ------
    UsageError
        If a named column or a format does not exist, or a value does not fit its
        column's format.

    Examples
    --------
    >>> frame = pd.DataFrame({"account": ["Marwitz"], "net_revenue": [10_540_000.0]})
    >>> print(present(frame, {"net_revenue": "money"}, currency="EUR"))
    Account  Net revenue (EUR)
    Marwitz         10,540,000
    """
    frame = _flat(frame)
    _check_names(frame, formats or {}, "formats")
    _check_names(frame, labels or {}, "labels")
    chosen = tuple(
        _format_of(frame.iloc[:, i], name, formats or {})
        for i, name in enumerate(frame.columns)
    )
    shown = frame if limit is None else frame.head(limit)
    texts = [_texts(shown.iloc[:, i], format_) for i, format_ in enumerate(chosen)]
    return Presented(
        columns=tuple(
            _head(name, format_, labels or {}, currency)
            for name, format_ in zip(frame.columns, chosen, strict=True)
        ),
        formats=tuple(map(_seen_as, chosen, texts)),
        rows=tuple(zip(*texts, strict=True)),
        caption=caption,
        note=_note(len(shown), len(frame)),
        data=values_of(frame, chosen),
    )


def _flat(frame: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """Return the frame with its index as columns, unless the index only counts."""
    if isinstance(frame, pd.Series):
        frame = frame.to_frame("value" if frame.name is None else frame.name)
    if not isinstance(frame, pd.DataFrame):
        raise UsageError(
            f"frame is a {type(frame).__name__}: give a pandas DataFrame or Series"
        )
    counts_only = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    if not counts_only:
        index = frame.index.to_frame(index=False)
        frame = pd.concat([index, frame.reset_index(drop=True)], axis=1)
    return frame.set_axis([str(name) for name in frame.columns], axis=1)


def _check_names(frame: pd.DataFrame, given: Mapping[str, str], argument: str) -> None:
    for name in given:
        if name not in frame.columns:
            hint = did_you_mean(name, frame.columns)
            raise UsageError(f"{argument} names a column {name!r}: {hint}")


def _format_of(column: pd.Series, name: str, formats: Mapping[str, str]) -> str:
    if name in formats:
        if formats[name] not in FORMATS:
            hint = did_you_mean(formats[name], FORMATS)
            raise UsageError(f"format of column {name!r} is {formats[name]!r}: {hint}")
        return formats[name]
    kinds = pd.api.types
    if kinds.is_bool_dtype(column):
        return "flag"
    if kinds.is_integer_dtype(column):
        return "count"
    if kinds.is_numeric_dtype(column):
        return "number"
    holds = kinds.infer_dtype(column, skipna=True)
    return "date" if holds in ("date", "datetime", "datetime64") else "text"


def _texts(column: pd.Series, format_: str) -> list[str]:
    """Write every value of the column; what is missing is a dash."""
    if format_ in ("text", "flag"):
        write = str if format_ == "text" else lambda value: "yes" if value else "no"
        return [MISSING if _is_missing(value) else write(value) for value in column]
    if format_ in ("date", "month"):
        pattern = "%Y-%m-%d" if format_ == "date" else "%Y-%m"
        days = _converted(column, format_, _iso_days)
        return [MISSING if _is_missing(day) else day.strftime(pattern) for day in days]
    numbers = _converted(column, format_, pd.to_numeric).astype(float)
    decimals = decimals_for(numbers, format_)
    return [format_cell(number, format_, decimals) for number in numbers]


def _iso_days(column: pd.Series, errors: str) -> pd.Series:
    return pd.to_datetime(column, errors=errors, format="ISO8601")


def _is_missing(value: object) -> bool:
    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


def _converted(
    column: pd.Series, format_: str, convert: Callable[..., pd.Series]
) -> pd.Series:
    """Convert the column; name the first value that does not fit its format."""
    converted = convert(column, errors="coerce")
    wrong = column[converted.isna() & column.notna()]
    if len(wrong):
        raise UsageError(
            f"column {column.name!r} has format {format_!r}, but row {wrong.index[0]} "
            f"holds {wrong.iloc[0]!r}: mend the value, or give another format"
        )
    return converted


def _seen_as(format_: str, texts: list[str]) -> str:
    """Say how a column is set: texts that are all figures or days stand like them."""
    if format_ != "text" or not texts:
        return format_
    if all(_DAY.fullmatch(text) for text in texts):
        return "date"
    figures = all(_FIGURE.fullmatch(text) for text in texts)
    # Whole numbers alone may be the numbers of accounts, which nobody adds up.
    return "number" if figures and not all(map(str.isdigit, texts)) else "text"


def _head(name: str, format_: str, labels: Mapping[str, str], currency: str) -> str:
    if name in labels:
        return labels[name]
    text = name.replace("_", " ")
    text = text if len(text) == 1 else text[:1].upper() + text[1:]
    return f"{text} ({currency})" if format_ == "money" and currency else text


def _note(shown: int, total: int) -> str:
    if total == 0:
        return _("No rows.")
    if shown == total:
        return ""
    told = _("The first {shown} of {total} rows.")
    return told.format(shown=f"{shown:,}", total=f"{total:,}")


def _is_number(format_: str) -> bool:
    return format_ in UNITS


def _kept(text: str, on_page: bool) -> str:
    """Keep a Chinese word in one piece, which could be broken after each character."""
    is_word = len(text) < text_width(text) <= _SHORT and " " not in text
    return _WHOLE if on_page and is_word else ""


def _set(format_: str, more: str = "") -> str:
    """Return the attributes that align a cell, in notebooks as well as on pages."""
    if _is_number(format_):
        return f' class="number" style="text-align:right{more}"'
    # Within a column of dates a line break would tear 2025-12 from -31.
    kind = ' class="date"' if format_ in ("date", "month") else ""
    return f'{kind} style="text-align:left{more}"'
