"""Every rule is explained to somebody who knows the books and not the mapping."""

import re

import pytest

from kamlab.data.findings.meanings import MEANINGS
from kamlab.data.findings.rules import RULES


def test_every_rule_is_explained_and_nothing_else():
    assert set(MEANINGS) == set(RULES)


@pytest.mark.parametrize("rule", sorted(MEANINGS))
def test_a_meaning_is_a_plain_sentence(rule):
    told = MEANINGS[rule]
    assert re.fullmatch(r"[A-Z0-9].*\.", told)
    assert len(told) <= 180
    for word in ("tables.", "limits.", "mapping.yml", "{", "_"):
        assert word not in told
