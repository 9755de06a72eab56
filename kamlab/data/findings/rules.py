"""The catalogue of faults an import looks for: how bad, what to say, what to do."""

from kamlab.data.findings.rule import Rule
from kamlab.data.findings.rules_of_business import RULES_OF_BUSINESS
from kamlab.data.findings.rules_of_controls import RULES_OF_CONTROLS
from kamlab.data.findings.rules_of_sources import RULES_OF_SOURCES
from kamlab.data.findings.rules_of_updates import RULES_OF_UPDATES

_CORRECT = "correct it in the export, or drop such rows by a rule under tables.{table}."
_CORRECT += "drop"

#: Every rule by name.
RULES: dict[str, Rule] = {
    **RULES_OF_SOURCES,
    **RULES_OF_CONTROLS,
    **RULES_OF_UPDATES,
    **RULES_OF_BUSINESS,
    # What keeps a value from being understood
    "not_a_number": Rule("error", "{value} is not a number", _CORRECT),
    "undeclared_decimal": Rule(
        "error",
        "{value} is not a number with {decimal}",
        "if the export writes numbers this way, set tables.{table}.format.decimal and "
        ".thousands",
    ),
    "sign_of_currency": Rule(
        "error",
        "{value} is a number with a sign beside it",
        "declare the sign: tables.{table}.format.symbols: ['{sign}']; if it tells the "
        "currency, map a column of currencies too",
    ),
    "unit_behind_number": Rule(
        "error",
        "{value} is a number with a unit behind it",
        "say what the unit is worth: tables.{table}.format: {{{suffixes}}}",
    ),
    "dash_for_number": Rule(
        "error",
        "{value} stands where a number should",
        "if it stands for nothing, list it under tables.{table}.format.blank; if it is "
        "a zero, translate it with values: under tables.{table}.columns.{column}",
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
        "export one format, or declare both: tables.{table}.format.dates: {suggestion}",
    ),
    "days_and_months_mixed": Rule(
        "error",
        "days are written in ways that no declaration can tell apart: {counts}",
        "the column cannot be read; export it again with one format, best YYYY-MM-DD",
    ),
    "unreadable_dates": Rule(
        "error",
        "{value} is not written as {declared}, and no known format reads it and the "
        "others",
        "declare a strptime pattern under tables.{table}.format.dates, or export the "
        "column as YYYY-MM-DD",
    ),
    "excel_serial": Rule(
        "error",
        "{value} is a day as a spreadsheet counts them, from 1900 on",
        "declare format: excel for the column; or give it a date format such "
        "as YYYY-MM-DD in the workbook, and export again",
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
    "currency_unknown": Rule(
        "warning",
        "currencies that are no codes of ISO 4217: {counts}; {hint}",
        "{advice}; or correct it in the export",
        limit=1.0,
    ),
    "currency_not_converted": Rule(
        "error",
        "amounts that are not in {currency} would be added up with those that are: "
        "{counts}",
        "{advice}; a rate of 1 says that amounts are in {currency} already",
    ),
    "thousands_as_decimals": Rule(
        "error",
        "every number with a mark has three digits after it ({texts}; {rows}), so that "
        "'{mark}' may part thousands, not decimals",
        "if it parts thousands, set tables.{table}.format.thousands: '{mark}' and "
        "decimal: '{other}'; if these are decimals, say so for the column: {advice}",
    ),
    "utf8_undeclared": Rule(
        "error",
        "the file is UTF-8, not {encoding}: read so, {value} would become {misread}",
        "set tables.{table}.format.encoding: utf-8",
    ),
    "chinese_undeclared": Rule(
        "error",
        "the file is Chinese text in GB18030, not {encoding}: read so, {value} would "
        "become {misread}",
        "set tables.{table}.format.encoding: gb18030",
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
    "deduction_is_positive": Rule(
        "warning",
        "the amount {value} is positive on a line that takes revenue back ({kinds})",
        "if the export books these with a positive amount, {advice}",
    ),
    "cost_sign_differs": Rule(
        "warning",
        "cogs and net_amount have opposite signs, such as cogs {value}, so that cost "
        "adds to the margin",
        "where document types turn signs, declare them under tables.orders."
        "document_types with negate: true, which turns amount, cost and quantity; "
        "where every cost is written with a minus, set negate: true under "
        "tables.orders.columns.cogs",
    ),
    "matches_no_row": Rule(
        "warning",
        "{texts} in {place} {verb} no row; in the export's column '{source}', {hint}",
        "write it as the export does, or take it out of the mapping",
        unit="text",
    ),
    "nameless_column": Rule(
        "warning",
        "column {position} of the file has no name in the header, but holds {value} "
        "and more ({rows})",
        "name it in the export; until then it cannot be mapped",
    ),
    "file_without_rows": Rule(
        "warning",
        "there is a header and no row below it",
        "export it again, or leave it out of tables.{table}.files",
    ),
    "order_in_two_files": Rule(
        "warning",
        "the order {value} stands in an earlier file as well",
        "look for exports whose periods overlap; lines that are the same go with "
        "tables.{table}.exact_duplicates: drop",
    ),
    "order_of_two_accounts": Rule(
        "warning",
        "the order {value} has lines of two accounts",
        "look for a number that is used again, as by another company or year, and "
        "for the column that is the account",
    ),
    "order_on_two_days": Rule(
        "warning",
        "the order {value} has lines of two days",
        "look for a number that is used again, and for the column that is the day",
    ),
    "ids_look_alike": Rule(
        "warning",
        "{ids} from another only in case, spaces, accents or leading zeros: {pairs}",
        "if they are one account, correct the export or translate it with values: "
        "under tables.{table}.columns.{column}; where accounts are told by name only, "
        "set by_name: true under tables.{table}.columns.account_id",
    ),
    "subtotal_missed": Rule(
        "warning",
        "the sheet says {value}, the sum of {above} is {computed}, a difference of "
        "{difference}",
        "look for rows that are missing, hidden or typed over in the sheet; a row that "
        "sums up something else may go by a rule of its own: {{name: …, column: …, "
        "equals: …}}",
    ),
    # What was done
    "names_look_alike": Rule(
        "info",
        "{value} is spelt like the name of another account",
        "if they are one customer, translate the number with values: under "
        "tables.orders.columns.account_id, or date the merger in account_history",
    ),
    "return_without_reference": Rule(
        "info",
        "the return {value} does not say which order it takes back",
        "nothing for revenue; complete it where returns are to be judged by order",
    ),
    "subtotals_met": Rule(
        "info",
        "{count} with sums agree with the rows above them",
        "nothing to do",
    ),
    "format_detected": Rule(
        "info",
        "was read as detected: {reasons}",
        "confirm it by declaring it for tables.{table}: {declare}",
    ),
    "format_proposed": Rule(
        "info",
        "the mapping does not say how the file is written; it seems to be: {reasons}",
        "if that is right, declare it for tables.{table}: {declare}",
    ),
    "sheets_not_read": Rule(
        "info",
        "sheets that were not read: {sheets}",
        "name them under tables.{table}.sheet if they belong to the table",
    ),
    "filled_down": Rule(
        "info",
        "blanks of the column {value} were filled with what stands above ({rows})",
        "nothing to do",
    ),
    "unit_applied": Rule(
        "info",
        "amounts of {value} were multiplied by {worth}, as declared ({rows})",
        "nothing to do",
    ),
    "tax_applied": Rule(
        "info",
        "{worth} tax were taken off the amounts of {value}, as declared ({rows})",
        "nothing to do",
    ),
    "only_sales_kept": Rule(
        "info",
        "returns and cancellations were dropped ({counts}), but the sales they cancel "
        "were kept: revenue is before returns",
        "keep them where revenue is to be net of returns",
    ),
    "merger_not_applied": Rule(
        "info",
        "the merger of {value} has no day and is not applied",
        "date it in account_history: attribute merged_into, valid_from the day",
    ),
    "data_through_derived": Rule(
        "info",
        "data_through was derived: {day}, the last day in the orders",
        "set portfolio.data_through to the last day that the export covers",
    ),
    "time_zone_dropped": Rule(
        "info",
        "the times have a time zone; their days were taken in UTC",
        "nothing to do, unless the days of orders after midnight matter",
    ),
    "duplicates_kept": Rule(
        "info",
        "the row repeats an earlier one in every column; kept as the mapping says",
        "nothing to do",
    ),
    "spaces_trimmed": Rule(
        "info",
        "spaces or invisible marks around the id {value} were taken off",
        "nothing to do",
    ),
    "hidden_characters": Rule(
        "info",
        "the id {value} holds characters that no screen shows, or that turn the order "
        "of its letters",
        "it may be a second number of an account you know; clean it in the export",
    ),
    "not_imported": Rule(
        "info", "not imported: {columns}", "map what is needed under columns"
    ),
    "derived": Rule("info", "was derived: {how}", "nothing to do"),
}
