"""An account is bound to the end of its term; then every renewal is a chance."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.value.contracts import contract_renewals
from kamlab.value.customer_equity.bound_accounts import running_contracts
from kamlab.value.customer_equity.quarters import quarters_ahead
from kamlab.value.lifetime import CannotTellError
from tests.value.customer_equity.made_up_books import DAY, bound_until

AHEAD = quarters_ahead(DAY, 0.1, 12)


def contract(account: str, start: str, end: str, renewed: str = "", **columns) -> dict:
    days = {"start": pd.Timestamp(start), "end": pd.Timestamp(end)}
    settled = pd.Timestamp(start) if renewed else pd.NaT
    told = {"renewed": renewed or None, "renewal_date": settled}
    number = f"{account}-{start}"
    return {"contract_id": number, "account_id": account, **days, **told, **columns}


def renewals(*contracts: dict):
    """Return these contracts among forty chains that came through some renewals."""
    past = [
        contract(f"Z{i:02d}", f"{year}-01-01", f"{year}-12-31", word)
        for i in range(40)
        for year, word in ((2022, "yes"), (2023, "yes" if i % 3 else "no"))
    ]
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "account_id": ["Z01"],
            "order_date": pd.to_datetime(["2025-12-31"]),
            "net_amount": [1.0],
        }
    )
    tables = {"orders": orders, "contracts": pd.DataFrame([*past, *contracts])}
    portfolio = kamlab.portfolio_from_tables(tables, "EUR", as_of="2025-12-31")
    return contract_renewals(portfolio)


def test_the_contract_that_ends_last_binds():
    running = running_contracts(
        renewals(
            contract("A", "2025-01-01", "2026-06-30"),
            contract("A", "2025-03-01", "2027-02-28"),
        )
    )
    row = running.accounts.loc["A"]
    assert (str(row["end"].date()), row["term_months"]) == ("2027-02-28", 24)


def test_terms_are_counted_in_whole_months():
    months = running_contracts(
        renewals(
            contract("A", "2025-01-15", "2026-01-14"),
            contract("B", "2024-02-01", "2027-01-31"),
            contract("C", "2025-12-20", "2026-01-05"),
            # Many systems write the end as the first day of the next term.
            contract("D", "2025-06-30", "2026-06-30"),
        )
    ).accounts["term_months"]
    assert months.to_dict() == {"A": 12, "B": 36, "C": 1, "D": 12}


def test_renewals_behind_an_account_are_those_of_its_chain():
    running = running_contracts(
        renewals(
            contract("A", "2023-07-01", "2024-06-30", "yes"),
            contract("A", "2024-07-01", "2025-06-30", "yes"),
            contract("A", "2025-07-01", "2026-06-30"),
        )
    )
    assert running.accounts.loc["A", "renewals"] == 2


def test_a_contract_that_is_over_binds_nobody():
    running = running_contracts(renewals(contract("A", "2024-12-01", "2025-11-30")))
    assert "A" not in running.accounts.index


def test_who_has_said_no_is_bound_to_the_end_and_gone_after_it():
    running = running_contracts(
        renewals(contract("A", "2025-07-01", "2026-06-30", "no"))
    )
    assert running.accounts.loc["A", "leaves"]
    assert running.survival(AHEAD).loc["A"].tolist() == [1, 1] + [0] * 10
    drawn = running.drawn_survival(AHEAD, 50, np.random.default_rng(1))
    assert drawn[:, 0].sum(axis=1).tolist() == [2] * 50


def test_who_has_said_yes_is_bound_for_one_more_term():
    running = running_contracts(
        renewals(contract("A", "2025-07-01", "2026-06-30", "yes"))
    )
    row = running.accounts.loc["A"]
    assert str(row["end"].date()) == "2027-06-30"
    assert (row["renewals"], row["leaves"]) == (1, False)


def test_who_renewed_is_bound_though_the_next_contract_is_not_in_the_table_yet():
    running = running_contracts(
        renewals(
            contract("A", "2024-12-01", "2025-11-30", "yes"),
            contract("B", "2024-12-01", "2025-12-31", "yes"),
            contract("C", "2023-12-01", "2024-11-30", "yes"),
        )
    )
    ends = running.accounts["end"].dt.strftime("%Y-%m")
    # C's second term would be over, too.
    assert ends.to_dict() == {"A": "2026-11", "B": "2027-01"}
    assert running.accounts["renewals"].to_list() == [1, 1]
    assert (running.survival(AHEAD).loc["A"].iloc[:3] == 1).all()


def test_a_renewal_that_is_agreed_binds_longer_than_a_contract_beside_it():
    running = running_contracts(
        renewals(
            contract("A", "2024-12-01", "2025-11-30", "yes"),
            contract("A", "2025-04-01", "2026-03-31"),
        )
    )
    row = running.accounts.loc["A"]
    assert (str(row["end"].date())[:7], row["renewals"]) == ("2026-11", 1)


def test_who_has_signed_for_later_is_taken_to_go_on_until_then():
    later = contract("A", "2027-07-01", "2028-06-30", signed_on=pd.Timestamp(DAY))
    running = running_contracts(renewals(later))
    assert (running.survival(AHEAD).loc["A"].iloc[:10] == 1).all()


def test_terms_of_different_length_are_named():
    alike = renewals(
        contract("A", "2025-07-01", "2026-06-30"),
        contract("B", "2025-01-01", "2026-06-30"),
    )
    mixed = renewals(
        contract("A", "2025-07-01", "2026-06-30"),
        contract("B", "2025-12-31", "2025-12-31"),
    )
    named = [
        [note for note in running_contracts(each).notes if "terms last" in note]
        for each in (alike, mixed)
    ]
    assert named[0] == []
    assert "1 to 12 months, and every renewal counts alike" in named[1][0]


def test_survival_falls_by_the_retention_of_each_renewal():
    survival = bound_until({"A": "2026-06-30"}).survival(AHEAD).loc["A"].to_numpy()
    # With α = 1 and β = 3, three of four renew first, then four of five.
    by_year = [1] * 2 + [3 / 4] * 4 + [3 / 5] * 4 + [3 / 6] * 2
    assert survival == pytest.approx(by_year)


def test_loyal_accounts_renew_more_often():
    book = bound_until({"new": "2026-03-31", "old": "2026-03-31"}, renewals=[0, 6])
    survival = book.survival(AHEAD).iloc[:, 1]
    assert survival.to_dict() == pytest.approx({"new": 3 / 4, "old": 9 / 10})


def test_draws_agree_with_survival():
    book = bound_until(
        {"A": "2026-06-30", "B": "2026-02-15", "C": "2028-09-30"}, renewals=[0, 4, 1]
    )
    drawn = book.drawn_survival(AHEAD, 20_000, np.random.default_rng(2))
    assert drawn.mean(axis=0) == pytest.approx(
        book.survival(AHEAD).to_numpy(), abs=0.02
    )
    assert (np.diff(drawn.astype(int), axis=2) <= 0).all()


def test_with_learnt_parameters_draws_spread_around_the_curve():
    running = running_contracts(renewals(contract("A", "2025-04-01", "2026-03-31")))
    drawn = running.drawn_survival(AHEAD, 20_000, np.random.default_rng(2))
    expected = running.survival(AHEAD).loc["A"].to_numpy()
    assert drawn[:, 0].mean(axis=0) == pytest.approx(expected, abs=0.05)


def test_contracts_that_outlast_all_quarters_are_certain():
    book = bound_until({"A": "2035-12-31"})
    assert (book.survival(AHEAD) == 1).all(axis=None)
    assert book.drawn_survival(AHEAD, 3, np.random.default_rng(1)).all()


def test_no_running_contract_is_no_account():
    running = running_contracts(renewals())
    assert running.accounts.empty
    assert running.survival(AHEAD).shape == (0, 12)
    drawn = running.drawn_survival(AHEAD, 5, np.random.default_rng(1))
    assert drawn.shape == (5, 0, 12)


def test_without_decided_renewals_nothing_can_be_told(demo):
    early = kamlab.open_portfolio("data/demo", as_of=date(2022, 2, 28))
    with early, pytest.raises(CannotTellError):
        running_contracts(contract_renewals(early))


def test_nobody_can_leave_before_the_day_on_which_the_contract_ends():
    bound = bound_until({"A": "2026-06-30", "B": "2025-12-31", "C": "2027-12-31"})
    assert bound.years_left.tolist() == pytest.approx([0.5, 0.0, 2.0], abs=0.01)
