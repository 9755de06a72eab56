"""Chapters compete for the few lines of a page; who found no room is counted."""

import pytest

from kamlab.errors import UsageError
from kamlab.report.review import registry
from kamlab.report.slots import LIMITS, Filled, Filler, fill

HERE = __name__


class Holds:
    """A book that holds some tables and columns."""

    def __init__(self, *what: str) -> None:
        self.what = what

    def has(self, what: str) -> bool:
        """Say whether it holds this."""
        return what in self.what


def few(page: str) -> list[str]:
    """Return two lines about the page."""
    return [f"{page}: few {n}" for n in range(2)]


def many(page: str) -> list[str]:
    """Return nine lines about the page."""
    return [f"{page}: many {n}" for n in range(9)]


def each_line(page: str):
    """Yield lines one by one, as a filler may."""
    yield from few(page)


FEW = Filler("watch", 20, f"{HERE}:few", "Few")
MANY = Filler("watch", 10, f"{HERE}:many", "Many")
PAID = Filler("watch", 5, f"{HERE}:few", "Paid", ("receivables", "orders.cogs"))


def filled(*fillers: Filler, holds: tuple[str, ...] = (), **given) -> Filled:
    """Fill the watch list of a page."""
    return fill("watch", "page", Holds(*holds), fillers, **given)


def test_lines_stand_in_the_order_of_their_fillers_whoever_came_first():
    found = filled(FEW, MANY, limit=10)
    assert found.lines[:9] == tuple(many("page"))
    assert found.lines[9] == "page: few 0"
    assert found.left_over == 1


def test_a_slot_holds_as_many_lines_as_the_page_has_room_for():
    found = filled(MANY)
    assert len(found.lines) == LIMITS["watch"] == 8
    assert found.left_over == 1


def test_a_slot_without_a_limit_holds_all():
    found = fill("anything", "page", Holds(), [Filler("anything", 1, MANY.call, "A")])
    assert (len(found.lines), found.left_over) == (9, 0)


def test_who_may_take_only_some_lines_leaves_room_for_others():
    modest = Filler("watch", 10, f"{HERE}:many", "Many", most=3)
    found = filled(modest, FEW)
    assert found.lines == (*many("page")[:3], *few("page"))
    assert found.left_over == 6


def test_lines_and_those_left_over_are_all_lines():
    for limit in range(13):
        found = filled(MANY, FEW, limit=limit)
        assert len(found.lines) + found.left_over == 11


def test_a_filler_is_asked_only_where_all_its_tables_are_there():
    assert filled(PAID, FEW, holds=("receivables",)).missing == (PAID,)
    found = filled(PAID, FEW, holds=("receivables", "orders.cogs"))
    assert found.missing == ()
    assert len(found.lines) == 4


def test_a_filler_whose_tables_are_missing_is_not_even_imported():
    absent = Filler("watch", 1, "kamlab.no.such.module:f", "Later", ("later_table",))
    assert filled(absent, FEW).missing == (absent,)


def test_nobody_to_ask_leaves_the_slot_empty():
    assert filled(PAID) == Filled((), 0, (PAID,))


def test_a_filler_may_yield_its_lines():
    lines = Filler("watch", 1, f"{HERE}:each_line", "Lines")
    assert filled(lines).lines == tuple(few("page"))


def test_an_unknown_slot_is_told_with_the_nearest():
    with pytest.raises(UsageError, match=r"slot = 'wacht': did you mean 'watch'\?"):
        fill("wacht", "page", Holds(), [FEW])


@pytest.mark.parametrize("filler", registry.FILLERS, ids=lambda each: each.call)
def test_every_filler_of_the_review_is_a_documented_function(filler):
    assert callable(filler.function())
    assert filler.function().__doc__
    assert filler.what


def test_no_two_fillers_of_a_slot_want_the_same_place():
    places = [(each.slot, each.order) for each in registry.FILLERS]
    assert len(set(places)) == len(places)
