"""What is lost, growing, or never bought though peers do."""

import pandas as pd
import pytest

import kamlab
from kamlab.report.dossier.buys import FEWEST_PEERS, bought, peer_shares
from kamlab.report.dossier.numbers import Dossier
from tests.report.dossier.books import END, book, monthly, sales

PRODUCTS = pd.DataFrame(
    {"product_id": ["G", "L", "S"], "category": ["gears", "guides", "spares"]}
)


def _sold(account: str, product: str, days, amount: float) -> pd.DataFrame:
    lines = sales(account, days, amount, product_id=product)
    return lines.assign(order_id=lines["order_id"] + product + str(amount))


def _made(peers: int = FEWEST_PEERS, audience: str = "internal") -> Dossier:
    """Account A lost its spares, buys more guides, and never bought a gear."""
    then, now = monthly("2024-01-01", "2024-12-31"), monthly("2025-01-01")
    parts = [_sold("A", "S", then, 50.0)]
    parts += [_sold("A", "L", then, 100.0), _sold("A", "L", now, 130.0)]
    names = [f"P{n}" for n in range(peers)]
    for name in names:
        parts += [_sold(name, "G", now, 75.0), _sold(name, "L", now, 25.0)]
    accounts = pd.DataFrame({"account_id": ["A", *names, "Z"], "industry": "pumps"})
    accounts.loc[accounts["account_id"] == "Z", "industry"] = "paper"
    portfolio = book(*parts, accounts=accounts, products=PRODUCTS)
    return Dossier(portfolio, "A", audience=audience)


def test_lost_missed_and_growing_categories_are_told_apart():
    told = {each.category: each.verdict for each in bought(_made())}
    assert told == {"spares": "lost", "gears": "never bought", "guides": "growing"}
    assert [each.category for each in bought(_made())] == ["spares", "gears", "guides"]


def test_money_is_that_of_each_year():
    guides = next(each for each in bought(_made()) if each.category == "guides")
    assert (guides.now, guides.before) == (1560.0, 1200.0)


def test_peers_are_those_of_the_same_industry_and_their_number_is_told():
    shares, said = peer_shares(_made())
    assert shares["share"].to_dict() == {"gears": 0.75, "guides": 0.25}
    assert said == "Peers: mean share of 5 others of “pumps”."


def test_too_few_peers_compare_with_nobody():
    few = _made(FEWEST_PEERS - 1)
    assert peer_shares(few)[0].empty
    assert all(each.peers is None for each in bought(few))
    assert "gears" not in {each.category for each in bought(few)}


def test_the_customer_sees_neither_peers_nor_verdicts():
    lines = bought(_made(audience="customer"))
    assert all(each.peers is None and each.verdict == "" for each in lines)
    assert {each.category for each in lines} == {"spares", "guides"}


def test_without_a_year_before_nothing_is_lost_or_growing():
    days = pd.date_range(end=END, periods=26, freq="14D")
    lines = _sold("A", "L", days, 10.0)
    tables = {"orders": lines, "products": PRODUCTS}
    portfolio = kamlab.portfolio_from_tables(tables, "EUR", as_of=END)
    (only,) = bought(Dossier(portfolio, "A"))
    assert (only.before, only.verdict) == (None, "")


def test_a_finished_project_is_no_loss(talbrucks):
    verdicts = {each.verdict for each in bought(talbrucks("Seilwerk"))}
    assert verdicts == {"project finished"}


def test_a_fading_category_stands_first(talbrucks):
    first = bought(talbrucks("Kovostav"))[0]
    assert (first.category, first.verdict) == ("gearboxes", "fading")
    assert first.now == pytest.approx(0.35 * first.before, rel=0.05)
