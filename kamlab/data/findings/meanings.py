"""What each rule means to whoever made the export or answers for the figures.

The message of a finding names rows and values, its remedy names lines of the mapping;
these sentences say to a reader from finance what the matter is, and whose it is.
"""

from kamlab.data.findings.meanings_of_business import MEANINGS_OF_BUSINESS

_AGAIN = "whoever makes the export should make it again"

#: By rule.
MEANINGS: dict[str, str] = {
    **MEANINGS_OF_BUSINESS,
    # Files
    "unreadable_file": f"The file is damaged or of a kind that is not read: {_AGAIN}.",
    "empty_file": f"Nothing is in the file: {_AGAIN}.",
    "header_only": f"The file has names of columns and no data: {_AGAIN}.",
    "file_without_rows": "One of several files has no data. Ask whether the month was "
    "empty, or whether its export failed.",
    "duplicate_header": "Two columns have one name, so that nobody can say which is "
    "meant. One of them needs another name in the export.",
    "header_differs": "Files that belong together have different columns, as after a "
    "change of the report's layout. All of them need the same layout.",
    "column_gone": "A column that last month's export had is not in this one. Mostly "
    "somebody changed the report; what needs the column is blank from now on.",
    "column_absent": "A sheet lacks a column that others have. Its rows are blank "
    "there; look whether it has the column under another name.",
    "missing_column": "A column that is needed is not in the file. It was renamed or "
    "left out of the report.",
    "ragged_row": "A row has more or fewer cells than the header: mostly a text holds "
    "the mark that parts the cells. Texts have to be put in quotes.",
    "unclosed_quote": "A text begins with a quote mark that never ends, and would "
    "swallow the rows below it.",
    "wrong_encoding": "The file is written in another character set than was said; "
    "umlauts or Chinese names would come out as rubbish.",
    "utf8_undeclared": "The file is written in another character set than was said; "
    "umlauts and Chinese names would come out as rubbish.",
    "chinese_undeclared": "The file is written in a Chinese character set; names would "
    "come out as rubbish.",
    "nul_byte": "The file holds bytes that no text has. It is damaged, or was saved in "
    "another character set.",
    "byte_order_mark": f"The file was put together from several ones: {_AGAIN}.",
    "line_too_long": "A line is far too long: mostly a quote mark is never closed.",
    "title_above_header": "Titles stand above the table. The mapping has to say how "
    "many lines are skipped.",
    "header_repeated": "The names of the columns stand among the rows, as when two "
    "exports were put below each other. Look whether rows are there twice.",
    "join_key_repeated": "A document has several heads, so that its lines and their "
    "revenue would be doubled.",
    "join_unmatched": "Lines belong to documents whose heads are not there: the two "
    "exports are of different periods or selections.",
    "join_heads_unused": "Documents have a head and no lines. In a list of heads that "
    "goes further back that is as it should be.",
    "footer_left_out": "Lines below the table, such as a date of printing, were left "
    "out.",
    "format_unclear": "Decimal commas, dates or the character set may be read in two "
    "ways, and nothing is guessed. The mapping has to say which.",
    "format_detected": "How the file is written was worked out from its contents. "
    "Confirm it once.",
    "format_proposed": "The mapping does not say how the file is written. Confirm what "
    "was worked out.",
    "workbook_too_large": "The sheet reaches over far more rows or columns than it has "
    "data: something was typed or coloured far away.",
    "missing_sheet": "The workbook has no sheet of that name.",
    "which_sheet": "The workbook has several sheets, and nothing says which is meant.",
    "sheets_not_read": "Sheets of the workbook were left out. Look whether one of them "
    "holds data that belong here.",
    "merged_cells": "Cells are merged, so that a value stands in the first row only; "
    "the others would be blank.",
    "filled_down": "Blank cells were given the value that stands above, as declared.",
    "formula_error": "A formula shows an error in place of a value. Mend the workbook "
    "before figures are taken from it.",
    "nameless_column": "A column holds data and has no name, so that it is left out.",
    "not_imported": "These columns are not used. Nothing is wrong with them.",
    "derived": "The column was not in the export and was worked out.",
    # Numbers
    "not_a_number": "A text stands where an amount or a quantity should. The row's "
    "amount is unknown until it is corrected.",
    "undeclared_decimal": "Amounts are written with another decimal mark than was "
    "said. Read wrongly, they would be off by a factor of 100 or 1,000.",
    "thousands_as_decimals": "1.234 may be a thousand or one and a quarter. Somebody "
    "who knows the amounts has to say which.",
    "sign_of_currency": "A sign such as € stands beside the amounts. Say whether all "
    "of them are in one currency.",
    "dash_for_number": "A dash stands in place of a number. Say whether it means zero "
    "or not known.",
    "not_a_whole_number": "A count has decimals; look for a mistyped value or for "
    "columns that changed places.",
    "infinite_amount": "The amount is none, as after a division by zero.",
    "not_a_flag": "The value is neither yes nor no.",
    "below_minimum": "The value is smaller than it can be; mostly it is mistyped.",
    "above_maximum": "The value is larger than it can be; mostly per cent are written "
    "where a share of 1 is wanted.",
    "unit_undeclared": "The sheet says that amounts are in thousands or 万元. Say so, "
    "or revenue is off by that factor.",
    "unit_behind_number": "A unit such as k or 万 stands behind numbers. Somebody who "
    "knows the sheet has to say what it is worth.",
    "unit_of_sheet_undeclared": "Sheets of this table count in different units, and "
    "this one does not say in which. Ask whoever keeps the workbook.",
    "year_of_sheet_unknown": "The columns of a sheet are months, and nothing says of "
    "which year. Ask whoever keeps the workbook.",
    "units_differ": "One sheet counts in 元, another in 万元 or in thousands. Each "
    "needs its own unit, or a month is ten thousand times too large.",
    "unit_applied": "Amounts were multiplied by the unit that the sheet is in.",
    # Days
    "not_a_date": "A text stands where a day should; the row belongs to no period "
    "until it is corrected.",
    "impossible_date": "The day is not in the calendar, such as 31 February.",
    "ambiguous_date": "03/04 may be 3 April or 4 March, and nothing in the file tells. "
    "Somebody who knows the export has to say which.",
    "undeclared_date_format": "Days are written otherwise than the mapping says, as "
    "after a change of the report's layout.",
    "two_date_formats": "Days are written in two ways; both have to be declared.",
    "days_and_months_mixed": "Some days are written day first and some month first, so "
    f"that months cannot be told: {_AGAIN}.",
    "unreadable_dates": "Days are written in a way that is not known. The mapping can "
    "describe it.",
    "excel_serial": "Days come as the numbers by which Excel counts them.",
    "future_date": "The day lies after the last day of the data: mistyped, or an order "
    "that is planned and no revenue yet.",
    "time_zone_dropped": "Times carry a time zone; days were taken in universal time.",
    "data_through_derived": "Nobody said until which day the export goes; the last day "
    "in it was taken. A quiet last week would go unnoticed.",
    # Numbers of documents and accounts
    "blank_id": "A number is missing that says which document, account or product the "
    "row belongs to.",
    "placeholder_id": "A word such as NULL stands where a number should.",
    "scientific_id": "A spreadsheet turned a long number into 1.23E+15; its last "
    f"digits are lost: {_AGAIN}, with the column as text.",
    "blank_value": "A value is missing that is needed.",
    "not_allowed": "The value is none of those that are known for this column.",
    "duplicate_key": "A number that must be there once is there several times: rows "
    "are there twice, or lines of a document are not told apart.",
    "ids_look_alike": "Numbers of accounts differ only in leading zeros, case or "
    "spaces. One customer would be counted as two.",
    "spaces_trimmed": "Spaces around numbers were taken off, so that equal ones meet.",
    "hidden_characters": "A number holds characters that no screen shows; it may be a "
    "second one of a customer that is known.",
    "nothing_left": "All rows were left out by the rules of the mapping.",
    "exact_duplicates": "Rows are there twice in every column: real ones, or a file "
    "that was exported twice. Revenue counts both.",
    "duplicates_kept": "Rows that are there twice were kept, as declared.",
    "matches_no_row": "The mapping speaks of a code that the export does not hold. In "
    "a single month that may be so; else it is mistyped.",
}
