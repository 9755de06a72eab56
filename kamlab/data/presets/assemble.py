"""Suggest a mapping for an export: recognise it, match its columns, ask the rest."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kamlab.data.contract import TABLES
from kamlab.data.presets.alike import sheets_as_one
from kamlab.data.presets.amounts import is_number, money_column, net_amount
from kamlab.data.presets.by_name import keyed_by_name
from kamlab.data.presets.converted import (
    currency_of_books,
    is_converted,
    is_in_other_currencies,
    original_amount,
)
from kamlab.data.presets.databases import database_excerpts, database_of
from kamlab.data.presets.days import day_column, order_day
from kamlab.data.presets.documents import (
    document_types,
    drop_rules,
    fixed_column,
    line_type,
    unknown_types,
)
from kamlab.data.presets.excerpt import Excerpt, joined
from kamlab.data.presets.heads import beside_their_heads
from kamlab.data.presets.layout import format_key, place_keys, unpivot_key
from kamlab.data.presets.leading_zeros import with_zeros_alike
from kamlab.data.presets.list_prices import with_list_prices
from kamlab.data.presets.masters import keyed_as_lines
from kamlab.data.presets.matching import FILLED
from kamlab.data.presets.monthly import SALES_MONTHLY, as_months
from kamlab.data.presets.portfolio import portfolio_keys
from kamlab.data.presets.preset import Preset
from kamlab.data.presets.proved_days import as_proved
from kamlab.data.presets.rates import converted, rate_column, reporting_currency
from kamlab.data.presets.reading import read_excerpts
from kamlab.data.presets.recognition import (
    FX_RATES,
    ORDERS,
    Recognised,
    date_header,
    one_for_each_table,
    recognise,
)
from kamlab.data.presets.registry import preset as preset_called
from kamlab.data.presets.suggestion import Entry, Suggestion, TableSuggestion
from kamlab.data.presets.totals import as_totals
from kamlab.data.presets.unresolved import (
    open_columns,
    question_about,
    unused_columns,
)
from kamlab.errors import UsageError

_NAMED = 5


def suggest_mapping(source: Path, preset: str | None = None) -> Suggestion:
    """Return a mapping for an export, with its reasons and its questions.

    Parameters
    ----------
    source : Path
        A file, a folder of files, or the name of the environment variable that holds a
        database's address, as ``${ERP_URL}``.
    preset : str, optional
        The preset to take; by default the one that fits best.

    Returns
    -------
    Suggestion
        `kamlab.data.presets.writing.as_yaml` writes it down.

    Raises
    ------
    UsageError
        If the source is not there, no table can be read in it, or the preset is not
        known.

    Examples
    --------
    >>> import tempfile
    >>> lines = "VBELN;KUNAG;FKDAT;NETWR;WAERK\\n9001;100;31.01.2025;9,50;EUR\\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "billing.csv").write_text(lines)
    ...     found = suggest_mapping(Path(folder))
    >>> found.preset, found.has_orders, found.open, found.filled_share
    ('sap_billing', True, (), 1.0)
    """
    source = Path(source)
    variable = database_of(source)
    if not variable and not source.exists():
        raise UsageError(
            f"source = {str(source)!r} does not exist; name a file or a folder"
        )
    wanted = preset_called(preset) if preset else None
    read, left = database_excerpts(variable) if variable else read_excerpts(source)
    excerpts = beside_their_heads(sheets_as_one(joined(read)), wanted)
    if not excerpts:
        told = "; ".join(left) or "it holds no file"
        raise UsageError(f"source = {str(source)!r} has no table in it: {told}")
    chosen, found = recognise(excerpts, wanted)
    suggested = _suggested(chosen, found, excerpts, left)
    return _of_one_file(suggested) if source.is_file() else suggested


def _of_one_file(suggested: Suggestion) -> Suggestion:
    """Name no file where there is one: next month's will have another name."""
    return replace(
        suggested,
        tables=tuple(
            replace(table, keys=tuple(key for key in table.keys if key.key != "files"))
            for table in suggested.tables
        ),
    )


