import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from kamlab.churn.watch import watch_list
from kamlab.errors import DataError, UsageError
from kamlab.report.memory.alert_states import alert_states
from kamlab.report.memory.forecast import SOURCE, naive_forecast
from kamlab.report.memory.kept_word import kept_word
from kamlab.report.memory.predictions_judged import coverage, judged_predictions
from kamlab.report.memory.recall import Recalled, recalled
from kamlab.report.memory.records import Prediction, Warned
from kamlab.report.memory.renumbering import current_numbers
from kamlab.report.memory.warnings_judged import judged_warnings
from tests.churn.books import book, every, orders

THEN = date(2025, 3, 31)
PRODUCTS = pd.DataFrame(
    {"product_id": ["G", "C"], "category": ["gearboxes", "couplings"]}
)
UNTIL_THEN = orders("A", every(10, "2025-02-28", 60))
SILENT = Warned("A", "silence", 900.0, "2025-03-11", "", {"usual_gap": 10.0})
FADING = Warned(
    "A", "fading: gearboxes", 900.0, "2025-01-01", "", {"share_before": 0.5}
)


def later(*days: str, **columns) -> pd.DataFrame:
    frame = orders("A", days, **columns)
    return frame.assign(order_id="later" + frame["order_id"])


def verdict(warned: Warned, *parts, as_of="2025-06-30", done=(), **tables) -> str:
    portfolio = book(*parts, as_of=as_of, **tables)
    return judged_warnings([warned], THEN, portfolio, done=done)["verdict"].item()


WEEKLY = [str(day.date()) for day in every(7, "2025-06-27", 12)]


def test_whoever_stayed_away_was_rightly_warned_of() -> None:
    assert verdict(SILENT, UNTIL_THEN) == "right"


def test_whoever_buys_as_usual_again_was_not() -> None:
    assert verdict(SILENT, UNTIL_THEN, later(*WEEKLY)) == "wrong"


def test_whoever_is_back_after_an_action_was_saved() -> None:
    done = {("A", "silence")}
    assert verdict(SILENT, UNTIL_THEN, later(*WEEKLY), done=done) == "saved"
    assert verdict(SILENT, UNTIL_THEN, done=done) == "right"


def test_one_order_where_ten_were_usual_is_no_return() -> None:
    assert verdict(SILENT, UNTIL_THEN, later("2025-05-05")) == "right"


def test_before_ninety_days_have_passed_it_is_open() -> None:
    assert verdict(SILENT, UNTIL_THEN, as_of="2025-06-28") == "open"
    assert verdict(SILENT, UNTIL_THEN, as_of="2025-06-29") == "right"


def test_a_slow_customer_has_as_long_as_its_own_gap() -> None:
    slow = Warned("A", "silence", 900.0, "2025-03-11", "", {"usual_gap": 150.0})
    assert verdict(slow, UNTIL_THEN) == "open"


def lines(product: str, days) -> pd.DataFrame:
    frame = later(*days, product_id=product)
    return frame.assign(order_id=product + frame["order_id"])


@pytest.mark.parametrize(
    ("gearboxes", "told"), [(0, "right"), (6, "right"), (7, "wrong"), (12, "wrong")]
)
def test_a_fade_is_right_if_two_thirds_or_less_is_left(gearboxes, told) -> None:
    # Of 12 + n lines half are to be expected: n is right up to a third of 12 + n.
    parts = [lines("C", WEEKLY), lines("G", WEEKLY[:gearboxes])]
    assert verdict(FADING, *parts, products=PRODUCTS) == told


def test_a_fade_that_was_stopped_was_saved() -> None:
    parts = [lines("C", WEEKLY), lines("G", WEEKLY)]
    done = {("A", "fading: gearboxes")}
    assert verdict(FADING, *parts, products=PRODUCTS, done=done) == "saved"


def test_few_lines_cannot_judge_a_fade() -> None:
    assert verdict(FADING, lines("C", WEEKLY[:5]), products=PRODUCTS) == "open"


def test_a_fading_account_that_left_altogether_was_rightly_warned_of() -> None:
    early = lines("C", ["2025-01-05"])
    assert verdict(FADING, early, products=PRODUCTS) == "right"


def test_a_warned_account_that_merged_is_judged_under_its_new_number() -> None:
    aliases = pd.DataFrame(
        {
            "old_account_id": ["A"],
            "account_id": ["B"],
            "valid_from": pd.to_datetime(["2025-04-15"]),
        }
    )
    new = orders("B", WEEKLY)
    portfolio = book(UNTIL_THEN, new, account_aliases=aliases)
    row = judged_warnings([SILENT], THEN, portfolio).iloc[0]
    assert (row["account"], row["verdict"]) == ("B", "wrong")
    assert row["revenue_since"] == 1200.0


def test_numbers_follow_chains_of_mergers_and_groups() -> None:
    aliases = pd.DataFrame(
        {
            "old_account_id": ["A", "B"],
            "account_id": ["B", "C"],
            "valid_from": pd.to_datetime(["2024-01-01", "2025-01-01"]),
        }
    )
    accounts = pd.DataFrame({"account_id": ["C", "H"], "parent_id": ["H", None]})
    portfolio = book(orders("C", WEEKLY), account_aliases=aliases, accounts=accounts)
    assert current_numbers(portfolio, ["A", "Q"]).tolist() == ["C", "Q"]
    assert current_numbers(portfolio, ["A"], "parent").tolist() == ["H"]


def expected(value, low, high, account="", due="2025-06-30", name="net_revenue"):
    days = ("2025-04-01", due)
    return Prediction(name, account, value, low, high, 0.9, *days, "money", SOURCE)


