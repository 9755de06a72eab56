"""Eight quarters of Talbruck, one report after another, against the raw order lines."""

import json

import pandas as pd
import pytest

from kamlab.opening import portfolio_from_tables
from kamlab.report.actions import Actions, merged, write_actions
from kamlab.report.memory.forecast import SOURCE as LAST_YEAR
from kamlab.report.memory.order_forecast import SOURCE as BY_ORDERS
from kamlab.report.memory.predictions_judged import beside_last_year, coverage
from kamlab.report.review.evidence import alerts_table
from kamlab.report.review.kept import lines as kept_lines
from kamlab.report.review.memory import LEVEL
from kamlab.report.review.movers import up_and_down
from kamlab.report.review.numbers import Review
from kamlab.report.review.watch import alerts
from kamlab.value.restatement import restatement
from tests.conftest import DEMO
from tests.report.review.chain import Report, report_chain
from tests.report.review.raw_book import (
    CENT,
    RawBook,
    RawQuarter,
    between,
    first_day,
    last_day,
    revenue,
    shifted,
)

QUARTERS = [str(each) for each in pd.period_range("2024Q1", "2025Q4", freq="Q")]
KOVOSTAV, FADING = "A10284", "fading: gearboxes"
NORDKAI, LIENZ, KIRNSTETT = "A10629", "A10970", "A10614"
EISENHAIN_OLD, EISENHAIN = "A10731", "A10778"

each_quarter = pytest.mark.parametrize("quarter", QUARTERS)
each_later_quarter = pytest.mark.parametrize("quarter", QUARTERS[1:])


@pytest.fixture(scope="module")
def chain(opened_demo, tmp_path_factory) -> dict[str, Report]:
    return report_chain(opened_demo, QUARTERS, tmp_path_factory.mktemp("reports"))


def whole_book(predictions: list[dict], source: str) -> list[dict]:
    """Return the predictions about the whole book by one forecast."""
    return [
        each
        for each in predictions
        if each["account"] == "" and each["source"] == source
    ]


@pytest.fixture(scope="module")
def raw() -> dict[str, RawQuarter]:
    book = RawBook.read()
    return {quarter: RawQuarter(book, quarter) for quarter in QUARTERS}


@pytest.fixture(scope="module")
def truth() -> dict:
    return json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))


@each_quarter
def test_the_bridge_is_that_of_the_order_lines_to_the_cent(chain, raw, quarter):
    bridge = chain[quarter].review.bridge
    for side in ("then", "now"):
        booked = revenue(getattr(raw[quarter], side))
        by_account = bridge.by_account[side]
        assert set(booked.index) <= set(by_account.index)
        rest = by_account - booked.reindex(by_account.index, fill_value=0.0)
        assert rest.abs().max() < CENT
        assert bridge.steps[side] == pytest.approx(booked.sum(), abs=CENT)
    cents = (bridge.steps * 100).round().astype("int64")
    assert cents["then"] + cents.drop(["then", "now"]).sum() == cents["now"]


@each_quarter
def test_the_bridge_names_those_who_came_and_those_who_went(chain, raw, quarter):
    bridge, day = chain[quarter].review.bridge, raw[quarter]
    bought = day.seen[day.seen["is_purchase"]]
    first = bought.groupby("group")["order_date"].min()
    year_ago = last_day(shifted(quarter, -4))
    came = set(first[first > year_ago].index) & set(revenue(day.now).index)
    assert set(bridge.status.index[bridge.status == "new"]) == came
    then, now = (
        set(lines.loc[lines["is_purchase"], "group"]) for lines in (day.then, day.now)
    )
    gone = set(bridge.status.index[bridge.status.isin(["lost", "paused"])])
    assert gone == then - now
    lost = bridge.by_account.loc[bridge.status == "lost"]
    assert bridge.steps["lost"] == pytest.approx(
        (lost["now"] - lost["then"]).sum(), abs=CENT
    )


@each_quarter
def test_retention_is_that_of_twice_twelve_months_by_hand(chain, raw, quarter):
    then, now = raw[quarter].twelve_months(1), raw[quarter].twelve_months(0)
    then = then[then > 0]
    now = now.reindex(then.index, fill_value=0.0)
    kept = now.where(now < then, then)
    found = chain[quarter].review.retention
    assert found.n == len(then)
    assert found.nrr == pytest.approx(now.sum() / then.sum(), abs=1e-9)
    assert found.grr == pytest.approx(kept.sum() / then.sum(), abs=1e-9)
    assert found.grr <= min(found.nrr, 1)


