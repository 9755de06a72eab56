"""Names are gone from all that an import writes; one key hides them alike."""

import json
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

import kamlab
from kamlab.data.contract import table
from kamlab.data.importing.loading import import_portfolio
from kamlab.data.privacy import personal_columns
from kamlab.data.pseudonymising import (
    FREE_TEXTS,
    Hidden,
    Privacy,
    hidden_rows,
    read_key,
)
from kamlab.errors import UsageError

KEY = b"keep me in a safe"
NAMES = (
    "Adler Antriebe GmbH",
    "Brandt & Söhne",
    "张三贸易有限公司",
    "Ulrike Marwitz",
    "Konrad Kessel",
    "anna.adler@adler.example",
    "Wants a discount for Konrad",
)

MAPPING = """
portfolio: {name: Probe, currency: EUR}
limits: {default: 1}
tables:
  orders:
    files: lines.csv
    drop:
      - {name: no lines of Ulrike Marwitz, column: Nr, equals: "9"}
    columns: {order_id: Nr, line_id: Pos, account_id: Kunde, order_date: Tag,
              net_amount: Netto}
  accounts:
    files: accounts.csv
    columns: {account_id: Kunde, account_name: Name, kam_id: Betreuer, region: Land}
  account_history:
    files: history.csv
    columns: {account_id: Kunde, attribute: Was, value: Wert, valid_from: Ab}
  interactions:
    files: visits.csv
    columns: {interaction_id: Nr, account_id: Kunde, date: Tag, type: Art,
              contact_id: Person, kam_id: Betreuer, outcome: Ergebnis}
  kam_team:
    files: team.csv
    columns: {kam_id: Name, kam_name: Name, joined_on: Seit}
"""

