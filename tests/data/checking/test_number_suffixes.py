"""A number with a unit behind it is told for what it is, and read as declared."""

import pytest

from kamlab.data.checking.number_suffixes import number_and_unit, suffix_advice
from tests.data.conftest import MAPPING


@pytest.fixture
def read(export):
    """Import one amount; return the findings by rule, and the amount as it was read."""

    def reader(text: str, declared: str = ""):
        export.write(f"Nr;Pos;Kunde;Tag;Netto\n1;1;A;2025-01-31;{text}\n")
        form = f'delimiter: ";", {declared}'.removesuffix(", ")
        export.map(MAPPING, f"format: {{{form}}}")
        result = export.run()
        found = {each.rule: each for each in result.findings}
        amount = None if result.blocked else export.table()["net_amount"].item()
        return found, amount

    return reader


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("12%", 'suffixes: {"%": 0.01}'),
        ("１２％", 'suffixes: {"%": 0.01}'),
        ("1.5万", "suffixes: {万: 10000}"),
        ("3亿", "suffixes: {亿: 100000000}"),
        ("-2 百万", "suffixes: {百万: 1000000}"),
        ("1.2k", "suffixes: {k: 1000}"),
        ("3 Mio.", 'suffixes: {"Mio.": 1000000}'),
        ("1.5万元", "suffixes: {万: 10000}, symbols: ['元']"),
        ("€1.2k", "suffixes: {k: 1000}, symbols: ['€']"),
    ],
)
def test_the_remedy_names_the_unit_and_reads_the_number(read, text, advice):
    found, _ = read(text)
    assert found["unit_behind_number"].blocks
    assert found["unit_behind_number"].remedy.endswith(f"format: {{{advice}}}")
    assert "unit_behind_number" not in read(text, advice)[0]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12%", 0.12),
        ("1.1 %", 0.011),
        ("7%", 0.07),
        ("1.5万", 15_000),
        ("1.2345亿", 123_450_000),
        ("2百万", 2_000_000),
        ("-3 万", -30_000),
        ("9500", 9_500),
        ("1,234.5万", 12_345_000),
    ],
)
def test_declared_units_are_multiplied_and_plain_numbers_stay(read, text, amount):
    units = '{"%": 0.01, 万: 10000, 百万: 1000000, 亿: 100000000}'
    found, read_as = read(text, f"thousands: ',', suffixes: {units}")
    assert not any(each.blocks for each in found.values())
    assert read_as == amount


@pytest.mark.parametrize("text", ["EUR 12.50", "12.50 €", "¥12.50", "12.50 CHF"])
def test_the_sign_of_a_currency_is_still_told_as_that(read, text):
    found, _ = read(text)
    assert "sign_of_currency" in found
    sign = text.replace("12.50", "").strip()
    assert read(text, f"symbols: ['{sign}']")[1] == 12.5


@pytest.mark.parametrize("text", ["much", "12 pieces", "万", "%", "k12", "1k2"])
def test_words_are_no_numbers_with_a_unit(read, text):
    found, _ = read(text)
    assert "unit_behind_number" not in found
    assert suffix_advice(text) == ""


def test_a_unit_that_is_not_declared_is_told_though_others_are(read):
    found, _ = read("3亿", "suffixes: {万: 10000}")
    assert found["unit_behind_number"].blocks


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.5万", ("1.5", "万")),
        ("1.234,5 Mio.", ("1.234,5", "Mio.")),
        ("¥2百万元", ("¥2", "百万")),
        ("-12 %", ("-12", "%")),
        ("12", ("12", "")),
        ("3 M", ("3 M", "")),
        ("Adler 2k", ("Adler 2k", "")),
    ],
)
def test_a_number_is_parted_from_a_unit_that_means_one_thing(text, parts):
    assert number_and_unit(text) == parts
