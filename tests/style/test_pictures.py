"""Figures as notebooks and reports hold them."""

import base64
import json
import subprocess
import sys
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from kamlab.errors import UsageError
from kamlab.style import (
    Picture,
    alternative_text,
    describe,
    finish,
    headline,
    new_axes,
    png_of,
    show,
)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """What a notebook was asked to display."""
    pictures: list[Picture] = []
    monkeypatch.setattr("IPython.display.display", pictures.append)
    return pictures


def test_a_figure_without_alternative_text_is_not_shown() -> None:
    ax = new_axes()
    headline(ax, "Revenue by year")
    with pytest.raises(UsageError, match=r"'Revenue by year' has no alternative text"):
        show(ax)


def test_an_untitled_figure_is_named_as_such() -> None:
    with pytest.raises(UsageError, match=r"without a title.*call describe"):
        show(new_axes())


def test_an_empty_description_is_refused() -> None:
    with pytest.raises(UsageError, match=r"text is ' ': say in words"):
        describe(new_axes(), " ")


def test_showing_hands_over_picture_and_words_and_closes(
    shown: list[Picture],
) -> None:
    ax = new_axes()
    describe(ax, "The top 20 %\n  bring 77.5 %.")
    show(ax)
    data, metadata = shown[0]._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == "The top 20 % bring 77.5 %."
    words = {"alt": "The top 20 % bring 77.5 %.", "width": 640}
    assert metadata == {"image/png": words}
    assert not plt.get_fignums()
    json.dumps(data)


def test_axes_and_figure_share_their_words() -> None:
    figure, (left, right) = plt.subplots(1, 2)
    describe(left, "Two curves.")
    assert alternative_text(right) == alternative_text(figure) == "Two curves."


def test_finish_sets_headline_source_and_words() -> None:
    ax = finish(new_axes(), "A finding", "A finding in words.", "orders $ to 2025")
    assert ax.figure.get_suptitle() == "A finding"
    assert ax.figure.get_supxlabel() == r"Source: orders \$ to 2025"
    assert alternative_text(ax) == "A finding in words."
    assert finish(new_axes(), "A", "B.").figure.get_supxlabel() == ""


def test_the_same_figure_gives_the_same_bytes_without_a_version_in_them() -> None:
    def draw() -> bytes:
        ax = new_axes()
        ax.plot([1, 2, 3])
        return png_of(ax)

    first, second = draw(), draw()
    assert first == second
    assert b"atplotlib" not in first


def test_a_plain_figure_is_sharp_and_small() -> None:
    ax = new_axes()
    ax.plot(np.arange(50))
    png = png_of(ax)
    assert len(png) < 40_000
    assert Image.open(BytesIO(png)).size == (1024, 640)


def test_stored_lessons_have_figures_of_single_sharpness(monkeypatch) -> None:
    monkeypatch.setenv("KAMLAB_FIGURES", "small")
    ax = new_axes()
    ax.plot(np.arange(50))
    assert Image.open(BytesIO(png_of(ax))).size == (640, 400)


def test_a_crowded_figure_is_drawn_with_fewer_dots() -> None:
    ax = new_axes()
    ax.imshow(np.random.default_rng(0).random((200, 300)), aspect="auto")
    assert Image.open(BytesIO(png_of(ax))).size == (640, 400)


def test_importing_the_style_does_not_import_matplotlib() -> None:
    code = (
        "import sys, kamlab.style, kamlab.estimates;"
        "sys.exit(any(n in sys.modules for n in ('matplotlib', 'IPython', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
