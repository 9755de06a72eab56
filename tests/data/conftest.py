"""A small export to import: order lines of two accounts, and the mapping for them."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from kamlab.data.importing.accounting import ImportResult
from kamlab.data.importing.loading import import_portfolio
from tests.data.sides import Sides

LINES = "Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,100.00\n1,2,A,2025-01-31,50.00\n"

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    columns:
      order_id: Nr
      line_id: Pos
      account_id: Kunde
      order_date: Tag
      net_amount: Netto
"""


@dataclass
class Export:
    """A folder with an export, its mapping, and the portfolio made from both."""

    folder: Path

    def __post_init__(self) -> None:
        self.source.mkdir()
        self.map(MAPPING)

    @property
    def source(self) -> Path:
        return self.folder / "export"

    @property
    def mapping(self) -> Path:
        return self.folder / "mapping.yml"

    @property
    def out(self) -> Path:
        return self.folder / "portfolio"

    def write(self, content: str | bytes = LINES, name: str = "lines.csv") -> None:
        """Write a file of the export."""
        data = content if isinstance(content, bytes) else content.encode()
        (self.source / name).write_bytes(data)

    def map(self, text: str = MAPPING, *more: str) -> None:
        """Write the mapping; `more` is added to the table of orders."""
        added = "".join(f"    {line}\n" for line in more)
        self.mapping.write_text(text.rstrip() + "\n" + added, encoding="utf-8")

    def run(self, **options: object) -> ImportResult:
        return import_portfolio(self.source, self.mapping, self.out, **options)

    def table(self, name: str = "orders") -> pd.DataFrame:
        return pd.read_parquet(self.out / f"{name}.parquet")


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """An empty export with the mapping of `MAPPING`."""
    return Export(tmp_path)


@pytest.fixture
def sides(tmp_path: Path):
    """Make order lines of a portfolio and of a new extract."""
    made = []

    def make(old, new, **options):
        made.append(Sides(tmp_path, old, new, **options))
        return made[-1]

    yield make
    for each in made:
        each.connection.close()
