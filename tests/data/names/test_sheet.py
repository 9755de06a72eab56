"""Names that look alike are proposed in a sheet; only what is decided is merged."""

import csv

import pandas as pd
import pytest

from kamlab.data.mapping.file import read_mapping
from kamlab.data.names.decisions import NAMES_FILE, read_decisions
from kamlab.data.pseudonymising import Privacy
from kamlab.errors import UsageError

LINES = (
    "Nr,Kunde,Tag,Netto\n"
    "1,Adlerwerk GmbH,2025-01-31,900\n"
    "2,ADLERWERK  gmbh,2025-01-31,100\n"
    "3,Adlerwrek GmbH,2025-02-28,40\n"
    "4,Adlerwerke GmbH,2025-02-28,60\n"
    "5,Brandt AG,2025-02-28,500\n"
)
MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    columns:
      order_id: Nr
      account_id: {from: Kunde, by_name: true}
      order_date: Tag
      net_amount: Netto
"""


@pytest.fixture
def named(export):
    """Import lines that name their accounts; return the findings by rule."""

    def importer(*more: str, lines: str = LINES):
        export.write(lines)
        export.map(MAPPING, *more)
        return {each.rule: each for each in export.run(replace=True).findings}

    return importer


@pytest.fixture
def sheet(export):
    """Read the proposals as an analyst sees them."""
    return lambda: pd.read_excel(export.out / NAMES_FILE, engine="calamine", dtype=str)


def decide(export, words: dict[str, str]) -> None:
    """Fill in the column 'same' of the sheet, and keep it beside the mapping."""
    found = pd.read_excel(export.out / NAMES_FILE, engine="calamine", dtype=str)
    found["same"] = found["normalised"].map(words)
    with pd.ExcelWriter(export.folder / "names.xlsx", engine="xlsxwriter") as book:
        found.to_excel(book, index=False)


def test_the_account_is_its_normalised_name(named, export):
    named()
    assert export.table()["account_id"].tolist()[:2] == ["adlerwerk", "adlerwerk"]
    accounts = export.table("accounts").set_index("account_id")["account_name"]
    assert accounts["brandt"] == "Brandt AG"
    assert len(accounts) == 4


def test_names_that_look_alike_are_proposed_and_not_merged(named, export, sheet):
    found = named()["names_alike"]
    assert not found.blocks
    assert (found.rows, found.money) == (2, 100.0)
    assert NAMES_FILE in found.message
    rows = sheet()
    assert rows["normalised"].tolist() == ["adlerwerk", "adlerwerke", "adlerwrek"]
    assert set(rows["group"]) == {"adlerwerk"}
    assert rows["net_amount"].astype(float).tolist() == [1000, 60, 40]
    assert rows["same"].isna().all()
    assert export.table()["account_id"].nunique() == 4


def test_spellings_that_were_taken_for_one_are_told(named):
    message = named()["names_folded"].message
    assert "'ADLERWERK  gmbh' = 'Adlerwerk GmbH'" in message


def test_names_that_differ_in_legal_form_are_a_warning(named):
    found = named(lines=LINES + "6,Brandt GmbH,2025-02-28,1\n")["legal_forms_differ"]
    assert found.severity == "warning"
    assert "'Brandt AG' = 'Brandt GmbH'" in found.message


def test_what_is_decided_is_merged_with_the_same_total(named, export, sheet):
    named()
    decide(export, {"adlerwrek": "yes", "adlerwerke": "no"})
    found = named("account_names: names.xlsx")
    lines = export.table()
    assert lines["account_id"].tolist().count("adlerwerk") == 3
    assert lines["net_amount"].sum() == 1600
    assert "names_alike" not in found
    assert (found["names_merged"].rows, found["names_merged"].money) == (1, 40.0)


def test_decisions_are_carried_into_the_next_sheet(named, export, sheet):
    named()
    decide(export, {"adlerwrek": "yes", "adlerwerke": "no"})
    named("account_names: names.xlsx")
    words = sheet().set_index("normalised")["same"]
    assert (words["adlerwrek"], words["adlerwerke"]) == ("yes", "no")


def test_the_sheet_in_the_portfolio_itself_may_be_named(named, export):
    named()
    decide(export, {"adlerwrek": "yes"})
    (export.folder / "names.xlsx").replace(export.out / NAMES_FILE)
    named(f"account_names: portfolio/{NAMES_FILE}")
    assert export.table()["account_id"].nunique() == 3


def test_the_mapping_that_a_portfolio_keeps_finds_its_decisions(named, export):
    named()
    decide(export, {"adlerwrek": "yes"})
    named("account_names: names.xlsx")
    kept = export.out / "mapping.yml"
    kept.write_text(export.mapping.read_text())
    found = read_mapping(kept).tables["orders"].account_names
    assert found.same == {"adlerwrek": "adlerwerk"}


def test_hidden_names_reach_neither_sheet_nor_accounts_nor_findings(export):
    export.write(LINES)
    export.map(MAPPING)
    privacy = Privacy(b"a key that is long enough", ids=True)
    assert not export.run(privacy=privacy).blocked
    assert not (export.out / NAMES_FILE).exists()
    assert export.table("accounts")["account_name"].isna().all()
    assert export.table()["account_id"].nunique() == 4
    for file in export.out.glob("*.json"):
        assert "adler" not in file.read_text().lower()


def test_a_name_that_looks_like_a_formula_is_a_text(named, sheet):
    lines = LINES.replace("Adlerwerke GmbH", "=Adlerwerk+1")
    named(lines=lines)
    assert "=Adlerwerk+1" in sheet()["name"].tolist()


def test_without_names_alike_there_is_no_sheet(named, export):
    named(lines="Nr,Kunde,Tag,Netto\n1,Adler,2025-01-31,9\n2,Brandt,2025-01-31,9\n")
    assert not (export.out / NAMES_FILE).exists()


def test_a_blank_name_blocks(named):
    assert named(lines=LINES + "6,(-),2025-02-28,1\n")["blank_id"].blocks


def test_a_master_is_joined_by_name(export):
    firms = "Firma,Land\nADLERWERK GMBH,DE\nadlerwrek,\nadlerwerke,\nBrandt,AT\n"
    (export.source / "master.txt").write_text(firms)
    export.write(LINES)
    text = MAPPING + (
        "  accounts:\n    files: master.txt\n    columns:\n"
        "      account_id: {from: Firma, by_name: true}\n      country: Land\n"
    )
    export.map(text)
    assert not export.run().blocked, export.run().findings
    accounts = export.table("accounts").set_index("account_id")
    assert accounts.loc["adlerwerk", "country"] == "DE"


SHEETS = [
    ("normalised,same\na,yes\n", "has no column 'group'"),
    ("normalised,group,same\na,b,perhaps\n", "row 2, column 'same': 'perhaps' is"),
    ("normalised,group,same\na,b,yes\nb,a,yes\n", "goes round in a circle"),
    ("", "has no column 'normalised'"),
]


@pytest.mark.parametrize(("content", "problem"), SHEETS, ids=range(len(SHEETS)))
def test_a_sheet_with_mistakes_is_refused(tmp_path, content, problem):
    path = tmp_path / "names.csv"
    path.write_text(content)
    with pytest.raises(UsageError, match=r"names\.csv") as raised:
        read_decisions(path)
    assert problem in str(raised.value)


@pytest.mark.parametrize(("word", "merges"), [("JA", 1), ("1", 1), ("否", 0), ("", 0)])
def test_words_of_the_desk_are_understood(tmp_path, word, merges):
    path = tmp_path / "names.csv"
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["normalised", "group", "same"], ["a", "b", word]])
    assert len(read_decisions(path).same) == merges


@pytest.mark.parametrize("told", ["nowhere.xlsx", "mapping.yml"])
def test_a_sheet_that_cannot_be_read_is_refused(named, told):
    with pytest.raises(UsageError, match="cannot be read"):
        named(f"account_names: {told}")


def test_only_accounts_are_known_by_name(export):
    export.write(LINES)
    export.map(MAPPING + "      product_id: {from: Kunde, by_name: true}\n")
    with pytest.raises(UsageError, match="product_id is no account; take off by_name"):
        export.run()
