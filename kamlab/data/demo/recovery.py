"""Hallenbeck's complaint and how it was put right: quickly, and every promise kept."""

from datetime import date

import pandas as pd

from kamlab.data.demo.story import day_number

COMPLAINT_ON = date(2024, 5, 13)
#: Days after the complaint, type, who began, topic, outcome, what was promised, and the
#: days after the complaint by which it was due and done.
_STEPS = (
    (0, "call", "in", "complaint", "batch of couplings broke", "send new batch", 3, 2),
    (1, "visit", "out", "complaint", "cause found on site", "report on cause", 10, 8),
    (3, "email", "out", "complaint", "new batch arrived", None, None, None),
    (8, "email", "out", "complaint", "report sent", None, None, None),
    (15, "visit", "out", "service", "line runs again", "check in a month", 45, 43),
    (43, "call", "out", "relation", "content with our help", None, None, None),
)


def hallenbeck_contacts(roster: pd.DataFrame) -> pd.DataFrame:
    """Return the contacts about Hallenbeck's complaint, with their promises.

    Examples
    --------
    >>> roster = pd.DataFrame({"character": ["hallenbeck"]})
    >>> hallenbeck_contacts(roster)["type"].tolist()
    ['call', 'visit', 'email', 'email', 'visit', 'call']
    """
    columns = ["day", "type", "direction", "topic", "outcome"]
    columns += ["promised_action", "due_day", "done_day"]
    steps = pd.DataFrame(_STEPS, columns=columns)
    for name in ("day", "due_day", "done_day"):
        steps[name] += day_number(COMPLAINT_ON)
    row = roster.index[roster["character"] == "hallenbeck"][0]
    return steps.assign(account=row, told=True)
