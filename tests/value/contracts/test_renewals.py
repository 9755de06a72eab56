"""What became of contracts is told from what was known on the day, and no more."""

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.errors import MissingDataError, UsageError
from kamlab.value.contracts import (
    ShiftedBetaGeometric,
    contract_renewals,
    due_renewals,
    due_terms,
    renewal_rates,
    tenures,
)
from kamlab.value.contracts.renewals import following
from kamlab.value.proportions import wilson_share

AS_OF = "2025-12-31"


def contract(account: str, start, end, number=None, **columns) -> dict:
    days = {"start": pd.Timestamp(start), "end": pd.Timestamp(end)}
    number = number or f"{account}-{start}"
    return {"contract_id": number, "account_id": account, **days, **columns}


def book(*contracts: dict, as_of: str = AS_OF, **tables) -> kamlab.Portfolio:
    """Return a portfolio of these contracts; somebody ordered on the last day."""
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "account_id": ["Z"],
            "order_date": pd.to_datetime([AS_OF]),
            "net_amount": [1.0],
        }
    )
    table = pd.DataFrame(list(contracts))
    for name in ("renewal_date", "signed_on"):
        if name in table:
            table[name] = pd.to_datetime(table[name])
    given = {"orders": orders, "contracts": table, **tables}
    return kamlab.portfolio_from_tables(given, "EUR", as_of=as_of)


def outcomes(portfolio: kamlab.Portfolio, **arguments) -> dict[str, str]:
    return contract_renewals(portfolio, **arguments).terms["outcome"].to_dict()


def test_what_the_table_says_is_taken():
    found = outcomes(
        book(
            contract("A", "2024-01-01", "2024-12-31", "V1", renewed="yes",
                     renewal_date="2024-11-01"),
            contract("B", "2024-01-01", "2024-12-31", "V2", renewed="no",
                     renewal_date="2024-11-01"),
            contract("C", "2025-06-01", "2026-05-31", "V3", renewed="pending",
                     renewal_date=None),
        )
    )  # fmt: skip
    assert found == {"V1": "renewed", "V2": "ended", "V3": "open"}


def test_who_signed_on_an_unknown_day_signed_by_the_first_day_of_the_term():
    renewals = contract_renewals(
        book(
            contract("A", "2023-01-01", "2023-12-31", "V1", signed_on="2022-12-01"),
            contract("A", "2024-01-01", "2024-12-31", "V2", signed_on=None),
        )
    )
    assert set(renewals.terms["chain"]) == {1}
    assert renewals.terms.loc["V1", "decided_on"] == pd.Timestamp("2024-01-01")


def test_without_a_word_the_next_contract_tells():
    renewals = contract_renewals(
        book(
            contract("A", "2023-01-01", "2023-12-31", "V1"),
            contract("A", "2024-02-01", "2025-01-31", "V2"),
            contract("B", "2025-01-01", "2026-12-31", "V3"),
        )
    )
    assert renewals.terms["outcome"].to_dict() == {
        "V1": "renewed",
        "V2": "ended",
        "V3": "open",
    }
    assert renewals.terms["told_by"].tolist() == [
        "next contract",
        "nothing followed",
        "end ahead",
    ]
    assert renewals.terms["term"].tolist() == [1, 2, 1]


def test_a_contract_that_just_ended_may_still_be_renewed():
    term = contract("A", "2024-12-01", "2025-11-30", "V1")
    assert outcomes(book(term)) == {"V1": "open"}
    assert outcomes(book(term), gap_days=20) == {"V1": "ended"}


def test_a_decision_of_tomorrow_is_open_today():
    decided = contract(
        "A", "2024-01-01", "2025-12-31", "V1", renewed="no", renewal_date="2025-10-15"
    )
    portfolio = book(decided)
    assert outcomes(portfolio) == {"V1": "ended"}
    earlier = book(decided, as_of=AS_OF)._store
    day = pd.Timestamp("2025-10-14").date()
    assert outcomes(kamlab.Portfolio(earlier, day)) == {"V1": "open"}


