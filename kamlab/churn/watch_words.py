"""Why an account stands on the watch list, in a sentence for a manager."""

from collections.abc import Mapping

import pandas as pd

from kamlab.language import _, plural
from kamlab.style.formats import format_count, format_share


def watch_reason(alert: Mapping[str, object] | pd.Series) -> str:
    """Say in a sentence why an account is watched.

    Parameters
    ----------
    alert : mapping or Series
        One row of `kamlab.churn.watch.watch_list`.

    Returns
    -------
    str
        In the current language (`kamlab.language.use_language`).

    Examples
    --------
    >>> print(watch_reason({"rule": "silence", "days_silent": 54.0, "usual_gap": 14.0,
    ...                     "limit": 27.2}))
    No order for 54 days; usually every 14 days, 9 of 10 times within 27.
    >>> print(watch_reason({"rule": "fading: gearboxes", "category": "gearboxes",
    ...     "lines_now": 4.0, "expected": 29.6, "share_before": .38, "share_now": .05}))
    Buys fewer gearboxes: 4 order lines in six months instead of 30 (5 % of its lines,
    38 % before).
    """
    if alert["rule"] == "silence":
        return _(
            "No order for {silent}; usually every {usual}, 9 of 10 times within "
            "{limit}."
        ).format(
            silent=_days(alert["days_silent"]),
            usual=_days(alert["usual_gap"]),
            limit=format_count(round(alert["limit"])),
        )
    return _(
        "Buys fewer {category}: {lines} in six months instead of {expected} ({now} of "
        "its lines, {before} before)."
    ).format(
        category=alert["category"],
        lines=plural("{n} order line", "{n} order lines", round(alert["lines_now"])),
        expected=format_count(round(alert["expected"])),
        now=format_share(alert["share_now"], digits=0),
        before=format_share(alert["share_before"], digits=0),
    )


def watch_brief(alert: Mapping[str, object] | pd.Series) -> str:
    """Say in half a line why an account is watched.

    Parameters
    ----------
    alert : mapping or Series
        One row of `kamlab.churn.watch.watch_list`.

    Examples
    --------
    >>> watch_brief({"rule": "silence", "days_silent": 54.0, "limit": 27.2})
    'No order for 54 days; 9 of 10 times within 27.'
    >>> watch_brief({"rule": "fading: gearboxes", "category": "gearboxes",
    ...              "lines_now": 4.0, "expected": 29.6})
    'Buys fewer gearboxes: 4 lines in six months, not 30.'
    """
    if alert["rule"] == "silence":
        return _("No order for {silent}; 9 of 10 times within {limit}.").format(
            silent=_days(alert["days_silent"]),
            limit=format_count(round(alert["limit"])),
        )
    return _("Buys fewer {category}: {lines} in six months, not {expected}.").format(
        category=alert["category"],
        lines=plural("{n} line", "{n} lines", round(alert["lines_now"])),
        expected=format_count(round(alert["expected"])),
    )


def rule_name(rule: str) -> str:
    """Return what a rule is called, in the current language.

    Parameters
    ----------
    rule : str
        As in column ``rule`` of the watch list.

    Examples
    --------
    >>> rule_name("silence"), rule_name("fading: gearboxes")
    ('Silent beyond its own rhythm', 'Buys fewer gearboxes')
    """
    if rule == "silence":
        return _("Silent beyond its own rhythm")
    category = rule.removeprefix("fading: ")
    return _("Buys fewer {category}").format(category=category)


def _days(days: object) -> str:
    return plural("{n} day", "{n} days", round(float(days)))
