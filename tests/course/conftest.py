"""A workbook of one tiny lesson, so that building takes two seconds."""

from pathlib import Path

import pytest

LESSON = """\
# %% [markdown]
# # A tiny lesson (小课)
#
# Who brings the revenue?

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio

# %%
revenue = [70, 10, 10, 5, 5]
print(sum(revenue))

# %% tags=["lesson", "exercise"]
# solution
largest = max(revenue)
answer_01_1 = largest / sum(revenue)
# end solution
answer_01_1
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write the lesson's source."""
    file = tmp_path / "notebooks" / "src" / "1_value" / "01_tiny.py"
    file.parent.mkdir(parents=True)
    file.write_text(LESSON, encoding="utf-8")
    return file


@pytest.fixture
def workbook(source: Path) -> Path:
    """Return the folder that holds sources and notebooks."""
    return source.parents[2]
