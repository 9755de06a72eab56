"""Two folders change places in one step, or not at all."""

import sys

import pytest

from kamlab.data import exchange
from kamlab.data.aside import put_in_place
from kamlab.data.exchange import exchanged


def two(place) -> tuple:
    for name in ("one", "other"):
        (place / name).mkdir()
        (place / name / f"of_{name}").touch()
    return place / "one", place / "other"


def names(folder) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders")
def test_each_folder_has_the_other_ones_name(tmp_path):
    one, other = two(tmp_path)
    if not exchanged(one, other):
        pytest.skip("this file system cannot exchange folders")
    assert (names(one), names(other)) == (["of_other"], ["of_one"])


def test_what_is_not_there_is_not_exchanged(tmp_path):
    one, _ = two(tmp_path)
    assert not exchanged(one, tmp_path / "missing")
    assert names(one) == ["of_one"]


@pytest.mark.parametrize("lacking", ["system", "function"])
def test_a_system_that_cannot_says_so_and_the_folder_still_gets_its_place(
    tmp_path, monkeypatch, lacking
):
    one, other = two(tmp_path)
    if lacking == "system":
        monkeypatch.setattr(exchange.sys, "platform", "win32")
    else:
        monkeypatch.setattr(exchange.ctypes, "CDLL", lambda _: object())
    assert not exchanged(one, other)
    put_in_place(one, other)
    assert names(other) == ["of_one"]
    assert names(tmp_path) == ["other"]