def test_predictions_are_held_against_what_came() -> None:
    portfolio = book(UNTIL_THEN, later(*WEEKLY))  # 12 lines of A, one of Z
    told = [
        expected(1000, 900, 1400),
        expected(1000, 900, 1100, "A"),
        expected(5, 1, 9, due="2025-09-30"),
        expected(5, 1, 9, name="satisfaction"),
    ]
    table = judged_predictions(told, portfolio)
    assert table["state"].tolist() == ["due", "due", "open", "not measured"]
    assert table["actual"].tolist()[:2] == [1300.0, 1200.0]
    assert table["error"].tolist()[:2] == [300.0, 200.0]
    assert table["inside"].tolist()[:2] == [1.0, 0.0]
    assert table["inside"].isna().tolist()[2:] == [True, True]


def test_a_group_is_not_held_against_what_was_expected_of_its_account() -> None:
    accounts = pd.DataFrame({"account_id": ["A", "B"], "parent_id": ["A", "A"]})
    portfolio = book(UNTIL_THEN, later(*WEEKLY), accounts=accounts)
    group = replace(expected(2000, 900, 2400, "A"), by="parent")
    account = replace(group, value=1100.0, by="account")
    before = Recalled(THEN, (expected(1000, 900, 1400), group, account))
    words = [kept_word(before, portfolio, by) for by in ("parent", "account")]
    assert [word.predictions["expected"].tolist() for word in words] == [
        [1000, 2000],
        [1000, 1100],
    ]


def test_coverage_needs_ten_predictions() -> None:
    assert coverage(pd.DataFrame({"inside": [1.0] * 9})).cannot_tell
    assert coverage(pd.DataFrame({"inside": [1.0] * 10})).value == 1


def manifest(folder: Path, as_of: str = "2025-03-31", **page) -> Path:
    content = {"as_of": as_of, "pages": [page, {}]}
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_the_folder_of_the_report_before_is_enough(tmp_path: Path) -> None:
    warned = {"account": "A", "rule": "silence", "at_stake": 9.0, "since": "2025-03-11"}
    folder = manifest(tmp_path, warnings=[{**warned, "why": "Silent."}])
    word = kept_word(folder, book(UNTIL_THEN))
    assert word.counts == {"right": 1, "wrong": 0, "saved": 0, "open": 0}
    assert word.since == THEN


def test_what_two_pages_say_is_recalled_once_the_first_page_first(tmp_path) -> None:
    one, other = (vars(each) for each in (SILENT, FADING))
    pages = [{"warnings": [one]}, {"warnings": [other, {**one, "why": "again"}]}]
    content = {"as_of": "2025-03-31", "pages": pages}
    (tmp_path / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    assert recalled(tmp_path).warnings == (SILENT, FADING)


@pytest.mark.parametrize(
    "content", ["", "[]", '{"as_of": "soon", "pages": []}', '{"pages": [{}]}', "{"]
)
def test_a_damaged_manifest_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"manifest.json of the report before"):
        recalled(tmp_path)


def test_a_warning_of_another_version_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be used"):
        recalled(manifest(tmp_path, warnings=[{"konto": "A"}]))


def test_a_report_of_a_later_day_is_refused(tmp_path: Path) -> None:
    folder = manifest(tmp_path, as_of="2025-06-30")
    with pytest.raises(UsageError, match="does not lie before 2025-06-30"):
        kept_word(folder, book(UNTIL_THEN))


def test_the_first_report_has_no_word_to_keep(demo) -> None:
    word = kept_word(None, demo)
    assert word.warnings.empty
    assert word.predictions.empty
    assert word.since is None


def test_an_alert_goes_from_new_over_open_to_closed() -> None:
    watch = pd.DataFrame({"parent_id": ["A", "B"], "rule": "silence"})
    before = [Warned("X", "silence", 1.0, "2025-01-01", ""), SILENT, FADING]
    table = alert_states(watch, before, {"X": "B"})
    assert table["state"].tolist() == ["open", "open", "closed"]
    assert table.loc[2, "rule"] == "fading: gearboxes"


def remembered(view) -> Recalled:
    """Return what a report of this day would warn of and expect."""
    watch = watch_list(view, by="parent")
    clear = watch[(watch["muted_by"] == "") & (watch["evidence"] == "clear")]
    warnings = [
        Warned(
            row.parent_id, row.rule, row.at_stake, str(row.since.date()), "",
            {"usual_gap": row.usual_gap} if row.rule == "silence"
            else {"share_before": row.share_before},
        )
        for row in clear.itertuples()
    ]  # fmt: skip
    following = view.calendar.quarter_of(view.as_of + pd.Timedelta(days=1))
    table = naive_forecast(view, following)
    predictions = [
        Prediction(
            "net_revenue", row.account, row.value, row.low, row.high, 0.9,
            str(following.start), str(following.end), "money", SOURCE,
        )
        for row in table.itertuples()
    ]  # fmt: skip
    return Recalled(view.as_of, tuple(predictions), tuple(warnings))


def test_the_last_quarter_of_the_story_keeps_its_word(demo) -> None:
    word = kept_word(remembered(demo.at("2025-09-30")), demo)
    assert word.counts["right"] >= 7
    assert word.counts["right"] >= 0.8 * sum(word.counts.values())
    by_rule = word.warnings.set_index(["account", "rule"])["verdict"]
    assert by_rule[("A10284", "fading: gearboxes")] == "right"
    whole = word.predictions.set_index("account").loc[""]
    assert whole["inside"] == 1
    assert 0.8 <= word.coverage.value <= 1
