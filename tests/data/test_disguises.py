"""However a clean table is written down, the same cents come out of it."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.data.importing.loading import import_portfolio
from tests.conftest import examples

DATES = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "DD.MM.YYYY": "%d.%m.%Y",
    "MM/DD/YYYY": "%m/%d/%Y",
    "YYYYMMDD": "%Y%m%d",
    "YYYY年MM月DD日": "%Y年%m月%d日",
    "%d-%m-%Y %H:%M": "%d-%m-%Y 00:00",
}
NUMBERS = [(".", ""), (".", ","), (",", ""), (",", "."), (",", " "), (".", "'")]

lines = st.lists(
    st.tuples(
        st.sampled_from(
            ["A", "Müller & Söhne", "客户 7", "x;y,z\t|", 'say "hi"', " b "]
        ),
        st.dates(date(2001, 1, 1), date(2024, 12, 31)),
        st.integers(-10_000_000_00, 10_000_000_00),
    ),
    min_size=1,
    max_size=12,
)


def written(cents: int, decimal: str, thousands: str, trailing: bool) -> str:
    """Write cents the way an accounting system does."""
    whole, part = divmod(abs(cents), 100)
    digits = f"{whole:,}".replace(",", thousands) + f"{decimal}{part:02d}"
    if cents >= 0:
        return digits
    return f"{digits}-" if trailing else f"-{digits}"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@settings(max_examples=examples(60), deadline=None)
@given(
    table=lines,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    number=st.sampled_from(NUMBERS),
    dates=st.sampled_from(sorted(DATES)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    trailing=st.booleans(),
)
def test_a_clean_table_imports_to_the_same_cents_in_any_declared_disguise(
    table, delimiter, number, dates, encoding, newline, trailing
):
    decimal, thousands = number
    rows = [["Nr", "Kunde", "Tag", "Netto"]]
    rows += [
        [
            str(i),
            account,
            day.strftime(DATES[dates]),
            written(cents, decimal, thousands, trailing),
        ]
        for i, (account, day, cents) in enumerate(table)
    ]
    text = "".join(delimiter.join(map(quoted, row)) + newline for row in rows)
    declared = encoding.removesuffix("-sig")
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "lines.txt").write_bytes(text.encode(encoding))
        (folder / "mapping.yml").write_text(
            "portfolio: {currency: EUR}\n"
            "tables:\n  orders:\n    files: lines.txt\n    exact_duplicates: keep\n"
            f"    format: {{encoding: {declared}, delimiter: {quoted_yaml(delimiter)}, "
            f"decimal: {quoted_yaml(decimal)}, thousands: {quoted_yaml(thousands)}, "
            f"dates: {quoted_yaml(dates)}}}\n"
            "    columns: {order_id: Nr, account_id: Kunde, order_date: Tag,"
            " net_amount: Netto}\n",
            encoding="utf-8",
        )
        out = folder / "portfolio"
        result = import_portfolio(folder, folder / "mapping.yml", out)
        assert not result.blocked, [each.message for each in result.findings]
        got = pd.read_parquet(out / "orders.parquet")
    finally:
        shutil.rmtree(folder)
    got = got.assign(number=got["order_id"].astype(int)).sort_values("number")
    assert (got["net_amount"] * 100).round().astype(int).tolist() == [
        cents for _, _, cents in table
    ]
    assert got["account_id"].tolist() == [account.strip() for account, _, _ in table]
    assert pd.to_datetime(got["order_date"]).dt.date.tolist() == [
        day for _, day, _ in table
    ]


def quoted_yaml(text: str) -> str:
    """Write a text for YAML, in which the tabulator has a name."""
    return "tab" if text == "\t" else "'" + text.replace("'", "''") + "'"