FILES = {
    "lines.csv": "Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,100.00\n"
    "2,1,B,2025-02-28,50.00\n9,1,C,2025-02-28,50.00\n",
    "accounts.csv": "Kunde,Name,Betreuer,Land\nA,Adler Antriebe GmbH,Ulrike Marwitz,"
    "East\nB, Brandt & Söhne ,Ulrike Marwitz,West\n"
    "C,张三贸易有限公司,Konrad Kessel,East\n"
    "C,张三贸易有限公司,Konrad Kessel,East\n",
    "history.csv": "Kunde,Was,Wert,Ab\nA,account_name,Adler Antriebe GmbH,2024-01-01\n"
    "A,region,East,2024-01-01\nB,kam_id,Konrad Kessel,2024-01-01\n",
    "visits.csv": "Nr,Kunde,Tag,Art,Person,Betreuer,Ergebnis\n1,A,2025-01-02,visit,"
    "anna.adler@adler.example,Ulrike Marwitz,Wants a discount for Konrad\n",
    "team.csv": "Name,Seit\nUlrike Marwitz,2020-01-01\nKonrad Kessel,2021-01-01\n",
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder with an export in which persons are named, and its mapping."""
    (tmp_path / "export").mkdir()
    for name, text in FILES.items():
        (tmp_path / "export" / name).write_text(text, encoding="utf-8")
    duplicates = MAPPING.replace(
        "    files: accounts.csv\n",
        "    files: accounts.csv\n    exact_duplicates: drop\n",
    )
    (tmp_path / "mapping.yml").write_text(duplicates, encoding="utf-8")
    return tmp_path


def run(book: Path, privacy: Privacy | None = None, **options: object):
    """Import the book."""
    privacy = privacy or Privacy(KEY)
    paths = book / "export", book / "mapping.yml", book / "portfolio"
    return import_portfolio(*paths, privacy=privacy, **options)


def written(place: Iterable[Path]) -> str:
    """Everything that files hold as text: bytes, sheets, and the values of tables."""
    texts = []
    for path in place:
        texts.append(path.read_bytes().decode("utf-8", "replace"))
        if path.suffix == ".parquet":
            texts.append(pd.read_parquet(path).to_csv())
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as sheets:
                texts += [sheets.read(name).decode() for name in sheets.namelist()]
    return "\n".join(texts)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_no_name_is_in_anything_that_is_written(book):
    result = run(book)
    assert not result.blocked
    told = written(files(book / "portfolio")) + repr(result.findings)
    assert [name for name in NAMES if name in told] == []


def test_no_name_is_in_what_is_written_when_the_import_blocks(book):
    path = book / "export" / "visits.csv"
    lines = path.read_text() + "2,A,2025-13-45,visit,Ulrike Marwitz,Konrad Kessel,x\n"
    path.write_text(lines, encoding="utf-8")
    result = run(book)
    assert result.blocked
    beside = [p for p in files(book) if p.name.startswith("portfolio.")]
    assert beside
    told = written(beside) + repr(result.findings)
    assert [name for name in NAMES if name in told] == []


def test_a_table_that_cannot_be_read_shows_no_value_at_all(book):
    path = book / "export" / "accounts.csv"
    path.write_text(path.read_text() + "D,Ulrike Marwitz,x,y,z,Konrad Kessel\n")
    result = run(book)
    assert result.blocked
    shown = repr([f for f in result.findings if f.table == "accounts"])
    assert [name for name in NAMES if name in shown] == []


def test_tables_go_on_fitting_together(book):
    run(book)
    with kamlab.open_portfolio(book / "portfolio") as portfolio:
        accounts = portfolio.accounts
    team = pd.read_parquet(book / "portfolio" / "kam_team.parquet")
    visits = pd.read_parquet(book / "portfolio" / "interactions.parquet")
    history = pd.read_parquet(book / "portfolio" / "account_history.parquet")
    assert set(accounts["kam_id"].dropna()) <= set(team["kam_id"])
    assert set(visits["kam_id"]) <= set(team["kam_id"])
    assert accounts.index.tolist() == ["A", "B"]  # C has no order that was kept
    value = history.set_index("attribute")["value"]
    assert value["region"] == "East"
    assert value["account_name"] == accounts.loc["A", "account_name"]
    assert value["kam_id"] in set(team["kam_id"])


def test_free_texts_are_blanked(book):
    run(book)
    visits = pd.read_parquet(book / "portfolio" / "interactions.parquet")
    assert visits["outcome"].isna().all()


def test_the_log_tells_columns_and_counts(book):
    run(book)
    log = json.loads((book / "portfolio" / "import_log.json").read_text())
    assert log["pseudonyms"]["columns"] == {
        "account_history.value": 2,
        "accounts.account_name": 3,
        "accounts.kam_id": 2,
        "interactions.contact_id": 1,
        "interactions.kam_id": 1,
        "interactions.outcome": 1,
        "kam_team.kam_id": 2,
        "kam_team.kam_name": 2,
    }
    assert log["pseudonyms"]["key"] == Privacy(KEY).fingerprint


def test_the_mapping_is_not_kept_as_names_may_stand_in_it(book):
    run(book)
    assert not (book / "portfolio" / "mapping.yml").exists()


def test_numbers_of_accounts_are_hidden_where_that_is_asked(book):
    run(book, Privacy(KEY, ids=True))
    folder = book / "portfolio"
    lines = pd.read_parquet(folder / "orders.parquet")
    accounts = pd.read_parquet(folder / "accounts.parquet")
    assert set(lines["account_id"]) <= set(accounts["account_id"])
    assert not set(accounts["account_id"]) & set("ABC")


def test_the_totals_are_those_of_the_import_with_names(book, tmp_path):
    run(book, Privacy(KEY, ids=True))
    paths = book / "export", book / "mapping.yml", tmp_path / "plain"
    import_portfolio(*paths)
    sums = [
        pd.read_parquet(folder / "orders.parquet")["net_amount"].sum()
        for folder in (book / "portfolio", tmp_path / "plain")
    ]
    assert sums[0] == sums[1] == 150.0


def test_the_same_key_gives_the_same_pseudonyms_in_an_update(book):
    run(book)
    before = pd.read_parquet(book / "portfolio" / "accounts.parquet")
    lines = "Nr,Pos,Kunde,Tag,Netto\n3,1,A,2025-03-31,7.00\n"
    (book / "export" / "lines.csv").write_text(lines)
    result = run(book, update=True)
    assert result.update.tables["accounts"].is_same
    assert result.update.tables["orders"].new == 1
    after = pd.read_parquet(book / "portfolio" / "accounts.parquet")
    pd.testing.assert_frame_equal(before, after)


@pytest.mark.parametrize(
    "other", [None, Privacy(b"another key, long enough"), Privacy(KEY, ids=True)]
)
def test_an_update_with_another_key_is_refused(book, other):
    run(book)
    paths = book / "export", book / "mapping.yml", book / "portfolio"
    with pytest.raises(UsageError, match=f"key {Privacy(KEY).fingerprint}.*must agree"):
        import_portfolio(*paths, privacy=other, update=True)


def test_pseudonyms_never_replace_names_that_would_be_kept(book):
    paths = book / "export", book / "mapping.yml", book / "portfolio"
    import_portfolio(*paths)
    with pytest.raises(UsageError, match="holds original names"):
        run(book, replace=True)
    with pytest.raises(UsageError, match="is without pseudonyms, but the update"):
        run(book, update=True)


def test_account_numbers_that_are_names_are_not_left(book):
    text = (book / "mapping.yml").read_text(encoding="utf-8")
    named = text.replace(
        "account_id: Kunde, account_name", "account_id: Name, account_name"
    )
    (book / "mapping.yml").write_text(named, encoding="utf-8")
    with pytest.raises(UsageError, match=r"made of names \('Name'\).*pseudonymise-ids"):
        run(book)


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    key = read_key(tmp_path / "key")
    assert len(key) == 64
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert read_key(tmp_path / "key") == key


def test_a_key_with_the_data_is_refused(tmp_path):
    for folder in ("export", "portfolio"):
        (tmp_path / folder).mkdir()
        with pytest.raises(UsageError, match=f"{folder}.*keep the key elsewhere"):
            read_key(tmp_path / folder / "key", [tmp_path / folder])
        assert not (tmp_path / folder / "key").exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_key_that_others_can_read_is_refused(tmp_path):
    read_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(UsageError, match="can be read by others; run: chmod 600"):
        read_key(tmp_path / "key")


def test_a_short_key_and_a_missing_folder_are_refused(tmp_path):
    (tmp_path / "key").touch(mode=0o600)
    (tmp_path / "key").write_text("short")
    with pytest.raises(UsageError, match="holds 5 bytes; a key has at least 16"):
        read_key(tmp_path / "key")
    with pytest.raises(UsageError, match="nowhere' is missing"):
        read_key(tmp_path / "nowhere" / "key")


def test_a_key_is_never_shown():
    assert "safe" not in repr(Privacy(KEY))
    assert "Adler" not in repr(Hidden(names={"Adler"}))


def test_what_is_hidden_stands_in_the_contract():
    for name, column in FREE_TEXTS:
        assert table(name).column(column).dtype == "text"
    shown = [
        f"{row.table}.{row.column}"
        for row in personal_columns().itertuples()
        if not hidden_rows(table(row.table), row.column, ids=False)
    ]
    assert shown == []
