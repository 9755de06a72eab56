"""What is detected is shown, and what is not declared is proposed."""

import pytest

GERMAN = "Nr;Pos;Kunde;Tag;Netto\n1;1;A;31.01.2025;1.234,50\n2;1;B;13.02.2025;9,99\n"


def finding(result, rule: str):
    return next(each for each in result.findings if each.rule == rule)


def test_a_detected_format_is_used_and_shown_with_what_to_declare(export):
    export.write(GERMAN)
    export.map(export.mapping.read_text(), "format: detect")
    result = export.run()
    assert not result.blocked
    assert export.table()["net_amount"].tolist() == [1234.5, 9.99]
    told = finding(result, "format_detected")
    assert "decimal ','" in told.message
    assert 'tables.orders: format: {encoding: utf-8, delimiter: ";"' in told.remedy


def test_what_a_file_leaves_open_blocks_with_the_question(export):
    export.write(GERMAN.replace("31.01.", "03.01.").replace("13.02.", "03.02."))
    export.map(export.mapping.read_text(), "format: detect")
    found = finding(export.run(), "format_unclear")
    assert "may be DD.MM.YYYY or MM.DD.YYYY" in found.message
    assert found.blocks


def test_what_is_declared_beside_it_stands(export):
    export.write(GERMAN)
    export.map(
        export.mapping.read_text(), "format: {detect: true, thousands: '', blank: x}"
    )
    assert not export.run().blocked


@pytest.mark.parametrize(
    "content",
    [
        GERMAN.encode("utf-16"),
        GERMAN.replace("A", "宁波精密").encode("gb18030"),
        GERMAN,
        f"Title\n{GERMAN}",
    ],
    ids=["utf-16", "gb18030", "separator", "title"],
)
def test_where_nothing_is_declared_and_reading_fails_a_format_is_proposed(
    export, content
):
    export.write(content)
    result = export.run()
    assert result.blocked
    remedy = finding(result, "format_proposed").remedy
    export.map(export.mapping.read_text(), remedy.partition("tables.orders: ")[2])
    assert not export.run().blocked


def test_where_a_format_is_declared_none_is_proposed(export):
    export.write(GERMAN)
    export.map(export.mapping.read_text(), "format: {delimiter: '|'}")
    rules = {each.rule for each in export.run().findings}
    assert "missing_column" in rules
    assert "format_proposed" not in rules
