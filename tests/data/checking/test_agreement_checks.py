"""Contracts and opportunities whose days and words contradict each other are told."""

import pytest

CONTRACTS = """
  contracts:
    files: contracts.txt
    columns: {contract_id: Nr, account_id: Kunde, start: Von, end: Bis, renewed: Weiter}
"""
OPPORTUNITIES = """
  opportunities:
    files: offers.txt
    columns: {opp_id: Nr, account_id: Kunde, created: Ab, quotation_on: Angebot,
              order_on: Auftrag, closed_on: Ende, won: Sieg}
"""
#: A later contract, so that the export is known to go on.
LATER = "C9,B,2026-01-01,2026-12-31,pending\n"


@pytest.fixture
def told(export):
    """Import rows of contracts or opportunities; return the findings by rule."""

    def teller(mapping: str, name: str, rows: str):
        export.write()
        export.write(rows, name)
        export.map(export.mapping.read_text() + mapping)
        return {each.rule: each for each in export.run().findings}

    return teller


@pytest.fixture
def contracts(told):
    """Import contracts; return the findings by rule."""
    header = "Nr,Kunde,Von,Bis,Weiter\n"
    return lambda *rows: told(
        CONTRACTS, "contracts.txt", header + "".join(f"{row}\n" for row in rows) + LATER
    )


@pytest.fixture
def offers(told):
    """Import one opportunity; return the findings by rule."""
    header = "Nr,Kunde,Ab,Angebot,Auftrag,Ende,Sieg\n"
    return lambda row: told(OPPORTUNITIES, "offers.txt", f"{header}{row}\n")


def test_a_renewed_contract_has_a_next_one(contracts):
    found = contracts("C1,A,2024-01-01,2024-12-31,yes")["renewal_missing"]
    assert (found.rows, found.samples[0].value, found.blocks) == (1, "C1", False)


@pytest.mark.parametrize(
    "next_one",
    ["C2,A,2025-01-01,2025-12-31,pending", "C2,A,2025-03-15,2025-12-31,pending"],
)
def test_a_renewal_may_begin_at_once_or_late(contracts, next_one):
    found = contracts("C1,A,2024-01-01,2024-12-31,yes", next_one)
    assert "renewal_missing" not in found


def test_a_renewal_that_begins_after_the_export_is_no_fault(contracts):
    assert "renewal_missing" not in contracts("C1,A,2025-01-01,2025-12-31,yes")


def test_the_contract_of_another_account_is_no_renewal(contracts):
    rows = "C1,A,2024-01-01,2024-12-31,yes", "C2,B,2025-01-01,2025-12-31,pending"
    assert "renewal_missing" in contracts(*rows)


def test_a_contract_that_goes_on_was_renewed(contracts):
    rows = "C1,A,2024-01-01,2024-12-31,no", "C2,A,2025-01-01,2025-12-31,pending"
    found = contracts(*rows)["renewed_after_all"]
    assert (found.rows, found.samples[0].value) == (1, "C1")


def test_a_contract_after_a_pause_is_a_new_one(contracts):
    rows = "C1,A,2024-01-01,2024-12-31,no", "C2,A,2025-06-01,2025-12-31,pending"
    assert "renewed_after_all" not in contracts(*rows)


def test_a_contract_that_ends_before_it_begins_is_told_with_its_days(contracts):
    found = contracts("C1,A,2024-12-31,2024-01-01,pending")["contract_ends_first"]
    assert found.samples[0].value == "C1: 2024-12-31 to 2024-01-01"


def test_an_opportunity_is_not_closed_before_it_was_quoted(offers):
    found = offers("Q1,A,2025-01-02,2025-02-01,,2025-01-20,false")
    assert found["closed_before_opened"].samples[0].value == (
        "Q1: 2025-01-20, before 2025-02-01"
    )


def test_what_was_ordered_was_not_lost(offers):
    found = offers("Q1,A,2025-01-02,2025-01-03,2025-01-10,2025-01-09,false")
    assert found["lost_but_ordered"].samples[0].value == "Q1"


@pytest.mark.parametrize(
    "row",
    [
        "Q1,A,2025-01-02,2025-01-03,2025-01-10,2025-01-09,true",
        "Q1,A,2025-01-02,,,2025-01-02,false",
        "Q1,A,2025-01-02,2025-01-03,,,",
    ],
)
def test_days_in_their_order_pass(offers, row):
    assert not {"closed_before_opened", "lost_but_ordered"} & set(offers(row))
