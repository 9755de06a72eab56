"""A rate that nobody can have paid is told, with what it probably is."""

import pytest

from kamlab.data.checking.rate_plausibility import usual_rate

LINES = (
    "Nr,Pos,Kunde,Tag,Netto,Wae\n"
    "1,1,A,2025-01-31,100,EUR\n"
    "2,1,A,2025-01-31,200,{0}\n"
    "3,1,B,2025-02-28,200,{0}\n"
)
MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: lines.csv
    columns:
      order_id: Nr
      line_id: Pos
      account_id: Kunde
      order_date: Tag
      net_amount: Netto
    currency: {column: Wae, rates: RATES}
"""
DATED = """  fx_rates:
    files: rates.csv
    format: {dates: [YYYY-MM-DD, YYYY-MM]}
    columns: {currency: Code, valid_on: Monat, rate: RATE}
"""


@pytest.fixture
def dated(export):
    """Import lines with rates by month; return the findings by rule."""

    def convert(*rates: float, code: str = "USD", rate: str = "Kurs", more: str = ""):
        export.write(LINES.format(code))
        rows = "".join(f"2025-{m:02d},{code},{r}\n" for m, r in enumerate(rates, 1))
        export.write(f"Monat,Code,Kurs\n{rows}", "rates.csv")
        text = MAPPING.replace("RATES", "fx_rates") + DATED.replace("RATE", rate)
        export.map(text + more)
        return {each.rule: each for each in export.run().findings}

    return convert


@pytest.fixture
def fixed(export):
    """Import lines with rates of the mapping; return the findings by rule."""

    def convert(rate: float, code: str):
        export.write(LINES.format(code))
        export.map(MAPPING.replace("RATES", f"{{{code}: {rate}}}"))
        return {each.rule: each for each in export.run().findings}

    return convert


def test_a_rate_that_jumps_is_told_with_both_values(dated):
    found = dated(0.92, 9.1, 0.91)["rate_jumps"]
    assert found.message == (
        "rates.csv row 3, column 'rate': the rate of USD jumps from 0.92 on 2025-01-31 "
        "to 9.1 on 2025-02-28 (2 rows)"
    )
    assert (found.severity, found.blocks) == ("warning", False)


def test_a_rate_the_wrong_way_round_is_told_even_near_one(dated):
    found = dated(0.92, 1.087, 0.91)["rate_jumps"]
    assert "from 0.92 on 2025-01-31 to 1.087" in found.message


@pytest.mark.parametrize("rates", [(0.92, 0.85, 1.02), (0.98, 1.01), (0.5, 1.4)])
def test_rates_may_rise_and_fall(dated, rates):
    assert "rate_jumps" not in dated(*rates)


def test_rates_that_lie_far_apart_in_time_are_not_compared(dated, export):
    dated(0.1, 0.1)
    late = "Monat,Code,Kurs\n2025-01,VES,0.1\n2025-02,VES,0.1\n2025-09,VES,9\n"
    export.write(late, "rates.csv")
    assert "rate_jumps" not in {each.rule for each in export.run().findings}


def test_a_table_that_is_the_wrong_way_round_blocks_and_says_so(dated):
    found = dated(7.8, 7.7, code="CNY")["rate_implausible"]
    assert found.blocks
    assert "a rate of 7.75 for CNY, of which one was worth about 0.13 EUR" in (
        found.message
    )
    assert "{from: Kurs, inverse: true}" in found.remedy


def test_the_remedy_for_a_table_the_wrong_way_round_mends_it(dated, export):
    found = dated(7.8, 7.7, code="CNY", rate="{from: Kurs, inverse: true}")
    assert "rate_implausible" not in found
    assert export.table()["net_amount"].tolist()[1] == pytest.approx(200 / 7.8)


def test_rates_for_a_hundred_units_are_told_and_their_remedy_mends_them(dated, export):
    found = dated(0.62, 0.61, code="JPY")["rate_implausible"]
    assert "if it is the worth of 100 JPY" in found.remedy
    assert "{from: Kurs, unit: 0.01}" in found.remedy
    mended = dated(0.62, 0.61, code="JPY", rate="{from: Kurs, unit: 0.01}")
    assert "rate_implausible" not in mended
    assert export.table()["net_amount"].tolist()[1] == pytest.approx(1.24)


def test_what_fits_best_is_said_first(fixed):
    remedy = fixed(12.8, "CNY")["rate_implausible"].remedy
    assert remedy.index("the worth of 100 CNY") < remedy.index("how many CNY one buys")


def test_who_is_sure_of_a_rate_raises_the_limit(dated):
    found = dated(7.8, 7.7, code="CNY", more="limits: {rate_implausible: 1}\n")
    assert not found["rate_implausible"].blocks


@pytest.mark.parametrize(
    ("rate", "code", "advice"),
    [
        (7.8, "CNY", "write rates: {CNY: 0.1282}"),
        (0.62, "JPY", "write rates: {JPY: 0.0062}"),
        (12.0, "USD", "correct it in the export"),
    ],
)
def test_a_fixed_rate_that_is_far_off_is_told_with_what_it_should_be(
    fixed, rate, code, advice
):
    assert advice in fixed(rate, code)["rate_implausible"].remedy


@pytest.mark.parametrize(
    ("rate", "code"), [(0.128, "CNY"), (0.9, "USD"), (1, "CNY"), (40, "VES")]
)
def test_usual_rates_and_a_rate_of_one_are_not_doubted(fixed, rate, code):
    assert "rate_implausible" not in fixed(rate, code)


def test_a_usual_rate_and_its_inverse_belong_to_each_other():
    assert usual_rate("CNY", "EUR") == pytest.approx(1 / usual_rate("EUR", "CNY"))
    assert usual_rate("EUR", "EUR") == 1
    assert usual_rate("EUR", "TRY") is None
