"""A Chinese review and dossier hold no English but names, codes and units."""

import re
from collections.abc import Iterator

import pandas as pd
import pytest

import kamlab
from kamlab.language import in_language
from kamlab.portfolio import Portfolio
from kamlab.report.dossier import tables as dossier_tables
from kamlab.report.dossier.frame import foot as dossier_foot
from kamlab.report.dossier.frame import head as dossier_head
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.opening import sentence
from kamlab.report.dossier.picture import picture_words
from kamlab.report.dossier.plan import notes
from kamlab.report.dossier.registry import slot as dossier_slot
from kamlab.report.review import evidence, opening, tables
from kamlab.report.review.frame import foot, head
from kamlab.report.review.headlines import headlines
from kamlab.report.review.numbers import Review
from kamlab.report.review.registry import slot
from kamlab.report.tables import Presented
from kamlab.report.tiles import tiles

#: Four letters and more: shorter ones are units and codes, such as EUR and GRR.
ENGLISH = re.compile(r"[A-Za-z]{4,}")

#: What people typed in free words stands on a dossier as they wrote it.
TYPED = {
    "contracts": ["price_clause"],
    "interactions": ["outcome", "promised_action"],
    "events": ["text"],
    "products": ["category", "product_name"],
    "accounts": ["account_name", "industry", "region", "tier", "service_level"],
    "kam_team": ["kam_name"],
}


@pytest.fixture(scope="module")
def portfolio() -> Iterator[Portfolio]:
    """Open the demonstration company."""
    with kamlab.open_portfolio("data/demo") as opened:
        yield opened


@pytest.fixture(scope="module")
def names(portfolio: Portfolio) -> set[str]:
    """Return the words that the data themselves bring along."""
    texts = [portfolio.name]
    for table, columns in TYPED.items():
        if portfolio.has(table):
            found = _frame(portfolio, table).reindex(columns=columns).to_numpy().ravel()
            texts += [each for each in found if isinstance(each, str)]
    return set(ENGLISH.findall(" ".join(texts)))


def _frame(portfolio: Portfolio, table: str) -> pd.DataFrame:
    found = portfolio.table(table)
    return found if isinstance(found, pd.DataFrame) else found.collect().to_pandas()


def english(text: str, names: set[str]) -> set[str]:
    """Return the English words of a text that the data do not bring; … cuts names."""
    whole = re.sub(r"\S*…", "", text)
    return set(ENGLISH.findall(whole)) - names


def told(table: Presented | None) -> str:
    return "" if table is None else str(table)


def test_the_review_is_chinese(portfolio, names):
    with in_language("zh"):
        review = Review(portfolio)
        sentences = [head(review), *foot(review), opening.what_happened(review)]
        sentences += [opening.why(review), opening.what_to_decide(review)]
        sentences += [str(tiles(slot(review, "tiles").lines))]
        sentences += [figure["label"] for figure in headlines(review)]
        made = (
            tables.movers_table,
            tables.watch_table,
            tables.chances_table,
            tables.dependence_table,
            tables.kept_table,
            tables.decide_table,
            evidence.bridge_table,
            evidence.alerts_table,
            evidence.owed_table,
        )
        sentences += [told(each(review)) for each in made]
    assert english("\n".join(sentences), names) == set()
    assert "收入" in sentences[2]


@pytest.mark.parametrize("account", ["Kovostav", "Lianhan"])
def test_a_dossier_is_chinese(portfolio, names, account):
    with in_language("zh"):
        dossier = Dossier(portfolio, account)
        sentences = [dossier_head(dossier), sentence(dossier), notes(dossier)]
        sentences += [*dossier_foot(dossier), picture_words(dossier)]
        sentences += [str(tiles(dossier_slot(dossier, "tiles").lines))]
        made = (
            dossier_tables.buys_table,
            dossier_tables.earns_table,
            dossier_tables.service_table,
            dossier_tables.people_table,
            dossier_tables.ahead_table,
            dossier_tables.plan_table,
            dossier_tables.products_table,
            dossier_tables.contacts_table,
        )
        sentences += [told(each(dossier)) for each in made]
    assert english("\n".join(sentences), names) == set()
    assert "数据截至2025年12月31日" in sentences[0]


def test_a_leftover_english_word_would_be_found(names):
    assert english("净收入 increased，Kovostav", names) == {"increased"}
