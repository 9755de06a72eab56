"""SQL that turns an export's text into numbers, days and flags, as declared.

Nothing is guessed and nothing is coerced: a text that does not match the declared
form becomes NULL, and the check that follows turns it into a finding. Texts of a
mapping reach DuckDB as parameters only.
"""

import re
from dataclasses import replace

from kamlab.data.cleaning.suffixes import without_suffix
from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.dates import EXCEL, EXCEL_SHAPE, ISO_SHAPE, strptime_pattern

#: A time zone's offset from UTC at the end of a text.
_OFFSET = r" ?([+-]\d{2}(:?\d{2})?|Z)$"

_PARAMETER = re.compile(r"\$(v\d+)\b")


def quoted(*names: str) -> str:
    """Return column names as SQL, whatever they are called, separated by commas.

    Examples
    --------
    >>> quoted("order", "date")
    '"order", "date"'
    """
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


#: White space of all scripts, and marks that show as nothing at all.
_UNSEEN = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060"
    "\u3000\ufeff"
)

#: Marks that show as nothing and mean nothing within a word of any script.
_MARKS = "\u00ad\u200b\u2060\ufeff"

#: Letters and digits as wide as a Chinese character, and all other such signs.
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
_NARROW = "".join(chr(ord(each) - 0xFEE0) for each in _WIDE)
_WIDE_WORDS = "".join(n for n, w in zip(_WIDE, _NARROW, strict=True) if w.isalnum())
_NARROW_WORDS = "".join(each for each in _NARROW if each.isalnum())


def narrow_sql(text: str) -> str:
    """Return SQL of a text whose full-width digits and signs are of the usual width.

    Examples
    --------
    >>> import duckdb
    >>> with duckdb.connect() as connection:
    ...     sql = "SELECT " + narrow_sql("'（１，２３４．５０）'")
    ...     connection.execute(sql).fetchone()
    ('(1,234.50)',)
    """
    wide, narrow = (each.replace("'", "''") for each in (_WIDE, _NARROW))
    # Texts of as many bytes as characters are ASCII, and nearly all are.
    is_plain = f"strlen({text}) = length({text})"
    return f"if({is_plain}, {text}, translate({text}, '{wide}', '{narrow}'))"


def plain_sql(text: str) -> str:
    """Return SQL of whether a text is ASCII between two signs, as nearly all are.

    Examples
    --------
    >>> import duckdb
    >>> with duckdb.connect() as connection:
    ...     sql = "SELECT {}, {}".format(*map(plain_sql, ("'A7'", "'A7 '")))
    ...     connection.execute(sql).fetchone()
    (True, False)
    """
    ends = f"{text} >= '!' AND ({text})[-1] > ' '"
    return f"(strlen({text}) = length({text}) AND {ends})"


def visible_sql(text: str) -> str:
    """Return SQL of a text without the blanks around it and the marks nobody sees.

    Full-width letters and digits get their usual width: Ａ７ is A7.

    Examples
    --------
    >>> import duckdb
    >>> with duckdb.connect() as connection:
    ...     sql = "SELECT " + visible_sql("'\\u00a0A\\u200b7\\t'")
    ...     connection.execute(sql).fetchone()
    ('A7',)
    """
    seen = f"translate(trim({text}, '{_UNSEEN}'), '{_MARKS}', '')"
    seen = f"translate({seen}, '{_WIDE_WORDS}', '{_NARROW_WORDS}')"
    return f"if({plain_sql(text)}, {text}, {seen})"


class Values:
    """The values that a piece of SQL refers to, handed to DuckDB as parameters.

    Examples
    --------
    >>> values = Values()
    >>> sql = f"c0 = {values.add('Robert; DROP TABLE')}"
    >>> sql, values.used_in(sql)
    ('c0 = $v0', {'v0': 'Robert; DROP TABLE'})
    """

    def __init__(self) -> None:
        self._values: dict[str, object] = {}

    def add(self, value: object) -> str:
        """Return the SQL name under which `value` will be known.

        Examples
        --------
        >>> Values().add("EUR")
        '$v0'
        """
        name = f"v{len(self._values)}"
        self._values[name] = value
        return f"${name}"

    def used_in(self, sql: str) -> dict[str, object]:
        """Return the values that `sql` refers to; DuckDB refuses any others.

        Examples
        --------
        >>> values = Values()
        >>> first, second = values.add(1), values.add(2)
        >>> values.used_in(f"SELECT {second}")
        {'v1': 2}
        """
        return {name: self._values[name] for name in set(_PARAMETER.findall(sql))}


