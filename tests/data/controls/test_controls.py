"""What was imported is compared with the totals of the books."""

import io
import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from kamlab.data.findings.screen import controls_table, show_import
from kamlab.data.importing.loading import import_portfolio
from kamlab.errors import UsageError
from tests.data.conftest import MAPPING as SIMPLE

LINES = (
    "Nr,Pos,Kunde,Tag,Netto\n1,1,A,2024-10-01,100.00\n2,1,A,2024-12-31,0.10\n"
    "3,1,A,2025-09-30,0.20\n4,1,A,2025-10-01,50.00\n"
)

MAPPING = """
portfolio: {name: Probe, currency: EUR, calendar: {first_month: 10, named_by: end}}
tables:
  orders:
    files: "lines*.csv"
    currency: {column: Whg, rates: {USD: 0.5}}
    columns:
      order_id: Nr
      line_id: Pos
      account_id: Kunde
      order_date: Tag
      posted_on: Buch
      net_amount: Netto
      cogs: Kosten
      sales_org: Org
"""

#: Two companies, two currencies; the last line is booked a month later.
BOOK = (
    "Nr,Pos,Kunde,Tag,Buch,Netto,Kosten,Whg,Org\n"
    "1,1,A,2025-01-31,2025-01-31,100.00,60,EUR,1000\n"
    "1,2,A,2025-01-31,2025-01-31,40.00,20,EUR,1000\n"
    "2,1,B,2025-02-10,2025-02-10,200.00,80,USD,2000\n"
    "3,1,B,2025-02-28,2025-03-01,-10.00,-4,EUR,2000\n"
)


@pytest.fixture
def told(export):
    """Import the lines with one control total; return the result and its finding."""

    def teller(period: str, net_amount: str, more: str = "", also: str = ""):
        export.write(LINES)
        text = SIMPLE
        october = "currency: EUR, calendar: {first_month: 10, named_by: end}"
        total = f"name: books, period: {period}, net_amount: {net_amount}{also}"
        controls = f"controls: [{{{total}}}]\n{more}"
        export.map(text.replace("currency: EUR", october) + controls)
        result = export.run()
        found = [each for each in result.findings if each.rule.startswith("control")]
        return result, found[0]

    return teller


@pytest.fixture
def book(export):
    """Import the book of two companies with control totals; return the result."""

    def importer(*totals: str, limits: str = ""):
        export.write(BOOK)
        listed = "".join(f"  - {{name: books, {each}}}\n" for each in totals)
        export.map(f"{MAPPING}controls:\n{listed}{limits}")
        return export.run()

    return importer


@pytest.mark.parametrize(
    ("period", "net_amount"),
    [
        ("2025", "100.30"),
        ("2025Q1", "100.1"),
        ("2025-09", "0.2"),
        ("2026", "50"),
        ("2024-10-01 to 2024-12-30", "100"),
        ("2025-09 to 2025-10", "50.20"),
        ("2025-10-01", "50"),
        ("all", "150.30"),
    ],
)
def test_a_total_that_is_met_to_the_cent_is_told(told, period, net_amount):
    result, found = told(period, net_amount)
    assert (found.rule, found.severity, result.blocked) == (
        "control_met",
        "info",
        False,
    )
    assert "books: the lines of" in found.message


def test_a_cent_is_a_difference_that_blocks(told):
    result, found = told("2025", "100.29")
    assert result.blocked
    assert (found.rule, found.money) == ("control_missed", 0.01)
    assert "sum to 100.30, the books say 100.29, a difference of +0.01" in found.message
    assert "2025 (2024-10-01 to 2025-09-30)" in found.message


@pytest.mark.parametrize("allowed", [", tolerance: 0.30", ", tolerance_share: 0.003"])
def test_a_difference_within_its_tolerance_is_told_and_passes(told, allowed):
    result, found = told("2025", "100.00", also=allowed)
    assert not result.blocked
    assert found.rule == "control_met"
    assert "the books say 100.00; +0.30 is within the tolerance" in found.message


