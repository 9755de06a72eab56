"""A section whose data are missing closes up with one sentence."""

import nbformat
import pytest

from kamlab.errors import UsageError
from kamlab.language import in_language
from kamlab.report import available
from kamlab.report.sections import (
    ORDER_DAYS,
    Gap,
    Missing,
    gaps_of,
    name_of,
    read_missing,
)


class Only:
    """A portfolio that has these tables and columns, and nothing else."""

    def __init__(self, *names: str, grain: str = "day") -> None:
        self._names = names
        self.grain = grain

    def has(self, name: str) -> bool:
        return name in self._names


def test_nothing_is_said_when_everything_is_there(capsys):
    portfolio = Only("orders", "orders.cogs")
    assert available(portfolio, "orders", "orders.cogs", section="Gross margin")
    assert capsys.readouterr().out == ""


def test_what_is_missing_is_named_in_one_sentence(capsys):
    shown = available(Only("orders"), "orders.cogs", "events", section="Gross margin")
    assert not shown
    assert " ".join(capsys.readouterr().out.split()) == (
        "“Gross margin” is not shown: the data have no “Cost of the goods on the "
        "line” (column cogs of table orders) and no events (table events: "
        "something that happened and explains figures)."
    )


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        (
            ("accounts.parent_id",),
            "have no “The account above it in its group” (column parent_id of table "
            "accounts)",
        ),
        (
            ("orders.tax_rate",),
            "have no “VAT rate” (column tax_rate of table orders)",
        ),
        (
            ("orders.channel",),
            "have no “How it was sold” (column channel of table orders)",
        ),
        (
            ("products.service_flag",),
            "have no “A service, not a good” (column service_flag of table products)",
        ),
        (
            ("products", "account_history"),
            "have no products (table products: one product) and no account history "
            "(table account_history: one value of one attribute of one account, with "
            "the days it held)",
        ),
    ],
)
def test_columns_and_tables_are_called_by_what_they_mean(needs, told):
    assert str(Missing("It", needs)) == f"“It” is not shown: the data {told}."


def test_three_columns_read_as_a_list():
    needs = ("orders.channel", "orders.payer_id", "orders.ship_to_id")
    text = str(Missing("It", needs))
    assert (
        "no “How it was sold” (column channel of table orders), no “Who pays”" in text
    )
    assert " and no “Where the goods went”" in text


def test_where_a_whole_table_is_missing_its_columns_are_not_listed(capsys):
    needs = "interactions.promised_due", "interactions.promised_done"
    assert not available(Only("orders"), *needs, section="Promises kept")
    told = " ".join(capsys.readouterr().out.split())
    assert "have no interactions (table interactions" in told
    assert "promised_due" not in told
    assert not available(Only("interactions"), *needs, section="Promises kept")
    assert "promised_due" in capsys.readouterr().out


def test_a_need_that_no_portfolio_can_have_is_a_mistake():
    with pytest.raises(UsageError, match="did you mean 'cogs'"):
        available(Only(), "orders.cgos", section="Gross margin")


def test_a_section_names_what_it_needs():
    with pytest.raises(UsageError, match="'Gross margin' names no table"):
        available(Only(), section="Gross margin")


def test_the_demo_company_knows_its_costs(demo, capsys):
    assert available(demo, "orders.cogs", section="Gross margin")
    assert not available(demo, "orders.tax_rate", section="VAT")
    assert "“VAT” is not shown" in capsys.readouterr().out


def test_missing_sections_are_read_back():
    gap = Missing("Gross margin", ("orders.cogs",))
    output = nbformat.v4.new_output("display_data", data=gap._repr_mimebundle_())
    cell = nbformat.v4.new_code_cell("available(…)", outputs=[output])
    assert read_missing(nbformat.v4.new_notebook(cells=[cell])) == [gap]


def test_each_missing_column_is_told_once_the_one_that_darkens_most_first():
    missing = [
        Missing("By group", ("accounts.parent_id",)),
        Missing("Cost to serve", ("costs", "orders.cogs")),
        Missing("Profit", ("orders.cogs",)),
    ]
    assert gaps_of(missing) == [
        Gap("orders.cogs", ("Cost to serve", "Profit")),
        Gap("accounts.parent_id", ("By group",)),
        Gap("costs", ("Cost to serve",)),
    ]
    assert gaps_of([]) == []


def test_a_gap_counts_its_sections():
    one, two = Gap("events", ("A",)), Gap("events", ("A", "B"))
    assert str(one) == "Events (table events): 1 section"
    assert str(two) == "Events (table events): 2 sections"


def test_columns_are_named_by_their_words_and_where_they_belong():
    told = name_of("accounts.key_account_flag")
    assert told.endswith(" (column key_account_flag of table accounts)")
    assert not told.startswith("key_account")
    with pytest.raises(UsageError, match="did you mean 'cogs'"):
        name_of("orders.cgos")


def test_a_section_may_ask_for_order_days(capsys):
    assert available(Only("orders"), "orders", ORDER_DAYS, section="Rhythm")
    months = Only("orders", grain="month")
    assert available(months, "orders", section="Revenue")
    assert not available(months, "orders", ORDER_DAYS, section="Rhythm")
    assert " ".join(capsys.readouterr().out.split()) == (
        "“Rhythm” is not shown: the data have no order days (order lines are sums of "
        "months)."
    )
    gap = Gap(ORDER_DAYS, ("Rhythm",))
    assert str(gap) == "Order days (order lines are sums of months): 1 section"


def test_what_is_missing_is_told_in_the_language_of_the_page():
    gap = Missing("毛利", ("events", "orders.cogs"))
    with in_language("zh"):
        told = str(gap)
    assert told.startswith("“毛利”未显示：数据中没有events（表 events：")
    assert "，也没有“Cost of the goods on the line”（表 orders 的列 cogs）。" in told
