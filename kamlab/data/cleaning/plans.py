"""Plan how each column of the contract is computed from the text of an export.

A plan is SQL in stages: texts are cut and translated, then parsed, then combined. The
conditions of rules that drop rows are planned here too.
"""

import re
from dataclasses import dataclass, replace

from kamlab.data.cleaning.computing import combined_sql, rounded_sql, scaled_sql
from kamlab.data.cleaning.parsing import (
    Values,
    meant_sql,
    narrow_sql,
    number_sql,
    parsed_sql,
    plain_sql,
    present_sql,
    visible_sql,
)
from kamlab.data.cleaning.simple_numbers import with_simple
from kamlab.data.contract import Column
from kamlab.data.mapping.mapping import ColumnSource, DropRule, Format
from kamlab.data.reading.other_names import unit_sql
from kamlab.data.reading.raw import RawTable

#: How predicates that compare numbers are written in SQL.
NUMERIC_SIGNS = {"below": "<", "at_most": "<=", "above": ">", "at_least": ">="}

#: Days before this are read as mistyped, such as year 21 or 0001.
EARLIEST = "1900-01-01"


@dataclass(frozen=True)
class Part:
    """One column of the export on its way into a column of the contract.

    The stages are columns of nested queries, so that each is computed once: `text` is
    SQL over the raw table, `value` is SQL over the stage of texts, `valid` is SQL over
    the stage of values. `form` is how the text was declared to be written. `noted` is
    SQL over the raw table of what checks ask of the cell as it stands there: whether
    an id has blanks that are taken off, whether a number is long enough for thousands.
    The text is made of the `cell` alone, with nothing cut or translated, if that is
    told; where `simple`, SQL over the raw table, holds, it is the cell as it stands.
    Where the value `is_sure`, no text is without one.

    Examples
    --------
    >>> Part("order_id_0", "Nr", "trim(c0)", "text_order_id_0", "", Format()).source
    'Nr'
    """

    name: str
    source: str
    text: str
    value: str
    valid: str
    form: Format
    noted: str = ""
    cell: str = ""
    simple: str = ""
    is_sure: bool = False

    @property
    def text_name(self) -> str:
        """Name of the text in the stage of texts.

        Examples
        --------
        >>> Part("cogs_0", "Kosten", "c4", "", "", Format()).text_name
        'text_cogs_0'
        """
        return f"text_{self.name}"

    @property
    def value_name(self) -> str:
        """Name of the value in the stage of values.

        Examples
        --------
        >>> Part("cogs_0", "Kosten", "c4", "", "", Format()).value_name
        'value_cogs_0'
        """
        return f"value_{self.name}"

    @property
    def flag(self) -> str:
        """Name of the flag that marks rows whose text could not be parsed.

        Examples
        --------
        >>> Part("cogs_0", "Kosten", "c4", "", "", Format()).flag
        'bad_cogs_0'
        """
        return f"bad_{self.name}"

    @property
    def note(self) -> str:
        """Name of the flag that holds what is noted.

        Examples
        --------
        >>> Part("cogs_0", "Kosten", "c4", "", "", Format()).note
        'noted_cogs_0'
        """
        return f"noted_{self.name}"


@dataclass(frozen=True)
class Plan:
    """How one column is computed: its parts, and the SQL of its value.

    `kind` is the contract's type of the column, `shown` what findings call it.

    Examples
    --------
    >>> Plan("cogs", "cogs", "number", (), "value_cogs_0").kind
    'number'
    """

    name: str
    shown: str
    kind: str
    parts: tuple[Part, ...]
    value: str


def plan_column(
    column: Column, source: ColumnSource, raw: RawTable, form: Format, values: Values
) -> Plan:
    """Return how a column of the contract is computed from the raw table.

    Parameters
    ----------
    column : Column
        Of the contract.
    source : ColumnSource
        What the mapping says about it.
    raw : RawTable
        The export's rows as text.
    form : Format
        How the table's files are written.
    values : Values
        Receives the texts and numbers of the mapping.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> raw = RawTable("raw_orders", ("Nr", "Menge"))
    >>> amount = table("orders").column("quantity")
    >>> plan = plan_column(amount, ColumnSource(("Menge",)), raw, Format(), Values())
    >>> plan.parts[0].source, plan.kind
    ('Menge', 'number')
    """
    if source.constant is None:
        parts = tuple(
            _part(column, source, name, f"{column.name}_{i}", raw, form, values)
            for i, name in enumerate(source.columns)
        )
    else:
        text = f"CAST({values.add(source.constant)} AS VARCHAR)"
        shown = f"{column.name}_0"
        parts = (_staged(shown, "(constant)", text, column.dtype, Format(), values),)
    value = combined_sql([part.valid for part in parts], source)
    value = scaled_sql(value, source, unit_sql(source, raw))
    if source.tax_column:
        tax = _tax_part(column, source, raw, form, values)
        value = f"round(({value}) / (1 + {tax.valid} * {source.tax_unit!r}), 6)"
        parts += (tax,)
    value = rounded_sql(value, source)
    if source.negate:
        value = f"-({value})"
    if source.negate_column:
        sign = _sign_part(column, source, raw, form, values)
        listed = ", ".join(values.add(each) for each in source.negate_in)
        value = f"if({sign.text_name} IN ({listed}), -({value}), {value})"
        parts += (sign,)
    return Plan(column.name, column.name, column.dtype, parts, value)


