"""The truth about agreements and payments is told, in plain values."""

import json

from kamlab.data.demo.payment_habits import LIANHAN_DAYS_LATE
from kamlab.data.demo.quotations import WIN_RATES
from kamlab.data.demo.renewals import RENEWAL_RATES


def test_the_planted_figures_stand_in_the_truth(book):
    assert book.truth["contracts"]["renewal_rates"] == RENEWAL_RATES
    rates = book.truth["quotations"]["win_rate_by_rivals"]
    assert list(rates.values()) == list(WIN_RATES.values())
    assert book.truth["receivables"]["lianhan_days_late"] == LIANHAN_DAYS_LATE


def test_the_truth_can_be_written_as_json(book):
    told = {name: book.truth[name] for name in ("contracts", "open_orders")}
    assert json.loads(json.dumps(told)) == told
    assert told["open_orders"]["kept_from"] == "2024-01-01"


def test_haorui_could_still_buy_four_times_as_much(book):
    assert book.truth["characters"]["haorui"]["wallet_multiple"] == 4.0
