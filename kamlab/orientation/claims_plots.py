"""The picture of the claims: which of them these accounts bear out."""

from collections.abc import Sequence
from textwrap import fill

from matplotlib.axes import Axes

from kamlab.errors import UsageError
from kamlab.orientation.judgements import (
    CANNOT_TELL,
    NOT_SUPPORTED,
    SUPPORTED,
    Judgement,
    as_claimed,
)
from kamlab.style import COLOURS, finish, format_share, new_axes, plain, share_axis

_COLOUR = {
    SUPPORTED: COLOURS["blue"],
    NOT_SUPPORTED: COLOURS["red"],
    CANNOT_TELL: COLOURS["grey"],
}
_MARK = {SUPPORTED: "o", NOT_SUPPORTED: "X", CANNOT_TELL: "D"}
# A row has room for a label of two lines.
_WIDTH, _ROW = 6.4, 0.4
_LABEL_LINE = 30


def plot_claims(
    judgements: Sequence[Judgement], source: str = "", ax: Axes | None = None
) -> Axes:
    """Draw for each tested claim how often the comparison goes as it says.

    Parameters
    ----------
    judgements : sequence of Judgement
        From `judge_claims`; only those that were tested are drawn.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes
        One row a claim, its interval through it; right of the middle line the
        comparison goes as claimed. Colour and mark tell the verdict.

    Raises
    ------
    UsageError
        If no claim was tested.

    Examples
    --------
    >>> import pandas as pd
    >>> from kamlab.orientation.judgements import judge_claims
    >>> from kamlab.style import alternative_text
    >>> measures = pd.DataFrame({"order_days": range(40), "revenue": 1.0})
    >>> judged = judge_claims(measures, measures["order_days"] > 29)
    >>> print(alternative_text(plot_claims(judged)))
    They order often: as claimed in 100.0 % of comparisons (86.6 % to 100.0 %),
    supported.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    drawn = [each for each in judgements if _is_drawn(each)]
    if not drawn:
        raise UsageError(
            "judgements holds no tested claim: the data have no measure for any, or "
            "too few accounts; show the table instead"
        )
    ax = new_axes(ax, size=(_WIDTH, 1.5 + _ROW * max(len(drawn), 4)))
    labels = [plain(each.claim.statement) for each in drawn]
    ax.set_yticks(range(len(drawn)), [fill(each, _LABEL_LINE) for each in labels])
    ax.set_ylim(len(drawn) - 0.4, -0.6)
    ax.set_xlim(-0.02, 1.02)
    ax.tick_params(axis="y", length=0)
    ax.axvline(0.5, color=COLOURS["light"], zorder=0)
    for row, each in enumerate(drawn):
        _draw(ax, row, each)
    # From the right, or it would run out of the figure: the rows begin far inside.
    ax.set_xlabel("Comparisons that go as claimed", x=1, ha="right")
    share_axis(ax.xaxis)
    words = "; ".join(map(_in_words, drawn)) + "."
    compared = sum(each.comparison is not None for each in judgements)
    return finish(ax, _finding(drawn, compared), words, source)


def has_tested_claims(judgements: Sequence[Judgement]) -> bool:
    """Say whether there is anything to draw.

    Parameters
    ----------
    judgements : sequence of Judgement
        From `judge_claims`.

    Examples
    --------
    >>> has_tested_claims([])
    False
    """
    return any(map(_is_drawn, judgements))


def _is_drawn(judgement: Judgement) -> bool:
    compared = judgement.comparison
    return compared is not None and compared.chance.interval is not None


def _as_claimed(judgement: Judgement) -> tuple[float, float, float]:
    """Return the chance that the comparison goes as claimed, and its interval."""
    chance = as_claimed(judgement)
    return chance.value, chance.low, chance.high


def _draw(ax: Axes, row: int, judgement: Judgement) -> None:
    value, low, high = _as_claimed(judgement)
    colour = _COLOUR[judgement.verdict]
    ax.plot([low, high], [row, row], color=colour, solid_capstyle="butt")
    mark = _MARK[judgement.verdict]
    ax.plot([value], [row], mark, color=colour, markersize=8, clip_on=False)


def _in_words(judgement: Judgement) -> str:
    value, low, high = map(format_share, _as_claimed(judgement))
    return (
        f"{judgement.claim.statement}: as claimed in {value} of comparisons ({low} to "
        f"{high}), {judgement.verdict}"
    )


def _finding(drawn: Sequence[Judgement], compared: int) -> str:
    counts = {
        word: sum(each.verdict == word for each in drawn)
        for word in (SUPPORTED, NOT_SUPPORTED, CANNOT_TELL)
    }
    told = [f"{count} {word}" for word, count in counts.items() if count]
    many = f"{len(drawn)}" if len(drawn) == compared else f"{len(drawn)} of {compared}"
    return f"{many} comparisons: {', '.join(told)}"
