"""What findings block is not written, but what has to be decided stands beside it."""

import io

import pandas as pd
import pytest
from rich.console import Console

from kamlab.data.findings.report import FURTHER_FILES, beside
from kamlab.data.findings.screen import show_import
from kamlab.data.pseudonymising import Privacy
from tests.data.conftest import MAPPING

HEAD = "Nr,Pos,Kunde,Tag,Netto\n"
ALIKE = HEAD + "1,1,Adlerwerk GmbH,2025-01-31,900\n2,1,Adlerwerke GmbH,2025-01-31,100\n"
NAMED = "account_id: {from: Kunde, by_name: true}"
BY_NAME = MAPPING.replace("account_id: Kunde", NAMED)
MISSED = "controls: [{name: books, period: 2025, net_amount: 1}]\n"


def left(export) -> list[str]:
    """The files beside the portfolio, except for its findings."""
    files = [beside(export.out, each) for each in FURTHER_FILES]
    return [each.name for each in files if each.exists()]


def blocked_by_names(export, **options):
    export.write(ALIKE)
    export.map(BY_NAME + MISSED)
    result = export.run(**options)
    assert result.blocked
    return result


def test_names_that_look_alike_stand_beside_the_findings(export):
    result = blocked_by_names(export)
    assert left(export) == ["portfolio.account_names.xlsx"]
    names = pd.read_excel(beside(export.out, FURTHER_FILES[0]), engine="calamine")
    assert names["normalised"].tolist() == ["adlerwerk", "adlerwerke"]
    screen = io.StringIO()
    show_import(result, Console(file=screen, width=400))
    assert "see also" in screen.getvalue()
    assert "portfolio.account_names.xlsx" in screen.getvalue()


def test_hidden_names_are_left_nowhere(export):
    blocked_by_names(export, privacy=Privacy(b"k" * 32, True))
    assert left(export) == []


def test_they_go_when_the_next_attempt_has_none(export):
    blocked_by_names(export)
    export.write(ALIKE.replace("Adlerwerke", "Brandt"))
    assert export.run().blocked
    assert left(export) == []


def test_they_go_when_the_portfolio_is_there(export):
    blocked_by_names(export)
    export.map(BY_NAME)
    assert not export.run().blocked
    assert left(export) == []
    assert (export.out / FURTHER_FILES[0]).is_file()


@pytest.fixture
def restated(export):
    """An update that would restate half of what was reported."""
    export.write(HEAD + "1,1,A,2025-01-31,100.00\n2,1,A,2025-02-28,100.00\n")
    export.run()
    export.write(HEAD + "2,1,A,2025-02-28,300.00\n")
    return export.run(update=True)


def test_quarters_that_would_be_restated_stand_beside_the_findings(export, restated):
    assert restated.blocked
    assert left(export) == ["portfolio.restatement.csv"]
    table = pd.read_csv(beside(export.out, FURTHER_FILES[1]))
    assert table[["quarter", "before", "after"]].to_numpy().tolist() == [
        ["2025Q1", 200, 400]
    ]
