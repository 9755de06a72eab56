"""What holds for the demo company's reports holds for companies of other seeds."""

import pytest

import kamlab
from kamlab.data.demo import generate
from tests.report.review import test_eight_quarters as eight
from tests.report.review.chain import report_chain
from tests.report.review.raw_book import RawBook, RawQuarter

pytestmark = pytest.mark.slow

#: None of them the demo's own.
SEEDS = (101, 202)

OF_EACH_QUARTER = (
    eight.test_the_bridge_is_that_of_the_order_lines_to_the_cent,
    eight.test_the_bridge_names_those_who_came_and_those_who_went,
    eight.test_retention_is_that_of_twice_twelve_months_by_hand,
)
OF_EACH_LATER_QUARTER = (
    eight.test_what_late_lines_changed_is_told_of_the_quarter_before,
    eight.test_alerts_are_new_or_open_or_closed,
    eight.test_the_word_kept_is_that_of_the_order_lines,
    eight.test_the_forecast_is_the_same_quarter_of_last_year,
)


@pytest.mark.parametrize("seed", SEEDS)
def test_eight_reports_are_those_of_the_order_lines(seed, tmp_path):
    tables = generate("talbruck", seed=seed).tables
    with kamlab.portfolio_from_tables(tables, "EUR", as_of="2025-12-31") as company:
        chain = report_chain(company, eight.QUARTERS, tmp_path)
        book = RawBook.of(tables)
        raw = {quarter: RawQuarter(book, quarter) for quarter in eight.QUARTERS}
        for quarter in eight.QUARTERS:
            for holds in OF_EACH_QUARTER:
                holds(chain, raw, quarter)
        for quarter in eight.QUARTERS[1:]:
            for holds in OF_EACH_LATER_QUARTER:
                holds(chain, raw, quarter)
