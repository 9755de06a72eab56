"""Page one says whether the figures tie to finance's, to the cent."""

import json
from dataclasses import replace
from datetime import date

import pytest

from kamlab.data.controls.totals import Control, ControlOutcome
from kamlab.data.importing.accounting import write_log
from kamlab.fiscal import FiscalCalendar
from kamlab.language import in_language
from kamlab.report.left_out import UNREADABLE, LeftOut, read_left_out
from kamlab.report.pages import About, index_html
from kamlab.report.ties import Tie, ties_line, ties_of

MET = Tie("annual accounts", "net_amount", "2024", "", 0.0, True, True)
NEAR = replace(MET, name="ledger", period="2025", difference=0.3, is_exact=False)
MISSED = replace(MET, name="books", difference=-12_340.0, is_met=False, is_exact=False)


def test_totals_that_all_agree_are_counted():
    assert ties_line([MET] * 4, "EUR") == "Ties to finance: 4 of 4 totals to the cent."


def test_a_difference_within_its_tolerance_is_told():
    assert ties_line([MET, NEAR], "EUR") == (
        "Ties to finance within the tolerance: 1 of 2 totals to the cent; apart: "
        "ledger 2025 by EUR +0.30."
    )


def test_a_difference_beyond_it_stands_first_and_is_no_tie():
    assert ties_line([NEAR, MISSED], "EUR") == (
        "Does not tie to finance: 0 of 2 totals to the cent; apart: "
        "books 2024 by EUR -12,340.00, ledger 2025 by EUR +0.30."
    )


def test_many_differences_are_counted():
    assert ties_line([MISSED] * 5, "EUR").endswith(", and 2 more.")


@pytest.mark.parametrize(
    ("tie", "words"),
    [
        (replace(MISSED, unit="USD"), "books 2024 by USD -12,340.00"),
        (replace(MISSED, what="cogs"), "books 2024 (cogs) by EUR -12,340.00"),
        (replace(MISSED, what="lines", difference=-3.0), "books 2024 by -3 lines"),
    ],
)
def test_a_difference_has_its_unit(tie, words):
    assert words in ties_line([tie], "EUR")


def test_without_totals_nothing_is_said():
    assert ties_line([], "EUR") == ""
    assert ties_of({"tables": []}) == ()


def test_the_log_of_an_import_is_read(tmp_path):
    mapping = tmp_path / "mapping.yml"
    mapping.write_text("portfolio: {}\n")
    period = FiscalCalendar().period("2024")
    met = ControlOutcome(Control("books", "2024", 150.0), period, 2, 150.0)
    write_log([], mapping, tmp_path, [met])
    told = read_left_out(tmp_path)
    assert told.ties_line("EUR") == "Ties to finance: 1 of 1 totals to the cent."
    assert told.ties == ties_of(json.loads((tmp_path / "import_log.json").read_text()))


def test_the_front_page_tells_it_in_its_head_and_escapes_names():
    day = date(2025, 12, 31)
    about = About("Talbruck", "EUR", day, day, "demo")
    assert "finance" not in index_html([], about)
    odd = replace(MISSED, name="<b>GL</b>")
    html = index_html([], replace(about, left_out=LeftOut(ties=(odd,))))
    head = html[html.index("<header>") : html.index("</header>")]
    assert "Does not tie to finance" in head
    assert "&lt;b&gt;GL&lt;/b&gt;" in head


@pytest.mark.parametrize("controls", ["7", "[7]", '[{"name": "x"}]'])
def test_damaged_totals_stop_nothing_and_are_told(tmp_path, controls):
    (tmp_path / "import_log.json").write_text(
        json.dumps({"tables": []})[:-1] + f', "controls": {controls}}}'
    )
    told = read_left_out(tmp_path)
    assert told.line("EUR") == UNREADABLE
    assert told.ties_line("EUR") == ""


def test_ties_are_told_in_the_language_of_the_page():
    met = Tie("年报", "net_amount", "2024", "", 0.0, True, True)
    apart = Tie("年报", "net_amount", "2025", "", -12.5, False, False)
    with in_language("zh"):
        assert ties_line([met], "EUR") == "与财务一致：1 个总额中有 1 个分文不差。"
        told = ties_line([met, apart], "EUR")
    assert told.endswith("差异：年报 2025 相差 EUR -12.50。")
