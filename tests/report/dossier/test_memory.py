"""A dossier begins its notes where the report before ended."""

import json

import pandas as pd
import pytest

from kamlab.errors import DataError
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.plan import notes


@pytest.fixture
def before(tmp_path):
    """Return what writes the memory of an earlier report, and says where it lies."""

    def write(day: str):
        told = {"as_of": day, "pages": []}
        (tmp_path / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
        return tmp_path

    return write


def _told(talbruck, folder) -> str:
    return notes(Dossier(talbruck, "A10063", previous=folder))


@pytest.mark.parametrize(
    ("day", "since"), [("2025-06-30", "30 Jun 2025"), ("2025-12-01", "1 Dec 2025")]
)
def test_contacts_are_counted_since_the_report_before(talbruck, before, day, since):
    contacts = talbruck.table("interactions").to_native()
    if not isinstance(contacts, pd.DataFrame):
        contacts = contacts.df()
    own = contacts[contacts["account_id"] == "A10063"]
    n = int((pd.to_datetime(own["date"]) > day).sum())
    assert n > 0
    assert _told(talbruck, before(day)).startswith(f"Since {since}: {n} contact")


def test_without_a_report_before_it_is_three_months(talbruck):
    assert _told(talbruck, None).startswith("Since 30 Sep 2025: ")


def test_nothing_since_is_said_as_such(talbruck, before):
    assert _told(talbruck, before("2025-12-31")) == "Since 31 Dec 2025: no contact."


def test_a_damaged_memory_is_named(talbruck, before):
    folder = before("2025-06-30")
    (folder / "manifest.json").write_text("{")
    with pytest.raises(DataError, match=r"manifest\.json"):
        _told(talbruck, folder)
