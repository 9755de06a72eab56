"""The picture of the claims says in words what it shows."""

import pytest

from kamlab.errors import UsageError
from kamlab.orientation.claims_plots import has_tested_claims, plot_claims
from kamlab.orientation.judgements import judge_claims
from kamlab.style import alternative_text, png_of


@pytest.fixture(scope="module")
def judged(talbruck):
    return judge_claims(talbruck.measures, talbruck.is_key)


def asked(judged) -> list:
    return [each for each in judged if each.comparison is not None]


def test_every_tested_claim_has_its_row_and_its_words(judged):
    ax = plot_claims(judged, "Talbruck")
    words = alternative_text(ax)
    labels = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert labels == [each.claim.statement for each in asked(judged)]
    assert len(labels) == len(asked(judged))
    for each in asked(judged):
        assert each.claim.statement in words
    assert words.count("supported") + words.count("cannot tell") == len(labels)


def test_no_label_runs_out_of_the_figure(judged):
    ax = plot_claims(judged, "Talbruck")
    ax.figure.canvas.draw()
    whole = ax.figure.bbox
    for text in (ax.xaxis.label, *ax.get_yticklabels()):
        box = text.get_window_extent()
        assert box.x0 >= whole.x0, text.get_text()
        assert box.x1 <= whole.x1, text.get_text()


def test_right_of_the_middle_line_claims_hold(judged):
    words = alternative_text(plot_claims(judged)).split("; ")
    steady = next(each for each in words if each.startswith("Their revenue is steady:"))
    margin = next(each for each in words if "good margin" in each)
    assert float(steady.split(" in ")[1].split(" %")[0]) > 50
    assert float(margin.split(" in ")[1].split(" %")[0]) < 50


def test_the_headline_counts_the_verdicts(judged):
    title = plot_claims(judged).figure.get_suptitle().replace("\n", " ")
    assert title.startswith(f"{len(asked(judged))} comparisons: ")
    assert "1 not supported" in title


def test_comparisons_of_too_few_accounts_are_counted_but_not_drawn(talbruck):
    # All but nine key accounts without a contact: two claims lose their comparison.
    measures = talbruck.measures.copy()
    few = talbruck.is_key & (talbruck.is_key.cumsum() > 5)
    measures.loc[few, ["inbound", "ideas"]] = float("nan")
    judged = judge_claims(measures, talbruck.is_key)
    title = plot_claims(judged).figure.get_suptitle()
    assert title.startswith(f"{len(asked(judged)) - 2} of {len(asked(judged))} ")


def test_the_picture_is_small_enough(judged):
    assert len(png_of(plot_claims(judged, "Talbruck, 12 months"))) < 80_000


def test_nothing_to_draw_is_said_beforehand(talbruck):
    few = talbruck.is_key & (talbruck.is_key.cumsum() <= 3)
    nothing = judge_claims(talbruck.measures, few)
    assert not has_tested_claims(nothing)
    with pytest.raises(UsageError, match="show the table instead"):
        plot_claims(nothing)
