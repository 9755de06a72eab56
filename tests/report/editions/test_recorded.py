"""Which tables a report recorded, and what each of them is called."""

import nbformat
import pandas as pd

from kamlab.report import present
from kamlab.report.editions.recorded import recorded_tables
from kamlab.report.page import Page
from tests.report.sheets import dossier, review, shown

V4 = nbformat.v4


def _titles(*cells: nbformat.NotebookNode) -> list[str]:
    page = Page("11", "Shares", V4.new_notebook(cells=list(cells)), {})
    return [table.title for table in recorded_tables([page])]


def _table(caption: str = "") -> nbformat.NotebookNode:
    frame = pd.DataFrame({"account": ["A"], "orders": [1], "revenue": [2.0]})
    return shown(present(frame, caption=caption), "x")


def test_a_caption_names_a_table_before_the_heading_above_it():
    cells = [V4.new_markdown_cell("# Shares\n\n## By account"), _table("By tier")]
    assert _titles(*cells, _table()) == ["By tier", "By account"]


def test_without_either_its_first_columns_name_it():
    assert _titles(_table()) == ["Account, Orders"]


def test_tables_come_in_the_order_in_which_they_are_read():
    tables = recorded_tables([review(), dossier()])
    names = list(dict.fromkeys(table.page for table in tables))
    assert names == ["portfolio_review", "account_dossier-A07"]
    assert [table.title for table in tables][:3] == ["Movers", "Watch", "Chances"]
    assert tables[0].page_title == "Portfolio review 客户组合回顾"


def test_heads_are_those_of_the_page_and_values_those_of_the_frame():
    movers = recorded_tables([review()])[0]
    assert movers.heads == ("Account", "Change (EUR)", "Cause", "Owner")
    assert movers.data.names == ("account", "change", "cause", "owner")
    assert movers.data.columns[1][0] == 412_000.0
