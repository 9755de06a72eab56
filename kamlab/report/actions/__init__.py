"""The list of actions: written with the report, filled in by people, read again.

Nothing that people wrote is ever lost: not by moved or renamed columns, nor by rows and
sheets of their own, nor by a file that cannot be read.
"""

from kamlab.report.actions.merging import merged
from kamlab.report.actions.promises import kept_and_broken
from kamlab.report.actions.reading import read_actions
from kamlab.report.actions.table import Actions, done_alerts, snoozed_alerts
from kamlab.report.actions.writing import write_actions

__all__ = [
    "Actions",
    "done_alerts",
    "kept_and_broken",
    "merged",
    "read_actions",
    "snoozed_alerts",
    "write_actions",
]
