"""Names can be hidden, descriptions can give away, and leaks can be found."""

import hashlib

import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.contract import TABLES
from kamlab.data.privacy import (
    choices_of_columns,
    group_sizes,
    k_anonymity,
    leaked_names,
    personal_columns,
    pseudonymise,
    suppressed,
)
from kamlab.errors import UsageError

KEY = "0123456789abcdef"
V4 = nbformat.v4


def test_personal_columns_are_those_of_the_contract():
    listed = {tuple(row) for row in personal_columns()[["table", "column"]].to_numpy()}
    declared = {
        (name, column.name)
        for name, table in TABLES.items()
        for column in table
        if column.personal
    }
    assert listed == declared
    assert ("kam_team", "kam_name") in listed


@given(st.text(), st.text())
def test_the_same_name_has_the_same_code_and_another_one_another(one, other):
    codes = pseudonymise([one, other, one], KEY)
    assert codes[0] == codes[2]
    assert (codes[0] == codes[1]) == (one == other)


def test_another_key_gives_other_codes():
    names = ["Adler", "Brandt"]
    one, other = pseudonymise(names, KEY), pseudonymise(names, KEY[::-1])
    assert not set(one) & set(other)


def test_a_code_is_no_plain_hash_that_anybody_could_look_up():
    code = pseudonymise(["Adler"], KEY)[0]
    for plain in (hashlib.sha256, hashlib.md5, hashlib.sha1):
        assert not plain(b"Adler").hexdigest().startswith(code)


def test_the_code_is_hmac_sha_256_as_published():
    # RFC 4231, test case 2 has key "Jefe", too short here; case 1: 20 bytes of 0x0b.
    code = pseudonymise(["Hi There"], b"\x0b" * 20)[0]
    assert code == "b0344c61d8db"


def test_missing_names_stay_missing_and_the_index_stays():
    names = pd.Series(["Adler", None], index=["A1", "A2"])
    codes = pseudonymise(names, KEY)
    assert codes.index.tolist() == ["A1", "A2"]
    assert codes.isna().tolist() == [False, True]


@pytest.mark.parametrize("key", ["", "short", b"fifteen bytes!!"])
def test_a_short_key_is_refused_without_being_shown(key):
    with pytest.raises(UsageError, match=f"key has {len(key)} bytes") as told:
        pseudonymise(["Adler"], key)
    assert not key or str(key) not in str(told.value)


FRAME = pd.DataFrame({"region": list("EEEEESS"), "kind": list("aaabbaa")})


def test_groups_are_counted_by_hand():
    assert group_sizes(FRAME, ["region"]).tolist() == [5] * 5 + [2] * 2
    assert group_sizes(FRAME, ["region", "kind"]).tolist() == [3, 3, 3, 2, 2, 2, 2]
    assert k_anonymity(FRAME, ["region", "kind"]) == 2


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=20), st.integers(2, 4))
def test_what_is_shown_holds_k(values, k):
    frame = pd.DataFrame({"x": values, "y": 1})
    shown = suppressed(frame, ["x", "y"], k)
    assert k_anonymity(shown, ["x", "y"]) >= k or shown.empty
    assert set(shown.index) <= set(frame.index)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1))
def test_more_columns_never_hide_better(rows):
    frame = pd.DataFrame(rows, columns=["one", "two"])
    assert k_anonymity(frame, ["one", "two"]) <= k_anonymity(frame, ["one"])


def test_a_missing_value_describes_as_well():
    frame = pd.DataFrame({"region": ["E", None, None]})
    assert group_sizes(frame, ["region"]).tolist() == [1, 2, 2]


def test_every_choice_of_columns_is_tried_once():
    tried = choices_of_columns(FRAME.assign(tier="x"), ["region", "kind", "tier"], 2)
    assert len(tried) == tried["columns"].nunique() == 7
    assert tried["rows shown"].between(0, 1).all()


def test_columns_that_the_frame_lacks_are_not_on_offer():
    assert choices_of_columns(FRAME, ["region", "industry"])["columns"].tolist() == [
        "region"
    ]
    assert choices_of_columns(FRAME, ["industry"]).empty


def test_an_empty_extract_shows_nobody():
    assert k_anonymity(FRAME.head(0), ["region"]) == 0


@pytest.mark.parametrize("columns", [[], "region"])
def test_columns_are_a_list(columns):
    with pytest.raises(UsageError, match="columns = "):
        group_sizes(FRAME, columns)


def test_a_misspelt_column_is_named():
    with pytest.raises(UsageError, match=r"'regoin'.*'region'"):
        group_sizes(FRAME, ["regoin"])


@pytest.mark.parametrize("k", [1, 0, 2.5, True])
def test_groups_of_one_protect_nobody(k):
    with pytest.raises(UsageError, match=f"k = {k}"):
        suppressed(FRAME, ["region"], k)


def notebook(*outputs) -> nbformat.NotebookNode:
    cell = V4.new_code_cell("show()", id="c001", outputs=list(outputs))
    return V4.new_notebook(cells=[V4.new_markdown_cell("Anna Adler", id="c000"), cell])


@pytest.mark.parametrize(
    "output",
    [
        V4.new_output("stream", text="by Anna Adler\n"),
        V4.new_output("display_data", data={"text/html": "<b>Anna Adler</b>"}),
        V4.new_output(
            "display_data",
            data={"image/png": "aGk="},
            metadata={"image/png": {"alt": "Anna Adler leads"}},
        ),
    ],
    ids=["print", "table", "figure's words"],
)
def test_a_name_is_found_wherever_it_is_shown(output):
    found = leaked_names(notebook(output), ["Anna Adler", "Bo Chen"])
    assert found == {"c001": ["Anna Adler"]}


def test_text_that_people_wrote_and_short_names_are_not_looked_at():
    shown = V4.new_output("stream", text="Li wrote it")
    assert leaked_names(notebook(shown), ["Anna Adler", "Li"]) == {}
    assert leaked_names(notebook(shown), []) == {}


def test_names_are_no_patterns():
    shown = V4.new_output("stream", text="A.B. Cooper")
    assert leaked_names(notebook(shown), ["A.B. Cooper"]) == {"c001": ["A.B. Cooper"]}
    other = V4.new_output("stream", text="AxBx Cooper")
    assert leaked_names(notebook(other), ["A.B. Cooper"]) == {}
