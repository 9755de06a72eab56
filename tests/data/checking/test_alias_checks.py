"""Customer numbers that replace each other: dated, followed, never in a circle."""

from datetime import date

import pandas as pd
import pytest

import kamlab
from kamlab.data.checking.alias_checks import first_circle
from kamlab.errors import DataError
from kamlab.value.activity import account_revenue

LINES = (
    "Nr,Pos,Kunde,Tag,Netto\n"
    "1,1,100,2024-01-31,10\n"
    "2,1,200,2024-06-30,20\n"
    "3,1,300,2025-03-31,40\n"
    "4,1,900,2025-06-30,80\n"
)
ALIASES = "Alt,Neu,Ab\n100,200,2024-06-01\n200,300,2025-01-01\n"
TABLE = """
  account_aliases:
    files: aliases.csv
    columns: {old_account_id: Alt, account_id: Neu, valid_from: Ab}
"""


@pytest.fixture
def renumbered(export):
    """Import lines with replaced numbers; return the findings by rule."""

    def importer(aliases: str = ALIASES):
        export.write(LINES)
        export.write(aliases, "aliases.csv")
        text = export.mapping.read_text().replace('"*.csv"', "lines.csv")
        export.map(text.rstrip() + TABLE)
        return {each.rule: each for each in export.run().findings}

    return importer


def revenue_at(export, day: str) -> dict[str, float]:
    with kamlab.open_portfolio(export.out, as_of=day) as portfolio:
        return account_revenue(portfolio).to_dict()


def test_a_chain_of_numbers_is_followed_to_its_end(renumbered, export):
    renumbered()
    assert revenue_at(export, "2025-06-30") == {"300": 70.0, "900": 80.0}


def test_a_number_is_replaced_from_its_day_on_only(renumbered, export):
    renumbered()
    assert revenue_at(export, "2024-05-31") == {"100": 10.0}
    assert revenue_at(export, "2024-12-31") == {"200": 30.0}


def test_a_number_that_is_gone_is_no_account_any_more(renumbered, export):
    renumbered()
    with kamlab.open_portfolio(export.out) as portfolio:
        assert portfolio.accounts.index.tolist() == ["300", "900"]


def test_numbers_nobody_has_seen_add_no_account(renumbered, export):
    renumbered(ALIASES + "7,8,2024-01-01\n")
    with kamlab.open_portfolio(export.out) as portfolio:
        assert portfolio.accounts.index.tolist() == ["300", "900"]


def test_a_circle_blocks_and_names_the_numbers_and_the_day(renumbered):
    found = renumbered(ALIASES + "300,100,2025-05-01\n")["alias_circle"]
    assert found.blocks
    assert "'300 → 100 → 200 → 300'" in found.message
    assert "from 2025-05-01 on" in found.message
    assert found.samples[0].row == 4


def test_a_later_entry_of_a_number_replaces_the_earlier_one(renumbered, export):
    assert "alias_circle" not in renumbered(ALIASES + "100,900,2025-02-01\n")
    assert revenue_at(export, "2025-06-30") == {"300": 60.0, "900": 90.0}


def test_an_alias_and_a_merger_in_the_history_are_one_chain():
    day = pd.Timestamp("2024-01-31")
    orders = pd.DataFrame(
        {"order_id": ["1"], "account_id": ["A"], "order_date": [day], "net_amount": 5.0}
    )
    history = pd.DataFrame(
        {
            "account_id": ["B"],
            "attribute": ["merged_into"],
            "value": ["C"],
            "valid_from": [day],
        }
    )
    aliases = pd.DataFrame(
        {"old_account_id": ["A"], "account_id": ["B"], "valid_from": [day]}
    )
    tables = {"orders": orders, "account_history": history, "account_aliases": aliases}
    portfolio = kamlab.portfolio_from_tables(tables, "EUR")
    assert account_revenue(portfolio).to_dict() == {"C": 5.0}
    tables["account_aliases"] = pd.concat(
        [aliases, aliases.assign(old_account_id="C", account_id="A")]
    )
    portfolio = kamlab.portfolio_from_tables(tables, "EUR")
    with pytest.raises(DataError, match="goes round in a circle"):
        account_revenue(portfolio)


def test_replaced_numbers_are_not_missed_in_the_master(export):
    export.write(LINES)
    export.write(ALIASES, "aliases.csv")
    export.write("Kunde\n300\n", "master.csv")
    text = export.mapping.read_text().replace('"*.csv"', "lines.csv").rstrip() + TABLE
    export.map(
        "limits: {unknown_account: 1}\n" + text + "  accounts:\n    files: master.csv\n"
        "    columns: {account_id: Kunde}\n"
    )
    found = {each.rule: each for each in export.run().findings}
    assert (found["unknown_account"].rows, found["unknown_account"].money) == (1, 80.0)


ONE, TWO = date(2024, 1, 1), date(2025, 1, 1)
CHAINS = [
    ([], []),
    ([("A", "A", ONE)], []),
    ([("A", "B", ONE), ("B", "C", ONE), ("C", "D", TWO)], []),
    ([("A", "B", ONE), ("B", "A", ONE)], ["A", "B"]),
    ([("A", "B", ONE), ("B", "C", TWO), ("C", "B", TWO)], ["B", "C"]),
    ([("A", "B", ONE), ("A", "C", TWO), ("B", "A", TWO)], []),
]


@pytest.mark.parametrize(("aliases", "circle"), CHAINS, ids=range(len(CHAINS)))
def test_circles_are_found_wherever_they_close(aliases, circle):
    assert first_circle(aliases)[0] == circle
