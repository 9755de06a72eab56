"""The catalogue of faults an import looks for: how bad, what to say, what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A kind of fault: its severity, and the texts a finding is worded with.

    The texts may hold {value}, {rows}, {table}, {column} and words of their own.

    Examples
    --------
    >>> RULES["not_a_number"].problem.format(value="'ten'")
    "'ten' is not a number"
    """

    severity: str
    problem: str
    remedy: str


_CORRECT = "correct it in the export, or drop such rows by a rule under tables.{table}."
_CORRECT += "drop"

#: Every rule by name.
RULES: dict[str, Rule] = {
    # What keeps a file from being read
    "unreadable_file": Rule(
        "error",
        "cannot be read: {reason}",
        "export the file again, or leave it out of tables.{table}.files",
    ),
    "empty_file": Rule("error", "the file is empty", "export it again"),
    "header_only": Rule(
        "error", "there is a header and no row below it", "export the data again"
    ),
    "duplicate_header": Rule(
        "error",
        "the header names {value} twice",
        "rename one of the two columns in the export",
    ),
    "header_differs": Rule(
        "error",
        "its columns differ from those of {first}: {difference}",
        "export all files of the table with the same columns in the same order",
    ),
    "missing_column": Rule(
        "error",
        "the file has no column {value}: {hint}",
        "correct tables.{table}.columns in the mapping, or add it to the export",
    ),
    "ragged_row": Rule(
        "error",
        "the row does not have as many fields as the header: {value}",
        "put text that holds the delimiter in quotes, and export again",
    ),
    "unclosed_quote": Rule(
        "error",
        "a quoted text does not end where it should: {value}",
        "double the quote marks inside quoted text, or set format.quote",
    ),
    "wrong_encoding": Rule(
        "error",
        "the bytes {value} are not {encoding}",
        "set tables.{table}.format.encoding to what the export is written in, such as "
        "cp1252 or gb18030",
    ),
    "nul_byte": Rule(
        "error",
        "there is a NUL byte in the text {value}",
        "export again; a file of UTF-16 text needs format.encoding: utf-16",
    ),
    "byte_order_mark": Rule(
        "error",
        "the file begins with more than one byte order mark: {value}",
        "export again, or save the file anew as UTF-8",
    ),
    "line_too_long": Rule(
        "error",
        "the line is longer than two million bytes: {value}",
        "look for a quote that is never closed, or shorten the cell",
    ),
    # What keeps a value from being understood
    "not_a_number": Rule("error", "{value} is not a number", _CORRECT),
    "undeclared_decimal": Rule(
        "error",
        "{value} is not a number with {decimal}",
        "if the export writes numbers this way, set tables.{table}.format.decimal and "
        ".thousands",
    ),
    "not_a_whole_number": Rule("error", "{value} is not a whole number", _CORRECT),
    "not_a_flag": Rule(
        "error",
        "{value} is neither true nor false",
        "translate it with values: under tables.{table}.columns.{column}",
    ),
    "infinite_amount": Rule("error", "{value} is not a finite number", _CORRECT),
    "not_a_date": Rule(
        "error",
        "{value} is not a day",
        "correct it in the export; if it stands for no day, list it under "
        "tables.{table}.format.blank",
    ),
    "impossible_date": Rule("error", "the day {value} does not exist", _CORRECT),
    "ambiguous_date": Rule(
        "error",
        "{value} may be read day first or month first, and so may every other",
        "declare which, for example tables.{table}.format.dates: {suggestion}",
    ),
    "undeclared_date_format": Rule(
        "error",
        "{value} is not written as {declared}",
        "declare how days are written: tables.{table}.format.dates: {suggestion}",
    ),
    "two_date_formats": Rule(
        "error",
        "days are written in two ways: {counts}",
        "export one format, or declare both as a list under tables.{table}.format."
        "dates",
    ),
    "future_date": Rule(
        "error",
        "the day {value} is after {limit}",
        _CORRECT + ", or correct portfolio.data_through",
    ),
    "blank_id": Rule("error", "the id is blank", _CORRECT),
    "placeholder_id": Rule(
        "error",
        "the id is {value}, which programs write where there is none",
        _CORRECT,
    ),
    "scientific_id": Rule(
        "error",
        "the id {value} was turned into a number by a spreadsheet",
        "export again and keep the column as text",
    ),
    "blank_value": Rule("error", "the value is blank", _CORRECT),
    "not_allowed": Rule(
        "error",
        "{value} is not one of {allowed}",
        "translate it with values: under tables.{table}.columns.{column}",
    ),
    "below_minimum": Rule("error", "{value} is below {limit}", _CORRECT),
    "above_maximum": Rule(
        "error", "{value} is above {limit}", _CORRECT + " (shares are written 0 to 1)"
    ),
    "duplicate_key": Rule(
        "error",
        "the key {key} = {value} stands for more than one row; it concerns {rows}",
        "set tables.{table}.exact_duplicates: drop if they are copies, or map a column "
        "that tells them apart",
    ),
    "currency_without_rate": Rule(
        "error",
        "there is no rate for the currency {value} ({rows}, {amount} in it)",
        "add it under tables.{table}.currency.rates",
    ),
    "nothing_left": Rule(
        "error",
        "nothing is left of {rows}; most fell to the rule {value}",
        "look at tables.{table}.drop in the mapping",
    ),
    # What deserves a look
    "exact_duplicates": Rule(
        "warning",
        "the row repeats an earlier one in every column; it was kept",
        "say what is meant: tables.{table}.exact_duplicates: keep or drop",
    ),
    "promised_before_order": Rule(
        "warning", "promised for {value}, before it was ordered", _CORRECT
    ),
    "delivered_before_order": Rule(
        "warning", "delivered on {value}, before it was ordered", _CORRECT
    ),
    "amount_not_price_times_quantity": Rule(
        "warning",
        "the amount {value} is not quantity times price",
        "look at price_per and at the prices",
    ),
    "unknown_account": Rule(
        "warning",
        "account {value} is not in the account master; it was added with its number",
        "complete the master",
    ),
    "history_overlap": Rule(
        "warning",
        "{value} begins before the value before it ends",
        "end the earlier value on the day before",
    ),
    "conflicting_rows": Rule(
        "warning",
        "{value} is described in more than one way; the first was kept",
        "map a master table with one row for each",
    ),
    "control_missed": Rule(
        "warning",
        "{name}: the lines of {period} sum to {computed}, the books say {expected}, "
        "a difference of {difference}",
        "look for files that are missing or there twice, and at the rules that drop",
    ),
    # What was done
    "control_met": Rule(
        "info",
        "{name}: the lines of {period} sum to {computed}, as the books say",
        "nothing to do",
    ),
    "duplicates_kept": Rule(
        "info",
        "the row repeats an earlier one in every column; kept as the mapping says",
        "nothing to do",
    ),
    "spaces_trimmed": Rule(
        "info", "spaces around the id {value} were taken off", "nothing to do"
    ),
    "not_imported": Rule(
        "info", "not imported: {columns}", "map what is needed under columns"
    ),
    "derived": Rule("info", "was derived: {how}", "nothing to do"),
}
