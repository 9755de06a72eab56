"""A notebook is repeated over accounts, managers or regions."""

import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.language import in_language
from kamlab.report.fan_out import Repeat, repeats_of
from kamlab.report.request import NotebookRequest


def asked(**how):
    return NotebookRequest("account_dossier", **how)


def test_key_accounts_get_a_page_each_the_largest_first(demo):
    pages = repeats_of(demo, asked(for_each="account"))
    flagged = demo.accounts["key_account_flag"].fillna(False).sum()
    assert len(pages) == flagged == 28
    assert pages[0].title == "Marwitz Packaging GmbH"


def test_accounts_are_named_by_number_or_by_name_in_the_order_asked(demo):
    only = ("A10186", "Marwitz Packaging GmbH")
    pages = repeats_of(demo, asked(for_each="account", only=only))
    assert [page.value for page in pages] == ["A10186", "A10063"]


def test_an_unknown_account_brings_a_hint(demo):
    with pytest.raises(UsageError, match="did you mean 'Wetterau Tools GmbH'"):
        repeats_of(demo, asked(for_each="account", only=("Wetterau Tool GmbH",)))
    with pytest.raises(UsageError, match="accounts is called so; give its number"):
        repeats_of(demo, asked(for_each="account", only=("???",)))


def test_managers_and_regions_are_those_that_accounts_carry(demo):
    managers = [each.value for each in repeats_of(demo, asked(for_each="manager"))]
    assert managers == sorted(set(demo.accounts["kam_id"].dropna()))
    with pytest.raises(UsageError, match="which is no region of an account"):
        repeats_of(demo, asked(for_each="region", only=("Atlantis",)))


def test_a_book_without_owners_has_nobody_to_repeat_for():
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "account_id": ["A"],
            "order_date": pd.to_datetime(["2025-12-31"]),
            "net_amount": [5.0],
        }
    )
    portfolio = kamlab.portfolio_from_tables({"orders": orders}, "EUR")
    with pytest.raises(UsageError, match="there is no manager to repeat it for"):
        repeats_of(portfolio, asked(for_each="manager"))
    assert repeats_of(portfolio, asked(for_each="account"))[0].value == "A"


@pytest.mark.parametrize("value", ["../etc", "苏州", "a b", "A/1", "-x", ""])
def test_a_slug_is_a_plain_part_of_a_file_name(value):
    slug = Repeat(value, "").slug
    assert slug == "" or (slug.isascii() and not set(slug) & set("/\\. "))


def test_different_values_have_different_slugs():
    values = ["A/1", "A 1", "A-1", "苏州", "广州"]
    assert len({Repeat(value, "").slug for value in values}) == len(values)


@pytest.mark.parametrize(
    ("each", "only", "language", "title"),
    [
        ("manager", "K01", "en", "Account manager K01"),
        ("region", "DACH", "en", "Region DACH"),
        ("manager", "K01", "zh", "客户经理 K01"),
    ],
)
def test_a_page_says_of_whom_it_is(demo, each, only, language, title):
    with in_language(language):
        (repeat,) = repeats_of(demo, asked(for_each=each, only=(only,)))
    assert (repeat.value, repeat.title, repeat.slug) == (only, title, only)
