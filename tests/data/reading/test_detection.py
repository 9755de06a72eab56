"""How a file is written is proposed with reasons; what it leaves open is asked."""

import gzip

import pytest

from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.detected_values import date_formats_of, number_marks_of
from kamlab.data.reading.detection import Proposal, encoding_of, propose_format

GERMAN = "Nr;Kunde;Datum;Netto\n1;A;31.01.2025;1.234,50\n2;B;01.02.2025;9,99-\n"


@pytest.fixture
def proposed(tmp_path):
    """Propose the format of a file with the given content."""

    def proposer(content: str | bytes, name: str = "a.csv") -> Proposal:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        return propose_format(tmp_path / name)

    return proposer


def test_a_german_file_is_proposed_whole(proposed):
    told = proposed(GERMAN)
    expected = Format("utf-8", ";", decimal=",", thousands=".", dates=("DD.MM.YYYY",))
    assert told.format == expected
    assert told.questions == ()
    assert told.header == ("Nr", "Kunde", "Datum", "Netto")
    assert told.samples[0] == ("1", "A", "31.01.2025", "1.234,50")
    assert any(
        "'Datum' as DD.MM.YYYY: it reads '31.01.2025'" in r for r in told.reasons
    )


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"Nr,Net\n", "utf-8"),
        ("客户,金额".encode(), "utf-8"),
        ("Nr,Net".encode("utf-8-sig"), "utf-8"),
        ("Nr\tNet".encode("utf-16"), "utf-16"),
        ("Nr\tNet".encode("utf-16-le"), "utf-16-le"),
        ("Nr\tNet".encode("utf-16-be"), "utf-16-be"),
        ("客户,金额\n宁波精密机械有限公司,12".encode("gb18030"), "gb18030"),
        ("Café;Genève;à\n".encode("cp1252"), "cp1252"),
        ("10 €;ab\n".encode("cp1252"), "cp1252"),
        ("客户;1".encode("gb18030"), "gb18030"),
    ],
)
def test_an_encoding_is_told_by_its_bytes(data, encoding):
    found, reasons, questions = encoding_of(data)
    assert found == encoding
    assert reasons
    assert questions == ()


def test_bytes_that_may_be_chinese_are_never_taken_for_latin(proposed):
    told = proposed("Nr;Ort\n1;Köln\n2;Müller\n".encode("cp1252"))
    assert told.format == Format()
    assert "'1;Köln'" in told.questions[0]
    assert "gb18030" in told.questions[0]


def test_a_character_that_is_cut_by_the_end_is_no_fault():
    assert encoding_of("abc客".encode()[:-1])[0] == "utf-8"


@pytest.mark.parametrize(
    ("delimiter", "text"),
    [
        ("\t", GERMAN.replace(";", "\t")),
        ("|", GERMAN.replace(";", "|")),
        (",", 'Nr,Text\n1,"a;b;c"\n2,"d;e;f"\n'),
        (";", "Nr;Text;\n1;a, b, c;\n2;d, e;\n"),
    ],
)
def test_the_separator_cuts_all_rows_alike(proposed, delimiter, text):
    assert proposed(text).format.delimiter == delimiter


def test_titles_above_the_header_are_counted(proposed):
    told = proposed(f"Sales 2025\n\n{GERMAN}")
    assert told.format.skip_lines == 2
    assert told.header[0] == "Nr"


def test_a_packed_file_is_looked_into(proposed):
    assert proposed(gzip.compress(GERMAN.encode()), "a.csv.gz").format.decimal == ","


def test_what_is_proposed_can_be_pasted_into_a_mapping(proposed):
    told = proposed(GERMAN.replace(";", "\t")).as_mapping()
    assert told == (
        'format: {encoding: utf-8, delimiter: tab, decimal: ",", thousands: ".", '
        'dates: ["DD.MM.YYYY"]}'
    )


def test_an_empty_file_and_one_column_are_no_error(proposed):
    assert proposed("").header == ()
    assert proposed("Nr\n1\n2\n").header == ("Nr",)


@pytest.mark.parametrize(
    ("texts", "formats"),
    [
        (["2025-01-31", "2025-02-01"], ()),
        (["31/01/2025", "01/02/2025"], ("DD/MM/YYYY",)),
        (["01/31/2025", "02/01/2025"], ("MM/DD/YYYY",)),
        (["2024年3月5日", "2024年12月15日"], ("YYYY年MM月DD日",)),
        (["2024.3.5"], ("YYYY.MM.DD",)),
        (["20250131", "20250201"], ("YYYYMMDD",)),
        (["31.01.2025 08:15"], ("%d.%m.%Y %H:%M",)),
    ],
)
def test_days_are_read_by_the_only_format_that_fits(texts, formats):
    found, _, questions = date_formats_of({"Day": texts})
    assert found == {"Day": formats}
    assert questions == ()


def test_days_that_may_be_two_are_asked_about():
    found, _, questions = date_formats_of({"Day": ["03/04/2021", "05/06/2021"]})
    assert found == {"Day": ()}
    assert "DD/MM/YYYY or MM/DD/YYYY" in questions[0]


@pytest.mark.parametrize("texts", [["10023", "10024"], ["1.5", "2.25"], ["A", "B"]])
def test_numbers_and_names_are_no_days(texts):
    assert date_formats_of({"Nr": texts})[0] == {}


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["1.234,50", "7"], {"decimal": ",", "thousands": "."}),
        (["1,234.50"], {"decimal": ".", "thousands": ","}),
        (["9,99", "1.234"], {"decimal": ",", "thousands": "."}),
        (["9,99"], {"decimal": ","}),
        (["9.99", "7"], {"decimal": "."}),
        (["1.234.567"], {"thousands": ".", "decimal": ","}),
        (["1,234,567"], {"thousands": ",", "decimal": "."}),
        (["1'234.50"], {"decimal": ".", "thousands": "'"}),
        (["1 234,50-"], {"decimal": ",", "thousands": " "}),
        (["(1,234.50)"], {"decimal": ".", "thousands": ","}),
        (["0.125"], {"decimal": "."}),
        (["12", "7"], {}),
    ],
)
def test_the_marks_of_numbers_are_told_by_the_numbers(texts, marks):
    found, _, questions = number_marks_of({"Net": texts})
    assert found == marks
    assert questions == ()


@pytest.mark.parametrize("texts", [["1.234"], ["1,234", "12,500"]])
def test_three_digits_behind_a_mark_are_asked_about(texts):
    found, _, questions = number_marks_of({"Net": texts})
    assert found == {}
    assert "more than a thousand or less than two" in questions[0]


def test_columns_that_write_numbers_in_two_ways_are_asked_about():
    columns = {"Net": ["9,99"], "Price": ["9.99"]}
    assert "in several ways" in number_marks_of(columns)[2][0]


def test_half_a_column_of_words_is_no_column_of_numbers():
    assert number_marks_of({"Text": ["1.234", "abc"]}) == ({}, (), ())


def test_a_packed_file_that_is_cut_off_proposes_nothing(tmp_path):
    path = tmp_path / "lines.csv.gz"
    path.write_bytes(gzip.compress(b"Nr;Netto\n1;2,50\n", mtime=0)[:-9])
    assert propose_format(path) == Proposal(
        Format(), ("utf-8: all bytes are ASCII",), ()
    )


@pytest.mark.parametrize("word", ["Größe", "Füße", "ÄÖ"])
def test_two_accented_letters_in_a_row_are_asked_about_not_taken_for_chinese(word):
    name, _, questions = encoding_of(f"{word};1\n".encode("cp1252"))
    assert name == ""
    assert word in questions[0]
