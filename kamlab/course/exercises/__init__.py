"""The exercises of the course by number; each is a function of answer and portfolio.

To add one, write the function in the chapter's file and enter it here.
"""

from collections.abc import Callable

from kamlab.course.exercises import concentration
from kamlab.course.verdicts import Verdict
from kamlab.portfolio import Portfolio

#: Looks at an answer, works out the right one from the portfolio, and judges.
Exercise = Callable[[object, Portfolio], Verdict]

EXERCISES: dict[str, Exercise] = {
    "11.1": concentration.share_of_the_top_groups,
    "11.2": concentration.what_follows_from_the_figures,
    "11.3": concentration.groups_to_replace_the_largest,
    "11.4": concentration.groups_to_protect,
}
