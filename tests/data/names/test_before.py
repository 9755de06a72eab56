"""The names of a new month are compared with all that the portfolio knows."""

import pandas as pd
import pytest

from kamlab.data.names.decisions import NAMES_FILE
from kamlab.data.pseudonymising import Privacy
from tests.data.conftest import MAPPING

HEAD = "Nr,Pos,Kunde,Tag,Netto\n"
BY_NAME = MAPPING.replace(
    "account_id: Kunde", "account_id: {from: Kunde, by_name: true}"
)
JANUARY = HEAD + "1,1,Adlerwerk GmbH,2025-01-31,900\n2,1,Brandt AG,2025-01-31,500\n"


@pytest.fixture
def month(export):
    """Put a month over a portfolio of January; return which names look alike."""

    def update(lines: str, first: str = JANUARY, **options):
        export.map(BY_NAME)
        export.write(first)
        export.run(**options)
        export.write(HEAD + lines)
        findings = export.run(update=True, **options).findings
        return [each for each in findings if each.rule == "names_alike"]

    return update


def sheet(export) -> pd.DataFrame:
    file = export.out / NAMES_FILE
    return pd.read_excel(file, engine="calamine").set_index("normalised")


def test_a_new_spelling_meets_a_name_of_an_earlier_month(export, month):
    [told] = month("3,1,Adlerwerke GmbH,2025-02-28,40\n")
    assert "'Adlerwerke GmbH' (adlerwerk)" in told.message
    names = sheet(export)
    assert names["lines"].to_dict() == {"adlerwerk": 1, "adlerwerke": 1}
    assert names.loc["adlerwerk", "net_amount"] == 900


def test_documents_that_come_again_are_counted_once(export, month):
    month(JANUARY.removeprefix(HEAD) + "3,1,Adlerwerke GmbH,2025-02-28,40\n")
    assert sheet(export).loc["adlerwerk", ["lines", "net_amount"]].tolist() == [1, 900]


def test_what_was_proposed_before_stays_in_the_sheet_and_is_not_told_again(
    export, month
):
    first = JANUARY + "3,1,Adlerwerke GmbH,2025-01-31,40\n"
    assert month("4,1,Adlerwerke GmbH,2025-02-28,40\n", first) == []
    assert set(sheet(export).index) == {"adlerwerk", "adlerwerke"}


def test_hidden_names_are_compared_with_nothing(month):
    line = "3,1,Adlerwerke GmbH,2025-02-28,40\n"
    assert month(line, privacy=Privacy(b"k" * 32, True)) == []
