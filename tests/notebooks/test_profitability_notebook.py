"""Chapter 11 as it is stored: the sources' tables, and what it finds at Talbruck.

The names come out of the data; a test of the stored notebooks sees to it that no cell
of the report holds them.
"""

import re

import nbformat
import pytest

from kamlab.report.results import read_results
from kamlab.report.sentences import read_headlines
from tests.notebooks.conftest import outputs_of, path_of

CHAPTER = "11_concentration_and_profitability"


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


def test_the_bank_s_table_is_printed_with_its_indices_per_head(said):
    assert re.search(r"top +10\.0 % +18\.0 % +93\.0 % +1\.80 +9\.30 +5\.17", said)
    assert re.search(r"bottom +60\.0 % +54\.0 % +−10\.0 % +0\.90 +−0\.17", said)


def test_the_bank_peaks_at_110_percent_by_group_and_above_it_by_customer(said):
    assert re.search(r"40\.0 % +110\.0 %", said)
    (peak,) = re.findall(r"of 1,000 customers make money.*?\((\d+\.\d) % of", said)
    assert float(peak) > 110


def test_the_retailer_is_29_80_and_its_rest_is_implied(said):
    assert re.search(r"third +14\.0 % +16\.0 % +1\.14 +29\.0 % +80\.0 %", said)
    assert "the rest (implied)" in said


def test_kaplan_and_anderson_s_example_comes_out_to_the_minute(said):
    for figure in ("0.80", "578,600.00", "462,880.00", "121,400.00", "97,120.00"):
        assert figure in said


def test_the_falling_price_of_the_largest_customer_is_found(said):
    assert "Marwitz Packaging GmbH paid" in said


def test_the_large_customer_whose_rush_orders_eat_its_margin_is_found(said):
    assert re.search(r"Wetterau Tools GmbH sends 1,\d{3} orders", said)
    assert re.search(r"Wetterau Tools GmbH is no\. \d+ by revenue .* costs EUR", said)


def test_the_group_that_is_served_six_times_is_found(said):
    assert re.search(r"group of Brackwell .* is no\. 4", said)
    assert re.search(r"group of Brackwell .* hours over its 6 accounts", said)


def test_the_bridge_leaves_no_rest(said):
    assert "left unexplained: 0.00" in said


def test_what_is_recorded_and_what_is_assumed_is_said(said):
    assert "of the contacts somebody entered how long they took" in said
    assert "If all work took 75 % of the assumed minutes" in said
    assert re.search(r"lost money again.*began to", said)


def test_the_front_page_shows_contribution_whale_and_unused_capacity(stored):
    results = {each.name: each for each in read_results(stored)}
    shown = {
        "contribution",
        "whale_taken_back",
        "loss_makers",
        "lost_to_loss_makers",
        "unused_capacity",
    }
    assert shown <= {name for name, each in results.items() if each.headline}
    contribution, lost = results["contribution"], results["lost_to_loss_makers"]
    taken = lost.value / (contribution.value + lost.value)
    assert results["whale_taken_back"].value == pytest.approx(taken)


def test_the_front_page_tells_where_profit_went_in_a_few_sentences(stored):
    headlines = read_headlines(stored)
    for question in ("what", "why", "do"):
        assert 1 <= len(read_headlines(stored, question)) <= 3
    assert any("net revenue rose" in each for each in headlines)
    assert "net revenue rose" in read_headlines(stored, "what")[0]


def test_the_bridge_covers_the_years_that_the_question_asks_about(said):
    (asked,) = re.findall(r"From (\d{4} to \d{4}) net revenue", said)
    assert f"From {asked} contribution fell by" in said
    took = re.search(r"Discounts took (.*?)\. ", said)[1]
    assert took.split(", ")[1].startswith("lost accounts")
    assert re.search(r"Transport took .* The bills do not say which\.", said)


def test_the_hidden_group_is_shown_with_those_who_look_after_it(said):
    assert re.search(r"none of its 6 accounts .*; \d account managers look after", said)


def test_everybody_who_costs_money_is_listed_or_counted(stored):
    results = {each.name: each for each in read_results(stored)}
    tables = [
        output.data["application/vnd.kamlab.table+json"]
        for output in outputs_of(stored)
        if "application/vnd.kamlab.table+json" in output.get("data", {})
    ]
    (listed,) = [each for each in tables if each["caption"] == "Who costs money"]
    *named, rest = listed["rows"]
    (others,) = re.findall(r"and (\d+) more", rest[0])
    assert len(named) + int(others) == results["loss_makers"].value


def test_every_figure_says_its_finding(stored):
    figures = [
        output.metadata["image/png"]["alt"]
        for output in outputs_of(stored)
        if "image/png" in output.get("data", {})
    ]
    findings = [
        "The 10 largest of",
        "The top 20 %",
        "Marwitz Packaging GmbH brings",
        "Without Marwitz Packaging GmbH",
        "Of EUR .* list revenue",
        "Of EUR .* for the pools",
        "217 of 241 accounts make money",
        "Contribution fell by",
        "The best 10 % of customers get",
        "18 of 235 accounts lose money",
    ]
    assert len(figures) == len(findings)
    for alt, finding in zip(figures, findings, strict=True):
        assert re.match(finding, alt)


def test_what_a_figure_tells_is_not_told_again_by_a_table(said):
    assert "The 10 largest of" in said
    assert "The 10 largest accounts" not in said
    assert "What is left without" not in said