def _suggested(
    chosen: Preset,
    found: list[Recognised],
    excerpts: Sequence[Excerpt],
    left: list[str],
) -> Suggestion:
    first = one_for_each_table(found)
    others = [rows for rows in found if rows not in first.values()]
    taken = with_list_prices(keyed_as_lines(first))
    masters = {name: rows.excerpt.shown for name, rows in taken.items()}
    tables, unused, filled, asked = [], [], 0, 0
    for name, rows in taken.items():
        made = [name, *_from_lines(rows, name, taken)]
        used = _used(rows, made)
        needless = unused_columns(rows, used, masters)
        unsure = open_columns(rows, used, needless)
        for each in made:
            told = _table(rows, each, made, excerpts, taken.get(FX_RATES))
            questions = _questions(rows, unsure) if each == name else ()
            tables.append(as_months(replace(told, questions=questions), rows))
        unused += needless
        filled, asked = filled + len(used), asked + len(unsure)
    order = {name: i for i, name in enumerate((SALES_MONTHLY, *TABLES))}
    return Suggestion(
        chosen.name,
        _reason(chosen, found),
        _portfolio(taken),
        tuple(sorted(_settled(tables, taken), key=lambda t: order[t.name])),
        tuple(unused),
        (*left, *(_not_taken(rows, taken) for rows in others)),
        filled,
        asked,
    )


def _settled(
    tables: Sequence[TableSuggestion], taken: dict[str, Recognised]
) -> list[TableSuggestion]:
    """Settle what the tables tell about each other."""
    return with_zeros_alike(as_proved(keyed_by_name(tables, taken), taken), taken)


def _portfolio(taken: dict[str, Recognised]) -> tuple[Entry, ...]:
    lines, rates = taken.get(ORDERS), taken.get(FX_RATES)
    reporting = reporting_currency(lines, rates) if lines else ""
    keys = portfolio_keys(lines, reporting)
    if is_converted(lines):
        keys = [currency_of_books(lines), *keys[1:]]
    return tuple(keys)


def _questions(rows: Recognised, unsure: Sequence[str]) -> tuple[str, ...]:
    return (*unknown_types(rows), *(question_about(rows, name) for name in unsure))


def _from_lines(
    rows: Recognised, table: str, taken: dict[str, Recognised]
) -> list[str]:
    """Return the masters that are read from order lines, for they have no file."""
    if table != ORDERS:
        return []
    keys = {"accounts": "account_id", "products": "product_id"}
    return [
        master
        for master in FILLED[ORDERS][1:]
        if master not in taken
        and rows.header(keys[master])
        and any(table == master for table, _ in rows.matches)
    ]


def _used(rows: Recognised, tables: Sequence[str]) -> list[str]:
    """Return the columns of the export that the tables are made of."""
    entries = [entry for table in tables for entry in _columns(rows, table, tables)]
    rules = drop_rules(rows)
    values = [each.value for each in (*entries, *rules)]
    values += [option for each in (*entries, *rules) for option in each.options]
    named = {name for value in values for name in _names(value)} | set(rows.months)
    return [name for name in rows.profiles if name in named]


def _names(value: object) -> list[str]:
    """Return the columns of the export in what a mapping says of one column."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, dict):
        return []
    told = [
        value.get(key)
        for key in ("from", "column", "difference", "product", "quotient", "join")
    ]
    found = [each for each in told if isinstance(each, str)]
    return found + [n for each in told if isinstance(each, list) for n in each]


def _table(
    rows: Recognised,
    table: str,
    made: Sequence[str],
    excerpts: Sequence[Excerpt],
    rates: Recognised | None,
) -> TableSuggestion:
    """Return a table without its questions."""
    keys = [*place_keys(rows, excerpts), *format_key(rows, made)]
    if table != made[0]:
        keys.append(Entry("one_row_per_key", True, f"read from {made[0]}"))
    elif table == ORDERS:
        keys += [*unpivot_key(rows), *document_types(rows), *converted(rows, rates)]
    keys += _filled_down(rows)
    columns = tuple(_columns(rows, table, made))
    return TableSuggestion(table, tuple(keys), columns, tuple(drop_rules(rows, table)))


def _filled_down(rows: Recognised) -> list[Entry]:
    used = {each.header for each in rows.matches.values()}
    merged = [name for name in rows.excerpt.merged if name in used]
    return [Entry("fill_down", merged, "cells are merged")] if merged else []


def _columns(rows: Recognised, table: str, made: Sequence[str]) -> list[Entry]:
    """Return how each column of a table is made, in the contract's order."""
    entries = []
    for column in TABLES[table].column_names:
        if column in TABLES[table].key and table != made[0]:
            entries.append(_key_of_lines(rows, column))
        elif found := _column(rows, table, column, tuple(made)):
            entries.append(_with_name(found, rows, table))
    return entries


def _with_name(entry: Entry, rows: Recognised, table: str) -> Entry:
    """Say whose name a column was known by, where nothing else speaks for it."""
    match = rows.matches.get((table, entry.key))
    if entry.is_open or entry.why or match is None:
        return entry
    why = f"{rows.preset.name}'s own name" if match.is_own else "a general name"
    return replace(entry, why=why)