def present_sql(
    reference: str, form: Format, values: Values, exact: bool = False
) -> str:
    """Return SQL of a text that is NULL where it is blank or stands for nothing.

    Spaces around it are taken off, unless it is wanted `exact`.

    Examples
    --------
    >>> present_sql("c0", Format(), Values())
    "nullif(trim(c0), '')"
    """
    text = meant_sql(f"trim({reference})", form, values)
    return f"if({text} IS NULL, NULL, {reference})" if exact else text


def meant_sql(trimmed: str, form: Format, values: Values) -> str:
    """Return SQL of a text without blanks around it, NULL where it means nothing.

    Examples
    --------
    >>> meant_sql("c0", Format(blank=("-",)), Values())
    "CASE WHEN nullif(c0, '') NOT IN ($v0) THEN nullif(c0, '') END"
    """
    text = f"nullif({trimmed}, '')"
    if not form.blank:
        return text
    listed = ", ".join(values.add(each) for each in form.blank)
    return f"CASE WHEN {text} NOT IN ({listed}) THEN {text} END"


def parsed_sql(
    text: str, kind: str, form: Format, values: Values, simple: str = ""
) -> str:
    """Return SQL of the value that a text stands for, NULL where it stands for none.

    Parameters
    ----------
    text : str
        SQL of the text, without spaces around it.
    kind : {"text", "number", "integer", "date", "flag"}
        The contract's type.
    form : Format
        How numbers and days are written.
    values : Values
        Receives patterns and formats.
    simple : str, optional
        As in `number_sql`.

    Examples
    --------
    >>> parsed_sql("c0", "text", Format(), Values())
    'c0'
    >>> import duckdb
    >>> values, form = Values(), Format(dates=("DD.MM.YYYY",))
    >>> sql = "SELECT " + parsed_sql("'31.01.2025'", "date", form, values)
    >>> with duckdb.connect() as connection:
    ...     connection.execute(sql, values.used_in(sql)).fetchone()
    (datetime.date(2025, 1, 31),)
    """
    if kind == "text":
        return text
    if kind == "number":
        return number_sql(text, form, values, simple)
    if kind == "integer":
        number = number_sql(text, form, values, simple)
        return f"CASE WHEN {number} % 1 = 0 THEN TRY_CAST({number} AS BIGINT) END"
    if kind == "date":
        return _date_sql(text, form, values)
    return (
        f"CASE WHEN lower({text}) IN ('true', 't', 'yes', 'y', '1') THEN true "
        f"WHEN lower({text}) IN ('false', 'f', 'no', 'n', '0') THEN false END"
    )


def simple_sql(text: str, form: Format, values: Values) -> str:
    """Return SQL of whether a text is digits with at most a sign and a decimal mark.

    Nearly all numbers are, which is quickly seen.

    Examples
    --------
    >>> import duckdb
    >>> values, german = Values(), Format(decimal=",")
    >>> sql = ", ".join(simple_sql(f"'{t}'", german, values) for t in ("-1,5", "1.5"))
    >>> with duckdb.connect() as connection:
    ...     connection.execute(f"SELECT {sql}", values.used_in(sql)).fetchone()
    (True, False)
    """
    shape = values.add(rf"[+-]?\d+({re.escape(form.decimal)}\d+)?")
    return f"regexp_full_match({text}, {shape})"


