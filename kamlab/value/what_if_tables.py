"""Several answers to "what if" side by side."""

from collections.abc import Mapping

import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.what_if import WhatIf


def compare_answers(answers: Mapping[str, WhatIf]) -> pd.DataFrame:
    """Put several answers side by side, so that they are weighed and not just read.

    Parameters
    ----------
    answers : mapping of str to WhatIf
        By what would be done, such as "bundle rush orders".

    Returns
    -------
    DataFrame
        By answer: `contribution_before`, `contribution_after`, `change`, `unused`
        (cost to serve that goes on without work) and `total_after`, of all accounts.

    Raises
    ------
    UsageError
        If there is no answer.

    Examples
    --------
    >>> from kamlab.value.what_if import stop_serving
    >>> profit = pd.DataFrame(
    ...     {"revenue": [1000.0], "cost_of_goods": [-700.0], "direct_costs": [0.0],
    ...      "cost_to_serve": [-320.0], "contribution": [-20.0]}, index=["W"])
    >>> answers = {f"stop, {a:.0%} goes": stop_serving(profit, "W", a) for a in (0, 1)}
    >>> compare_answers(answers)["change"].to_dict()
    {'stop, 0% goes': -300.0, 'stop, 100% goes': 20.0}
    """
    if not answers:
        raise UsageError("answers = {}: give at least one, by what would be done")
    rows = {
        name: {
            "contribution_before": float(each.before["contribution"].sum()),
            "contribution_after": float(each.after["contribution"].sum()),
            "change": each.change,
            "unused": each.unused,
            "total_after": each.total_after,
        }
        for name, each in answers.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("what_if")
