"""Faults beside the order lines: customers, contacts, cost sheets."""

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kamlab.data.demo.dirt import FAULTS, example_export
from kamlab.data.demo.dirt_export import Export
from kamlab.data.demo.dirt_files import TOTAL, write_files


@pytest.fixture(scope="module")
def clean():
    return example_export()


def planted(clean, *kinds):
    export = clean
    for kind in kinds:
        export = FAULTS[kind].plant(export, np.random.default_rng(5))
    return export


def sheet(export: Export, folder, file: str, name: str) -> list[list]:
    write_files(export, folder)
    with CalamineWorkbook.from_path(str(folder / file)) as book:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_the_orphan_is_the_smallest_customer(clean):
    export = planted(clean, "orphan_orders")
    gone = set(clean.customers["account_id"]) - set(export.customers["account_id"])
    net = clean.billing.groupby("Kunde")["_net"].sum().abs()
    assert gone == {net.idxmin()}
    orphaned = export.billing["_kind"] == "orphan_orders"
    assert (export.billing.loc[orphaned, "Kunde"] == net.idxmin()).all()
    assert orphaned.sum() == (clean.billing["Kunde"] == net.idxmin()).sum()


def test_a_second_number_has_the_letters_of_the_first_one_s_name(clean):
    export = planted(clean, "two_numbers")
    names = export.customers.set_index("account_id")["account_name"]
    for second, first in export.mends["two_numbers"].items():
        assert names[second] != names[first]
        bare = [
            "".join(filter(str.isalnum, names[n].casefold())) for n in (second, first)
        ]
        assert bare[0] == bare[1]
    assert len(export.customers) == len(clean.customers) + 2


def test_a_customer_of_another_fault_gets_no_second_number(clean):
    export = planted(clean, "spelled_ids", "two_numbers")
    first = set(export.mends["two_numbers"].values())
    assert not first & set(export.mends["spelled_ids"].values())


def test_dates_that_are_ambiguous_are_another_day_when_misread(clean):
    contacts = planted(clean, "ambiguous_dates").contacts
    rows = contacts["_kind"] != ""
    texts, right = contacts.loc[rows, "date"], clean.contacts.loc[rows, "date"]
    assert (pd.to_datetime(texts, format="%m/%d/%Y") == pd.to_datetime(right)).all()
    assert (pd.to_datetime(texts, format="%d/%m/%Y") != pd.to_datetime(right)).all()


def test_merged_cells_hold_the_region_once(clean, tmp_path):
    rows = sheet(
        planted(clean, "merged_cells"), tmp_path, "customers.xlsx", "Customers"
    )
    regions = [row[2] for row in rows[4:]]
    assert sorted(filter(None, regions)) == sorted(set(clean.customers["region"]))
    assert len(regions) == len(clean.customers)


def test_the_customer_list_has_a_title_and_a_header_of_two_lines(clean, tmp_path):
    rows = sheet(clean, tmp_path, "customers.xlsx", "Customers")
    assert rows[0][0] == "Customer list 2025, sales office"
    assert rows[2][2:5] == ["Address", "", "Business"]
    assert rows[3][:3] == ["Number", "Name", "Region"]


@pytest.mark.parametrize(("kinds", "worth"), [((), 1), (("costs_in_thousands",), 1000)])
def test_every_month_has_a_sheet_that_ends_with_its_sum(clean, tmp_path, kinds, worth):
    rows = sheet(planted(clean, *kinds), tmp_path, "costs_by_month.xlsx", "2025-03")
    march = clean.costs[clean.costs["date"].dt.month == 3]
    assert ("TEUR" in rows[0][0]) == (worth == 1000)
    assert rows[-1][0] == TOTAL
    assert rows[-1][4] * worth == pytest.approx(march["amount"].sum())
    assert len(rows) == len(march) + 3


def test_a_name_that_looks_like_a_formula_stays_a_text(clean, tmp_path):
    customers = clean.customers.copy()
    customers.loc[0, "account_name"] = "=1+1"
    export = Export(2025, clean.billing, customers, clean.costs, clean.contacts)
    rows = sheet(export, tmp_path, "customers.xlsx", "Customers")
    assert rows[4][1] == "=1+1"


def test_without_contacts_and_costs_there_are_no_files_of_them(clean, tmp_path):
    none = Export(
        2025, clean.billing, clean.customers, clean.costs[:0], clean.contacts[:0]
    )
    write_files(none, tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert not names & {"costs_by_month.xlsx", "crm_activities.csv"}
    assert "customers.xlsx" in names
