"""What a page shows of an executed notebook: its cells as blocks, in their order."""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

import nbformat
from markupsafe import Markup

from kamlab.report import results, sections, tables, tiles
from kamlab.report.blocks import Block
from kamlab.report.folding import fold_dark_sections
from kamlab.report.markup import markdown_html, safe_html, without_title
from kamlab.report.paragraphs import in_words_of_page
from kamlab.report.parameters import TAG
from kamlab.report.typography import bound, short_kept_whole

#: Cells that set parameters; the foot of the page lists what they set.
_PARAMETER_TAGS = frozenset([TAG, "injected-parameters"])

#: How the media types of our own records begin.
_OWN_TYPES = "application/vnd.kamlab."

_OBJECT_NAME = re.compile(r"^<.*(Figure size| at 0x).*>$")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def blocks_of(
    notebook: nbformat.NotebookNode, pages: Mapping[str, str] | None = None
) -> list[tuple[str, list[Block]]]:
    """Return what a page shows, neighbours of one kind together.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.
    pages : mapping of str to str, optional
        File of every page of the report by its notebook's name.

    Returns
    -------
    list of (str, list of Block)
        Kind and blocks: three tiles in a row are one group. Sections without anything
        but missing data are folded into one block at the end.

    Examples
    --------
    >>> cell = nbformat.v4.new_markdown_cell("Who brings the revenue?")
    >>> blocks_of(nbformat.v4.new_notebook(cells=[cell]))[0][0]
    'html'
    """
    every = fold_dark_sections(list(_blocks(notebook, pages or {})))
    return [(kind, list(group)) for kind, group in groupby(every, _kind)]


def _kind(block: Block) -> str:
    return block.kind


def _blocks(
    notebook: nbformat.NotebookNode, pages: Mapping[str, str]
) -> Iterator[Block]:
    is_first = True
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            source = without_title(cell.source) if is_first else cell.source
            is_first = False
            words = in_words_of_page(source)
            html = markdown_html(words, pages, _pictures(cell))
            if html.strip():
                yield Block("html", html)
        for output in cell.get("outputs", []):
            block = _output(output)
            if block is not None:
                yield block


def _pictures(cell: nbformat.NotebookNode) -> dict[str, str]:
    """Return the pictures pasted into a cell, as data addresses by name."""
    return {
        name: f"data:{mime};base64,{content}"
        for name, bundle in cell.get("attachments", {}).items()
        for mime, content in bundle.items()
        if mime in ("image/png", "image/jpeg")
    }


def _output(output: nbformat.NotebookNode) -> Block | None:
    if output.output_type == "stream":
        kind = "message" if output.name == "stderr" else "text"
        return Block(kind, _ANSI.sub("", output.text).rstrip())
    if output.output_type == "error":
        return None  # the head of the page tells it in words
    return _displayed(output.data, output.get("metadata", {}))


def _displayed(data: Mapping[str, Any], about: Mapping[str, Any]) -> Block | None:
    """Choose the best of the forms in which an output offers itself."""
    if results.MIME_TYPE in data:
        return Block("tile", results.Result(**data[results.MIME_TYPE]))
    if tables.MIME_TYPE in data:
        shown = tables.Presented(**data[tables.MIME_TYPE])
        rows = tuple(tuple(map(short_kept_whole, row)) for row in shown.rows)
        whole = replace(shown, rows=rows).mapped(bound)
        return Block("table", Markup(whole.to_html(on_page=True)))
    if tiles.MIME_TYPE in data:
        return Block("tiles", Markup(tiles.read_tiles(data[tiles.MIME_TYPE]).to_html()))
    if sections.MIME_TYPE in data:
        gap = data[sections.MIME_TYPE]
        return Block("missing", sections.Missing(gap["section"], tuple(gap["needs"])))
    for mime in ("image/png", "image/jpeg", "image/svg+xml"):
        if mime in data:
            return _figure(mime, data, about.get(mime, {}))
    if "text/markdown" in data:
        return Block("html", markdown_html(data["text/markdown"], math=False))
    if "text/html" in data:
        return Block("foreign", safe_html(data["text/html"]))
    if any(mime.startswith(_OWN_TYPES) for mime in data):
        return None  # what a notebook keeps for the next report is not for readers
    text = data.get("text/plain", "")
    is_noise = not text or _OBJECT_NAME.match(text)
    return None if is_noise else Block("text", _ANSI.sub("", text))


def _figure(mime: str, data: Mapping[str, Any], about: Mapping[str, Any]) -> Block:
    content = data[mime]
    if mime == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode("ascii")
    plain = data.get("text/plain", "")
    alt = about.get("alt") or ("" if _OBJECT_NAME.match(plain) else plain)
    source = f"data:{mime};base64,{''.join(content.split())}"
    return Block("figure", source, alt, int(about.get("width", 0)))


def made_before_stop(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a failed notebook up to the cell that stopped it.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("1 / 0")
    >>> after = nbformat.v4.new_markdown_cell("## Never reached")
    >>> stopped = nbformat.v4.new_notebook(cells=[cell, after])
    >>> len(made_before_stop(stopped).cells)
    1
    """
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        kinds = [output.output_type for output in cell.outputs]
        if cell.execution_count is None or "error" in kinds:
            return nbformat.from_dict(
                {**notebook, "cells": notebook.cells[: index + 1]}
            )
    return notebook


def code_of(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the code that made the page, without the cells that set parameters.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("gini(revenue)")
    >>> code_of(nbformat.v4.new_notebook(cells=[cell]))
    ['gini(revenue)']
    """
    return [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "code"
        and cell.source.strip()
        and not _PARAMETER_TAGS & set(cell.metadata.get("tags", []))
    ]


def count_blocks(notebook: nbformat.NotebookNode) -> dict[str, int]:
    """Count what a page holds, and the figures among it that nobody described.

    Examples
    --------
    >>> count_blocks(nbformat.v4.new_notebook())
    {'figures': 0, 'tables': 0, 'results': 0, 'figures_without_alt': 0}
    """
    every = list(_blocks(notebook, {}))
    kinds = [block.kind for block in every]
    return {
        "figures": kinds.count("figure"),
        "tables": kinds.count("table") + kinds.count("foreign"),
        "results": kinds.count("tile"),
        "figures_without_alt": sum(
            block.kind == "figure" and not block.alt for block in every
        ),
    }
