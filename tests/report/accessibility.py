"""What a page must have for people who cannot see it, or see it badly.

The rules are those of WCAG 2.2 (World Wide Web Consortium 2023), level AA, as far as
they can be read off the HTML; the number of each stands with it.
"""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

HEADINGS = [f"h{level}" for level in range(1, 7)]

#: Contrast of text that is not large (1.4.3).
LEAST_CONTRAST = 4.5


def faults(html: str) -> list[str]:
    """Return in words all that keeps somebody from reading a page."""
    page = BeautifulSoup(html, "html.parser")
    rules = (_whole, _headings, _pictures, _tables, _controls, _ids, _landmarks, _lists)
    return [fault for rule in rules for fault in rule(page)]


def contrast(one: str, other: str) -> float:
    """Return how much two colours such as #1c2733 differ in brightness (1.4.3)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours_of(css: str) -> dict[str, str]:
    """Return the colours that a style sheet gives a name."""
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", css))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _whole(page: BeautifulSoup) -> Iterator[str]:
    if page.html.get("lang") not in ("en", "zh"):
        yield f"3.1.1: the page is in language {page.html.get('lang')!r}"
    if not page.title or len(page.title.get_text(strip=True)) < 2:
        yield "2.4.2: the page has no title"
    view = page.find("meta", attrs={"name": "viewport"})
    if view is None or re.search("user-scalable|maximum-scale", view["content"]):
        yield "1.4.4: the page cannot be enlarged"


def _headings(page: BeautifulSoup) -> Iterator[str]:
    level = 0
    for heading in page.find_all(HEADINGS):
        own = int(heading.name[1])
        if own > level + 1:
            yield f"1.3.1: {_words(heading)!r} is an h{own} below an h{level}"
        if not _words(heading):
            yield f"2.4.6: an h{own} is empty"
        level = own


def _pictures(page: BeautifulSoup) -> Iterator[str]:
    for image in page.find_all("img"):
        if len(image.get("alt", "").strip()) < 3:
            yield f"1.1.1: a picture has no words: {str(image)[:60]}"
    for drawing in page.find_all("svg"):
        is_named = drawing.get("role") == "img" and drawing.get("aria-label")
        if not is_named and drawing.get("aria-hidden") != "true":
            yield f"1.1.1: a drawing has no words: {str(drawing)[:60]}"


def _tables(page: BeautifulSoup) -> Iterator[str]:
    for table in page.find_all("table"):
        heads = table.find_all("th")
        if not heads or any(head.get("scope") not in ("col", "row") for head in heads):
            yield f"1.3.1: a table hides what its heads are of: {_words(table)[:60]}"
        if any(not _words(head) for head in heads):
            yield f"1.3.1: a head of a table is empty: {_words(table)[:60]}"
        widths = {len(row.find_all(["td", "th"])) for row in table.find_all("tr")}
        if len(widths) > 1:
            yield f"1.3.1: rows of a table differ in width: {_words(table)[:60]}"


def _controls(page: BeautifulSoup) -> Iterator[str]:
    for field in page.find_all(["input", "select", "textarea"]):
        label = field.find_parent("label")
        if not (label and _words(label)) and not field.get("aria-label"):
            yield f"4.1.2: a field has no label: {str(field)[:60]}"
    for control in page.find_all(["a", "button", "summary"]):
        if not _words(control) and not control.get("aria-label"):
            yield f"4.1.2: a {control.name} has no name: {str(control)[:60]}"
    for details in page.find_all("details"):
        if not details.find("summary", recursive=False):
            yield "4.1.2: what unfolds does not say what it is"


def _ids(page: BeautifulSoup) -> Iterator[str]:
    ids = [tag["id"] for tag in page.find_all(id=True)]
    yield from (
        f"4.1.1: id {each!r} stands twice" for each, n in Counter(ids).items() if n > 1
    )
    for link in page.find_all("a", href=re.compile("^#")):
        if link["href"][1:] not in ids:
            yield f"2.4.1: a link leads nowhere: {link['href']}"


def _landmarks(page: BeautifulSoup) -> Iterator[str]:
    if len(page.find_all("main")) != 1:
        yield "1.3.1: a page has one main part"
    names = [nav.get("aria-label") for nav in page.find_all("nav")]
    if not all(names) or len(set(names)) < len(names):
        yield f"2.4.1: its navigations are called {names}"


def _lists(page: BeautifulSoup) -> Iterator[str]:
    for item in page.find_all("li"):
        if item.parent.name not in ("ul", "ol"):
            yield f"1.3.1: an item stands outside of a list: {_words(item)[:60]}"
    for pair in page.find_all(["dt", "dd"]):
        if pair.parent.name not in ("dl", "div"):
            yield f"1.3.1: a pair stands outside of its list: {_words(pair)[:60]}"


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
