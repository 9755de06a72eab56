"""The customer information system answers for itself."""

import re

import pandas as pd
import pytest

import kamlab
from kamlab.data.crm_checklist import crm_checklist


def company(**tables) -> kamlab.Portfolio:
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "account_id": ["A", "B"],
            "order_date": pd.to_datetime(["2025-03-01", "2025-12-31"]),
            "net_amount": 5.0,
        }
    )
    return kamlab.portfolio_from_tables({"orders": orders, **tables}, "EUR")


def answers(portfolio) -> pd.Series:
    return crm_checklist(portfolio).set_index("question")["answer"]


def test_ten_questions_in_both_languages(demo):
    checklist = crm_checklist(demo)
    assert len(checklist) == 10
    assert checklist["question"].str.endswith("?").all()
    assert checklist["chinese"].map(lambda t: bool(re.search("[一-鿿]", t))).all()


def test_order_lines_alone_answer_no_to_everything():
    checklist = crm_checklist(company())
    assert set(checklist["answer"]) == {"no"}
    assert checklist["share"].isna().all()


@pytest.mark.parametrize(
    ("owners", "answer"),
    [(["K1", "K2"], "yes"), (["K1", None], "partly"), ([None, None], "no")],
)
def test_answers_follow_the_share(owners, answer):
    master = pd.DataFrame({"account_id": ["A", "B"], "kam_id": owners}).astype("str")
    master["kam_id"] = master["kam_id"].where(pd.Series(owners).notna())
    told = answers(company(accounts=master))
    assert told["Is it known who owns the account?"] == answer


def test_a_contact_of_long_ago_is_not_recent():
    days = pd.to_datetime(["2024-06-01", "2025-06-01"])
    calls = pd.DataFrame(
        {
            "interaction_id": ["1", "2"],
            "account_id": ["A", "B"],
            "date": days,
            "type": "call",
        }
    )
    table = crm_checklist(company(interactions=calls)).set_index("question")
    assert table.loc["Was each buyer contacted in a year?", "share"] == 0.5


def test_two_numbers_under_one_name_are_counted():
    master = pd.DataFrame(
        {"account_id": ["A", "B"], "account_name": ["Adler", "ADLER"]}
    )
    table = crm_checklist(company(accounts=master)).set_index("question")
    assert table.loc["Does a name stand once only?", "share"] == 0.0
    assert table.loc["Does every account have a name?", "answer"] == "yes"


def test_talbruck_enters_contacts_but_not_how_long_they_took(demo):
    told = answers(demo)
    assert told["Is it noted what it was about?"] == "yes"
    assert told["Is it noted how long it took?"] == "no"
