"""Ids are one where a person sees one, and told where only a person can tell."""

import pandas as pd
import pytest

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"


@pytest.fixture
def imported(export):
    """Import one line for each id; return accounts and findings."""

    def importer(*ids: str, more: str = ""):
        rows = (f'{i},1,"{each}",2025-01-31,10\n' for i, each in enumerate(ids))
        export.write(HEADER + "".join(rows))
        export.map(export.mapping.read_text() + "limits: {default: 1.0}\n" + more)
        found = {each.rule: each for each in export.run().findings}
        return set(export.table()["account_id"]), found

    return importer


@pytest.mark.parametrize(
    "mark", ["\u00a0", "\u2003", "\u3000", "\t", "\u200b", "\ufeff", "\u200e", "\u202f"]
)
def test_blanks_and_invisible_marks_around_an_id_are_taken_off(imported, mark):
    accounts, found = imported("A7", f"{mark}A7", f"A7{mark} ")
    assert accounts == {"A7"}
    assert found["spaces_trimmed"].rows == 2


def test_marks_without_width_within_an_id_are_taken_out(imported):
    accounts, found = imported("A7", "A\u200b7", "A\ufeff7")
    assert accounts == {"A7"}
    assert found["spaces_trimmed"].rows == 2


def test_joiners_within_a_name_are_part_of_it(imported):
    accounts, _ = imported("نمی\u200cشود", "👨\u200d👩")
    assert accounts == {"نمی\u200cشود", "👨\u200d👩"}


def test_an_id_of_blanks_only_is_blank(export):
    export.write(HEADER + "1,1,\u00a0\u200b,2025-01-31,10\n")
    assert export.run().findings[0].rule == "blank_id"


def test_lines_without_a_customer_can_be_kept_as_the_remedy_says(export):
    export.write(HEADER + "1,1,,2025-01-31,10\n")
    advice = export.run().findings[0].remedy.partition("; to keep their amounts, ")[2]
    assert advice == (
        'write tables.orders.columns.account_id: {from: Kunde, default: "UNKNOWN"}'
    )
    mended = advice.partition("columns.")[2]
    export.map(export.mapping.read_text().replace("account_id: Kunde", mended))
    assert not export.run().blocked
    assert export.table()["account_id"].tolist() == ["UNKNOWN"]


def test_of_another_blank_id_nothing_is_said_about_customers(export):
    export.write(HEADER + ",1,A,2025-01-31,10\n")
    assert "UNKNOWN" not in export.run().findings[0].remedy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "ACME"),
        ("A 7", "A7"),
        ("M\u00fcller", "Mu\u0308ller"),
        ("00123", "123"),
        ("123", "123.0"),
    ],
    ids=["case", "spaces", "accents", "leading zeros", "number"],
)
def test_ids_that_a_person_would_take_for_one_are_told(imported, one, other):
    accounts, found = imported(one, one, other, "Z")
    assert accounts == {one, other, "Z"}
    alike = found["ids_look_alike"]
    assert (alike.rows, alike.money, alike.share) == (1, 10.0, 0.25)
    assert "1 id differs from another" in alike.message
    assert repr(other) in alike.message


def test_ids_that_differ_in_a_letter_are_two(imported):
    _, found = imported("Miller", "Muller", "M\u00fcller", "100", "1000", "0")
    assert "ids_look_alike" not in found


def test_ids_are_whole_numbers_in_every_parquet_file(export):
    for name, dtype in (("a", "int64"), ("b", "float64")):
        frame = pd.DataFrame({"Nr": [f"{name}1", f"{name}2"], "Netto": [1.5, 2.0]})
        frame["Kunde"] = pd.Series([10023, 10024]).astype(dtype)
        frame["Tag"] = pd.to_datetime("2025-01-31")
        frame.to_parquet(export.source / f"{name}.parquet")
    text = export.mapping.read_text().replace("*.csv", "*.parquet")
    export.map(text.replace("      line_id: Pos\n", ""))
    assert not export.run().blocked
    lines = export.table()
    assert set(lines["account_id"]) == {"10023", "10024"}
    assert lines["net_amount"].sum() == 7.0


@pytest.mark.parametrize("hidden", ["A\x1b[31m7", "A\u202e7", "A\x7f7"])
def test_characters_that_no_screen_shows_are_told_and_kept(imported, hidden):
    accounts, found = imported("A7", hidden)
    assert accounts == {"A7", hidden}
    told = found["hidden_characters"]
    assert (told.rows, told.blocks) == (1, False)
    assert told.message.isprintable()
