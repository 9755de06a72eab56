"""Chapter 12 as it is stored: printed examples come out, and Talbruck is told once."""

import re

import nbformat
import pytest

from kamlab.report.results import read_results
from kamlab.report.sentences import read_headlines
from tests.notebooks.conftest import outputs_of, path_of

CHAPTER = "12_customer_lifetime_value"


@pytest.fixture(scope="module")
def stored() -> nbformat.NotebookNode:
    """Return the notebook as it is stored."""
    return nbformat.read(path_of(CHAPTER), as_version=4)


@pytest.fixture(scope="module")
def said(stored) -> str:
    """Return all sentences and tables of the notebook as one text."""
    texts = [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for output in outputs_of(stored)
    ]
    return "\n".join(texts)


@pytest.fixture(scope="module")
def results(stored):
    """Return the figures that it records, by name."""
    return {each.name: each for each in read_results(stored)}


@pytest.mark.parametrize(
    "printed",
    [
        "267",  # 100 a year at 80 % and 10 %
        "[1.2, 1.75, 2.67, 4.5]",  # Gupta and Lehmann's multiples
        "1.226",  # CDNOW, Fader, Hardie and Lee 2005
        "[2.7, 3.5, 5.1]",  # elasticities
        "ShiftedBetaGeometric: 378 left in year 12",
        "{1: 52.32, 2: 5.55, 3: 1.25, 4: -1.82, 'former': 0.0}",  # Pfeifer, Carraway
        "stop after 3 periods of silence: 53.15",
        "[0.96, 0.77, 0.14]",  # a pause or a farewell, by hand
        "568.78, the sheet 350.00",  # Berger and Nasr 1998, case 1
        "[0.93, 0.2, 0.93]\n[3.75, 0.58, 2.71]",  # Fader, Hardie and Shang 2010
        "[0.75, 0.78, 0.81, 0.83, 0.85]",  # retention rises and nobody changes
    ],
)
def test_published_figures_are_printed(said, printed):
    assert printed in said


def test_the_finished_project_is_buried_and_the_season_is_not(said):
    assert re.search(r"Nordkai Offshore AS .* 9\d\.\d %", said)
    assert re.search(r"Seilwerk Lienz AG .* 0\.0 %", said)


def test_the_forecast_of_a_year_ago_is_counted_against_what_came(said):
    found = re.search(
        r"missed an account by (\S+) on average, the year before by (\S+)\.", said
    )
    assert float(found[1]) < float(found[2])
    assert re.search(r"would have held 9\d\.\d % of 291 accounts", said)


def test_customer_equity_is_an_estimate_with_interval_and_n(results):
    equity = results["customer_equity"]
    assert equity.headline
    assert equity.kind == "estimate"
    assert equity.low < equity.value < equity.high
    assert equity.n == 298


def test_years_of_contribution_agree_with_equity_and_contribution(results):
    years = results["customer_equity"].value / results["year_left"].value
    assert results["equity_multiple"].value == pytest.approx(years, rel=0.01)


def test_contracts_and_repeat_orders_add_up_to_the_accounts(said):
    found = re.search(
        r"(\d+) accounts are worth .*: (\d+) by their contracts .*, (\d+) by their rep",
        said,
    )
    assert int(found[1]) == int(found[2]) + int(found[3])


def test_accounts_that_cost_money_have_a_negative_value(said):
    assert re.search(r"\d+ accounts have a negative value, −EUR", said)


def test_the_losers_of_the_comparison_are_named(said):
    assert re.search(r"sheet +\d +[4-9] +\d +[4-9]\n", said)
    assert re.search(r"MBG/CNBD-k +[3-7] +\d +[3-7] +\d\n", said)
    assert "same as last year" in said


def test_the_money_of_a_year_ago_names_its_winner_and_where_it_went_wrong(said):
    assert "In money the model would have said EUR" in said
    assert "the year before was nearer." in said
    row = re.search(r"under contract .* (\d+\.\d) % +(\d+\.\d) %\n", said)
    orders, value = map(float, row.groups())
    assert value > orders > 5


def test_contracts_are_held_to_their_word(said):
    share = r"(\d+\.\d) % +\d+\.\d % +\d+\.\d %\n"
    inside = re.findall(r"202[34] +contract .* " + share, said)
    assert len(inside) == 2
    assert min(map(float, inside)) < 85


def test_the_trade_orders_more_often_and_leaves_less_easily(said):
    ordering, leaving = (
        float(re.search(rf"{effect} +(\d\.\d\d) +\d", said)[1])
        for effect in ("ordering", "leaving")
    )
    assert ordering > 1.5
    assert leaving < 0.5


def test_order_days_are_whole_where_they_are_an_interval(said):
    assert re.search(r"Marwitz Packaging GmbH +31 +29\.1 +21 +37\n", said)


def test_what_the_plans_assume_stands_before_what_they_bring(said):
    assumed = said.index("What three plans are assumed to change")
    assert assumed < said.index("Three plans for the ten of most value")


def test_no_exercise_can_be_copied_from_a_sentence(said):
    assert "the first 20" not in said


def test_the_front_page_tells_what_why_and_what_to_do(stored):
    for question in ("what", "why", "do"):
        assert 1 <= len(read_headlines(stored, question)) <= 3
    assert "are worth EUR" in read_headlines(stored, "what")[0]


def test_every_figure_says_its_finding(stored):
    figures = [
        output.metadata["image/png"]["alt"]
        for output in outputs_of(stored)
        if "image/png" in output.get("data", {})
    ]
    findings = [
        "After .* of silence",
        "Customer equity is EUR",
        "Contribution margin, 1 point moves",
        "EUR .* a year is spent on an account",
        ".*accounts",
        "The model expected",
        "MBG/CNBD-k misses the mean",
        ".*intervals",
    ]
    assert len(figures) == len(findings)
    for alt, finding in zip(figures, findings, strict=True):
        assert re.match(finding, alt)
