"""The catalogue of faults that keep a file, a sheet or a query from being read."""

from kamlab.data.findings.rule import Rule

#: By name.
RULES_OF_SOURCES: dict[str, Rule] = {
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
        "export all files of the table with the same columns in the same order; in a "
        "workbook, where sheets call a column otherwise, list its names: {{from: "
        "[name, other name]}}, or name those that agree under tables.{table}.sheet",
    ),
    "column_absent": Rule(
        "warning",
        "the sheet has no column {value}, which {first} has; its rows have nothing "
        "there",
        "if the sheet calls it otherwise, list both names: {column}: {{from: [name, "
        "other name]}}; else nothing to do",
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
        "utf-8, cp1252 or gb18030",
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
    "title_above_header": Rule(
        "error",
        "the first line is no header: {value}",
        "line {line} looks like the header: set tables.{table}.format.skip_lines: "
        "{lines}",
    ),
    "format_unclear": Rule(
        "error", "{question}", "declare it under tables.{table}.format"
    ),
    "workbook_too_large": Rule(
        "error",
        "the workbook is too large to be read: {why}",
        "delete what lies far below or beside the data, or save the sheet as CSV",
    ),
    "missing_sheet": Rule(
        "error",
        "there is no sheet {value}: {hint}",
        "correct tables.{table}.sheet in the mapping",
    ),
    "which_sheet": Rule(
        "error",
        "it is not clear which sheet is meant: {sheets}",
        "say which: tables.{table}.sheet, a name, a pattern or a list; '*' for all",
    ),
    "merged_cells": Rule(
        "error",
        "cells of the column {value} are merged over several rows, of which only the "
        "first holds the value",
        "if the value holds for all of them, add the column to "
        "tables.{table}.fill_down",
    ),
    "unit_undeclared": Rule(
        "error",
        "{value} says that amounts are in other units",
        "say what one is worth: {advice}; if the amounts are whole all the same, 1",
    ),
    "unit_of_sheet_undeclared": Rule(
        "error",
        "neither the column {value} nor a title of the sheet says what it counts in: "
        "none of {texts} is there",
        "add what is there to tables.{table}.columns.{column}.unit, with what one is "
        "worth",
    ),
    "units_differ": Rule(
        "error",
        "{value} speaks of another unit than the other sheets",
        "say what one is worth by the text that tells it: {advice}",
    ),
    "year_of_sheet_unknown": Rule(
        "error",
        "the sheet does not say of which year its months are: {value}",
        "write one year into the sheet's name or its title",
    ),
    "tax_undeclared": Rule(
        "error",
        "{value} says that tax is included, where net amounts are wanted",
        "map the column without tax, or say what is taken off: {advice}; 0 says that "
        "there is none in it",
    ),
    "formula_error": Rule(
        "error",
        "a formula failed, and its cell would be blank: {value}",
        "mend the formula in the workbook; where such cells may be blank, list the "
        "error under tables.{table}.format.blank",
    ),
    "header_repeated": Rule(
        "error",
        "the header stands among the rows: {value}",
        "two exports in one file have two; drop the others: tables.{table}.drop: "
        "[{{name: header again, column: {source}, equals: {source}}}]",
    ),
    "join_key_repeated": Rule(
        "error",
        "documents with several heads, which would double their lines: {value}",
        "keep one head of each in the export; or name more columns under "
        "tables.{table}.join.by",
    ),
    "join_unmatched": Rule(
        "warning",
        "lines of documents without a head in {heads}: {value}",
        "export heads and lines of the same period; lines that are to stay out are "
        "left out by a rule under tables.{table}.drop",
    ),
    "join_heads_unused": Rule(
        "info",
        "heads of documents without lines: {value}",
        "nothing to do if these documents have none",
    ),
    "footer_left_out": Rule(
        "info",
        "a footer below the table was left out ({rows}): {value}",
        "nothing to do; if these are rows of the table, take off "
        "tables.{table}.format.footer",
    ),
    "line_too_long": Rule(
        "error",
        "the line is longer than two million bytes: {value}",
        "look for a quote that is never closed, or shorten the cell",
    ),
}