@pytest.mark.parametrize("allowed", [", tolerance: 0.29", ", tolerance_share: 0.002"])
def test_a_difference_beyond_its_tolerance_blocks(told, allowed):
    result, found = told("2025", "100.00", also=allowed)
    assert result.blocked
    assert found.rule == "control_missed"


def test_the_default_limit_does_not_hold_for_totals_but_their_own_does(told):
    assert told("2025", "100.00", "limits: {default: 1.0}\n")[0].blocked
    assert not told("2025", "100.00", "limits: {control_missed: 0.003}\n")[0].blocked


def test_a_difference_may_be_allowed_by_name(told):
    result, found = told("2025", "200.60", "limits: {control_missed: 0.6}\n")
    assert not result.blocked
    assert found.share == pytest.approx(0.5)


def test_a_period_without_lines_misses_its_total(told):
    result, found = told("2023", "10")
    assert result.blocked
    assert (found.rows, found.share) == (1, 1.0)


def test_lines_where_the_books_say_nothing_block(told):
    result, found = told("2025", "0")
    assert result.blocked
    assert found.share == 1.0


@pytest.mark.parametrize(
    "total",
    [
        "period: 2025, net_amount: 230",
        "period: 2025, net_amount: 130, currency: EUR",
        "period: 2025, net_amount: 200, currency: usd",
        'period: 2025, net_amount: 140, where: {sales_org: "1000"}',
        'period: 2025, net_amount: 230, where: {sales_org: ["1000", "2000"]}',
        'period: 2025, net_amount: -10, currency: EUR, where: {sales_org: "2000"}',
        "period: 2025-02, net_amount: 100, dated_by: posted_on",
        "period: 2025, cogs: 116",
        "period: 2025, lines: 4, documents: 3",
        "period: 2025, lines: 1, documents: 1, currency: USD",
    ],
)
def test_totals_may_be_by_currency_company_cost_and_count(book, total):
    result = book(total)
    assert not result.blocked, result.findings[0].message
    assert all(each.is_exact for each in result.controls)


def test_one_line_too_few_is_missed(book):
    found = book("period: 2025, lines: 5").findings[0]
    assert "lines of 2025 (2024-10-01 to 2025-09-30) [lines] number 4" in found.message
    assert "the books say 5, a difference of -1" in found.message
    assert found.money is None


def test_totals_of_one_name_are_one_finding_that_tells_the_worst_first(book):
    months = [f"period: 2024-{month}, net_amount: {month}" for month in range(11, 13)]
    result = book(*months, *[f"period: 2025-0{n}, net_amount: {n}" for n in (1, 2, 3)])
    (found,) = [each for each in result.findings if each.rule == "control_missed"]
    assert found.message.index("2025-01") < found.message.index("2025-02")
    assert "; and 2 more totals differ" in found.message
    assert len(result.controls) == 5


def test_totals_that_all_tie_are_told_in_one_sentence(book):
    result = book(
        "period: 2025-01, net_amount: 140", "period: 2025-02, net_amount: 90.00"
    )
    (found,) = [each for each in result.findings if each.rule == "control_met"]
    assert "books: 2 of 2 totals agree with the books exactly" in found.message


def test_the_log_keeps_the_totals_and_their_differences(book, export):
    book("period: 2025, net_amount: 230.5, tolerance: 1")
    (kept,) = json.loads((export.out / "import_log.json").read_text())["controls"]
    assert (kept["books"], kept["imported"], kept["difference"]) == (230.5, 230, -0.5)
    assert (kept["met"], kept["exact"]) == (True, False)
    assert (kept["first_day"], kept["last_day"]) == ("2024-10-01", "2025-09-30")


def test_the_screen_shows_each_total_with_its_difference(book):
    page = io.StringIO()
    totals = ("period: 2025-01, net_amount: 139", "period: 2025, net_amount: 230")
    show_import(book(*totals), Console(file=page, width=200))
    text = page.getvalue()
    for shown in ("books: net_amount", "2025-01", "139.00", "140.00", "+1.00"):
        assert shown in text