def test_a_contract_that_ends_before_it_starts_is_left_out_with_its_reason():
    renewals = contract_renewals(
        book(
            contract("A", "2024-12-31", "2024-01-01", "V1"),
            contract("C", "2025-01-01", "2026-12-31", "V3"),
        )
    )
    assert renewals.left_out["reason"].to_dict() == {"V1": "ends before it starts"}
    assert renewals.terms.index.tolist() == ["V3"]


def test_no_contract_that_can_be_judged_is_an_empty_answer():
    renewals = contract_renewals(book(contract("A", "2024-12-31", "2024-01-01", "V1")))
    assert len(renewals.left_out) == 1
    assert renewals.terms.empty
    assert tenures(renewals).empty


def test_rows_in_are_rows_out_and_rows_left_out(demo) -> None:
    for day in ("2023-03-31", "2024-06-30", "2025-12-31"):
        view = demo.at(day)
        renewals = contract_renewals(view)
        assert len(renewals.terms) + len(renewals.left_out) == len(
            view.table("contracts")
        )
        assert (
            tenures(renewals)["tenure"].sum()
            == (renewals.terms["outcome"] != "open").sum()
        )


def test_chains_follow_on_and_a_pause_begins_a_new_one():
    renewals = contract_renewals(
        book(
            contract("A", "2020-01-01", "2020-12-31", "V1"),
            contract("A", "2021-01-01", "2021-12-31", "V2"),
            contract("A", "2022-01-01", "2022-12-31", "V3"),
            contract("A", "2024-01-01", "2024-12-31", "V4"),
        )
    )
    assert renewals.terms["chain"].tolist() == [1, 1, 1, 2]
    assert renewals.terms["term"].tolist() == [1, 2, 3, 1]
    chains = tenures(renewals)
    assert chains["tenure"].tolist() == [3, 1]
    assert chains["ended"].tolist() == [True, True]
    assert chains["cohort"].tolist() == [2020, 2024]


def test_two_contracts_side_by_side_are_two_chains():
    renewals = contract_renewals(
        book(
            contract("A", "2023-01-01", "2023-12-31", "V1"),
            contract("A", "2023-01-01", "2023-12-31", "V2"),
            contract("A", "2024-01-01", "2026-12-31", "V3"),
            contract("A", "2024-01-01", "2026-12-31", "V4"),
        )
    )
    assert renewals.terms["chain"].tolist() == [1, 2, 1, 2]


def test_who_said_no_and_came_back_begins_a_new_chain():
    renewals = contract_renewals(
        book(
            contract("A", "2023-01-01", "2023-12-31", "V1", renewed="no",
                     renewal_date="2023-11-01"),
            contract("A", "2024-02-01", "2026-12-31", "V2", renewed=None,
                     renewal_date=None),
        )
    )  # fmt: skip
    assert renewals.terms["outcome"].tolist() == ["ended", "open"]
    assert renewals.terms["chain"].tolist() == [1, 2]


def test_the_nearest_contract_follows():
    terms = pd.DataFrame(
        [
            contract("A", "2023-01-01", "2023-12-31", "V1"),
            contract("A", "2023-11-01", "2024-12-31", "V2"),
            contract("A", "2024-01-01", "2025-06-30", "V3"),
        ]
    ).rename(columns={"account_id": "account"})
    assert following(terms)["V1"] == "V3"


def test_by_parent_a_branch_carries_on_what_another_began():
    accounts = pd.DataFrame(
        {"account_id": ["A", "B", "P", "Z"], "parent_id": ["P", "P", None, None]}
    ).assign(created_on=pd.Timestamp("2020-01-01"))
    portfolio = book(
        contract("A", "2023-01-01", "2023-12-31", "V1"),
        contract("B", "2024-01-01", "2026-12-31", "V2"),
        accounts=accounts,
    )
    assert outcomes(portfolio) == {"V1": "ended", "V2": "open"}
    assert outcomes(portfolio, by="parent") == {"V1": "renewed", "V2": "open"}


