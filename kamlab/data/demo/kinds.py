"""The five kinds of account: how many they are, how much and how they buy."""

from dataclasses import dataclass

CATEGORIES = (
    "linear guides",
    "gearboxes",
    "couplings",
    "controllers",
    "spare parts",
    "service",
)

MACHINE_BUILDER = "machine builder"
PLANT_OPERATOR = "plant operator"
DISTRIBUTOR = "distributor"
PROJECT = "project"
WORKSHOP = "workshop"


@dataclass(frozen=True)
class Kind:
    """One kind of account.

    Parameters
    ----------
    account_share, revenue_share : float
        Its share of the accounts in the master, and of the revenue of 2025.
    first_share : float
        Its share of the revenue of 2022, when Marwitz was smaller.
    spread : float
        Standard deviation of log size among its ordinary accounts.
    orders, lines : tuple of float
        Lowest and highest number of orders a year, and of lines an order.
    discount : tuple of float
        Lowest and highest discount off the list price in 2022.
    mix : tuple of float
        Usual share of each category in its purchases.
    loss_weight : float
        How easily it is lost, against a plant operator's 1.
    deductions : float
        Share of gross revenue that returns, credits and rebates take back.

    Examples
    --------
    >>> KINDS["workshop"].account_share
    0.2
    """

    account_share: float
    revenue_share: float
    first_share: float
    spread: float
    orders: tuple[float, float]
    lines: tuple[float, float]
    discount: tuple[float, float]
    mix: tuple[float, ...]
    loss_weight: float
    deductions: float


KINDS = {
    MACHINE_BUILDER: Kind(
        account_share=0.12,
        revenue_share=0.46,
        first_share=0.41,
        spread=0.65,
        orders=(16, 30),
        lines=(3.5, 6.0),
        discount=(0.20, 0.28),
        mix=(0.30, 0.30, 0.12, 0.20, 0.04, 0.04),
        loss_weight=0.7,
        deductions=0.013,
    ),
    PLANT_OPERATOR: Kind(
        account_share=0.38,
        revenue_share=0.17,
        first_share=0.187,
        spread=0.8,
        orders=(6, 20),
        lines=(1.6, 3.2),
        discount=(0.06, 0.16),
        mix=(0.10, 0.18, 0.10, 0.08, 0.42, 0.12),
        loss_weight=1.0,
        deductions=0.013,
    ),
    DISTRIBUTOR: Kind(
        account_share=0.15,
        revenue_share=0.22,
        first_share=0.235,
        spread=0.6,
        orders=(18, 30),
        lines=(3.0, 5.0),
        discount=(0.26, 0.34),
        mix=(0.28, 0.20, 0.24, 0.08, 0.20, 0.00),
        loss_weight=0.7,
        deductions=0.040,
    ),
    PROJECT: Kind(
        account_share=0.15,
        revenue_share=0.13,
        first_share=0.147,
        spread=0.6,
        orders=(3, 7),
        lines=(3.0, 6.0),
        discount=(0.14, 0.24),
        mix=(0.24, 0.28, 0.10, 0.26, 0.02, 0.10),
        loss_weight=1.3,
        deductions=0.013,
    ),
    WORKSHOP: Kind(
        account_share=0.20,
        revenue_share=0.02,
        first_share=0.021,
        spread=0.55,
        orders=(3, 9),
        lines=(1.1, 1.8),
        discount=(0.00, 0.08),
        mix=(0.26, 0.10, 0.24, 0.05, 0.35, 0.00),
        loss_weight=1.6,
        deductions=0.013,
    ),
}
