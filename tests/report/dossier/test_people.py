"""Who is talked to, and whether it hangs on one person."""

import pandas as pd
import pytest

from kamlab.report.dossier.people import (
    busiest,
    contacts_made,
    meetings,
    served_alike,
    thread,
    topics,
)
from tests.report.dossier.books import contact, dossier, monthly, sales


def _talked(*people: str, kind: str = "call"):
    rows = [
        contact(f"2025-{month:02}-03", kind, contact_id=person, topic="need")
        for month, person in enumerate(people, start=1)
    ]
    return dossier(sales("A", monthly()), interactions=pd.DataFrame(rows))


def test_one_person_alone_is_a_single_thread():
    assert thread(_talked(*"PPPPPP"))[0].now.startswith("yes: all contacts")


def test_four_fifths_through_one_person_is_a_single_thread():
    told = thread(_talked(*"PPPPQ"))[0].now
    assert told == "yes: 80 % of the contacts through one of 2 people"


def test_two_people_alike_are_none():
    told = thread(_talked(*"PPPQQQ"))[0].now
    assert told == "no: the busiest of 2 people has 50 % of the contacts"


def test_four_contacts_are_too_few_to_tell():
    few = _talked(*"PPPP")
    share, people, n = busiest(few)
    assert (share != share, people, n) == (True, 1, 4)
    assert thread(few) == []


def test_only_meetings_in_person_count_as_such():
    assert meetings(_talked(*"PPPPP"))[0].now == "0"
    facts = meetings(_talked(*"PPPPP", kind="visit"))
    assert [fact.now for fact in facts] == ["5", "3 May 2025"]


def test_contacts_are_counted_with_their_people():
    assert contacts_made(_talked(*"PPQ"))[0].now == "3, with 2 people"


def test_topics_are_listed_by_number_and_name():
    assert topics(_talked(*"PPQ"))[0].now == "need 3"


def test_marwitz_hangs_on_one_person(talbrucks):
    assert thread(talbrucks("Marwitz"))[0].now == "yes: all contacts through one person"


def test_visits_stand_beside_those_of_the_same_service_level(talbrucks):
    (fact,) = served_alike(talbrucks("Kovostav"))
    assert "median of 13 others" in fact.now


def test_without_levels_of_service_nothing_is_compared():
    assert served_alike(_talked(*"PPPPP")) == []


@pytest.mark.parametrize("people", ["P", "PQ"])
def test_no_contact_id_counts_contacts_alone(people):
    rows = pd.DataFrame([contact(f"2025-0{n}-01") for n, _ in enumerate(people, 1)])
    found = dossier(sales("A", monthly()), interactions=rows)
    assert contacts_made(found)[0].now == str(len(people))