def test_missed_totals_stand_first_and_many_that_tie_are_counted(book):
    met = ["period: 2023, net_amount: 0"] * 35
    outcomes = book(*met, "period: 2025, net_amount: 9").controls
    page = io.StringIO()
    Console(file=page, width=120).print(controls_table(outcomes))
    rows = page.getvalue().splitlines()
    assert "+221.00" in rows[3]
    assert "and 5 more totals that tie" in page.getvalue()


def test_values_of_a_control_never_reach_the_screen_as_commands(book):
    found = book('period: 2025, net_amount: 1, where: {sales_org: "\\e[31m"}').findings
    assert "\x1b" not in found[0].message
    assert "\\x1b[31m" in found[0].message


@pytest.mark.parametrize(
    ("control", "words"),
    [
        ("{name: x, period: 2025Q5, net_amount: 1}", "'2025Q5' is not a period"),
        ("{name: x, period: 2025, net_amount: much}", "net_amount = 'much' is not a"),
        ("{name: x, period: 2025}", "controls[0].net_amount is missing"),
        ("{nam: x, period: 2025, net_amount: 1}", "did you mean 'name'?"),
    ],
)
def test_a_control_that_cannot_be_is_refused(export, control, words):
    export.write(LINES)
    export.map(export.mapping.read_text() + f"controls: [{control}]\n")
    with pytest.raises(UsageError) as error:
        export.run()
    assert words in str(error.value)


def test_an_update_is_compared_with_the_whole_portfolio(export):
    january, february = BOOK.splitlines(keepends=True)[:3], BOOK.splitlines()[3:]
    total = "{name: books, period: 2025, net_amount: 130, currency: EUR}"
    whole = "{name: books, period: 2025, net_amount: 230}"
    export.write("".join(january), "lines_1.csv")
    export.map(MAPPING)
    assert not export.run().blocked
    (export.source / "lines_1.csv").unlink()
    export.write("\n".join([january[0].strip(), *february]), "lines_2.csv")
    export.map(f"{MAPPING}controls:\n  - {total}\n  - {whole}\n")
    result = export.run(update=True)
    assert not result.blocked, result.findings[0].message
    assert [each.is_exact for each in result.controls] == [True, True]


def test_lines_of_earlier_imports_are_named_as_such_in_a_hint(export):
    header, *lines = BOOK.splitlines(keepends=True)
    export.write(header + lines[0], "lines_1.csv")
    export.map(MAPPING)
    export.run()
    (export.source / "lines_1.csv").unlink()
    export.write(header + "".join(lines[1:]), "lines_2.csv")
    total = "{name: books, period: 2025, net_amount: 130}"
    export.map(f"{MAPPING}controls:\n  - {total}\n")
    result = export.run(update=True)
    assert result.blocked
    hints = result.controls[0].hints
    assert "it is exactly 1 line of earlier imports: may be there twice" in hints


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(-(10**7), 10**7),
            st.dates(date(2024, 10, 1), date(2025, 9, 30)),
            st.sampled_from(["EUR", "USD"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_months_and_currencies_add_up_to_the_year_to_the_cent(tmp_path, lines):
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    (folder / "lines.csv").write_text(
        BOOK.splitlines()[0]
        + "".join(
            f"\n{n},1,A,{day},,{cents / 100:.2f},0,{currency},1000"
            for n, (cents, day, currency) in enumerate(lines)
        )
    )
    months = [f"2024-{n}" for n in (10, 11, 12)] + [f"2025-0{n}" for n in range(1, 10)]
    totals = [f"period: {month}, lines: 0" for month in months]
    totals += [
        f"period: 2025, currency: {name}, net_amount: "
        f"{sum(cents for cents, _, each in lines if each == name) / 100:.2f}"
        for name in ("EUR", "USD")
    ]
    listed = "".join(f"  - {{name: books, {each}}}\n" for each in totals)
    (folder / "mapping.yml").write_text(f"{MAPPING}controls:\n{listed}")
    outcomes = import_portfolio(folder, folder / "mapping.yml", folder / "out").controls
    assert sum(each.computed for each in outcomes[:12]) == len(lines)
    assert all(each.is_exact for each in outcomes[12:])
