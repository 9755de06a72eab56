"""What an export leaves open is asked; the import refuses until it is decided."""

import pytest

from kamlab.errors import UsageError

HEADER = "Order ID,Customer ID,Date,Net Amount EUR\n"


def decided(folder, *answers: str) -> None:
    """Take the # off the lines that hold an answer."""
    path = folder.path / "mapping.yml"
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        is_answer = line.lstrip().startswith("#") and any(a in line for a in answers)
        lines.append(line.replace("# ", "", 1) if is_answer else line)
    path.write_text("\n".join(lines), encoding="utf-8")


def test_days_that_may_be_read_in_two_ways_are_asked(folder):
    folder.write("a.csv", HEADER + "1,A,03/04/2021,9.50\n2,B,05/06/2021,1.00\n")
    (asked,) = folder.suggest().open
    assert asked.key == "order_date"
    assert "'03/04/2021' may be DD/MM/YYYY or MM/DD/YYYY" in asked.question
    with pytest.raises(UsageError, match="order_date is missing"):
        folder.run()
    decided(folder, "format: MM/DD/YYYY}")
    assert not folder.run().blocked
    assert folder.table()["order_date"].astype(str).tolist() == [
        "2021-03-04",
        "2021-05-06",
    ]


def test_another_column_of_days_is_shown_beside_the_question(folder):
    header = "Order ID,Customer ID,Date,Delivery Date,Net Amount EUR\n"
    rows = "1,A,03/04/2021,31/04/2021,9.50\n2,A,03/04/2021,30/04/2021,9.50\n"
    folder.write("a.csv", header + rows.replace("31/04", "29/04"))
    (asked,) = folder.suggest().open
    assert asked.question.endswith("'Delivery Date' of the same file is DD/MM/YYYY")


def test_another_file_may_decide_how_days_are_written(folder):
    folder.write("april.csv", HEADER + "1,A,03/04/2021,9.50\n")
    folder.write("january.csv", HEADER + "2,A,31/01/2021,9.50\n")
    assert folder.suggest().open == ()
    assert not folder.run().blocked


def test_a_number_that_may_be_a_thousand_is_asked(folder):
    header = "Auftragsnummer;Kunde;Datum;Netto EUR\n"
    folder.write("a.csv", header + "1;A;31.01.2025;1.234\n2;A;31.01.2025;5.678\n")
    (asked,) = folder.suggest().open
    assert asked.key == "format"
    assert "'1.234' in 'Netto EUR' more than a thousand" in asked.question
    decided(folder, 'thousands: "."')
    assert not folder.run().blocked
    assert folder.table()["net_amount"].tolist() == [1234.0, 5678.0]


def test_the_import_refuses_numbers_that_were_not_decided(folder):
    header = "Auftragsnummer;Kunde;Datum;Netto EUR\n"
    folder.write("a.csv", header + "1;A;31.01.2025;1.234\n2;A;31.01.2025;5.678\n")
    folder.suggest()
    assert folder.run().blocked


def test_bytes_of_which_nobody_knows_the_encoding_are_asked(folder):
    text = "Order ID,Customer ID,Date,Net Amount EUR\n1,Müller Söhne,2025-01-31,9.50\n"
    folder.write("a.csv", text, "cp1252")
    (asked,) = folder.suggest().open
    assert [each["encoding"] for each in asked.options] == ["gb18030", "cp1252"]
    assert "'Müller Söhne' is how cp1252 (Western) reads it" in asked.question
    decided(folder, "format: {encoding: cp1252}")
    assert not folder.run().blocked
    assert folder.table()["account_id"].tolist() == ["Müller Söhne"]


def test_a_known_name_decides_between_encodings(folder):
    text = "Auftragsnummer;Kunde;Datum;Stückzahl;Netto EUR\n1;Müller;31.01.2025;1;9,5\n"
    folder.write("a.csv", text, "cp1252")
    assert folder.suggest().open == ()
    assert not folder.run().blocked
    assert folder.table()["account_id"].tolist() == ["Müller"]


def test_the_currency_is_asked_where_nothing_tells_it(folder):
    folder.write("a.csv", HEADER.replace(" EUR", "") + "1,A,2025-01-31,9.50\n")
    (asked,) = folder.suggest().open
    assert (asked.key, asked.options) == ("currency", ("EUR", "USD", "CNY"))
    with pytest.raises(UsageError, match=r"portfolio\.currency is missing"):
        folder.run()
    decided(folder, "currency: USD")
    assert not folder.run().blocked


