"""The catalogue of what an update may find between the portfolio and a new extract."""

from kamlab.data.findings.rule import Rule

#: Every rule by name.
RULES_OF_UPDATES: dict[str, Rule] = {
    "history_restated": Rule(
        "warning",
        "{counts} {quarter} by {change}",
        "compare restatement.csv, which stands beside the findings, with what was "
        "reported; where so much may change, raise limits.history_restated in the "
        "mapping",
    ),
    "documents_missing": Rule(
        "warning",
        "the new extract covers days up to {last} without document {value}, which is "
        "in the portfolio ({rows}); {done}",
        "ask whether they were cancelled at the source, and say missing_documents: "
        "keep or remove in the mapping",
    ),
    "document_of_another_account": Rule(
        "warning",
        "document {value} has another account than before ({rows})",
        "if numbers of documents start again each year or in each branch, make them "
        "unique: order_id: {{join: [year, number]}}",
    ),
    "column_gone": Rule(
        "warning",
        "has no column {value} any more, which the import of {before} had",
        "ask whoever makes the export whether it was left out or renamed; where it was "
        "renamed, list both names: {{from: [{source}, new name]}}",
    ),
    "attribute_changed": Rule(
        "info",
        "has another value than before for {counts}, such as {value}",
        "nothing to do; where the day of a change matters, date it in account_history",
    ),
    "rows_without_number": Rule(
        "info",
        "rows have no number of their own; those that agree in every column are taken "
        "for the same",
        "map {column}, so that rows that were corrected are recognised",
    ),
    "table_stays": Rule(
        "info",
        "is not in the new extract; the table stays as it is",
        "nothing to do, unless it has changed; give a folder with all files then",
    ),
    "file_renamed": Rule(
        "info",
        "{value} was read in the place of {named}, which is not there: no other file "
        "has the columns",
        "nothing to do; a pattern under tables.{table}.files, such as billing_*.txt, "
        "takes every month's file",
    ),
    "imported_before": Rule(
        "info",
        "{value} was imported before; its values win over what was imported since",
        "nothing to do, if that was meant; 'kamlab import --rollback' takes it back",
    ),
}
