"""What a notebook may record, and how it is read back."""

import nbformat
import pytest

from kamlab.errors import NotebookError, UsageError
from kamlab.estimates import Estimate
from kamlab.language import in_language
from kamlab.report import record, results
from kamlab.report.results import Result, read_results


def _output(result: Result) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data=result._repr_mimebundle_())


def _notebook(*outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell("record(…)", outputs=list(outputs))
    return nbformat.v4.new_notebook(cells=[cell, nbformat.v4.new_markdown_cell("x")])


def test_a_ledger_figure_says_its_n(capsys):
    label = "Revenue share of the top 20 %"
    record("top20", 0.775, label=label, unit="share", better="lower", n=180)
    said = capsys.readouterr().out.strip()
    assert said == "Revenue share of the top 20 %: 77.5 % (n = 180)"


def test_an_estimate_brings_its_own_unit_interval_and_n(capsys):
    estimate = Estimate(0.775, 0.712, 0.82, n=300, level=0.9, unit="share")
    record("top20", estimate, label="Share of the top 20 %")
    assert capsys.readouterr().out.strip() == (
        "Share of the top 20 %: 77.5 % (90 % interval 71.2 % to 82.0 %, n = 300)"
    )


def test_an_estimate_that_cannot_tell_says_why_and_gives_no_number(capsys):
    record("tail", Estimate.unknown("7 accounts; 10 are needed", n=7), label="Tail")
    said = capsys.readouterr().out.strip()
    assert said == "Tail: cannot tell (7 accounts; 10 are needed, n = 7)"


def test_money_carries_its_currency_and_days_their_word():
    assert Result("r", 62.4e6, "Revenue", "money", currency="CNY").quantity() == (
        "CNY 62.4 M"
    )
    assert Result("r", 62.4e6, "Revenue", "money").quantity("EUR") == "EUR 62.4 M"
    assert Result("d", 41.0, "Late", "days").quantity() == "41 days"


@pytest.mark.parametrize(
    ("name", "value", "more", "said"),
    [
        ("top 20", 1.0, {}, "'top 20'"),
        (7, 1.0, {}, "is 7: give a Python identifier"),
        ("gini", float("nan"), {}, "is nan: give a finite number"),
        ("gini", float("inf"), {}, "is inf"),
        ("gini", "much", {}, "is 'much'"),
        ("gini", None, {}, "is None"),
        ("gini", 0.6, {"unit": "shar"}, "'shar': did you mean 'share'?"),
        ("gini", 0.6, {"kind": "guess"}, "'guess'"),
        ("gini", 0.6, {"better": "hihger"}, "did you mean 'higher'?"),
        ("gini", 0.6, {"kind": "estimate"}, "without interval or n"),
        ("gini", 0.6, {"kind": "estimate", "n": 9}, "without interval or n"),
        ("gini", 0.6, {"interval": (0.5, 0.7)}, "a booked figure is exact"),
        ("gini", 0.6, {"interval": (0.5,)}, "give its lower and upper end"),
    ],
)
def test_a_figure_nobody_could_trust_is_refused(name, value, more, said):
    with pytest.raises(UsageError) as caught:
        record(name, value, label="Gini", **more)
    assert said in str(caught.value)


def test_a_plain_number_becomes_an_estimate_with_interval_and_n(capsys):
    record("gini", 0.6, label="Gini", kind="estimate", interval=(0.5, 0.7), n=40)
    said = capsys.readouterr().out.strip()
    assert said == "Gini: 0.600 (95 % interval 0.500 to 0.700, n = 40)"


@pytest.mark.parametrize(
    ("n", "of", "basis"),
    [
        (4264, "accounts", "4,264 accounts"),
        (1, "groups", "1 group"),
        (235, "", ""),
        (None, "accounts", ""),
    ],
)
def test_below_a_booked_figure_stands_what_it_counts(n, of, basis):
    assert Result("r", 1.0, "Revenue", n=n, of=of).basis() == basis


def test_below_an_estimate_stands_how_sure_it_is():
    sure = {"low": 0.6, "high": 0.7, "n": 180, "of": "accounts"}
    gini = Result("gini", 0.64, "Gini", kind="estimate", **sure)
    assert gini.basis() == gini.certainty() == "95 % interval 0.600 to 0.700, n = 180"


def test_results_are_read_back_as_they_were_recorded():
    marked = {"of": "accounts", "headline": True}
    top = Result("top20", 0.775, "Share", unit="share", n=180, better="lower", **marked)
    gini = Result("gini", 0.64, "Gini", kind="estimate", low=0.6, high=0.7, n=180)
    assert read_results(_notebook(_output(top), _output(gini))) == [top, gini]


def test_the_stored_figure_also_reads_as_plain_text():
    bundle = Result("n", 180.0, "Accounts", unit="count")._repr_mimebundle_()
    assert bundle["text/plain"] == "Accounts: 180"
    assert bundle[results.MIME_TYPE]["value"] == 180.0


def test_a_notebook_without_figures_has_no_results():
    printed = nbformat.v4.new_output("stream", name="stdout", text="hello")
    assert read_results(_notebook(printed)) == []


def test_one_name_for_two_figures_is_an_error():
    twice = _output(Result("gini", 0.6, "Gini"))
    with pytest.raises(NotebookError, match="'gini' is recorded twice"):
        read_results(_notebook(twice, twice))


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("accounts", "180 家客户"),
        ("groups", "180 家集团客户"),
        ("plants", "180 plants"),
    ],
)
def test_what_a_figure_counts_is_told_in_the_language_of_the_page(of, told):
    with in_language("zh"):
        assert Result("top", 0.775, "前20%", unit="share", n=180, of=of).basis() == told