def _sign_part(
    column: Column, source: ColumnSource, raw: RawTable, form: Format, values: Values
) -> Part:
    """Return the text that says whether the sign of its row is turned."""
    name = source.negate_column
    text = present_sql(raw.reference(name), form, values)
    return _staged(f"{column.name}_sign", name, text, "text", form, values)


def _tax_part(
    column: Column, source: ColumnSource, raw: RawTable, form: Format, values: Values
) -> Part:
    """Return the rate of VAT that stands in the row."""
    name = source.tax_column
    own = _own_format(ColumnSource(), form, name in raw.typed)
    text = present_sql(narrow_sql(raw.reference(name)), form, values)
    return _staged(f"{column.name}_tax", name, text, "number", own, values)


def _staged(
    name: str, source: str, text: str, kind: str, form: Format, values: Values
) -> Part:
    """Return a part whose value is parsed from its text as `kind`."""
    value = parsed_sql(f"text_{name}", kind, form, values)
    valid = f"value_{name}"
    if kind == "date":
        valid = f"CASE WHEN {valid} >= DATE '{EARLIEST}' THEN {valid} END"
    return Part(name, source, text, value, valid, form)


def _part(
    column: Column,
    source: ColumnSource,
    column_name: str,
    name: str,
    raw: RawTable,
    form: Format,
    values: Values,
) -> Part:
    own = _own_format(source, form, column_name in raw.typed)
    exact = column.dtype == "text" and not is_id(column)
    reference = raw.reference(column_name)
    if is_id(column):
        text = meant_sql(visible_sql(reference), form, values)
    else:
        text = reference if column.dtype == "text" else narrow_sql(reference)
        text = present_sql(text, form, values, exact)
    cut = _cut(text, source, values)
    part = _staged(name, column_name, cut, column.dtype, own, values)
    if cut == text:
        part = replace(part, cell=reference)
        part = with_simple(part, column.dtype, values)
    part = replace(part, noted=_noted(column, source, reference))
    if source.combine == "join" and source.dates:
        return replace(part, value=_days_alike(part, values))
    return part


def _noted(column: Column, source: ColumnSource, cell: str) -> str:
    if is_id(column):
        changes = f"{visible_sql(cell)} NOT IN ({cell}, '')"
        return f"CASE WHEN {plain_sql(cell)} THEN false ELSE {changes} END"
    is_number = column.dtype in ("number", "integer")
    if is_number and not source.values and source.default is None:
        return f"strlen({cell}) >= {len('1.000'):d}"
    return ""


def _days_alike(part: Part, values: Values) -> str:
    """Write a text that is a day as YYYY-MM-DD, and leave any other as it is."""
    day = parsed_sql(narrow_sql(part.text_name), "date", part.form, values)
    return f"coalesce(CAST({day} AS VARCHAR), {part.text_name})"


def is_id(column: Column) -> bool:
    """Whether a column holds an id, around which spaces mean nothing.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> is_id(table("orders").column("account_id"))
    True
    """
    return column.name.endswith("_id") and column.dtype == "text"


def _own_format(source: ColumnSource, form: Format, is_typed: bool) -> Format:
    """Return the format that holds for this column."""
    if is_typed:
        return replace(form, decimal=".", thousands="", dates=())
    return replace(
        form,
        dates=form.dates if source.dates is None else source.dates,
        decimal=source.decimal or form.decimal,
        thousands=form.thousands if source.thousands is None else source.thousands,
    )


