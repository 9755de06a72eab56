"""A whole report is described in a file, and every fault of it is told at once."""

import pytest

from kamlab.errors import UsageError
from kamlab.report.request import NotebookRequest
from kamlab.report.request_file import read_parameters_file, read_request

WHOLE = """\
title: Quarterly review
data: talbruck
out: reports/{as_of}
as_of: last-fiscal-quarter-end
language: zh
audience: internal
formats: [pdf, xlsx]
previous: reports/2025-09-30
actions: actions.xlsx
kernels: cold
parameters: {by: parent, top: 0.3, regions: [DACH, NO]}
notebooks:
  - portfolio_review
  - notebook: account_dossier
    for_each: account
    only: [A10063, "0042"]
    parameters: {months: 24}
  - notebook: account_dossier
    for_each: account
    top: 5
"""


@pytest.fixture
def read(tmp_path):
    """Return what reads a report from a text."""

    def read(text):
        path = tmp_path / "report.yml"
        path.write_text(text, encoding="utf-8")
        return read_request(path)

    return read


def _told(read, text):
    with pytest.raises(UsageError) as caught:
        read(text)
    return str(caught.value)


def test_a_whole_report_is_read(read, tmp_path):
    request = read(WHOLE)
    assert request.data == tmp_path / "talbruck"
    assert request.out == tmp_path / "reports" / "{as_of}"
    assert request.actions == tmp_path / "actions.xlsx"
    assert request.previous == str(tmp_path / "reports" / "2025-09-30")
    assert (request.as_of, request.language) == ("last-fiscal-quarter-end", "zh")
    assert request.formats == ("pdf", "xlsx")
    assert request.kernels == "cold"
    review, dossier, largest = request.notebooks
    assert review == NotebookRequest("portfolio_review")
    assert dossier.only == ("A10063", "0042")
    assert dossier.parameters == {"months": "24"}
    assert largest.top == 5


def test_values_stay_as_written_until_a_notebook_says_what_they_mean(read):
    parameters = read(WHOLE).parameters
    assert parameters == {"by": "parent", "top": "0.3", "regions": ["DACH", "NO"]}
    assert all(type(value) in (str, list) for value in parameters.values())


def test_the_least_report_names_its_data(read, tmp_path):
    request = read("data: demo")
    assert request.notebooks is None
    assert request.out == tmp_path / "reports" / "latest"
    assert (request.previous, request.actions, request.formats) == ("latest", None, ())


def test_latest_and_none_are_words_and_no_folders(read):
    assert read("data: x\nprevious: none").previous == "none"


def test_an_absolute_folder_stays_where_it_is(read, tmp_path):
    assert read(f"data: {tmp_path}/other").data == tmp_path / "other"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dta: demo", "dta is not a key of a report: did you mean 'data'?"),
        ("data: demo\nformats: pdf", "formats = 'pdf'; a list belongs there"),
        ("data: demo\nformats: [pfd]", "formats[0] = 'pfd': did you mean 'pdf'?"),
        ("data: demo\naudience: custmer", "did you mean 'customer'?"),
        ("data: demo\nkernels: kold", "kernels = 'kold': did you mean 'cold'?"),
        ("data: [a, b]", "data = ['a', 'b']; a text belongs there"),
        ("data:", "data = None; a text belongs there"),
        ("out: reports", "data is missing; name the folder of the portfolio"),
        ("data: x\ndata: y", "data stands twice; keep one"),
        ("data: x\nnotebooks: []", "notebooks = []; a list of notebooks belongs there"),
        (
            "data: x\nnotebooks: [{for_each: account}]",
            "notebooks[0].notebook is missing",
        ),
        ("data: x\nnotebooks: [{notebok: a}]", "did you mean 'notebook'?"),
        ("data: x\nnotebooks: [{notebook: a, top: 3}]", "name that with for_each"),
        (
            "data: x\nnotebooks: [{notebook: a, for_each: manager, top: 3}]",
            "give a number of accounts from 1, with for_each: account",
        ),
        ("data: x\nnotebooks: [{notebook: a, for_each: acount}]", "'account'?"),
        ("data: x\nnotebooks: [{notebook: a, top: many}]", "a whole number from 1"),
        ("data: x\nparameters: [a]", "name: value belongs there"),
        ("- data", "the file = ['data']; keys and values belong there"),
        ("data: [", "report.yml' is not YAML"),
    ],
)
def test_what_a_report_may_not_say_is_told(read, text, said):
    assert said in _told(read, text)


def test_all_faults_are_told_at_once(read):
    told = _told(read, "dta: x\nformats: pdf\nnotebooks: [{for_each: account}]")
    assert told.startswith("report.yml: 3 to mend:\n- ")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"report = .* cannot be read"):
        read_request(tmp_path / "away.yml")


def test_a_file_of_parameters_is_read_as_texts(tmp_path):
    path = tmp_path / "params.yml"
    path.write_text("months: 012\nby: NO\nempty:\n")
    assert read_parameters_file(path) == {"months": "012", "by": "NO", "empty": None}


@pytest.mark.parametrize("text", ["- months", "months: 1\nmonths: 2"])
def test_a_file_of_anything_else_is_refused(tmp_path, text):
    path = tmp_path / "params.yml"
    path.write_text(text)
    with pytest.raises(UsageError, match=r"params\.yml: "):
        read_parameters_file(path)


def test_unknown_keys_and_unknown_values_are_told_together(read):
    text = "data: x\nnootbooks: [a]\nlanguage: de\naudience: custmer\nformats: [pfd]"
    told = _told(read, text)
    assert told.startswith("report.yml: 4 to mend:")
    for said in (
        "'notebooks'?",
        "language = 'de'",
        "'customer'?",
        "formats[0] = 'pfd'",
    ):
        assert said in told


def test_what_is_wrong_with_a_chinese_report_is_told_in_chinese(read):
    told = _told(read, "data: x\nlanguage: zh\nnootbooks: [a]\naudience: custmer")
    assert told == (
        "report.yml：有 2 处需要修改：\n"
        "- nootbooks 不是报告的键：您是否想写 'notebooks'？\n"
        "- audience = 'custmer': 您是否想写 'customer'？"
    )