def test_the_demo_s_renewal_rates_by_tier_are_those_that_were_planted(demo) -> None:
    planted = {"strategic": 0.94, "core": 0.85, "general": 0.70}
    terms = contract_renewals(demo).terms
    history = demo.table("account_history").query("attribute == 'tier'")
    dated = terms.reset_index().merge(history, left_on="account", right_on="account_id")
    decided = dated[dated["outcome"] != "open"]
    since, until = (
        decided["valid_from"],
        decided["valid_to"].fillna(pd.Timestamp("2100-01-01")),
    )
    then = decided[(since <= decided["decided_on"]) & (decided["decided_on"] <= until)]
    for tier, rate in planted.items():
        here = then[then["value"] == tier]["outcome"] == "renewed"
        share = wilson_share(int(here.sum()), len(here), at_least=1)
        assert share.low <= rate <= share.high


def test_contracts_that_end_within_the_months_are_due_with_their_period():
    renewals = contract_renewals(
        book(
            contract("A", "2024-07-01", "2025-06-30", "V1"),
            contract("A", "2025-07-01", "2026-06-30", "V2"),
            contract("B", "2025-01-01", "2026-07-01", "V3"),
            contract("C", "2025-01-01", "2025-12-01", "V4"),
        )
    )
    due = due_terms(renewals, months=6)
    assert due.index.tolist() == ["V4", "V2"]
    assert due["period"].tolist() == [1, 2]
    with pytest.raises(UsageError, match="months = 0"):
        due_terms(renewals, months=0)


def test_what_is_due_at_the_demo_can_be_valued(demo) -> None:
    renewals = contract_renewals(demo)
    chains = tenures(renewals)
    model = ShiftedBetaGeometric().fit(chains["tenure"], chains["ended"])
    due = due_terms(renewals, months=12)
    value = demo.table("contracts").set_index("contract_id")["value"].loc[due.index]
    total = due_renewals(model, due["period"], value, random_state=1).total
    assert 0 < total.low < total.value < total.high <= value.sum()


@pytest.mark.parametrize("as_of", ["2024-12-31", "2025-12-31"])
def test_a_simulated_book_of_contracts_gives_its_churn_back(as_of: str) -> None:
    truth = ShiftedBetaGeometric().with_parameters(alpha=1.2, beta=4.0)
    lives = truth.simulate(np.full(300, 6), random_state=5)
    rows = [
        contract(f"A{number:03}", f"{2020 + year}-01-01", f"{2020 + year}-12-31")
        for number, life in enumerate(lives.itertuples())
        for year in range(life.tenure if life.ended else life.tenure + 1)
        if 2020 + year <= 2025
    ]
    portfolio = book(*rows).at(AS_OF)
    view = kamlab.Portfolio(portfolio._store, pd.Timestamp(as_of).date())
    chains = tenures(contract_renewals(view))
    model = ShiftedBetaGeometric().fit(chains["tenure"], chains["ended"])
    assert model.survival(4) == pytest.approx(truth.survival(4), abs=0.08)
    rates = renewal_rates(chains["tenure"], chains["ended"])
    assert (rates["low"] <= truth.retention(rates.index)).mean() > 0.7


def test_without_contracts_the_answer_names_the_table():
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "account_id": ["A"],
            "order_date": pd.to_datetime([AS_OF]),
            "net_amount": [1.0],
        }
    )
    with pytest.raises(MissingDataError, match="contracts"):
        contract_renewals(kamlab.portfolio_from_tables({"orders": orders}, "EUR"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [({"by": "branch"}, "by = 'branch'"), ({"gap_days": -1}, "gap_days = -1")],
)
def test_impossible_arguments_are_refused(demo, arguments, said) -> None:
    with pytest.raises(UsageError, match=said):
        contract_renewals(demo, **arguments)
