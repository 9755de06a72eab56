"""What the documentation shows as a comment can be taken over as it stands."""

import re

import pytest

from kamlab.data.mapping.file import read_mapping
from kamlab.data.mapping.reference import mapping_reference

SMALL = """
portfolio: {currency: EUR}
tables:
  orders:
    columns: {order_id: Nr, account_id: Kunde, order_date: Tag, net_amount: Netto}
"""


def uncommented(key: str) -> str:
    """Return the block of the documentation that begins with a commented key."""
    lines = iter(mapping_reference().splitlines())
    first = next(line for line in lines if line.strip().startswith(f"# {key}:"))
    depth = first.index("#") + 2
    block = [first[depth:]]
    for line in lines:
        if not re.fullmatch(rf" {{{depth - 2}}}# +\S.*", line) or line[depth] != " ":
            break
        block.append(line[depth:])
    return "\n".join(f"{' ' * (depth - 2)}{line}" for line in block)


@pytest.fixture
def read(tmp_path):
    def reader(text: str):
        (tmp_path / "mapping.yml").write_text(text, encoding="utf-8")
        return read_mapping(tmp_path / "mapping.yml")

    return reader


def test_document_types_of_the_documentation_read(read):
    told = read(SMALL + uncommented("document_types")).tables["orders"].document_types
    assert told.negated == ("RE", "S1")
    assert told.types["IV"].exclude == "intercompany"
    assert told.cancelled_in == ("X",)


def test_sales_by_month_of_the_documentation_read(read):
    text = SMALL.partition("  orders:")[0] + uncommented("sales_monthly")
    assert read(text).grain == "month"
