"""How kamlab writes numbers and draws figures: one style for every page.

Importing it does not import matplotlib; drawing does.
"""

from kamlab.style.formats import (
    UNITS,
    format_count,
    format_day,
    format_days,
    format_money,
    format_month,
    format_number,
    format_points,
    format_share,
    format_value,
)
from kamlab.style.look import (
    COLOURS,
    FIGURE_SIZE,
    NAME_WIDTH,
    PALETTE,
    figure_of,
    headline,
    money_axis,
    new_axes,
    new_rows,
    share_axis,
    source_line,
    use_style,
)
from kamlab.style.names import display_name, font_families, plain, shortened
from kamlab.style.pictures import (
    Picture,
    alternative_text,
    describe,
    finish,
    png_of,
    show,
)

__all__ = [
    "COLOURS",
    "FIGURE_SIZE",
    "NAME_WIDTH",
    "PALETTE",
    "UNITS",
    "Picture",
    "alternative_text",
    "describe",
    "display_name",
    "figure_of",
    "finish",
    "font_families",
    "format_count",
    "format_day",
    "format_days",
    "format_money",
    "format_month",
    "format_number",
    "format_points",
    "format_share",
    "format_value",
    "headline",
    "money_axis",
    "new_axes",
    "new_rows",
    "plain",
    "png_of",
    "share_axis",
    "shortened",
    "show",
    "source_line",
    "use_style",
]
