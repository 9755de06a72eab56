import pandas as pd

from kamlab.churn.watch import watch_list
from kamlab.churn.watch_words import rule_name, watch_reason


def test_a_day_is_one_day_and_gaps_are_rounded() -> None:
    told = watch_reason(
        {"rule": "silence", "days_silent": 1.0, "usual_gap": 14.4, "limit": 21.6}
    )
    assert told == (
        "No order for 1 day; usually every 14 days, 9 of 10 times within 22."
    )


def test_a_fade_names_lines_expected_and_shares() -> None:
    alert = pd.Series(
        {
            "rule": "fading: controllers",
            "category": "controllers",
            "lines_now": 1.0,
            "expected": 11.6,
            "share_before": 0.31,
            "share_now": 0.02,
        }
    )
    assert watch_reason(alert) == (
        "Buys fewer controllers: 1 order line in six months instead of 12 (2 % of "
        "its lines, 31 % before)."
    )


def test_every_alert_of_the_story_has_a_reason_without_gaps(demo) -> None:
    watch = watch_list(demo.at("2025-09-30"))
    reasons = [watch_reason(row) for _, row in watch.iterrows()]
    assert not any("nan" in reason for reason in reasons)
    assert rule_name(watch["rule"][0]) == "Buys fewer gearboxes"
