"""The claims are those of the documents, each with a measure and a caution."""

import re

import pytest

from kamlab.orientation.claims import CLAIMS, claims_to_ask


def test_every_claim_has_a_name_of_its_own():
    names = [claim.name for claim in CLAIMS]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() for name in names)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_claim_stands_in_both_languages_and_names_its_source(claim):
    assert re.search(r"[\u4e00-\u9fff]", claim.chinese)
    assert re.fullmatch(r"S\d[a-h]?(, S\d[a-h]?)*", claim.sources)
    assert not claim.statement.endswith(".")


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_what_can_be_measured_has_a_caution_and_what_cannot_names_its_table(claim):
    assert claim.caution if claim.column else claim.needs
    assert claim.expects in ("higher", "lower", "half")


def test_of_the_largest_nobody_asks_whether_they_are_large():
    left_out = set(claims_to_ask(True)) - set(claims_to_ask(False))
    assert {claim.column for claim in left_out} == {
        "revenue",
        "order_value",
        "order_days",
    }


def test_every_column_is_one_that_the_demonstration_company_has(talbruck):
    wanted = {claim.column for claim in CLAIMS if claim.column}
    assert wanted <= set(talbruck.measures)
