"""What may be said about control totals from the books."""

from kamlab.data.findings.rule import Rule

#: Rules of control totals by name.
RULES_OF_CONTROLS: dict[str, Rule] = {
    "control_missed": Rule(
        "warning",
        "{name}: {counts}{more}",
        "look for files that are missing or there twice, and at the rules that drop; "
        "where the books end before the period does, write until: and their last day "
        "beside the total; or let it pass with tolerance: or tolerance_share: there",
        limit=0.0,
        unit="total",
    ),
    "control_ends_early": Rule(
        "info",
        "{name}: the total of {period} was met by the lines until {day} and is "
        "compared with these; {lines} of {amount} later in the period are left out",
        "write until: {day} beside the total under controls, or the total that the "
        "books show now",
    ),
    "control_met": Rule("info", "{name}: {counts}", "nothing to do", unit="total"),
    "totals_stay": Rule(
        "info",
        "is not in the new extract; {counts} compared",
        "put the list of finance with its latest totals beside the extract",
    ),
    "original_unknown": Rule(
        "info",
        "without an amount in its own currency: {rows} of earlier imports; totals in "
        "{currencies} are without them",
        "import the whole export again, with the column of currencies, where such "
        "totals are to hold for the time before",
    ),
    "control_unreadable": Rule(
        "error",
        "{value} is not {wanted}",
        "correct it in the file of control totals; {advice}",
    ),
}