@each_later_quarter
def test_what_late_lines_changed_is_told_of_the_quarter_before(chain, raw, quarter):
    before = shifted(quarter, -1)
    seen = between(raw[quarter].seen, first_day(before), last_day(before))
    late = seen[seen["booked"] > last_day(before)]
    portfolio = chain[quarter].review.portfolio
    found = restatement(portfolio, portfolio.period(before))
    assert found.lines == len(late) > 0
    assert found.as_known == pytest.approx(seen["cents"].sum() / 100, abs=CENT)
    assert found.change == pytest.approx(late["cents"].sum() / 100, abs=CENT)
    # What was reported is what the report of that day said.
    reported = chain[before].review.bridge.steps["now"]
    assert found.as_reported == pytest.approx(reported, abs=CENT)


@each_quarter
def test_a_report_remembers_every_clear_alert_that_no_event_explains(chain, quarter):
    report = chain[quarter]
    watch = report.review.watch
    clear = watch[(watch["muted_by"] == "") & (watch["evidence"] == "clear")]
    assert list(report.warned) == list(
        zip(clear["parent_id"], clear["rule"], strict=True)
    )
    last = last_day(quarter)
    assert all(pd.Timestamp(each["since"]) <= last for each in report.warned.values())


def _today(raw: RawQuarter, warned) -> list[tuple[str, str]]:
    """Return earlier alerts under the numbers that the accounts have today."""
    accounts = pd.Series([account for account, _ in warned], dtype="str")
    now = raw.book.group_of(accounts, raw.end)
    return list(zip(now, (rule for _, rule in warned), strict=True))


@each_later_quarter
def test_alerts_are_new_or_open_or_closed(chain, raw, quarter):
    report, before = chain[quarter], chain[shifted(quarter, -1)]
    earlier = _today(raw[quarter], before.warned)
    for line in alerts(report.review):
        known = (line.key, line.rule) in earlier
        assert line.state == ("open" if known else "new"), line
    watch = report.review.watch
    listed = set(zip(watch["parent_id"], watch["rule"], strict=True))
    states = report.review.alert_states
    closed = states[states["state"] == "closed"]
    gone = set(zip(closed["account"], closed["rule"], strict=True))
    assert gone == set(earlier) - listed
    told = alerts_table(report.review)
    column = [row[told.columns.index("State")] for row in told.rows]
    assert column.count("closed") == len(gone)


def test_a_first_report_knows_of_no_state(chain):
    review = chain[QUARTERS[0]].review
    assert {line.state for line in alerts(review)} == {""}
    assert "State" not in alerts_table(review).columns
    assert kept_lines(review) == []


def test_alerts_come_and_go_in_the_course_of_two_years(chain):
    counted = pd.concat(
        report.review.alert_states["state"].value_counts().rename(quarter)
        for quarter, report in list(chain.items())[1:]
    )
    assert {"new", "open", "closed"} == set(counted.index)


def _verdict(raw: RawQuarter, warned: dict, account: str) -> str:
    """Judge a warning of the quarter before by the lines of this one."""
    own = raw.now[raw.now["group"] == account]
    bought = own[own["is_purchase"]]
    if warned["rule"] == "silence":
        year_ago = shifted(raw.label, -4)
        days = between(raw.seen, first_day(year_ago), last_day(year_ago))
        usual = days.loc[days["group"] == account, "cents"].sum()
        is_back = len(bought) > 0 and own["cents"].sum() > max(usual, 0) / 2
    else:
        category = warned["rule"].removeprefix("fading: ")
        expected = warned["figures"]["share_before"] * len(bought)
        if len(bought) > 0 and expected < 3:
            return "open"
        is_back = (bought["category"] == category).sum() > expected * 2 / 3
    if is_back:
        return "wrong"
    days_since = (raw.end - first_day(raw.label)).days + 1
    return "right" if days_since >= warned["figures"].get("usual_gap", 0) else "open"


@each_later_quarter
def test_the_word_kept_is_that_of_the_order_lines(chain, raw, quarter):
    before, word = chain[shifted(quarter, -1)], chain[quarter].review.kept_word
    numbers = _today(raw[quarter], before.warned)
    by_hand = [
        _verdict(raw[quarter], warned, account)
        for warned, (account, _) in zip(before.warned.values(), numbers, strict=True)
    ]
    assert word.warnings["account"].tolist() == [account for account, _ in numbers]
    assert word.warnings["verdict"].tolist() == by_hand
    now = revenue(raw[quarter].now)
    for row in word.warnings.to_dict("records"):
        money = now.get(row["account"], 0.0)
        assert row["revenue_since"] == pytest.approx(money, abs=CENT)
    counted = pd.Series(by_hand).value_counts().to_dict()
    assert word.counts == {"right": 0, "wrong": 0, "saved": 0, "open": 0} | counted


