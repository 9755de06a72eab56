"""Judged claims as tables: figures in their units, gaps as dashes, both languages."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.orientation.claims import CLAIMS
from kamlab.orientation.judgement_tables import (
    cautions_table,
    claims_table,
    side_by_side,
)
from kamlab.orientation.judgements import judge_claims
from kamlab.report import present


@pytest.fixture(scope="module")
def judged(talbruck):
    return judge_claims(talbruck.measures, talbruck.is_key)


def test_claims_are_asked_or_not_and_none_gets_lost(judged):
    asked = claims_table(judged, tested=True)
    not_asked = claims_table(judged, tested=False)
    told = [*asked["claim"], *not_asked["claim"]]
    assert sorted(told) == sorted(claim.statement for claim in CLAIMS)
    assert len(claims_table(judged)) == len(CLAIMS)


def test_middles_stand_in_their_units(judged):
    rows = claims_table(judged, "EUR", tested=True).set_index("claim")
    assert rows.loc["They place large orders", "others"].startswith("EUR ")
    assert rows.loc["They are loyal", "key accounts"].endswith(" %")
    assert "28\u00a0:\u00a02" in rows.loc["They are loyal", "n"]


def test_booked_shares_add_up_to_the_whole(judged):
    row = claims_table(judged, tested=True).iloc[0]
    parts = [float(row[name].removesuffix(" %")) for name in ("key accounts", "others")]
    assert sum(parts) == pytest.approx(100)
    assert row["goes as claimed"] == "–"


def test_chances_carry_their_interval(judged):
    rows = claims_table(judged, tested=True).set_index("claim")
    told = rows.loc["They are loyal", "goes as claimed"]
    value, low, high = (
        int(each) for each in told.translate(str.maketrans("", "", "%()to")).split()
    )
    assert low < 50 < high
    assert low <= value <= high


def test_a_claim_of_less_goes_as_claimed_where_key_accounts_have_less(judged):
    rows = claims_table(judged, tested=True).set_index("claim")
    told = rows.loc["Their revenue is steady"]
    assert float(told["goes as claimed"].partition(" ")[0]) > 50
    assert told["verdict"] == "supported"
    assert told["key accounts"].endswith(" of the mean")


def test_claims_can_be_read_in_chinese(judged):
    assert "忠诚度高" in claims_table(judged, language="zh")["claim"].tolist()


def test_another_language_is_refused(judged):
    with pytest.raises(UsageError, match="language = 'fr'"):
        claims_table(judged, language="fr")


def test_few_key_accounts_leave_a_dash_instead_of_a_chance(talbruck):
    few = talbruck.is_key & (talbruck.is_key.cumsum() <= 3)
    rows = claims_table(judge_claims(talbruck.measures, few), tested=True)
    tested = rows[rows["n"] != "–"]
    assert (tested["goes as claimed"] == "–").all()
    assert (tested["verdict"] == "cannot tell").all()


def test_every_asked_claim_says_what_it_does_not_say(judged):
    cautions = cautions_table(judged)
    assert len(cautions) == len(claims_table(judged, tested=True))
    assert (cautions["does not say"] != "").all()


def test_the_tables_can_be_presented(judged):
    for table in (claims_table(judged), cautions_table(judged)):
        assert len(present(table).rows) == len(table)


def test_groups_with_other_figures_stand_side_by_side():
    ours = pd.Series({"orders": "10", "days": "3"})
    table = side_by_side({"key accounts": ours, "others": ours.head(1)}, "figure")
    assert table.loc["days"].tolist() == ["3", "–"]
    assert table.index.name == "figure"
