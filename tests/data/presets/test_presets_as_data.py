"""Every preset speaks of columns that the contract has, each name in one place."""

import pytest

from kamlab.data.contract import TABLES
from kamlab.data.presets import PRESETS
from kamlab.data.presets.names import normalised
from kamlab.data.presets.preset import AIDS, Place, Preset, placed
from kamlab.data.presets.registry import preset
from kamlab.data.vocabulary import LINE_TYPES
from kamlab.errors import UsageError

SIX = ["generic", "sap_billing", "salesforce", "dynamics", "kingdee", "month_totals"]
every_preset = pytest.mark.parametrize("name", SIX)


def test_there_are_six():
    assert list(PRESETS) == SIX


@every_preset
def test_tables_and_columns_are_those_of_the_contract(name):
    for table, columns in PRESETS[name].columns.items():
        allowed = {*TABLES[table].column_names, *(AIDS if table == "orders" else ())}
        assert set(columns) <= allowed


@every_preset
def test_document_types_and_values_mean_what_the_contract_allows(name):
    told = PRESETS[name]
    assert set(told.document_types.values()) <= set(LINE_TYPES)
    for column, values in told.values.items():
        allowed = TABLES["orders"].column(column).allowed
        assert set(values.values()) <= set(allowed or values.values())


@every_preset
def test_no_name_stands_twice_for_one_column(name):
    for columns in PRESETS[name].columns.values():
        for names in columns.values():
            known = [each for each in map(normalised, names) if each]
            assert len(known) == len(names)
            assert sorted(set(names)) == sorted(names)


@every_preset
def test_what_is_left_out_is_no_column_of_the_contract_in_order_lines(name):
    told = PRESETS[name]
    own = {
        normalised(each)
        for column in ("order_id", "account_id", "order_date", "net_amount")
        for each in told.columns["orders"].get(column, ())
    }
    left = set(map(normalised, told.left_out))
    assert own & left <= {"opportunityname"}  # Salesforce: where there is no number


def test_names_of_sap_are_known_in_its_three_ways():
    sap = PRESETS["sap_billing"]
    for name in ("VBELN", "Billing Document", "Faktura"):
        assert sap.place(name) == [Place("orders", "order_id", sap_rank(name), True)]


def sap_rank(name: str) -> int:
    return PRESETS["sap_billing"].columns["orders"]["order_id"].index(name)


def test_a_name_that_everybody_uses_is_no_mark_of_a_system():
    general = PRESETS["generic"]
    told = placed("Customer Group", PRESETS["sap_billing"], general)
    assert not any(each.is_own for each in told)
    assert placed("KDGRP", PRESETS["sap_billing"], general)[0].is_own


def test_names_of_the_system_come_before_general_ones():
    shop = Preset("shop", "", {"orders": {"order_id": ("Bon",)}})
    general = Preset("generic", "", {"orders": {"line_id": ("Bon",)}})
    first, second = placed("Bon", shop, general)
    assert (first.column, second.column) == ("order_id", "line_id")
    assert first.rank < second.rank


def test_a_meaning_is_found_whatever_its_case():
    assert PRESETS["sap_billing"].meaning("kukla").startswith("customer class")
    assert PRESETS["sap_billing"].meaning("unheard of") == ""


def test_an_unknown_preset_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match=r"'kingde' is not known.*'kingdee'"):
        preset("kingde")
