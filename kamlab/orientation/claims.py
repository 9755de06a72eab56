"""What the course documents say of key accounts, each claim with how it is measured.

Glossary
--------
claim
    A sentence of the course documents that figures could speak for or against.
sources
    S0 to S4 are the five documents; S2 is a collection of eight, S2a to S2h.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """One claim: who makes it, what is measured, and what that does not say.

    Parameters
    ----------
    name : str
        A Python identifier.
    statement, chinese, sources : str
        What is claimed, in both languages, and where.
    measure : str
        What is looked at, in words.
    column : str
        Column of the measures by account; empty where no table of this company's kind
        of data holds it.
    expects : {"higher", "lower", "half"}
        Whether key accounts are said to be higher or lower than others, or to bring
        more than half of the whole.
    unit : str
        Unit of the column, for printing.
    caution : str
        What a verdict does not say.
    needs : str
        What would have to be recorded where the column is missing.
    paired : bool
        Whether each key account is held against another one of its size.
    follows_from_size : bool
        Whether it holds for any accounts that were chosen for their revenue.
    per : str
        What stands behind the figure in print, such as "a month".

    Examples
    --------
    >>> CLAIMS[0].statement
    'They are the main source of revenue'
    """

    name: str
    statement: str
    chinese: str
    sources: str
    measure: str
    column: str
    expects: str
    unit: str
    caution: str
    needs: str = ""
    paired: bool = False
    follows_from_size: bool = False
    per: str = ""


CLAIMS = (
    Claim(
        "revenue_source",
        "They are the main source of revenue",
        "重要收入来源",
        "S2d, S2e, S4",
        "their part of net revenue is above one half",
        "revenue",
        "half",
        "money",
        "that the revenue earns anything, or would be lost with them",
        follows_from_size=True,
    ),
    Claim(
        "profit_source",
        "They are the main source of profit",
        "利润贡献大",
        "S2d, S2e",
        "their part of gross margin is above one half",
        "margin",
        "half",
        "money",
        "what it costs to serve them: that is not in the gross margin",
        needs="cost of goods",
    ),
    Claim(
        "contribution_source",
        "They are its main source also after serving them",
        "扣除服务成本后仍贡献大",
        "S2b, S2d",
        "their part of contribution (after direct costs and cost to serve) is above "
        "one half",
        "contribution",
        "half",
        "money",
        "that each of them contributes: some may lose money",
        needs="costs and standard minutes of serving",
    ),
    Claim(
        "large_orders",
        "They place large orders",
        "金额大",
        "S2b, S2h",
        "mean purchases of an order day",
        "order_value",
        "higher",
        "money",
        "anything new: they were chosen for their size",
        follows_from_size=True,
    ),
    Claim(
        "frequent_orders",
        "They order often",
        "购买频率高",
        "S2d, S2h",
        "days with an order",
        "order_days",
        "higher",
        "count",
        "that many orders are good: each one costs work",
        follows_from_size=True,
        per="order days",
    ),
    Claim(
        "steady",
        "Their revenue is steady",
        "稳定性高",
        "S0, S2h",
        "variation of quarterly revenue, season taken out (standard deviation over "
        "mean)",
        "variation",
        "lower",
        "number",
        "that being a key account makes steady: large books of orders are steadier",
        needs="eight quarters of orders",
        per="of the mean",
    ),
    Claim(
        "steady_for_their_size",
        "Their revenue is steady, also for their size",
        "同等规模下更稳定",
        "S0, S2h",
        "the same, each beside the other account nearest to it in revenue",
        "variation",
        "lower",
        "number",
        "anything on the giants, who have no counterpart; notebook 11 estimates the "
        "same from all accounts of these sizes, not from pairs",
        needs="eight quarters of orders",
        paired=True,
        per="of the mean",
    ),
    Claim(
        "loyal",
        "They are loyal",
        "忠诚度高",
        "S0, S2d, S2g",
        "bought again in the year after",
        "kept",
        "higher",
        "share",
        "that they like us: staying may be a contract or a lack of choice",
        needs="a second year of orders",
    ),
    Claim(
        "potential",
        "They have potential",
        "潜在价值高",
        "S0, S2b",
        "growth on the year before",
        "growth",
        "higher",
        "share",
        "what they could buy, which is their wallet; and it tends to be too low: "
        "who is chosen after a good year falls back",
        needs="a second year of orders",
    ),
    Claim(
        "good_margin",
        "They earn us a good margin",
        "利润率高",
        "S1, S2d",
        "gross margin as a share of revenue",
        "margin_rate",
        "higher",
        "share",
        "whether they pay in all: a low rate of a large amount can be much",
        needs="cost of goods",
    ),
    Claim(
        "wide_range",
        "They buy across the range",
        "增值销售机会多",
        "S2b",
        "product categories bought",
        "categories",
        "higher",
        "count",
        "that we sold more to them: they may need more",
        needs="products with categories",
        per="categories",
    ),
    Claim(
        "well_kept",
        "We keep in touch with them",
        "定期沟通",
        "S0, S1, S3",
        "contacts a month",
        "contacts",
        "higher",
        "number",
        "that a contact was worth it, or that all were entered",
        needs="contacts (table interactions)",
        per="a month",
    ),
    Claim(
        "they_come_to_us",
        "The exchange is mutual",
        "互动性",
        "S0, S2g",
        "share of contacts that they began",
        "inbound",
        "higher",
        "share",
        "why they call: many complaints are an exchange, too",
        needs="contacts with their direction",
    ),
    Claim(
        "ideas",
        "They tell us what is new in their industry",
        "行业最新动态",
        "S2h",
        "share of contacts about innovation",
        "ideas",
        "higher",
        "share",
        "whether anything came of it",
        needs="contacts with their topic",
    ),
    Claim(
        "worth_the_time",
        "Serving them takes a smaller part of revenue",
        "服务成本占收入的比例较低",
        "S2b",
        "direct costs and cost to serve as a share of revenue",
        "cost_rate",
        "lower",
        "share",
        "that less service would do: it may be why they buy",
        needs="costs and standard minutes of serving",
    ),
    Claim(
        "long_cycle",
        "Their sales cycle is long",
        "销售周期长",
        "S2b, S2h",
        "days from enquiry to order",
        "",
        "higher",
        "days",
        "",
        needs="opportunities with the days of their stages",
    ),
    Claim(
        "contested",
        "They are contested ever more",
        "竞争激烈",
        "S0, S2b, S2e",
        "competitors per tender, by year",
        "",
        "higher",
        "count",
        "",
        needs="tenders with their competitors",
    ),
    Claim(
        "bring_others",
        "They bring other customers",
        "带动其他客户",
        "S2b, S2g",
        "margin of customers they referred",
        "",
        "higher",
        "money",
        "",
        needs="referrals",
    ),
    Claim(
        "satisfied_stay",
        "Satisfied ones stay and buy more",
        "满意度带来忠诚与价值",
        "S0, S1",
        "path from satisfaction to loyalty to value",
        "",
        "higher",
        "number",
        "",
        needs="surveys of satisfaction",
    ),
)


def claims_to_ask(named: bool) -> tuple[Claim, ...]:
    """Return the claims that can come out either way.

    Parameters
    ----------
    named : bool
        Whether the data name the key accounts. If the largest accounts stand in for
        them, it is no finding that they bring much, in many or in large orders.

    Returns
    -------
    tuple of Claim

    Examples
    --------
    >>> len(claims_to_ask(True)) - len(claims_to_ask(False))
    3
    """
    return tuple(each for each in CLAIMS if named or not each.follows_from_size)
