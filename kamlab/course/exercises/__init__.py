"""The exercises of the course by number; each is a function of answer and portfolio.

To add one:

1. Write its function in the chapter's file here: it takes what the student hands in
   and a portfolio, works out the right answer from that portfolio, and returns a
   `Verdict`. `judge_number` (a figure, with the figures of usual mistakes) and
   `judge_letters` (which statements follow) do most of the work. Whatever it is handed,
   it answers in words.
2. Enter it below under its number, as ``chapter.function``.
3. In the lesson, ask ``**11.2 Interpret.** …`` and let the cell tagged ``exercise`` end
   with ``check("11.2", answer_11_2, portfolio)``. The solution uses names of earlier
   cells of the lesson only.

The tests find it there by themselves: its solution must pass, its stub wait and spoilt
answers fail, for ten companies of the same story.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamlab.course.verdicts import Verdict
    from kamlab.portfolio import Portfolio

    #: Looks at an answer, works out the right one from the portfolio, and judges.
    Exercise = Callable[[object, Portfolio], Verdict]

#: Where the function of each exercise stands. Names, so that a lesson does not load
#: the methods of all others.
EXERCISES: dict[str, str] = {
    "00.1": "orientation.share_of_key_accounts",
    "00.2": "orientation.what_the_claims_table_says",
    "00.3": "orientation.accounts_to_visit",
    "01.1": "account_data.change_of_a_closed_quarter",
    "01.2": "account_data.what_protects_the_extract",
    "01.3": "account_data.columns_to_share",
    "01.4": "import_data.share_of_the_copies",
    "01.5": "import_data.faults_to_mend_first",
    "11.1": "concentration.share_of_the_top_groups",
    "11.2": "concentration.what_follows_from_the_figures",
    "11.3": "concentration.groups_to_replace_the_largest",
    "11.4": "concentration.groups_to_protect",
    "11.5": "profitability.cost_of_one_order",
    "11.6": "profitability.what_follows_from_the_profits",
    "11.7": "profitability.change_without_the_lowest",
    "11.8": "profitability.accounts_to_talk_prices",
    "12.1": "retention_value.value_by_the_sheet",
    "12.2": "lifetime_value.what_follows_from_silence",
    "12.3": "lifetime_value.orders_of_half_a_year",
    "12.4": "retention_value.worth_of_a_point_of_retention",
    "12.5": "lifetime_value.accounts_to_call",
    "12.6": "retention_value.best_spending_on_keeping",
    "12.7": "lifetime_value.share_of_the_first_twenty",
}


def judge_of(number: str) -> "Exercise":
    """Return the function that judges an exercise.

    Parameters
    ----------
    number : str
        One of `EXERCISES`.

    Examples
    --------
    >>> judge_of("11.1").__name__
    'share_of_the_top_groups'
    """
    module, _, name = EXERCISES[number].partition(".")
    return getattr(import_module(f"{__name__}.{module}"), name)
