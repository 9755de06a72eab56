"""How far opportunities have come follows from the days that a view shows."""

import pandas as pd

import kamlab
from kamlab.data.contract import OPPORTUNITY_STAGES
from kamlab.data.stages import open_quotations, stage_reached


def days(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


def test_the_last_stage_with_a_day_counts_even_where_one_was_skipped():
    table = pd.DataFrame(
        {
            "need_on": days("2025-01-01", "2025-01-01", None),
            "quotation_on": days(None, "2025-02-01", None),
            "order_on": days("2025-03-01", None, None),
        }
    )
    reached = stage_reached(table)
    assert reached[:2].tolist() == ["order", "quotation"]
    assert reached.isna().tolist() == [False, False, True]


def test_without_days_the_stage_of_the_extract_stands():
    table = pd.DataFrame(
        {
            "stage": ["quotation", "order", None],
            "acceptance_on": days(None, "2025-04-01", None),
        }
    )
    assert stage_reached(table)[:2].tolist() == ["quotation", "acceptance"]


def test_every_stage_can_be_reached():
    for stage in OPPORTUNITY_STAGES:
        table = pd.DataFrame({f"{stage}_on": days("2025-01-01")})
        assert stage_reached(table).tolist() == [stage]


def test_an_offer_is_open_until_it_is_closed_and_the_largest_comes_first():
    table = pd.DataFrame(
        {
            "opp_id": ["Q1", "Q2", "Q3", "Q4"],
            "quotation_on": days("2025-01-01", "2025-01-01", "2025-01-01", None),
            "closed_on": days(None, "2025-02-01", None, None),
            "amount": [5.0, 9.0, 8.0, 7.0],
        }
    )
    assert open_quotations(table)["opp_id"].tolist() == ["Q3", "Q1"]
    assert open_quotations(table.drop(columns="amount"))["opp_id"].tolist() == [
        "Q1",
        "Q3",
    ]


def test_a_crm_without_days_has_open_offers_too():
    won = pd.array([None, True, None], dtype="boolean")
    table = pd.DataFrame({"stage": ["quotation", "quotation", "order"], "won": won})
    assert open_quotations(table).index.tolist() == [0]


def test_an_offer_that_was_decided_later_was_open_then():
    with kamlab.open_portfolio("data/demo") as portfolio:
        june = open_quotations(portfolio.at("2025-06-30").table("opportunities"))
        now = portfolio.table("opportunities").set_index("opp_id")
    assert 20 <= len(june) <= 60
    later = now.loc[june["opp_id"], "closed_on"].dropna()
    assert len(later) > 20
    assert (later > pd.Timestamp("2025-06-30")).all()
