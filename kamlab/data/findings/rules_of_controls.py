"""What may be said about control totals from the books."""

from kamlab.data.findings.rule import Rule

#: Rules of control totals by name.
RULES_OF_CONTROLS: dict[str, Rule] = {
    "control_missed": Rule(
        "warning",
        "{name}: {counts}{more}",
        "look for files that are missing or there twice, and at the rules that drop; "
        "or let it pass with tolerance: or tolerance_share: under controls",
        limit=0.0,
        unit="total",
    ),
    "control_met": Rule("info", "{name}: {counts}", "nothing to do", unit="total"),
    "control_unreadable": Rule(
        "error",
        "{value} is not {wanted}",
        "correct it in the file of control totals; {advice}",
    ),
}