def _key_of_lines(rows: Recognised, column: str) -> Entry:
    return replace(_plain(rows, column, rows.header(column)), why="as in the lines")


def _column(
    rows: Recognised, table: str, column: str, made: tuple[str, ...]
) -> Entry | None:
    """Return how one column is made, None where nothing in the export makes it."""
    if table == ORDERS and column in _SPECIAL:
        return _SPECIAL[column](rows, made)
    header = rows.header(column, table)
    if not header or is_in_other_currencies(rows, table, column):
        return None
    if (table, column) == (FX_RATES, "rate"):
        return rate_column(rows)
    declared = TABLES[table].column(column)
    if declared.dtype == "date":
        return day_column(rows, table, column, made)
    if is_number(table, column):
        return money_column(rows, table, column)
    if declared.allowed or column == "currency":
        return fixed_column(rows, column, table)
    return _plain(rows, column, header)


def _plain(rows: Recognised, column: str, header: str) -> Entry:
    profile = rows.profiles[header]
    if column.endswith("_id") and profile.has_decimal_zero and not profile.is_typed:
        told = {"from": header, "strip_suffix": ".0"}
        return Entry(column, told, f"numbers such as {profile.texts[0]} are ids")
    return Entry(column, header)


def _order_id(rows: Recognised, made: tuple[str, ...]) -> Entry:
    """Return the number of the order; where there is none, the customer and the day."""
    if header := rows.header("order_id"):
        return _plain(rows, "order_id", header)
    day = date_header(rows)
    joined_of: dict[str, object] = {"join": [rows.header("account_id"), day]}
    why = "no number: what one buys on a day is one order"
    written = rows.profiles[day].dates if day in rows.profiles else ()
    if len(written) > 1:
        joined_of["format"] = list(written)
        why += ", however the day is written"
    return Entry("order_id", joined_of, why)


def _line_type(rows: Recognised, made: tuple[str, ...]) -> Entry | None:
    return next(iter(line_type(rows)), None)


_SPECIAL = {
    "order_id": _order_id,
    "order_date": order_day,
    "net_amount": lambda rows, made: net_amount(rows),
    "net_amount_original": lambda rows, made: original_amount(rows),
    "line_type": _line_type,
}


def _not_taken(rows: Recognised, taken: dict[str, Recognised]) -> str:
    name, sheets = rows.excerpt.shown, rows.excerpt.sheets
    more = f" and {len(sheets) - _NAMED} more" if len(sheets) > _NAMED else ""
    place = rows.excerpt.table or ", ".join(sheets[:_NAMED]) + more
    where = f"{name} [{place}]" if place else name
    if rows.table:
        other = taken[rows.table].excerpt.shown
        return (
            f"{where}: it looks like {rows.table}, too, which are read from {other}"
            f"{_differing(rows, taken[rows.table])}"
        )
    return f"{where}: not recognised; {as_totals(rows) or _what_it_has(rows)}"


def _differing(rows: Recognised, taken: Recognised) -> str:
    """Tell by which columns two files of one kind differ, if by few."""
    mine, other = set(rows.profiles), set(taken.profiles)
    differ = sorted(mine ^ other)
    if not mine & other or len(differ) > _NAMED:
        return ""
    return f"; they differ in {', '.join(differ)}: with the same columns, all are read"


def _what_it_has(rows: Recognised) -> str:
    """Tell which columns are known and what order lines would need beside them."""
    has = [column for table, column in rows.matches if table == ORDERS]
    if not has:
        header = ", ".join(list(rows.profiles)[:_NAMED])
        return f"no name is known among {header}, …"
    needs = {
        "an account": "account_id" in has,
        "a day": "order_date" in has,
        "an amount": "net_amount" in has or {"quantity", "unit_net_price"} <= set(has),
    }
    lacks = ", ".join(what for what, is_there in needs.items() if not is_there)
    return (
        f"it has {', '.join(has[:_NAMED])}, but not {lacks}; where another file has "
        "that, join the two: tables.orders.join"
    )


def _reason(chosen: Preset, found: Sequence[Recognised]) -> str:
    """Return in one line why a preset was chosen."""
    columns = sum(len(each.profiles) for each in found)
    known = sum(len(each.matches) + len(each.months) for each in found)
    told = f"{chosen.system}; {known} of {columns} columns are known by name"
    own = [m.header for each in found for m in each.matches.values() if m.is_own]
    own += [name for each in found for name in each.months]
    if own:
        told += f", {', '.join(own[:_NAMED])} are its own"
    codes = {code for each in found for code in each.document_codes}
    if codes:
        told += f"; document types {', '.join(sorted(codes))} seen"
    return told
