"""The accounts that return from chapter to chapter, and the decoys among them.

Each has a planned net revenue a year, in EUR at a portfolio of 300 accounts. Smaller
and larger portfolios scale it, so that the shares of the story stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kamlab.data.demo.kinds import (
    DISTRIBUTOR,
    MACHINE_BUILDER,
    PLANT_OPERATOR,
    PROJECT,
)
from kamlab.data.demo.story import MERGER, NUMBER_CHANGE, REVENUE_2025, YEAR_INDEX


@dataclass(frozen=True)
class Phase:
    """A stretch of days in which an account orders more or less often than usual.

    Examples
    --------
    >>> Phase(date(2024, 1, 8), date(2024, 3, 31), 0.0).factor
    0.0
    """

    start: date
    end: date
    factor: float


@dataclass(frozen=True)
class Character:
    """One account of the story.

    Parameters
    ----------
    key : str
        Short name by which truth.json and the tests call it.
    name, kind, country, region, industry : str
        What the account master says.
    revenue : tuple of float
        Planned net revenue of 2022 to 2025, EUR.
    orders, lines : float
        Orders a year and lines an order.
    erlang_k : int
        Shape of the gaps between orders; the higher, the more regular.
    discount : float
        Discount off the list price in 2022.
    mix : tuple of float
        Share of each category; empty for the usual mix of its kind.
    phases : tuple of Phase
        When it orders more or less often than usual.
    start, end : date, optional
        First and last day of buying, where they lie inside the data.
    steady : float
        How near its quarters come to a quarter of the year's plan, 0 to 1.
    key_account : bool
        Whether it may be chosen as a key account by rank.

    Examples
    --------
    >>> [each.name for each in cast() if each.key == "haorui"]
    ['苏州昊锐自动化 Haorui']
    """

    key: str
    name: str
    kind: str
    country: str
    region: str
    industry: str
    revenue: tuple[float, float, float, float]
    orders: float
    lines: float
    erlang_k: int = 3
    discount: float = 0.2
    mix: tuple[float, ...] = ()
    phases: tuple[Phase, ...] = field(default=())
    start: date | None = None
    end: date | None = None
    steady: float = 0.0
    key_account: bool = True


_MARWITZ_SHARES = {2022: 0.11, 2023: 0.13, 2024: 0.15, 2025: 0.17}
_MARWITZ = tuple(
    round(share * REVENUE_2025 * YEAR_INDEX[year], -3)
    for year, share in _MARWITZ_SHARES.items()
)

CHARACTERS = (
    Character(
        "marwitz",
        "Marwitz Packaging GmbH",
        MACHINE_BUILDER,
        "DE",
        "DACH",
        "packaging machinery",
        _MARWITZ,
        orders=30,
        lines=11,
        erlang_k=4,
        discount=0.24,
        steady=0.5,
    ),
    Character(
        "wetterau",
        "Wetterau Tools GmbH",
        PLANT_OPERATOR,
        "DE",
        "DACH",
        "tools",
        (945e3, 960e3, 970e3, 980e3),
        orders=1400,
        lines=1,
        erlang_k=2,
        discount=0.405,
        mix=(0, 0, 0.35, 0, 0.65, 0),
    ),
    Character(
        "haorui",
        "苏州昊锐自动化 Haorui",
        MACHINE_BUILDER,
        "CN",
        "East China",
        "automation",
        (58e3, 62e3, 66e3, 70e3),
        orders=10,
        lines=2,
        discount=0.18,
        key_account=False,
    ),
    Character(
        "kovostav",
        "Kovostav Strojírny a.s.",
        MACHINE_BUILDER,
        "CZ",
        "Rest of Europe",
        "machine tools",
        (1.20e6, 1.22e6, 1.24e6, 1.25e6),
        orders=26,
        lines=9,
        erlang_k=4,
        discount=0.23,
        steady=1.0,
        mix=(0.22, 0.42, 0.12, 0.16, 0.05, 0.03),
    ),
    Character(
        "seilwerk",
        "Seilwerk Lienz AG",
        PROJECT,
        "AT",
        "DACH",
        "ropeways",
        (0, 0, 1.9e6, 0),
        orders=14,
        lines=9,
        erlang_k=4,
        discount=0.19,
        start=date(2024, 2, 5),
        end=date(2024, 11, 22),
        key_account=False,
    ),
    Character(
        "nordkai",
        "Nordkai Offshore AS",
        PLANT_OPERATOR,
        "NO",
        "Rest of Europe",
        "offshore",
        (560e3, 600e3, 640e3, 385e3),
        orders=24,
        lines=6,
        erlang_k=4,
        discount=0.14,
        key_account=False,
        phases=(
            Phase(date(2025, 3, 1), date(2025, 8, 31), 0.05),
            Phase(date(2025, 9, 1), date(2025, 12, 31), 1.15),
        ),
    ),
    Character(
        "lianhan",
        "广州联瀚传动 Lianhan",
        DISTRIBUTOR,
        "CN",
        "South China",
        "power transmission trade",
        (190e3, 310e3, 470e3, 690e3),
        orders=26,
        lines=4,
        discount=0.31,
        key_account=False,
    ),
    Character(
        "hallenbeck",
        "Hallenbeck Foods Inc.",
        PLANT_OPERATOR,
        "US",
        "North America",
        "food",
        (410e3, 425e3, 440e3, 455e3),
        orders=20,
        lines=4,
        discount=0.12,
    ),
    Character(
        "eisenhain",
        "Eisenhain Antriebe GmbH",
        MACHINE_BUILDER,
        "DE",
        "DACH",
        "conveying",
        (250e3, 260e3, 385e3, 505e3),
        orders=13,
        lines=4,
        discount=0.22,
        key_account=False,
        phases=(Phase(MERGER, date(2025, 12, 31), 1.9),),
    ),
    Character(
        "eisenhain_old",
        "Eisenhain Fördertechnik GmbH",
        MACHINE_BUILDER,
        "DE",
        "DACH",
        "conveying",
        (215e3, 225e3, 115e3, 0),
        orders=12,
        lines=4,
        discount=0.22,
        end=date(2024, 6, 28),
        key_account=False,
    ),
    Character(
        "changed_number",
        "Tannrode Papier GmbH & Co. KG",
        PLANT_OPERATOR,
        "DE",
        "DACH",
        "paper",
        (0, 33e3, 140e3, 146e3),
        orders=15,
        lines=2.5,
        discount=0.11,
        start=NUMBER_CHANGE,
        key_account=False,
    ),
    Character(
        "changed_number_old",
        "Tannrode Papier GmbH",
        PLANT_OPERATOR,
        "DE",
        "DACH",
        "paper",
        (130e3, 101e3, 0, 0),
        orders=15,
        lines=2.5,
        discount=0.11,
        end=date(2023, 9, 29),
        key_account=False,
    ),
    Character(
        "shutdown",
        "Kirnstett Zement AG",
        PLANT_OPERATOR,
        "DE",
        "DACH",
        "cement",
        (180e3, 185e3, 141e3, 190e3),
        orders=18,
        lines=3,
        erlang_k=4,
        discount=0.13,
        key_account=False,
        phases=(Phase(date(2024, 1, 8), date(2024, 3, 31), 0.0),),
    ),
    Character(
        "destocking",
        "Oltavia Trasmissioni S.r.l.",
        DISTRIBUTOR,
        "IT",
        "Rest of Europe",
        "power transmission trade",
        (330e3, 200e3, 345e3, 360e3),
        orders=24,
        lines=4,
        discount=0.30,
        key_account=False,
        phases=(Phase(date(2023, 2, 1), date(2023, 7, 31), 0.15),),
    ),
    Character(
        "finished_project",
        "Ridgemoor Water Systems LLC",
        PROJECT,
        "US",
        "North America",
        "water",
        (120e3, 780e3, 0, 0),
        orders=9,
        lines=6,
        discount=0.18,
        start=date(2022, 9, 12),
        end=date(2023, 10, 20),
        key_account=False,
    ),
    Character(
        "price_cut",
        "Stebbach Verpackung GmbH",
        MACHINE_BUILDER,
        "DE",
        "DACH",
        "packaging machinery",
        (300e3, 310e3, 320e3, 300e3),
        orders=20,
        lines=4,
        erlang_k=4,
        discount=0.22,
        key_account=False,
    ),
)

_BRANCHES = (
    ("Birmingham", "GB", 455e3),
    ("Leeds", "GB", 440e3),
    ("Bristol", "GB", 430e3),
    ("Rotterdam", "NL", 425e3),
    ("Antwerp", "BE", 415e3),
    ("Cork", "IE", 405e3),
)


def branches() -> Iterator[Character]:
    """Yield Brackwell Distribution's six branches, the head first.

    Examples
    --------
    >>> [branch.key for branch in branches()][:2]
    ['brackwell_1', 'brackwell_2']
    """
    for number, (town, country, revenue) in enumerate(_BRANCHES, start=1):
        path = tuple(round(revenue * share, -3) for share in (0.85, 0.9, 0.95, 1.0))
        yield Character(
            f"brackwell_{number}",
            f"Brackwell Distribution {town}",
            DISTRIBUTOR,
            country,
            "Rest of Europe",
            "power transmission trade",
            path,
            orders=25,
            lines=4.5,
            discount=0.30,
            key_account=False,
        )


def cast() -> tuple[Character, ...]:
    """Return every planned account of the story.

    Examples
    --------
    >>> len(cast())
    22
    """
    return (*CHARACTERS, *branches())


#: Accounts that look like a loss or a fade and must not alarm: what really happened.
DECOYS = {
    "seilwerk": "finished project",
    "finished_project": "finished project",
    "nordkai": "destocking and recovery",
    "destocking": "destocking and recovery",
    "shutdown": "shutdown months",
    "changed_number_old": "changed customer number",
    "eisenhain_old": "merged account",
    "price_cut": "price cut",
}

#: Which customer number each replaced number went into, and since when.
MERGED = {
    "eisenhain_old": ("eisenhain", MERGER),
    "changed_number_old": ("changed_number", NUMBER_CHANGE),
}
