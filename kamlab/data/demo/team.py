"""Who looks after Talbruck's customers: account managers, inside sales, engineers."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from kamlab.data.demo.story import FULL_SIZE, MANAGERS_LEAVE, ORPHANED_WEEKS

ACCOUNT_MANAGEMENT = "account management"
INSIDE_SALES = "inside sales"
WAREHOUSE = "warehouse"
ENGINEERING = "application engineering"

ROLES = {
    ACCOUNT_MANAGEMENT: "account_manager",
    INSIDE_SALES: "inside_sales",
    ENGINEERING: "engineer",
}
#: Hours a year that one person really has for customers: some 80 % of those paid.
HOURS_A_YEAR = {
    ACCOUNT_MANAGEMENT: 1320.0,
    INSIDE_SALES: 1350.0,
    WAREHOUSE: 1310.0,
    ENGINEERING: 1300.0,
}
#: Full cost of such an hour in 2025, EUR: pay, car and travel, room, machines.
COST_PER_HOUR = {
    ACCOUNT_MANAGEMENT: 120.0,
    INSIDE_SALES: 58.0,
    WAREHOUSE: 68.0,
    ENGINEERING: 98.0,
}


@dataclass(frozen=True)
class Person:
    """One of us who looks after accounts.

    Examples
    --------
    >>> Person("K01", "Annegret Vosslau", "inside sales", "DACH", date(2012, 4, 1)).left
    """

    kam_id: str
    name: str
    pool: str
    region: str
    joined: date
    left: date | None = None


def _joins_after(manager: str) -> date:
    """Return the first day of the person who follows a manager that leaves."""
    return MANAGERS_LEAVE[manager] + timedelta(weeks=ORPHANED_WEEKS, days=1)


def _manager(code: str, name: str, region: str, joined: date) -> Person:
    left = MANAGERS_LEAVE.get(code)
    return Person(code, name, ACCOUNT_MANAGEMENT, region, joined, left)


TEAM = (
    _manager("K01", "Annegret Vosslau", "DACH", date(2009, 4, 1)),
    _manager("K02", "Henrik Tamsdorf", "DACH", date(2014, 10, 1)),
    _manager("K03", "Ruth Ellenrieder", "Rest of Europe", date(2011, 2, 1)),
    _manager("K04", "Jonas Wieskirch", "Rest of Europe", date(2016, 7, 1)),
    _manager("K05", "林若溪 Lin Ruoxi", "East China", date(2013, 3, 4)),
    _manager("K06", "顾明远 Gu Mingyuan", "East China", date(2017, 9, 1)),
    _manager("K07", "陆海宁 Lu Haining", "South China", date(2018, 5, 2)),
    _manager("K08", "Dale Hartsell", "North America", date(2012, 8, 20)),
    _manager("K09", "Marisa Quenby", "North America", date(2019, 1, 14)),
    _manager("K10", "Tilda Obermoor", "Rest of Europe", _joins_after("K04")),
    _manager("K11", "沈嘉禾 Shen Jiahe", "South China", _joins_after("K07")),
    Person("I01", "Birte Langkopp", INSIDE_SALES, "DACH", date(2008, 9, 1)),
    Person("I02", "Matteo Selvani", INSIDE_SALES, "Rest of Europe", date(2015, 6, 1)),
    Person("I03", "方雅琴 Fang Yaqin", INSIDE_SALES, "East China", date(2016, 3, 1)),
    Person("I04", "Corey Landish", INSIDE_SALES, "North America", date(2017, 11, 6)),
    Person("E01", "Ulrich Rabenau", ENGINEERING, "DACH", date(2007, 1, 8)),
    Person("E02", "Sanne Rijkhof", ENGINEERING, "Rest of Europe", date(2018, 4, 16)),
    Person("E03", "何志成 He Zhicheng", ENGINEERING, "East China", date(2015, 10, 12)),
    Person("E04", "Wade Ollerton", ENGINEERING, "North America", date(2020, 2, 3)),
    Person("E05", "Paula Reinsfeld", ENGINEERING, "DACH", date(2023, 7, 1)),
)


def build_team(accounts: int) -> pd.DataFrame:
    """Return the table of the team with the capacity and cost of the extract.

    In a smaller or larger book everybody has fewer or more hours for its accounts.

    Parameters
    ----------
    accounts : int
        Accounts in the master.

    Examples
    --------
    >>> build_team(300).set_index("kam_id").loc["K04", "role"]
    'account_manager'
    """
    rows = [
        {
            "kam_id": person.kam_id,
            "kam_name": person.name,
            "role": ROLES[person.pool],
            "pool": person.pool,
            "region": person.region,
            "joined_on": person.joined,
            "left_on": person.left,
            "capacity_hours": round(
                HOURS_A_YEAR[person.pool] * accounts / FULL_SIZE, 1
            ),
            "cost_per_hour": COST_PER_HOUR[person.pool],
        }
        for person in TEAM
    ]
    team = pd.DataFrame(rows).sort_values("kam_id", ignore_index=True)
    days = {name: pd.to_datetime(team[name]) for name in ("joined_on", "left_on")}
    return team.assign(**days)
