"""The events tell the story with its dates."""

import pytest

from kamlab.data.contract import table


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("price_list", "2023-04-01"),
        ("price_list", "2025-01-01"),
        ("shortage", "2022-07-01"),
        ("competitor", "2024-01-15"),
        ("programme", "2024-07-01"),
        ("organisation", "2025-03-14"),
        ("system", "2023-01-09"),
        ("merger", "2024-07-01"),
    ],
)
def test_the_story_is_in_the_events(book, kind, day):
    found = book.events[book.events["kind"] == kind]
    assert day in set(found["date"].dt.strftime("%Y-%m-%d"))


def test_closures_name_their_region_in_every_year(book):
    closed = book.events.query("kind == 'shutdown' and scope == 'region'")
    years = closed.groupby("scope_value")["date"].apply(lambda d: set(d.dt.year))
    for region in ("DACH", "Rest of Europe", "East China", "South China"):
        assert years[region] == {2022, 2023, 2024, 2025}


def test_events_of_accounts_point_to_the_master(book):
    numbers = book.events.loc[book.events["scope"] == "account", "scope_value"]
    assert len(numbers) == 9
    assert numbers.isin(book.accounts.index).all()


def test_every_decoy_is_explained_by_an_event(book):
    told = set(book.events["scope_value"].dropna())
    assert set(book.truth["decoys"]) <= told


def test_events_are_numbered_in_order_of_date(book):
    assert book.events["event_id"].is_unique
    assert book.events["date"].is_monotonic_increasing


def test_kinds_and_scopes_are_those_of_the_contract(book):
    declared = table("events")
    assert set(book.events["kind"]) <= set(declared.column("kind").allowed)
    assert set(book.events["scope"]) <= set(declared.column("scope").allowed)


def test_an_event_does_not_end_before_it_begins(book):
    ended = book.events.dropna(subset="end_date")
    assert (ended["end_date"] >= ended["date"]).all()
