"""The stages of key-account management, with what to read."""

import re

from kamlab.orientation.history import history_table


def test_it_begins_in_the_1960s_and_goes_on_in_order():
    years = [int(re.search(r"\d{4}", each)[0]) for each in history_table()["years"]]
    assert years[0] == 1960
    assert years == sorted(years)


def test_every_stage_has_something_to_read_with_its_year():
    assert history_table()["to read"].str.contains(r"\((?:19|20)\d\d").all()
