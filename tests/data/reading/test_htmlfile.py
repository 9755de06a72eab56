"""Pages of HTML that systems call workbooks are read as the tables they show."""

import pytest

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.xls"
    columns: {order_id: Nr, account_id: Who, order_date: Day, net_amount: Net}
"""
HEAD = "<tr><th>Nr<th>Who<th>Day<th>Net</tr>"
LINE = "<tr><td>1<td>A<td>2025-01-31<td>5</tr>"


@pytest.fixture
def page(export):
    """Write a page and import it."""

    def write(body: str, encoding: str = "utf-8", *more: str, head: str = ""):
        text = f"<html><head>{head}</head><body>{body}</body></html>"
        export.write(text.encode(encoding), "list.xls")
        export.map(MAPPING, *more)
        return export.run()

    return write


def rules(result) -> list[str]:
    return [each.rule for each in result.findings if each.severity != "info"]


def test_cells_need_no_closing_tags(page, export):
    assert rules(page(f"<table>{HEAD}{LINE}</table>")) == []
    assert export.table()["net_amount"].tolist() == [5.0]


def test_rows_are_numbered_within_their_table(page):
    broken = LINE.replace(">5<", ">much<")
    result = page(f"<table><tr><td>Title</tr>{HEAD}{LINE}{broken}</table>")
    first = next(each for each in result.findings if each.rule == "not_a_number")
    assert first.message.startswith("list.xls row 4, column 'net_amount': 'much'")


def test_entities_are_characters_and_nothing_is_fetched(page, export):
    doctype = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    line = LINE.replace(">A<", ">M&uuml;ller &amp; S&#246;hne &x;<")
    page(f"{doctype}<table>{HEAD}{line}</table>")
    assert export.table()["account_id"].tolist() == ["Müller & Söhne &x;"]


def test_scripts_styles_and_breaks_are_no_text(page, export):
    cell = "A<br>B<script>alert(1)</script><style>td{}</style>"
    page(f"<table>{HEAD}{LINE.replace('>A<', f'>{cell}<')}</table>")
    assert export.table()["account_id"].tolist() == ["A B"]


def test_a_layout_around_the_list_is_not_read(page, export):
    inner = f"<table>{HEAD}{LINE}</table>"
    page(f"<table><tr><td>Menu</td><td>{inner}</td></tr></table>")
    assert export.table()["order_id"].tolist() == ["1"]


def test_a_list_in_several_tables_is_one_table(page):
    second = LINE.replace(">1<", ">2<")
    other = "<table><tr><td>Printed<td>today</table>"
    result = page(f"{other}<table>{HEAD}{LINE}</table><table>{HEAD}{second}</table>")
    names = [file.name for file in result.tables[0].files]
    assert names == ["list.xls [table 2]", "list.xls [table 3]"]


def test_cells_over_several_rows_are_told_as_in_a_workbook(page):
    lines = "<tr><td>1<td rowspan=2>A<td>2025-01-31<td>5</tr>"
    lines += "<tr><td>2<td>2025-01-31<td>6</tr>"
    assert rules(page(f"<table>{HEAD}{lines}</table>"))[0] == "merged_cells"
    result = page(f"<table>{HEAD}{lines}</table>", "utf-8", "fill_down: [Who]")
    assert rules(result) == []


def test_a_header_over_two_rows_is_joined(page, export):
    head = "<tr><th rowspan=2>Nr<th rowspan=2>Who<th colspan=2>2025</tr>"
    head += "<tr><th>Day<th>Net</tr>"
    export.write(f"<html><table>{head}{LINE}</table></html>", "list.xls")
    export.map(MAPPING.replace("Day", "2025 / Day").replace("Net", "2025 / Net"))
    assert rules(export.run()) == []


def test_the_page_says_its_encoding_itself(page, export):
    head = '<meta charset="gb18030">'
    page(f"<table>{HEAD}{LINE.replace('>A<', '>宁波<')}</table>", "gb18030", head=head)
    assert export.table()["account_id"].tolist() == ["宁波"]


def test_bytes_of_another_encoding_are_told_by_their_line(page):
    result = page(f"\n\n<table>{HEAD}{LINE.replace('>A<', '>é<')}</table>", "cp1252")
    found = result.findings[0]
    assert (found.rule, found.samples[0].row) == ("wrong_encoding", 3)


def test_a_page_without_a_table_is_refused(page):
    found = page("<p>Your session has expired").findings[0]
    assert found.message == "list.xls: cannot be read: there is no table in the page"


def test_a_page_that_is_cut_off_keeps_the_rows_above_the_cut(page, export):
    export.write(f"<html><table>{HEAD}{LINE}<tr><td>2<td>B", "list.xls")
    export.map(MAPPING)
    assert set(rules(export.run())) == {"blank_value"}


@pytest.mark.parametrize("size", ["0", "-3", "many", "99999999999"])
def test_nonsense_in_a_cells_size_is_survived(page, size):
    line = LINE.replace("<td>A", f"<td colspan={size}>A")
    result = page(f"<table>{HEAD}{line}</table>")
    assert result.rows_in == 1
