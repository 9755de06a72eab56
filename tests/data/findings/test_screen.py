"""The terminal shows what was found, as it was written, and what to do."""

import io

from rich.console import Console

from kamlab.data.findings.quality import Sample, make_finding
from kamlab.data.findings.screen import findings_table, rows_table, show_import


def drawn(renderable, width: int = 160) -> str:
    page = io.StringIO()
    Console(file=page, width=width).print(renderable)
    return page.getvalue()


def test_a_finding_is_shown_with_rows_money_and_remedy():
    place = Sample("june.csv", 7, "x")
    found = make_finding("not_a_number", "orders", "cogs", 1_200, [place], 3_456.7)
    text = drawn(findings_table([found]))
    for shown in ("blocks", "june.csv row 7", "1,200", "3,456.70", "correct it"):
        assert shown in text


def test_values_are_never_read_as_markup():
    place = Sample("june.csv", 7, "[bold red]x[/bold red]")
    text = drawn(
        findings_table([make_finding("not_a_number", "orders", "", 1, [place])])
    )
    assert "[bold red]x[/bold red]" in text


def test_rows_are_accounted_for(export):
    export.write("Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,8\n2,1,,2025-01-31,4\n")
    export.map(
        export.mapping.read_text(), "drop: [{name: '[b]', column: Kunde, is: blank}]"
    )
    text = drawn(rows_table(export.run()))
    assert "dropped: [b]" in text
    assert "4.00" in text


def test_what_is_kept_is_told_by_amount_days_and_accounts(export):
    export.write(
        "Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,1200\n2,1,B,2025-03-01,-50.5\n"
    )
    text = drawn(rows_table(export.run()))
    assert "kept: net amount, 2025-01-31 to 2025-03-01, 2 accounts" in text
    assert "1,149.50" in text


def test_keys_are_never_broken_within_a_word_on_a_narrow_screen():
    place = Sample("june.csv", 7, "01/02/2025")
    found = make_finding(
        "ambiguous_date",
        "account_history",
        "valid_from",
        samples=[place],
        suggestion="DD/MM/YYYY or MM/DD/YYYY",
    )
    words = drawn(findings_table([found]), width=80).split()
    assert "tables.account_history.format.dates:" in words


def test_nothing_to_do_is_not_said():
    found = make_finding("derived", "orders", how="counted")
    assert "nothing to do" not in drawn(findings_table([found]))


def test_accounts_that_were_added_are_shown(export):
    export.write()
    export.write("Id\nB\n", "master.txt")
    export.map(
        export.mapping.read_text() + "  accounts:\n    files: master.txt\n"
        "    columns: {account_id: Id}\nlimits: {default: 1.0}\n"
    )
    assert "added: named by order lines" in drawn(rows_table(export.run()))


def test_it_is_said_where_the_portfolio_stands(export):
    export.write()
    page = io.StringIO()
    show_import(export.run(), Console(file=page, width=300))
    assert f"The portfolio stands in {export.out}" in page.getvalue()


def test_it_is_said_where_the_findings_stand_when_they_block(export):
    export.write("Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,eight\n")
    page = io.StringIO()
    show_import(export.run(), Console(file=page, width=300))
    assert f"Nothing was written to {export.out}" in page.getvalue()
    assert f"{export.out}.findings.json" in page.getvalue()


def test_three_places_of_a_finding_are_shown():
    places = [Sample("june.csv", row, f"v{row}") for row in (7, 8, 1_009, 1_010)]
    text = drawn(
        findings_table([make_finding("not_a_number", "orders", "cogs", 4, places)])
    )
    assert "june.csv row 7, column 'cogs': 'v7' is not a number" in text
    assert "also june.csv row 8: 'v8'; june.csv row 1,009: 'v1009'" in text
    assert "v1010" not in text


def test_values_of_further_places_are_shown_escaped():
    places = [Sample("june.csv", 7, "x"), Sample("june.csv", 8, "\x1b[31mred")]
    text = drawn(
        findings_table([make_finding("not_a_number", "orders", "", 2, places)])
    )
    assert "'\\x1b[31mred'" in text


def test_missed_totals_are_counted_as_totals():
    found = make_finding(
        "control_missed",
        "orders",
        "net_amount",
        3,
        money=9.0,
        name="books",
        more="",
        counts="x",
    )
    assert "3 totals, 9.00 in money" in drawn(findings_table([found]))