@each_later_quarter
def test_whoever_has_left_was_rightly_warned_of(chain, raw, truth, quarter):
    warned_on = last_day(shifted(quarter, -1))
    members = raw[quarter].seen.groupby("group")["account_id"].nunique()
    rows = chain[quarter].review.kept_word.warnings
    alone = rows[rows["account"].map(members).eq(1)]
    left = [
        row["verdict"]
        for row in alone.to_dict("records")
        if (loss := truth["losses"].get(row["account"]))
        and pd.Timestamp(loss["last_order"]) <= warned_on
        and row["rule"] == "silence"
    ]
    assert len(left) >= 3
    assert set(left) == {"right"}


def test_most_warnings_of_seven_quarters_came_true(chain):
    counts = [report.review.kept_word.counts for report in list(chain.values())[1:]]
    total = pd.DataFrame(counts).sum()
    assert total.sum() >= 50
    assert total["right"] > 0.7 * total.sum()
    assert total["saved"] == 0


@each_later_quarter
def test_the_forecast_is_the_same_quarter_of_last_year(chain, raw, quarter):
    before = shifted(quarter, -1)
    [expected] = whole_book(chain[before].told["predictions"], LAST_YEAR)
    assert (expected["start"], expected["due"]) == (
        first_day(quarter).date().isoformat(),
        last_day(quarter).date().isoformat(),
    )
    year_ago = shifted(quarter, -4)
    known = between(raw[before].seen, first_day(year_ago), last_day(year_ago))
    assert expected["value"] == pytest.approx(known["cents"].sum() / 100, abs=CENT)
    told = chain[quarter].review.kept_word.predictions.to_dict("records")
    [judged] = whole_book(told, LAST_YEAR)
    actual = raw[quarter].now["cents"].sum() / 100
    assert judged["actual"] == pytest.approx(actual, abs=CENT)
    assert judged["error"] == pytest.approx(actual - expected["value"], abs=CENT)
    assert judged["inside"] == (expected["low"] <= actual <= expected["high"])


def test_one_quarter_of_seven_was_not_foreseen(chain):
    inside = {}
    for quarter in QUARTERS[1:]:
        told = chain[quarter].review.kept_word.predictions.to_dict("records")
        [judged] = whole_book(told, LAST_YEAR)
        inside[quarter] = judged["inside"]
    assert [quarter for quarter, held in inside.items() if not held] == ["2024Q4"]
    said = [line.came for line in kept_lines(chain["2024Q4"].review)]
    assert any(came.endswith(", outside") for came in said)


@pytest.mark.parametrize("quarter", QUARTERS[2:])
def test_repeat_orders_miss_an_account_by_less_than_last_year(chain, quarter):
    judged = chain[quarter].review.kept_word.predictions
    accounts = judged[(judged["source"] == BY_ORDERS) & (judged["account"] != "")]
    error, last_year, n = beside_last_year(accounts)
    assert n > 100
    assert error < last_year


def test_nine_in_ten_intervals_of_accounts_held(chain):
    judged = [chain[quarter].review.kept_word.predictions for quarter in QUARTERS[2:]]
    every = pd.concat(judged)
    accounts = every[(every["source"] == BY_ORDERS) & (every["account"] != "")]
    held = coverage(accounts)
    assert held.low <= LEVEL + 0.02
    assert held.high >= LEVEL - 0.02


def test_kept_word_says_which_forecast_missed_by_less(chain):
    said = {line.said: line.came for line in kept_lines(chain["2025Q4"].review)}
    assert any(each.startswith("By orders: ") for each in said)
    [accounts] = [each for each in said if " groups missed by " in each]
    assert "% inside (" in said[accounts]
    assert len(said) <= 6


def test_silences_that_the_story_explains_raise_no_alarm(chain):
    for report in chain.values():
        warned = {account for account, _ in report.warned}
        assert not warned & {NORDKAI, LIENZ, KIRNSTETT, EISENHAIN_OLD}


