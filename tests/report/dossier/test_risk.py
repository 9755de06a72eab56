"""An account's own rhythm says whether it may be leaving; a model only adds to it."""

from collections.abc import Iterator

import pandas as pd
import pytest

import kamlab
from kamlab.estimates import Estimate
from kamlab.report.dossier.ahead import expected, remember, value_ahead
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.opening import calm_reason
from kamlab.report.dossier.risk import risk, still_customer
from kamlab.report.worth import Worth
from tests.report.dossier.books import book, monthly, sales

#: Nordkai runs down its stock: it last ordered in April, and says so.
PAUSE = "2025-06-30"


@pytest.fixture(scope="module")
def pausing() -> Iterator[kamlab.Portfolio]:
    with kamlab.open_portfolio("data/demo", as_of=PAUSE) as portfolio:
        yield portfolio


def told(dossier: Dossier) -> str:
    [fact] = risk(dossier)
    return fact.now


def doubted(dossier: Dossier, alive: float, basis: str = "repeat orders") -> Dossier:
    """Give an account the probability of being a customer that a model might find."""
    row = {"value": 5.0, "low": 1.0, "high": 9.0, "basis": basis, "alive": alive}
    accounts = pd.DataFrame([row], index=[dossier.key])
    vars(dossier)["worth"] = Worth(accounts, Estimate(5.0, 1.0, 9.0, n=9))
    return dossier


def test_a_pause_that_is_announced_does_not_alarm(pausing):
    nordkai = doubted(Dossier(pausing, "Nordkai"), alive=0.25)
    assert still_customer(nordkai) == 0.25  # what a model makes of it
    assert "%" not in told(nordkai)
    assert told(nordkai).startswith("not on the watch list: a known event")
    assert told(nordkai).endswith("the figures ahead do not know of it")
    assert calm_reason(nordkai).startswith("known event of 1 Mar 2025")


def test_once_it_orders_again_the_event_is_behind_it(talbruck):
    nordkai = doubted(Dossier(talbruck.at("2025-09-30"), "Nordkai"), alive=0.999)
    assert calm_reason(nordkai).startswith("it orders as usual, after the event of")
    assert told(nordkai) == "not on the watch list; still a customer: over 99 %"


@pytest.mark.parametrize("account", ["Seilwerk", "A10916"])
def test_a_finished_project_leaves_nothing_to_expect(talbruck, account):
    finished = Dossier(talbruck, account)
    assert finished.is_finished
    assert told(finished) == "none: its project is finished, no repeat is due"
    for fact in (*expected(finished), *value_ahead(finished)):
        assert fact.now == "nothing: its project is finished"


def test_of_a_finished_project_nothing_is_promised(talbruck, capsys):
    remember(Dossier(talbruck, "Seilwerk"))
    assert capsys.readouterr().out == ""


def test_a_shutdown_explains_a_silence_at_the_end_of_the_year(talbruck):
    nordkai = Dossier(talbruck, "Nordkai")
    assert nordkai.rhythm["reason"] == "shutdown"
    assert "a known shutdown explains" in told(nordkai)


def test_a_merged_number_is_no_loss():
    orders = sales("A", monthly("2023-01-15", "2025-03-31"))
    merger = {"event_id": "E1", "date": pd.Timestamp("2025-04-01"), "end_date": pd.NaT}
    about = {"scope": "account", "scope_value": "A", "kind": "merger", "text": "…"}
    events = pd.DataFrame([merger | about])
    assert told(Dossier(book(orders, events=events), "A")) == (
        "none: it orders under another number"
    )


def test_where_the_model_doubts_an_account_in_its_rhythm_the_rhythm_leads():
    steady = doubted(Dossier(book(sales("A", monthly())), "A"), alive=0.25)
    assert steady.rhythm["verdict"] == "usual"
    assert told(steady) == (
        "not on the watch list: it stays within its own rhythm of up to 31 days "
        "between orders; by that of all accounts still a customer: 25 %"
    )


@pytest.mark.parametrize(
    ("alive", "said"),
    [(0.0001, "under 1 %"), (0.62, "62 %"), (0.996, "over 99 %"), (1.0, "over 99 %")],
)
def test_no_estimate_is_certain(alive, said):
    silent = sales("A", monthly("2023-01-15", "2025-06-30"))
    account = doubted(Dossier(book(silent), "A"), alive)
    assert told(account).startswith("clear evidence: No order for ")
    assert told(account).endswith(f"by the rhythm of all accounts: {said}")


def test_an_account_between_orders_is_told_with_the_models_number():
    steady = doubted(Dossier(book(sales("A", monthly())), "A"), alive=0.9)
    assert told(steady) == "not on the watch list; still a customer: 90 %"


def test_without_a_model_there_is_no_number():
    steady = Dossier(book(sales("A", monthly())), "A")
    assert still_customer(doubted(steady, 1.0, "contract")) is None
    assert told(steady) == "not on the watch list"