def _cut(text: str, source: ColumnSource, values: Values) -> str:
    """Cut and translate a text: strip, split, take or drop, values, default."""
    whole = text
    if source.strip_prefix:
        front = values.add("^" + re.escape(source.strip_prefix))
        text = f"regexp_replace({text}, {front}, '')"
    if source.strip_suffix:
        end = values.add(re.escape(source.strip_suffix) + "$")
        text = f"regexp_replace({text}, {end}, '')"
    if source.split_by:
        text = f"split_part({text}, {values.add(source.split_by)}, {source.part:d})"
    if source.drop_last:
        text = f"left({text}, -{source.drop_last:d})"
    if source.take_last:
        text = f"right({text}, {source.take_last:d})"
    if source.strip_zeros:
        text = f"regexp_replace({text}, '^0+([0-9]+)$', '\\1')"
    if source.values:
        cases = " ".join(
            f"WHEN {values.add(old)} THEN {values.add(new)}"
            for old, new in source.values.items()
        )
        other = "NULL" if source.only_listed else text
        text = f"CASE {text} {cases} ELSE {other} END"
    if text != whole:
        text = f"nullif({text}, '')"
    if source.default is not None:
        text = f"coalesce({text}, {values.add(source.default)})"
    return text


def drop_sql(rule: DropRule, raw: RawTable, form: Format, values: Values) -> str:
    """Return the SQL condition over the raw table under which a rule drops a row.

    Examples
    --------
    >>> raw = RawTable("raw_orders", ("Nr", "Menge"))
    >>> rule = DropRule("no number", "Nr", "is", "blank")
    >>> drop_sql(rule, raw, Format(), Values())
    "nullif(trim(c0), '') IS NULL"
    """
    text = present_sql(raw.reference(rule.column), form, values)
    if rule.predicate == "is":
        return f"{text} IS {'NULL' if rule.operand == 'blank' else 'NOT NULL'}"
    if rule.predicate in NUMERIC_SIGNS or isinstance(rule.operand, float):
        own = _own_format(ColumnSource(), form, rule.column in raw.typed)
        text = present_sql(narrow_sql(raw.reference(rule.column)), form, values)
        sign = NUMERIC_SIGNS.get(rule.predicate, "=")
        return f"{number_sql(text, own, values)} {sign} {values.add(rule.operand)}"
    if rule.predicate == "in":
        listed = ", ".join(values.add(each) for each in rule.operand)
        return f"{text} IN ({listed})"
    if rule.predicate == "subtotals":
        return subtotal_sql(text, rule.operand, values)
    operand = values.add(rule.operand)
    if rule.predicate == "equals":
        return f"{text} = {operand}"
    function = "starts_with" if rule.predicate == "starts_with" else "regexp_full_match"
    return f"{function}({text}, {operand})"


def subtotal_sql(text: str, words: tuple[str, ...], values: Values) -> str:
    """Return the SQL condition under which a text names a row with a sum.

    It is one of the words, whatever its case and the blanks and colons in it; a
    Chinese word may stand at the end of a name, as in 一月小计.

    Examples
    --------
    >>> import duckdb
    >>> values = Values()
    >>> sql = "SELECT " + subtotal_sql("'合 计：'", ("合计", "Total"), values)
    >>> with duckdb.connect() as connection:
    ...     connection.execute(sql, values.used_in(sql)).fetchone()
    (True,)
    """
    bare = f"lower(regexp_replace({text}, '[\\s\\p{{Z}}:：]', '', 'g'))"
    listed = "|".join(
        re.escape(re.sub(r"[\s:：]", "", word).lower())
        if word.isascii()
        else ".*" + re.escape(re.sub(r"[\s:：]", "", word).lower())
        for word in words
    )
    return f"coalesce(regexp_full_match({bare}, {values.add(listed)}), false)"


def plan_compared(
    rule: DropRule, number: int, raw: RawTable, form: Format, values: Values
) -> Plan:
    """Return how the number that a rule compares is read, to find texts among them.

    Parameters
    ----------
    rule : DropRule
        With a predicate that compares numbers.
    number : int
        Its place among the rules.
    raw, form, values
        As in `plan_column`.

    Examples
    --------
    >>> raw = RawTable("raw_orders", ("Nr", "Menge"))
    >>> rule = DropRule("returns", "Menge", "below", 0.0)
    >>> plan_compared(rule, 0, raw, Format(), Values()).shown
    'Menge'
    """
    own = _own_format(ColumnSource(), form, rule.column in raw.typed)
    text = present_sql(narrow_sql(raw.reference(rule.column)), form, values)
    name = f"compared_{number}"
    part = _staged(name, rule.column, text, "number", own, values)
    return Plan(name, rule.column, "number", (part,), part.valid)
