"""Talbruck Motion GmbH (塔尔布鲁克传动), put together from its planted processes."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.account_costs import build_account_costs
from kamlab.data.demo.assortment import build_products
from kamlab.data.demo.commercial_truth import build_commercial_truth
from kamlab.data.demo.company import DemoCompany
from kamlab.data.demo.contracts import build_contracts
from kamlab.data.demo.deductions import add_deductions
from kamlab.data.demo.delivery import deliver
from kamlab.data.demo.engineering import choose_made_to_measure
from kamlab.data.demo.events import build_events
from kamlab.data.demo.gearboxes import draw_turned
from kamlab.data.demo.groups import form_groups
from kamlab.data.demo.growth import plan_large
from kamlab.data.demo.interactions import build_interactions
from kamlab.data.demo.invoices import draw_invoices
from kamlab.data.demo.lines import draw_lines, fill_lines, value_lines
from kamlab.data.demo.lives import choose_key_accounts, live
from kamlab.data.demo.master import build_accounts, register
from kamlab.data.demo.names import name_accounts
from kamlab.data.demo.open_orders import build_open_orders
from kamlab.data.demo.opportunities import build_opportunities
from kamlab.data.demo.ordering import draw_orders
from kamlab.data.demo.ownership import assign_managers, build_history, yearly_revenue
from kamlab.data.demo.places import place
from kamlab.data.demo.pools import build_costs, standard_minutes
from kamlab.data.demo.postings import post
from kamlab.data.demo.programme import choose_members
from kamlab.data.demo.receivables import build_collections, build_receivables
from kamlab.data.demo.reviews import draw_reviewed
from kamlab.data.demo.roster import build_roster
from kamlab.data.demo.rush import mark_rush
from kamlab.data.demo.seasons import weekly_levels
from kamlab.data.demo.serving_truth import build_serving_truth
from kamlab.data.demo.story import LAST_DAY, YEARS
from kamlab.data.demo.tables import build_orders, build_product_table, number_orders
from kamlab.data.demo.targets import build_targets
from kamlab.data.demo.team import build_team
from kamlab.data.demo.truth import build_truth
from kamlab.data.folder import Description

NAME = "Talbruck Motion GmbH"


def generate_talbruck(seed: int, accounts: int) -> DemoCompany:
    """Return Talbruck with its tables, its description and what was planted in it.

    Parameters
    ----------
    seed : int
        Everything follows from it.
    accounts : int
        Accounts in the master; revenue scales with them.

    Examples
    --------
    >>> sorted(generate_talbruck(seed=1, accounts=30).tables)[:4]
    ['account_costs', 'account_history', 'accounts', 'activity_minutes']
    """
    roster, mix = assemble_roster(seed, accounts)
    products = build_products(seed)
    lines = assemble_lines(roster, mix, products, seed)
    revenue = yearly_revenue(lines, roster)
    history = build_history(roster, revenue)
    roster = draw_reviewed(roster, history, seed)
    events = build_events(roster)
    keys = _key_accounts_by_year(roster, history)
    tables = {
        "orders": build_orders(lines, roster, products, seed),
        "accounts": build_accounts(roster, history, seed),
        "account_history": history,
        "products": build_product_table(products),
        "events": events,
        "targets": build_targets(lines, roster, keys, seed),
        "interactions": build_interactions(lines, roster, history, seed),
        "costs": build_costs(accounts),
        "activity_minutes": standard_minutes(),
        "account_costs": build_account_costs(lines, roster, seed),
        "kam_team": build_team(accounts),
        "contracts": build_contracts(roster, history, revenue, seed),
        "opportunities": build_opportunities(roster, seed),
        **_still_to_come(lines, roster, seed),
    }
    description = Description(NAME, "EUR", LAST_DAY)
    truth = build_truth(roster, lines, events, seed)
    truth["serving"] = build_serving_truth(tables, roster)
    truth |= build_commercial_truth(tables, roster)
    return DemoCompany(tables, description, truth)


def assemble_roster(seed: int, accounts: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the roster with every trait, and the mix of categories.

    Examples
    --------
    >>> roster, mix = assemble_roster(1, 30)
    >>> len(roster), mix.shape
    (30, (30, 6))
    """
    roster, mix = build_roster(seed, accounts)
    roster = choose_key_accounts(roster)
    roster = plan_large(live(roster, seed), seed)
    roster = place(roster, seed)
    roster = choose_members(draw_turned(roster, mix, seed))
    roster = name_accounts(form_groups(roster, seed), seed)
    roster = choose_made_to_measure(register(roster, seed), seed)
    return assign_managers(roster, seed), mix


def assemble_lines(
    roster: pd.DataFrame, mix: np.ndarray, products: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return all lines of the extract: sales, and what takes revenue back.

    Examples
    --------
    >>> roster, mix = assemble_roster(1, 30)
    >>> lines = assemble_lines(roster, mix, build_products(1), seed=1)
    >>> sorted(lines["line_type"].unique())[:3]
    ['cancellation', 'price_credit', 'rebate']
    """
    orders = draw_orders(roster, weekly_levels(roster), seed)
    lines = value_lines(draw_lines(orders, roster, mix, seed), roster, seed)
    lines = fill_lines(lines, roster, products, seed)
    lines = number_orders(deliver(lines, seed))
    lines = post(add_deductions(lines, roster, seed), seed)
    return mark_rush(lines, roster, seed)


def _still_to_come(
    lines: pd.DataFrame, roster: pd.DataFrame, seed: int
) -> dict[str, pd.DataFrame]:
    """Return what is to be delivered, what is to be paid, and what was."""
    invoices = draw_invoices(lines, roster, seed)
    return {
        "open_orders": build_open_orders(lines, roster),
        "receivables": build_receivables(invoices, roster),
        "collections": build_collections(invoices, roster, seed),
    }


def _key_accounts_by_year(
    roster: pd.DataFrame, history: pd.DataFrame
) -> dict[int, pd.Series]:
    """Return who was a key account in November, for each following year of targets."""
    flags = history[history["attribute"] == "key_account_flag"]
    keys = {}
    for year in (*YEARS, YEARS[-1] + 1):
        # Before the data begin, the key accounts of their first day stand in.
        day = pd.Timestamp(max(date(year - 1, 11, 15), date(YEARS[0], 1, 1)))
        holds = (flags["valid_from"] <= day) & ~(flags["valid_to"] < day)
        ids = flags.loc[holds & (flags["value"] == "true"), "account_id"]
        keys[year] = roster["account_id"].isin(ids)
    return keys
