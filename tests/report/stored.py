"""Pages of the real review and dossier, as the notebooks hold them: without kernel."""

from functools import cache

import nbformat

from kamlab.report.execute import without_lessons
from kamlab.report.page import About, Page
from tests.conftest import PROJECT
from tests.report.sheets import DAY

ABOUT = About("Talbruck Motion GmbH", "EUR", DAY, DAY, "demo")
NAMES = ("portfolio_review", "account_dossier")


@cache
def stored_page(name: str, **changed: object) -> Page:
    """Return the page of a notebook as it was last built, in English."""
    file = PROJECT / "notebooks" / "reports" / f"{name}.ipynb"
    notebook = nbformat.read(file, as_version=4)
    parameters = {"data": "demo", "as_of": DAY.isoformat(), "language": "en"}
    page = without_lessons(notebook, keep_outputs=True)
    return Page(name, name.replace("_", " ").title(), page, parameters, **changed)
