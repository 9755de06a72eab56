"""The table of events: what happened, when, and whom it touched."""

from datetime import date, timedelta

import pandas as pd

from kamlab.data.demo.recovery import COMPLAINT_ON
from kamlab.data.demo.story import (
    CHINESE_NEW_YEAR,
    COMPETITOR_FROM,
    CRM_STARTS,
    MANAGERS_LEAVE,
    MERGER,
    NUMBER_CHANGE,
    ORPHANED_WEEKS,
    PRICE_RISES,
    PROGRAMME_FROM,
    REVIEWS_FROM,
    SHORTAGE,
    YEARS,
)


def build_events(roster: pd.DataFrame) -> pd.DataFrame:
    """Return every event of the story in order of date.

    Parameters
    ----------
    roster : pandas.DataFrame
        Tells the account numbers of the characters.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> roster, mix = assemble_roster(1, 30)
    >>> events = build_events(roster)
    >>> events.loc[events["kind"] == "shortage", "text"].item()
    'Bearings for gearboxes are short; deliveries are late.'
    """
    account = roster[roster["character"] != ""].set_index("character")["account_id"]
    rows = [*_portfolio_events(), *_closures(), *_account_events(account)]
    columns = ["date", "end_date", "scope", "scope_value", "kind", "text"]
    events = pd.DataFrame(rows, columns=columns)
    for name in ("date", "end_date"):
        events[name] = pd.to_datetime(events[name])
    keys = ["date", "scope", "scope_value", "text"]
    events = events.sort_values(keys, ignore_index=True, na_position="first")
    events.insert(0, "event_id", [f"E{number:03d}" for number in events.index + 1])
    return events


def _portfolio_events() -> list[tuple]:
    """Return what touches the whole company, a region or a category."""
    everybody = ("portfolio", None)
    rows = [
        (since, None, *everybody, "price_list", f"Price list raised by {rise:.0%}.")
        for since, rise in PRICE_RISES.items()
    ]
    rows += [
        (*SHORTAGE, "category", "gearboxes", "shortage",
         "Bearings for gearboxes are short; deliveries are late."),
        (CRM_STARTS, None, *everybody, "system",
         "The CRM starts; contacts before this day were not recorded."),
        (COMPETITOR_FROM, None, "region", "East China", "competitor",
         "A competitor opens a plant near Suzhou and quotes below list."),
        (PROGRAMME_FROM, None, *everybody, "programme",
         "Key-account programme begins for the larger half of the key accounts."),
        (REVIEWS_FROM, None, *everybody, "programme",
         "Quarterly reviews begin with half of the key accounts, drawn by lot."),
    ]  # fmt: skip
    for manager, left in MANAGERS_LEAVE.items():
        text = f"Account manager {manager} leaves; the successor starts later."
        ends = left + timedelta(weeks=ORPHANED_WEEKS)
        rows.append((left, ends, *everybody, "organisation", text))
    return rows


def _closures() -> list[tuple]:
    """Return the yearly shutdowns: August, the year's end, Chinese New Year."""
    rows = []
    for year in YEARS:
        august = (date(year, 8, 1), date(year, 8, 28))
        christmas = (date(year, 12, 20), date(year + 1, 1, 8))
        for region in ("DACH", "Rest of Europe"):
            told = ("region", region, "shutdown")
            rows.append((*august, *told, "Summer closure of many customers."))
            rows.append((*christmas, *told, "Year-end closure of many customers."))
    for holiday in CHINESE_NEW_YEAR:
        span = (holiday - timedelta(days=4), holiday + timedelta(days=13))
        for region in ("East China", "South China"):
            told = ("region", region, "shutdown", "Chinese New Year closure.")
            rows.append((*span, *told))
    return rows


def _account_events(account: pd.Series) -> list[tuple]:
    """Return what happened at single accounts, as the sales office noted it."""
    notes = [
        ("seilwerk", date(2024, 2, 5), date(2024, 11, 22), "project",
         "Ropeway project, to be finished in November 2024; no repeat is due."),
        ("finished_project", date(2022, 9, 12), date(2023, 10, 20), "project",
         "Water works project, to be finished in October 2023; no repeat is due."),
        ("nordkai", date(2025, 3, 1), date(2025, 8, 31), "other",
         "Runs down its stock of spares; says it will order again in autumn."),
        ("destocking", date(2023, 2, 1), date(2023, 7, 31), "other",
         "Runs down the stock it built up during the shortage."),
        ("shutdown", date(2024, 1, 8), date(2024, 3, 31), "shutdown",
         "Kiln is rebuilt; the plant stands still."),
        ("eisenhain_old", MERGER, None, "merger",
         "Merged with its sister company; orders come under the other number."),
        ("changed_number_old", NUMBER_CHANGE, None, "merger",
         "New legal form and new customer number."),
        ("price_cut", date(2025, 1, 1), None, "other",
         "Three-year frame contract signed at 6 % lower prices."),
        ("hallenbeck", COMPLAINT_ON, COMPLAINT_ON + timedelta(days=15), "other",
         "A batch of couplings broke; it was replaced within two days."),
    ]  # fmt: skip
    return [
        (since, until, "account", account[key], kind, text)
        for key, since, until, kind, text in notes
    ]
