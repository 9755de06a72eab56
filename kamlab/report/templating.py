"""The templates of pages, with style and script in them: nothing is fetched."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import kamlab
from kamlab.language import _, plural
from kamlab.report.folding import folded_sentence
from kamlab.report.typography import bound
from kamlab.style import format_day

_STYLES = ("report.css", "sheet.css")
_SCRIPT = "page.js"


def render(template: str, **values: object) -> str:
    """Return a page that stands by itself, every text in it escaped.

    Parameters
    ----------
    template : str
        Name of a template of reports.
    **values
        What it shows.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.report.pages import About
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> page = render("base.html.j2", language="en", about=about)
    >>> page.splitlines()[1]
    '<html lang="en">'
    """
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kamlab.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = _read(_SCRIPT)
    environment.globals |= {
        "_": _,
        "plural": plural,
        "styles": Markup("\n".join(map(_read, _STYLES))),
        "script": Markup(script),
        "script_hash": _hash(script),
        "version": kamlab.__version__,
    }
    environment.filters |= {
        "bound": bound,
        "day": format_day,
        "folded": folded_sentence,
    }
    return environment


def _read(name: str) -> str:
    return (files("kamlab.report") / "templates" / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """Return by what the browser knows our script from any other, which it refuses."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode("ascii")
