"""Refusals carry the exit codes that schedulers are promised."""

import pytest

from kamlab.errors import (
    DataError,
    KamlabError,
    MissingDataError,
    NotebookError,
    UsageError,
    did_you_mean,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [(DataError, 1), (MissingDataError, 1), (UsageError, 2), (NotebookError, 3)],
)
def test_every_refusal_has_its_exit_code(error, code):
    assert issubclass(error, KamlabError)
    assert error.exit_code == code


def test_wrong_usage_is_a_value_error_too():
    assert issubclass(UsageError, ValueError)


def test_the_nearest_word_is_proposed_and_else_all_are_listed():
    assert did_you_mean("tier", ["tiers", "region"]) == "did you mean 'tiers'?"
    assert did_you_mean("xyz", ["tiers", "region"]) == "known are: tiers, region"


def test_a_word_in_other_letters_is_the_nearest():
    assert did_you_mean("ORDER", ["Orders", "Accounts"]) == "did you mean 'Orders'?"


def test_signs_that_a_terminal_obeys_are_shown_and_not_sent():
    assert did_you_mean("zzz", ["\x1b[2JNr", "Pos"]) == "known are: '\\x1b[2JNr', Pos"
