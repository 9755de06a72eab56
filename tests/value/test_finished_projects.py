"""Whoever finished a project is not lost, and the events say so."""

import pandas as pd

import kamlab
from kamlab.value.finished_projects import finished_projects, lost_sentence
from kamlab.value.profit_bridge import ProfitBridge
from tests.value.serving_books import book, tables

END = pd.Timestamp("2025-02-20")


def events(**changes: object) -> pd.DataFrame:
    event = {"event_id": "1", "date": pd.Timestamp("2025-01-05"), "end_date": END}
    event |= {"scope": "account", "scope_value": "Brandt", "kind": "project"}
    event |= {"text": "A bridge, to be finished in February."}
    return pd.DataFrame([{**event, **changes}])


def ended(table: pd.DataFrame) -> dict:
    named = {**tables(), "events": table}
    portfolio = kamlab.portfolio_from_tables(named, "EUR", as_of="2025-03-31")
    return finished_projects(portfolio).to_dict()


def lost(**amounts: float) -> ProfitBridge:
    steps = pd.DataFrame({"lost_accounts": pd.Series(amounts)})
    return ProfitBridge(None, None, steps)


def test_a_project_that_has_ended_is_found_by_its_account():
    assert ended(events()) == {"Brandt": END}


def test_a_shutdown_or_a_whole_region_is_no_project():
    assert ended(events(kind="shutdown")) == {}
    assert ended(events(scope="region", scope_value="North")) == {}


def test_a_project_that_still_runs_explains_no_loss():
    assert ended(events(end_date=pd.Timestamp("2025-09-30"))) == {}


def test_without_events_no_project_is_known():
    assert finished_projects(book()).empty


def test_what_a_project_took_is_told_apart_from_what_was_lost():
    text = lost_sentence(
        lost(Brandt=-700.0, Cramer=-250.0, Adler=50.0),
        pd.Series({"Brandt": END}),
        {"Brandt": "Brandt KG"},
        "EUR",
    )
    assert text.startswith(
        "Lost accounts took EUR 900, EUR 700 of it Brandt KG, whose project ended on "
        "20 February 2025"
    )


def test_where_no_lost_account_had_a_project_nothing_is_said():
    none = pd.Series({"Brandt": END})
    assert lost_sentence(lost(Cramer=-200.0), none) == ""
    assert lost_sentence(ProfitBridge(None, None, pd.DataFrame()), none) == ""
