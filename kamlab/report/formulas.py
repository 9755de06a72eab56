"""Formulas as small pictures, so that a page needs no script to show them."""

import base64
from html import escape
from io import BytesIO


def formula(tex: str) -> str:
    r"""Return a formula as an image whose alternative text is its source.

    Parameters
    ----------
    tex : str
        TeX between the dollars. What matplotlib cannot set is shown as it is written.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> formula(r"\nosuchcommand")
    '<code>\\nosuchcommand</code>'
    >>> formula(r"\sum_i x_i^2")[:9]
    '<img src='
    """
    tex = " ".join(tex.split())
    try:
        picture, height, depth = _drawn(tex)
    except ValueError:
        return f"<code>{escape(tex)}</code>"
    encoded = base64.b64encode(picture).decode("ascii")
    style = f"height:{height:.2f}em;vertical-align:{-depth:.2f}em"
    return (
        f'<img src="data:image/svg+xml;base64,{encoded}" alt="{escape(tex)}" '
        f'style="{style}">'
    )


def _drawn(tex: str) -> tuple[bytes, float, float]:
    """Draw a formula; return its SVG, and height and depth in units of the font."""
    # Matplotlib takes half a second, and most pages have no formula.
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.mathtext import MathTextParser

    size, text = 10.0, f"${tex}$"
    width, height, depth, *_ = MathTextParser("path").parse(text, dpi=72)
    width, height = width + 1, height + 1  # strokes reach over the edge
    # A fixed salt gives the same bytes every time.
    settings = {"svg.hashsalt": "kamlab", "mathtext.fontset": "stix"}
    with rc_context(settings):
        figure = Figure(figsize=(width / 72, height / 72))
        figure.text(0, depth / height, text, fontsize=size)
        buffer = BytesIO()
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    return buffer.getvalue(), height / size, depth / size
