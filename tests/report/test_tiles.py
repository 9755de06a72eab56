"""Tiles: what they compare, how sure they are, and a line that can be read aloud."""

import json
import math

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.language import in_language
from kamlab.report.sparkline import sparkline
from kamlab.report.tiles import MIME_TYPE, MOST_PERIODS, Tile, read_tiles, tiles

NASTY = "<script>alert(1)</script>\"' onload=x"


def _html(tile: Tile) -> str:
    return tiles([tile]).to_html().replace("\xa0", " ")


def test_a_tile_shows_figure_last_year_and_target_in_this_order():
    html = _html(Tile("Net revenue", "EUR 15.2 M", "Q4 2024: 15.9", "Target: 16.0"))
    places = [html.index(each) for each in ("Net", "15.2", "15.9", "16.0")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("inside", "shape", "word"),
    [
        (True, "●", "in its usual range"),
        (False, "◆", "outside its usual range"),
    ],
)
def test_the_usual_range_is_told_by_shape_and_word(inside, shape, word):
    html = _html(Tile("Orders", "412", history=[1.0, 2.0], inside=inside))
    assert f'<span aria-hidden="true">{shape}</span> {word}</p>' in html
    assert ("<polygon" in html) == (not inside)


def test_where_nobody_can_tell_nothing_is_marked():
    html = _html(Tile("Orders", "412", history=[1.0, 2.0]))
    assert "usual" not in html
    assert "tile-mark" not in html


def test_an_estimate_is_another_kind_of_tile_and_says_so():
    booked = _html(Tile("Revenue", "EUR 15.2 M"))
    estimated = _html(
        Tile("Wallet", "31 %", kind="estimate", interval="95 %: 20 to 44")
    )
    assert 'class="tile ledger"' in booked
    assert "estimate" not in booked
    assert 'class="tile estimate"' in estimated
    assert "estimate: 95 %: 20 to 44" in estimated


def test_an_estimate_without_value_cannot_tell_and_says_why():
    html = _html(Tile("Wallet", "", kind="estimate", note="3 orders are too few"))
    assert "cannot tell" in html
    assert "3 orders are too few" in html
    assert "unknown" in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "ledgr"}, "kind of tile 'Orders' is 'ledgr': did you mean 'ledger'"),
        ({"unit": "mony"}, "unit of tile 'Orders' is 'mony': did you mean 'money'"),
        ({"interval": "1 to 2"}, "a booked figure is exact"),
        ({"kind": "estimate"}, "without its interval"),
        ({"kind": "estimate", "value": ""}, "without its note"),
    ],
)
def test_a_tile_that_claims_to_be_surer_than_it_is_is_refused(given, said):
    with pytest.raises(UsageError) as caught:
        Tile(**{"label": "Orders", "value": "412", **given})
    assert said in str(caught.value)


def test_only_tiles_make_a_row():
    with pytest.raises(UsageError, match="figures holds '412'"):
        tiles(["412"])


def test_no_text_of_a_tile_becomes_markup():
    given = dict.fromkeys(("label", "value", "compared", "target", "note"), NASTY)
    html = _html(Tile(**given, history=[1.0, 2.0]))
    assert "<script" not in html
    assert "' onload" not in html.replace("&#x27;", "")


def test_tiles_survive_the_notebook_even_with_gaps_in_their_history():
    history = [1.0, math.nan, None, np.float64(3.5)]
    row = tiles([Tile("Orders", "412", history=history, usual=(np.float64(1), 4))])
    stored = json.dumps(row._repr_mimebundle_()[MIME_TYPE], allow_nan=False)
    again = read_tiles(json.loads(stored))
    assert again.to_html() == row.to_html()
    assert str(again) == "Orders: 412"


def test_a_notebook_sets_the_tiles_beside_each_other_without_our_style():
    bundle = tiles([Tile("Orders", "412")])._repr_mimebundle_()
    assert "display:flex" in bundle["text/html"]
    assert bundle["text/plain"] == "Orders: 412"


def test_three_years_of_quarters_are_drawn_and_told():
    html = _html(Tile("Orders", "29", history=range(30), unit="count"))
    assert html.count(",") >= MOST_PERIODS
    assert "over 12 periods: from 18 to 29, lowest 18, highest 29." in html


def test_the_words_of_a_tile_follow_the_language_of_the_page():
    tile = Tile("Orders", "412", inside=True)
    with in_language("zh"):
        assert tile.verdict()
    assert tile.verdict() == "in its usual range"


def test_a_line_breaks_where_a_period_is_not_known():
    drawn = sparkline([1.0, 2.0, None, 3.0, 4.0], "words")
    assert drawn.count("<polyline") == 2
    assert sparkline([1.0, None, 2.0, None], "words").count("<circle") == 2


def test_a_flat_line_stands_in_the_middle():
    assert ",13.0" in sparkline([5.0, 5.0, 5.0], "words")


def test_the_band_of_usual_variation_holds_what_is_inside_of_it():
    drawn = sparkline([1.0, 3.0, 2.0], "words", True, (0.0, 4.0))
    assert '<rect x="0" y="4.0" width="120" height="18.0"' in drawn


def test_fewer_than_two_known_periods_are_no_line():
    assert sparkline([None, 3.0, math.nan], "words") == ""


def test_a_line_is_described_to_those_who_cannot_see_it():
    drawn = sparkline([1.0, 2.0], 'a "line" & <more>')
    assert 'role="img"' in drawn
    assert 'aria-label="a &quot;line&quot; &amp; &lt;more&gt;"' in drawn
