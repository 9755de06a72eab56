"""What of an executed notebook stands on its page, and in which form."""

import nbformat
import pandas as pd
import pytest

from kamlab.report import present
from kamlab.report.content import blocks_of, code_of, count_blocks, made_before_stop
from kamlab.report.memory.records import Prediction, Warned
from kamlab.report.results import Result
from kamlab.report.sections import Missing

V4 = nbformat.v4
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9aw"


def _shown(data: dict, **metadata) -> nbformat.NotebookNode:
    return V4.new_output("display_data", data=data, metadata=metadata)


def _notebook(*outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    cell = V4.new_code_cell("show()", outputs=list(outputs), execution_count=1)
    return V4.new_notebook(cells=[V4.new_markdown_cell("# Title\n\nWhy."), cell])


def _last(output: nbformat.NotebookNode):
    return blocks_of(_notebook(output))[-1][1][-1]


def test_the_title_is_left_to_the_head_of_the_page():
    ((kind, blocks),) = blocks_of(_notebook())
    assert kind == "html"
    assert blocks[0].content == "<p>Why.</p>\n"


def test_tiles_that_follow_each_other_stand_in_one_row():
    outputs = [
        _shown(Result(name, 1.0, name)._repr_mimebundle_()) for name in ("a", "b")
    ]
    kind, blocks = blocks_of(_notebook(*outputs))[1]
    assert kind == "tile"
    assert [block.content.name for block in blocks] == ["a", "b"]


def test_a_table_is_built_from_its_cells_not_from_its_html():
    bundle, _ = present(pd.DataFrame({"x": ["<b>"]}))._repr_mimebundle_()
    block = _last(_shown({**bundle, "text/html": "<script>alert(1)</script>"}))
    assert block.kind == "table"
    assert "&lt;b&gt;" in block.content
    assert "<script" not in block.content


def test_a_figure_has_the_words_it_was_described_with():
    about = {"image/png": {"alt": "The top 20 % bring 77.5 %."}}
    block = _last(_shown({"image/png": PIXEL, "text/plain": "x"}, **about))
    assert (block.kind, block.alt) == ("figure", "The top 20 % bring 77.5 %.")
    assert block.content == f"data:image/png;base64,{PIXEL}"


@pytest.mark.parametrize(
    ("plain", "alt"), [("<Figure size 640x480>", ""), ("A curve.", "A curve.")]
)
def test_a_figure_without_description_uses_its_text_if_that_is_one(plain, alt):
    assert _last(_shown({"image/png": PIXEL, "text/plain": plain})).alt == alt


def test_a_drawing_in_svg_is_embedded_so_that_it_cannot_run():
    block = _last(_shown({"image/svg+xml": "<svg onload='x()'/>"}))
    assert block.content.startswith("data:image/svg+xml;base64,")


def test_other_html_is_made_safe_and_other_text_is_kept():
    assert _last(_shown({"text/html": "<p onclick='x'>a</p>"})).content == "<p>a</p>"
    assert _last(_shown({"text/plain": "42"})).content == "42"
    markdown = _last(_shown({"text/markdown": "*Nordkai* <script>"}))
    assert markdown.content == "<p><em>Nordkai</em> &lt;script&gt;</p>\n"


def test_a_missing_section_is_one_sentence():
    gap = Missing("Gross margin", ("orders.cogs",))
    block = _last(_shown(gap._repr_mimebundle_()))
    assert block.kind == "missing"
    assert str(block.content).startswith("“Gross margin” is not shown")


def test_printed_text_and_messages_are_told_apart():
    printed = V4.new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m\n")
    assert (_last(printed).kind, _last(printed).content) == ("text", "red")
    message = V4.new_output("stream", name="stderr", text="hm")
    assert _last(message).kind == "message"


@pytest.mark.parametrize(
    "noise", ["<Figure size 640x480 with 1 Axes>", "<object at 0x7f00>", ""]
)
def test_names_of_objects_are_no_content(noise):
    assert len(blocks_of(_notebook(_shown({"text/plain": noise})))) == 1


def test_pictures_pasted_into_text_are_shown():
    cell = V4.new_markdown_cell("![a map](attachment:m.png)")
    cell.attachments = {"m.png": {"image/png": PIXEL, "text/html": "x"}}
    ((_, blocks),) = blocks_of(V4.new_notebook(cells=[cell]))
    assert f'src="data:image/png;base64,{PIXEL}"' in blocks[0].content


def test_code_is_kept_without_the_cells_that_set_parameters():
    cells = [
        V4.new_code_cell("top = 1", metadata={"tags": ["injected-parameters"]}),
        V4.new_code_cell("gini(revenue)"),
        V4.new_code_cell("  "),
    ]
    assert code_of(V4.new_notebook(cells=cells)) == ["gini(revenue)"]


def test_counting_finds_figures_that_nobody_described():
    about = {"image/png": {"alt": "words"}}
    counts = count_blocks(
        _notebook(
            _shown({"image/png": PIXEL}),
            _shown({"image/png": PIXEL}, **about),
            _shown({"text/html": "<table></table>"}),
        )
    )
    assert counts == {
        "figures": 2,
        "tables": 1,
        "results": 0,
        "figures_without_alt": 1,
    }


def test_a_failed_notebook_is_shown_up_to_the_cell_that_stopped_it():
    error = V4.new_output("error", ename="E", evalue="", traceback=[])
    ran = V4.new_code_cell("1", execution_count=1)
    stopped = V4.new_code_cell("2", execution_count=2, outputs=[error])
    never, text = V4.new_code_cell("3"), V4.new_markdown_cell("## Never")
    for cells in ([ran, stopped, text, never], [ran, never, text]):
        assert len(made_before_stop(V4.new_notebook(cells=cells)).cells) == 2
    assert len(made_before_stop(V4.new_notebook(cells=[ran, text])).cells) == 2


def test_what_is_kept_for_the_next_report_is_not_shown() -> None:
    days = ("2026-01-01", "2026-03-31")
    records = [
        Prediction("net_revenue", "A1", 5.0, 4.0, 7.0, 0.9, *days, "money", ""),
        Warned("A1", "silence", 5.0, "2025-12-01", "Silent."),
    ]
    outputs = [
        nbformat.v4.new_output("display_data", each._repr_mimebundle_())
        for each in records
    ]
    cell = nbformat.v4.new_code_cell("remember(dossier)", outputs=outputs)
    assert blocks_of(nbformat.v4.new_notebook(cells=[cell])) == []
