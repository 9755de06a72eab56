"""Faults in billing lines: each leaves all other lines and the money as they were."""

import numpy as np
import pytest

from kamlab.data.demo import dirt_lines
from kamlab.data.demo.dirt import FAULTS, example_export
from kamlab.data.demo.dirt_export import TWICE, drawn

IN_PLACE = [
    "mixed_dates",
    "future_dates",
    "missing_ids",
    "returns_without_reference",
    "unit_errors",
    "spelled_ids",
]
ADDING = [
    "intercompany",
    "test_orders",
    "cancelled_pairs",
    "exact_duplicates",
    "reexported_month",
]


@pytest.fixture(scope="module")
def clean():
    return example_export()


def planted(clean, kind, seed=5):
    return FAULTS[kind].plant(clean, np.random.default_rng(seed))


@pytest.mark.parametrize("kind", IN_PLACE)
def test_a_fault_in_place_changes_its_rows_and_no_others(kind, clean):
    lines = planted(clean, kind).billing
    marked = lines["_kind"] == kind
    texts = [name for name in lines if not name.startswith("_")]
    differs = (lines[texts] != clean.billing[texts]).any(axis=1)
    assert marked.any()
    assert (differs == marked).all()
    assert (lines["_net"] == clean.billing["_net"]).all()


@pytest.mark.parametrize("kind", ADDING)
def test_a_fault_that_adds_leaves_what_was_there(kind, clean):
    lines = planted(clean, kind).billing
    rest = lines[lines["_kind"] == ""].reset_index(drop=True)
    assert rest.equals(clean.billing)
    assert len(lines) > len(rest)


@pytest.mark.parametrize("kind", [*IN_PLACE, *ADDING])
def test_the_month_that_is_sent_twice_has_no_other_fault(kind, clean):
    lines = planted(clean, kind).billing
    assert TWICE not in lines.loc[lines["_kind"] == kind, "_month"].tolist()


def test_all_faults_together_touch_each_document_once(clean):
    export = clean
    for kind in [*IN_PLACE, *ADDING]:
        before = export.billing
        touched = set(before.loc[before["_kind"] != "", "Beleg"])
        export = planted(export, kind)
        own = export.billing[export.billing["_kind"] == kind]
        if kind != "reexported_month":
            assert not touched & set(own["Beleg"]), kind


def test_a_mistyped_year_is_mended_by_its_right_day(clean):
    export = planted(clean, "future_dates")
    rows = export.billing["_kind"] == "future_dates"
    wrong = export.billing.loc[rows, "Datum"].tolist()
    right = clean.billing.loc[rows, "Datum"].tolist()
    assert [export.mends["future_dates"][day] for day in wrong] == right


def test_a_blank_customer_is_that_of_the_line_above(clean):
    lines = planted(clean, "missing_ids").billing
    blank = np.flatnonzero(lines["Kunde"] == "")
    assert (
        lines["Beleg"].to_numpy()[blank] == lines["Beleg"].to_numpy()[blank - 1]
    ).all()
    assert (lines["Kunde"].to_numpy()[blank - 1] == clean.billing["Kunde"][blank]).all()


def test_a_pair_of_invoice_and_cancellation_is_positive_twice(clean):
    export = planted(clean, "cancelled_pairs")
    pairs = export.billing[export.billing["_kind"] == "cancelled_pairs"]
    invoices, cancelling = pairs[pairs["Storno"] == "X"], pairs[pairs["Art"] == "S1"]
    assert (pairs["_net"] > 0).all()
    assert cancelling["Bezug"].tolist() == invoices["Beleg"].tolist()
    assert cancelling["_net"].tolist() == invoices["_net"].tolist()


def test_prices_of_a_hundred_leave_amounts_alone(clean):
    lines = planted(clean, "unit_errors").billing
    rows = lines["_kind"] == "unit_errors"
    price = lines.loc[rows, "Preis"].str.replace(".", "").str.replace(",", "")
    before = clean.billing.loc[rows, "Preis"].str.replace(".", "").str.replace(",", "")
    assert (price.astype(int) == 100 * before.astype(int)).all()


def test_our_own_deliveries_are_small_in_one_company_and_large_in_another(clean):
    sums = []
    for seed in range(8):
        lines = planted(clean, "intercompany", seed).billing
        sums.append(lines.loc[lines["_kind"] != "", "_net"].sum())
    assert max(sums) > 4 * min(sums)


def test_chance_draws_without_putting_back(clean):
    rows = drawn(clean.billing, 50, np.random.default_rng(2))
    assert len(rows) == rows.nunique() == 50
    assert rows.is_monotonic_increasing


def test_the_names_of_own_companies_are_no_customers(clean):
    known = set(clean.customers["account_id"])
    assert not known & {dirt_lines.SUBSIDIARY, dirt_lines.TESTER}