def test_kovostavs_gearboxes_are_warned_of_once_they_fade(chain, truth):
    fades = pd.Timestamp(truth["characters"]["kovostav"]["gearboxes_fade_from"])
    warned = [q for q in QUARTERS if (KOVOSTAV, FADING) in chain[q].warned]
    assert warned
    assert last_day(warned[0]) > fades
    assert warned == QUARTERS[QUARTERS.index(warned[0]) :]
    last = chain["2025Q4"].review
    [line] = [each for each in alerts(last) if each.key == KOVOSTAV]
    assert line.state == "open"
    rows = last.kept_word.warnings.set_index(["account", "rule"])
    assert rows.loc[(KOVOSTAV, FADING), "verdict"] == "right"


def test_a_warning_follows_an_account_through_its_merger(chain, opened_demo, tmp_path):
    folder = tmp_path / "2024-06-30"
    folder.mkdir()
    told = {
        "account": EISENHAIN_OLD,
        "rule": "silence",
        "at_stake": 9e4,
        "since": "2024-06-01",
        "why": "No order.",
    }
    content = {"as_of": "2024-06-30", "pages": [{"warnings": [told]}]}
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    review = Review(opened_demo.at("2024-09-30"), previous=folder)
    [row] = review.kept_word.warnings.to_dict("records")
    assert (row["account"], row["verdict"]) == (EISENHAIN, "wrong")
    [gone] = review.alert_states.query("state == 'closed'").to_dict("records")
    assert gone["account"] == EISENHAIN


def test_whom_somebody_brought_back_was_saved(chain, opened_demo, tmp_path):
    words = {q: chain[q].review.kept_word.warnings for q in QUARTERS[1:]}
    quarter, back = next(
        (quarter, row)
        for quarter, word in words.items()
        for row in word.to_dict("records")
        if row["verdict"] == "wrong"
    )
    before = chain[shifted(quarter, -1)]
    alert = pd.DataFrame([back])[["account", "rule", "at_stake"]].assign(what="Silent.")
    listed = merged(Actions(), alert, before.review.portfolio.as_of)
    done = Actions(
        ({**listed.rows[0], "status": "done"},), listed.columns, listed.heads
    )
    write_actions(done, tmp_path / "actions.xlsx")
    review = Review(
        opened_demo.at(last_day(quarter).date()),
        previous=before.folder,
        actions=tmp_path / "actions.xlsx",
    )
    assert review.kept_word.counts["saved"] == 1
    told = review.kept_word.warnings.query("verdict == 'saved'").iloc[0]
    assert (told["account"], told["rule"]) == (back["account"], back["rule"])


def test_the_page_of_one_manager_keeps_the_word_of_the_own_accounts(chain, opened_demo):
    whole, before = chain["2025Q4"].review, chain["2025Q3"].folder
    owners = whole.kept_word.warnings["account"].map(whole.owners)
    manager = owners.iloc[0]
    view = opened_demo.at(whole.portfolio.as_of)
    own = kept_lines(Review(view, manager=manager, previous=before))
    assert own[0].said.startswith(f"{(owners == manager).sum()} warning")
    assert not [line for line in own if line.said.startswith("Net revenue: ")]
    nobody = min(set(whole.owners) - set(owners) - {""})
    assert kept_lines(Review(view, manager=nobody, previous=before)) == []


def test_movers_of_the_last_quarter_are_those_of_the_story(chain, truth):
    review = chain["2025Q4"].review
    rows = {row.account: row for row in up_and_down(review)}
    changes = [row.change for row in rows.values()]
    assert sum(change > 0 for change in changes) == 5
    assert sum(change < 0 for change in changes) == 5
    assert rows["Seilwerk Lienz AG"].change < 0
    assert rows["Seilwerk Lienz AG"].cause == "project finished"
    left = {review.short(account) for account in truth["losses"]}
    lost = {row.account for row in rows.values() if row.cause == "lost"}
    assert lost
    assert lost <= left


@pytest.mark.parametrize("quarter", ["2024Q2", "2025Q3"])
def test_movers_of_revenue_are_those_of_the_order_lines(raw, quarter):
    columns = ["order_id", "account_id", "order_date", "posted_on", "net_amount"]
    lines = raw[quarter].book.orders[[*columns, "line_type"]]
    end = last_day(quarter).date()
    book = portfolio_from_tables({"orders": lines}, "EUR", as_of=end)
    now, then = (
        each.groupby("account_id")["cents"].sum() / 100
        for each in (raw[quarter].now, raw[quarter].then)
    )
    change = now.sub(then, fill_value=0.0).sort_values()
    found = up_and_down(Review(book, by="account"))
    assert {row.basis for row in found} == {"revenue"}
    by_hand = {**change.tail(5), **change.head(5)}
    assert {row.account: row.change for row in found} == pytest.approx(by_hand)