def test_several_currencies_ask_for_rates_and_the_import_refuses(in_three_currencies):
    found = in_three_currencies.suggest()
    assert found.portfolio[0].value == "EUR"
    (asked,) = found.open
    assert asked.options[0] == {"column": "WAERK", "rates": {"CNY": "…", "USD": "…"}}
    result = in_three_currencies.run()
    assert result.blocked
    assert "currency_not_converted" in {each.rule for each in result.findings}


def test_rates_that_are_filled_in_are_taken(in_three_currencies):
    in_three_currencies.suggest()
    decided(in_three_currencies, "currency: {column")
    path = in_three_currencies.path / "mapping.yml"
    text = path.read_text(encoding="utf-8").replace('CNY: "…"', "CNY: 0.125")
    path.write_text(text.replace('USD: "…"', "USD: 0.9"), encoding="utf-8")
    assert not in_three_currencies.run().blocked


def test_vat_without_a_rate_is_asked(folder):
    folder.write("a.csv", "客户,日期,含税金额（元）\nA,2025-01-31,113.00\n")
    (asked,) = folder.suggest().open
    assert asked.key == "net_amount"
    assert asked.options[0] == {"from": "含税金额（元）", "tax_rate": 0.13}
    decided(folder, "tax_rate: 0.13")
    assert not folder.run().blocked
    assert folder.table()["net_amount"].tolist() == [100.0]


def test_months_without_a_year_are_asked(folder):
    folder.write("a.csv", "客户,1月,2月\nA,100,200\n")
    found = folder.suggest()
    asked = next(each for each in found.open if each.key == "month")
    assert asked.question == "of which year are 1月, 2月, …?"
    assert asked.options[0]["values"]["1月"].endswith("-01")


def test_rows_without_an_account_are_asked(folder):
    folder.write("a.csv", HEADER + "1,A,2025-01-31,9.50\n2,,2025-01-31,1.00\n")
    (asked,) = folder.suggest().open
    assert asked.question.startswith("1 rows (50%) have no 'Customer ID'")
    result = folder.run()
    assert result.blocked
    decided(folder, "drop:", "- {name: no customer")
    result = folder.run()
    assert not result.blocked
    assert result.dropped == {"no customer": 1}


def test_a_document_type_that_nobody_knows_is_asked_and_refused(folder):
    header = "VBELN;KUNAG;FKDAT;FKART;NETWR;WAERK\n"
    rows = "1;A;20250131;F2;9,50;EUR\n2;A;20250131;ZX;9,50;EUR\n"
    folder.write("a.csv", header + rows)
    found = folder.suggest()
    assert found.tables[0].questions[0].startswith("FKART: add ZX to the types")
    assert folder.run().blocked


def test_a_stage_that_nobody_knows_is_asked(folder):
    header = "Opportunity ID,Account ID,Close Date,Stage,Amount,Amount Currency\n"
    rows = "1,A,2025-01-31,Closed Won,9.50,EUR\n2,A,2025-01-31,Signed,9.50,EUR\n"
    folder.write("a.csv", header + rows)
    (asked,) = folder.suggest().open
    assert asked.question == "are rows sales where Stage is Signed?"
    assert asked.options[1]["matches"].endswith("|Closed Lost|Signed")


def test_a_column_without_a_place_is_asked_with_three_values(folder):
    header = "KUKLA,VBELN,KUNAG,FKDAT,NETWR,WAERK\n"
    rows = [f"0{i},{i},A,2025-01-31,9.50,EUR\n" for i in range(1, 6)]
    folder.write("a.csv", header + "".join(rows))
    found = folder.suggest()
    assert found.tables[0].questions == (
        "KUKLA: customer class - perhaps accounts.kind? values: 01, 02, 03",
    )
    assert (found.filled, found.asked) == (5, 1)


def test_values_about_persons_are_not_shown(folder):
    header = "Ansprechpartner;Order ID;Customer ID;Date;Net Amount EUR\n"
    folder.write("a.csv", header + "Eva Adler;1;A;2025-01-31;9,50\n")
    (asked,) = folder.suggest().tables[0].questions
    assert "Eva" not in asked
    assert asked.endswith("values may be about persons and are not shown")
