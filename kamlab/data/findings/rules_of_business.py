"""The catalogue of what may be wrong in how a business books its order lines."""

from kamlab.data.findings.rule import Rule

_UNKNOWN = "document types that are not declared: {counts}"

#: By name.
RULES_OF_BUSINESS: dict[str, Rule] = {
    "document_type_undeclared": Rule(
        "error",
        _UNKNOWN,
        "say what each is, such as tables.{table}.document_types.types: {{{code}: "
        "sale}}; or document_types.other: derive, to go by the sign of the amount",
    ),
    "document_type_derived": Rule(
        "info",
        _UNKNOWN + "; they count as sales, or as returns where negative",
        "declare them under tables.{table}.document_types.types",
    ),
    "document_types_applied": Rule(
        "info", "the document types were read as declared: {counts}", "nothing to do"
    ),
    "cancelled_dropped": Rule(
        "info",
        "cancelled documents ({counts}) and their cancellations ({cancelling}) were "
        "left out; they net to zero",
        "nothing to do",
    ),
    "cancelled_unpaired": Rule(
        "warning",
        "cancelled documents ({counts}) and their cancellations ({cancelling}) were "
        "left out, but differ by {difference}",
        "one of a pair lies in another period or is marked otherwise; take off "
        "tables.{table}.document_types.drop_cancelled to keep both",
    ),
    "intercompany_apart": Rule(
        "info",
        "lines between own companies were kept and are no revenue: {rows}, {amount}",
        "nothing to do",
    ),
    "months_as_lines": Rule(
        "info",
        "sales by month became order lines of the month's last day; what needs order "
        "days, such as the gap between orders, cannot be told",
        "nothing to do; with a table orders in its place the days are known",
    ),
    "tax_by_line_applied": Rule(
        "info",
        "tax was taken off the amounts of {value} line by line, at the rate in the "
        "column {worth} ({rows})",
        "nothing to do",
    ),
    "rate_missing": Rule(
        "error",
        "there is no rate for {value} {way}: {counts}",
        "add it to the table fx_rates, or correct the currency in the export",
    ),
    "several_rates_a_month": Rule(
        "error",
        "{code} has {rates} rates in {month}, and by month there is one",
        "set tables.{asking}.currency.by: day, or keep one rate for each month",
    ),
    "rate_is_zero": Rule(
        "error",
        "the rate of {value} is 0, and so would be every amount",
        "correct it in the export, or drop such rows by a rule under tables.{table}."
        "drop",
    ),
    "rate_implausible": Rule(
        "warning",
        "a rate of {rate} for {code}, of which one was worth about {usual} {currency} "
        "for years",
        "{advice}",
    ),
    "rate_jumps": Rule(
        "warning",
        "the rate of {code} jumps from {before} to {rate}",
        "look whether it is the wrong way round or mistyped there; one that is right "
        "needs nothing",
        limit=1.0,
    ),
    "contract_ends_first": Rule(
        "warning",
        "the contract ends before it begins: {value}",
        "correct start or end in the export",
    ),
    "renewal_missing": Rule(
        "warning",
        "contract {value} is said to be renewed, and no contract of the account "
        "follows",
        "add the next contract to the export, or correct renewed",
        limit=1.0,
    ),
    "renewed_after_all": Rule(
        "warning",
        "contract {value} is said not to be renewed, and the account's next one begins "
        "before it ends or on the day after",
        "correct renewed, unless the two are about different things",
        limit=1.0,
    ),
    "closed_before_opened": Rule(
        "warning",
        "the opportunity was closed before it was entered or quoted: {value}",
        "correct closed_on or the days of the stages in the export",
    ),
    "lost_but_ordered": Rule(
        "warning",
        "opportunity {value} is said to be lost, and has a day of contract or order",
        "correct won or those days in the export",
    ),
    "alias_circle": Rule(
        "error",
        "the customer numbers {value} replace each other in a circle from {day} on",
        "correct account_id or valid_from in the table of aliases",
    ),
    "names_alike": Rule(
        "info",
        "{names} look like another spelling of one account; they were not merged, and "
        "stand in {file} beside the findings",
        "write yes in its column 'same' where that is right, and name the file under "
        "tables.{table}.account_names",
    ),
    "legal_forms_differ": Rule(
        "warning",
        "names that differ in their legal form were taken for one account: {names}",
        "if they are two, translate one with values: under tables.{table}.columns."
        "account_id",
    ),
    "names_folded": Rule(
        "info",
        "names that differ in spelling only were taken for one account: {names}",
        "nothing to do",
    ),
    "names_merged": Rule(
        "info",
        "{names} were taken for another account's, as {file} says",
        "nothing to do",
    ),
}
