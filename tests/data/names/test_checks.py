"""Groups of names that look alike: the heaviest at the head, each name in one group."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import Values
from kamlab.data.cleaning.plans import plan_column
from kamlab.data.contract import table
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.names.account_names import normalised_name
from kamlab.data.names.checks import check_names, is_keyed_by_name, proposals
from kamlab.data.names.decisions import NameDecisions
from kamlab.data.names.keys import key_by_name
from kamlab.data.reading.raw import RawTable


@pytest.fixture
def keyed():
    """Key these names by themselves, each with one line of that amount."""
    connection = duckdb.connect()

    def keying(amounts: dict[str, float], told: NameDecisions | None = None):
        names = ColumnSource(("Kunde",), by_name=True)
        columns = {"account_id": names, "net_amount": ColumnSource(("Netto",))}
        mapping = TableMapping((), columns, account_names=told)
        connection.execute(
            "CREATE TABLE clean_orders (seq INT, account_id VARCHAR, net_amount "
            "DOUBLE, dropped INT)"
        )
        rows = [(i, *each, None) for i, each in enumerate(amounts.items())]
        connection.executemany("INSERT INTO clean_orders VALUES (?, ?, ?, ?)", rows)
        key_by_name(connection, "clean_orders", told)
        raw = RawTable("raw_orders", ("Kunde", "Netto"))
        values = Values()
        plans = [
            plan_column(
                table("orders").column(name), source, raw, mapping.format, values
            )
            for name, source in columns.items()
        ]
        return CleanTable(
            table("orders"), "clean_orders", raw, mapping, plans, [], "", values
        )

    yield lambda *given: (connection, keying(*given))
    connection.close()


def grouped(found) -> dict[str, str]:
    return {each.normalised: each.group for each in found}


def test_the_heaviest_name_heads_its_group(keyed):
    found = proposals(*keyed({"Adlerwrek": 10, "Adlerwerk": 900, "Brandt": 5}))
    assert grouped(found) == {"adlerwerk": "adlerwerk", "adlerwrek": "adlerwerk"}


def test_money_that_goes_back_weighs_as_much_as_money_that_comes(keyed):
    found = proposals(*keyed({"Adlerwrek": -900, "Adlerwerk": 10}))
    assert set(grouped(found).values()) == {"adlerwrek"}


def test_a_name_is_proposed_for_one_group_only(keyed):
    names = {"Adlerwerk": 900, "Adlerwerke": 800, "Adlerwerks": 1, "Adlerwerken": 2}
    found = proposals(*keyed(names))
    assert len(found) == len({each.normalised for each in found})
    heads = {each.group for each in found}
    assert all(grouped(found)[head] == head for head in heads)


def test_names_with_other_first_letters_are_compared_as_well(keyed):
    found = proposals(*keyed({"Schneiderwerke": 9, "Chneiderwerke": 1}))
    assert grouped(found)["chneiderwerke"] == "schneiderwerke"


def test_a_decision_stays_though_the_names_do_not_look_alike(keyed):
    told = NameDecisions("names.xlsx", {"ibm": "internationalbusinessmachines"})
    connection, cleaned = keyed({"IBM": 5, "International Business Machines": 9}, told)
    found = proposals(connection, cleaned)
    assert [each.same for each in found] == ["", "yes"]
    ids = connection.execute("SELECT DISTINCT account_id FROM clean_orders").fetchall()
    assert ids == [("internationalbusinessmachines",)]


def test_a_name_that_was_told_apart_is_not_asked_again(keyed):
    apart = frozenset({("adlerwrek", "adlerwerk")})
    told = NameDecisions("names.xlsx", {}, apart)
    found = proposals(*keyed({"Adlerwerk": 9, "Adlerwrek": 1}, told))
    assert not any(each.is_open for each in found)


def test_accounts_with_numbers_have_no_proposals():
    mapping = TableMapping((), {"account_id": ColumnSource(("Nr",))})
    raw = RawTable("raw_orders", ("Nr",))
    cleaned = CleanTable(
        table("orders"), "clean_orders", raw, mapping, [], [], "", Values()
    )
    assert not is_keyed_by_name(cleaned)
    with duckdb.connect() as connection:
        assert check_names(connection, cleaned) == []


@given(st.text(max_size=40))
def test_a_normalised_name_has_no_blanks(name):
    told = normalised_name(name)
    assert told == "".join(told.split())


@given(st.text(alphabet="abcdefgh ÄÖ宁波精密", min_size=1, max_size=20))
def test_case_blanks_and_brackets_make_no_difference(name):
    told = normalised_name(f"({name})")
    assert normalised_name(f"  {name.upper()} ") == told
