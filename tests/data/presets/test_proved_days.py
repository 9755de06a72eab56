"""Days of rates are read as other files of the export prove them, or asked about."""

from pathlib import Path

import pytest

from kamlab.data.presets.assemble import suggest_mapping

LINES = "Nr;KUNAG;{day};NETWR;WAERK\n{rows}"
RATES = "currency;month;rate\nUSD;01.01.2025;1,1\nUSD;01.02.2025;1,2\n"


@pytest.fixture
def dated(tmp_path: Path):
    """Suggest a mapping for lines with such days, and rates; return how both read."""

    def suggest(*days: str, rates: str = RATES):
        rows = "".join(f"{n};K;{day};9,50;USD\n" for n, day in enumerate(days))
        text = LINES.format(day="FKDAT", rows=rows)
        (tmp_path / "lines.csv").write_text(text)
        (tmp_path / "rates.csv").write_text(rates)
        tables = {each.name: each for each in suggest_mapping(tmp_path).tables}
        columns = tables["fx_rates"].columns
        return next(each for each in columns if each.key == "valid_on")

    return suggest


@pytest.mark.parametrize("day", ["31.01.2025", "31/01/2025"])
def test_rates_are_dated_in_the_order_that_the_lines_prove(dated, day):
    found = dated(day, "02.01.2025".replace(".", day[2]))
    assert found.value == {"from": "month", "format": "DD.MM.YYYY"}
    assert found.why == "days as in lines.csv"


@pytest.mark.parametrize("days", [("01.02.2025", "02.03.2025"), ("20250131",)])
def test_lines_that_prove_nothing_leave_the_question(dated, days):
    assert len(dated(*days).options) == 2


def test_rates_that_prove_themselves_are_not_touched(dated):
    found = dated("31.01.2025", rates=RATES + "USD;03.31.2025;1,2\n")
    assert (found.value, found.why) == ("month", "read as MM.DD.YYYY")