def number_sql(text: str, form: Format, values: Values, simple: str = "") -> str:
    """Return SQL of the number that a text stands for.

    ``1.234,56-`` and ``(1.234,56)`` are negative, as accountants write it. Groups of
    thousands must be whole: "1,23" is not 123, whatever is declared.

    Parameters
    ----------
    text : str
        SQL of the text, without spaces around it.
    form : Format
        How numbers are written.
    values : Values
        Receives patterns.
    simple : str, optional
        SQL of whether the text is simple, where that has been asked before.

    Examples
    --------
    >>> import duckdb
    >>> values, german = Values(), Format(decimal=",", thousands=".")
    >>> sql = "SELECT " + number_sql("'1.234,56-'", german, values)
    >>> with duckdb.connect() as connection:
    ...     connection.execute(sql, values.used_in(sql)).fetchone()
    (-1234.56,)
    """
    if form.symbols:
        signs = values.add("|".join(map(re.escape, form.symbols)))
        text = f"trim(regexp_replace({text}, {signs}, '', 'g'))"
    if form.suffixes:
        text, worth = without_suffix(text, form.suffixes, values)
        bare = replace(form, symbols=(), suffixes=())
        # Binary fractions make 1.1 % a hair more than 0.011.
        return f"round({number_sql(text, bare, values)} * {worth}, 9)"
    simple, number = simple or simple_sql(text, form, values), text
    in_brackets = f"prefix({text}, '(') AND suffix({text}, ')')"
    text = f"if({in_brackets}, '-' || trim({text}, '()'), {text})"
    plain, group = _without_thousands(text, form, values)
    grouped = rf"|\d{{1,3}}({group}\d{{3}})+" if group else ""
    body = rf"(\d+{grouped})?({re.escape(form.decimal)}\d*)?([eE][+-]?\d+)?"
    shape = values.add(rf"[+-]?{body}|{body}-|[+-]?(?i:inf|infinity|nan)")
    if form.decimal != ".":
        mark = values.add(form.decimal)
        number = f"replace({number}, {mark}, '.')"
        plain = f"replace({plain}, {mark}, '.')"
    return (
        f"CASE WHEN {simple} THEN TRY_CAST({number} AS DOUBLE) "
        f"WHEN regexp_full_match({text}, {shape}) THEN "
        f"if(suffix({text}, '-'), -1, 1) * TRY_CAST(rtrim({plain}, '-') AS DOUBLE) END"
    )


def _without_thousands(text: str, form: Format, values: Values) -> tuple[str, str]:
    """Return SQL of the text without marks of thousands, and the marks' pattern."""
    mark = form.thousands
    if mark in (" ", "'", "’"):
        pattern = "[ \u00a0\u202f]" if mark == " " else "['’]"
        return f"regexp_replace({text}, {values.add(pattern)}, '', 'g')", pattern
    if mark:
        return f"replace({text}, {values.add(mark)}, '')", re.escape(mark)
    return text, ""


def _date_sql(text: str, form: Format, values: Values) -> str:
    if form.dates:
        patterns = [strptime_pattern(each) for each in form.dates]
        patterns = [each for each in patterns if each != EXCEL]
        months = [each for each in patterns if "%d" not in each]
        patterns = [each for each in patterns if "%d" in each]
        read = _read_as([each for each in patterns if "%z" not in each], text, values)
        # The day counts as it was written; the offset would shift it to UTC's.
        zoned = [each.replace("%z", "").rstrip() for each in patterns if "%z" in each]
        local = f"regexp_replace({text}, {values.add(_OFFSET)}, '')"
        read += _read_as(zoned, local, values)
        # The sum of a month is known when the month is over.
        read += [f"last_day({day})" for day in _read_as(months, text, values)]
        read += [_serial_sql(text)] if EXCEL in form.dates else []
        return read[0] if len(read) == 1 else f"coalesce({', '.join(read)})"
    shape = values.add(ISO_SHAPE)
    is_iso = f"regexp_full_match({text}, {shape})"
    return f"CASE WHEN {is_iso} THEN TRY_CAST({text} AS DATE) END"


def _read_as(patterns: list[str], text: str, values: Values) -> list[str]:
    """Return SQL of the day of a text in one of the patterns, if there are any."""
    if not patterns:
        return []
    return [f"CAST(try_strptime({text}, {values.add(patterns)}) AS DATE)"]


def _serial_sql(text: str) -> str:
    """SQL of the day of a number that a spreadsheet stores for it."""
    days = f"TRY_CAST(regexp_extract({text}, '^[0-9]+') AS INTEGER)"
    is_serial = f"regexp_full_match({text}, '{EXCEL_SHAPE}')"
    return f"CASE WHEN {is_serial} THEN DATE '1899-12-30' + {days} END"
