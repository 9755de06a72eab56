"""Tables of judged claims as people read them."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.orientation.claims import Claim
from kamlab.orientation.comparison import Comparison
from kamlab.orientation.judgements import Judgement, as_claimed
from kamlab.style.formats import format_share, format_value


def claims_table(
    judgements: Sequence[Judgement],
    currency: str = "",
    tested: bool | None = None,
    language: str = "en",
) -> pd.DataFrame:
    """Put the verdicts into a table for people.

    Parameters
    ----------
    judgements : sequence of Judgement
        From `judge_claims`.
    currency : str
        Code of the currency.
    tested : bool, optional
        Only claims that the data could be asked about (True), or could not (False).
    language : {"en", "zh"}
        Language of the claims.

    Returns
    -------
    pandas.DataFrame of str
        Columns ``claim``, ``key accounts``, ``others`` (their middles), ``goes as
        claimed`` (share of comparisons with interval), ``n``, ``verdict``; with
        `tested` False ``claim``, ``source`` and ``what would have to be recorded``.

    Examples
    --------
    >>> from kamlab.orientation.judgements import judge_claims
    >>> measures = pd.DataFrame({"revenue": [60.0, 30.0, 10.0]})
    >>> judged = judge_claims(measures, measures["revenue"] > 50)
    >>> claims_table(judged, tested=True)[["claim", "key accounts", "verdict"]]
                                     claim key accounts    verdict
    0  They are the main source of revenue       60.0 %  supported
    """
    asked = [each for each in judgements if each.was_asked]
    unasked = [each for each in judgements if not each.was_asked]
    if tested is False:
        rows = [
            (_worded(each.claim, language), each.claim.sources, each.claim.needs)
            for each in unasked
        ]
        heads = ["claim", "source", "what would have to be recorded"]
        return pd.DataFrame(rows, columns=heads)
    chosen = asked if tested else judgements
    heads = ["claim", "key accounts", "others", "goes as claimed", "n", "verdict"]
    rows = [
        (_worded(each.claim, language), *_figures(each, currency)) for each in chosen
    ]
    return pd.DataFrame(rows, columns=heads)


def cautions_table(judgements: Sequence[Judgement]) -> pd.DataFrame:
    """Say what was measured for each claim, and what its verdict does not say.

    Parameters
    ----------
    judgements : sequence of Judgement
        From `judge_claims`; claims without data are left out.

    Returns
    -------
    pandas.DataFrame of str
        Columns ``claim``, ``chinese``, ``source``, ``measured by``, ``does not say``.

    Examples
    --------
    >>> from kamlab.orientation.judgements import judge_claims
    >>> measures = pd.DataFrame({"revenue": [60.0, 30.0, 10.0]})
    >>> judged = judge_claims(measures, measures["revenue"] > 50)
    >>> cautions_table(judged)["does not say"].tolist()
    ['that the revenue earns anything, or would be lost with them']
    """
    rows = [
        (c.statement, c.chinese, c.sources, c.measure, c.caution)
        for c in (each.claim for each in judgements if each.was_asked)
    ]
    heads = ["claim", "chinese", "source", "measured by", "does not say"]
    return pd.DataFrame(rows, columns=heads)


def side_by_side(columns: Mapping[str, pd.Series], axis: str) -> pd.DataFrame:
    """Put texts about several groups into one table, one column a group.

    Parameters
    ----------
    columns : mapping of str to Series of str
        By the head of the column; a figure that a group lacks is a dash.
    axis : str
        Head of the first column.

    Returns
    -------
    pandas.DataFrame of str

    Examples
    --------
    >>> ours, theirs = pd.Series({"orders": "10"}), pd.Series({"days": "3"})
    >>> side_by_side({"key accounts": ours, "others": theirs}, "x").values.tolist()
    [['10', '–'], ['–', '3']]
    """
    order = list(
        dict.fromkeys(name for each in columns.values() for name in each.index)
    )
    table = pd.DataFrame(dict(columns)).reindex(order).fillna("–")
    return table.rename_axis(axis)


def _worded(claim: Claim, language: str) -> str:
    words = {"en": claim.statement, "zh": claim.chinese}
    if language not in words:
        raise UsageError(f"language = {language!r}: {did_you_mean(language, words)}")
    return words[language]


def _figures(judgement: Judgement, currency: str) -> tuple[str, ...]:
    claim, compared = judgement.claim, judgement.comparison
    if compared is None:
        ours = theirs = "–"
        if not math.isnan(judgement.share):
            ours = format_share(judgement.share)
            theirs = format_share(1 - judgement.share)
        return ours, theirs, "–", "–", judgement.verdict
    middles = (
        f"{format_value(each, claim.unit, currency)} {claim.per}".rstrip()
        for each in (compared.key, compared.others)
    )
    return (*middles, *_chance(judgement, compared), judgement.verdict)


def _chance(judgement: Judgement, compared: Comparison) -> tuple[str, str]:
    many = f"{compared.n_key}\u00a0:\u00a0{compared.n_others}"
    chance = as_claimed(judgement)
    if chance.interval is None:
        return "–", many
    value, *ends = (format_share(each, 0) for each in (chance.value, *chance.interval))
    return f"{value} ({' to '.join(ends)})".replace(" % to", " to"), many
