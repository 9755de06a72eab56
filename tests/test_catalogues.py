"""Every sentence of the reports has a Chinese one, with the same places in it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

pytest.importorskip("babel")

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

PROJECT = Path(__file__).resolve().parent.parent
CHINESE = PROJECT / "kamlab" / "locale" / "zh" / "LC_MESSAGES" / "kamlab.po"

#: Functions whose literal texts are messages, as `make catalogue` names them.
KEYWORDS = {"_": None, "plural": (1, 2), "translatable": None, "Filler": (4,)}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """Read the Chinese catalogue."""
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh")


@pytest.fixture(scope="module")
def written() -> dict[str | tuple[str, ...], str]:
    """Find every message of the program, its pages and its reports, with its file."""
    with (PROJECT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")
    rows = extract_from_dir(PROJECT, methods, options, KEYWORDS)
    return {message: name for name, _line, message, _comments, _context in rows}


def messages(catalogue: Catalog) -> Iterator[tuple[tuple[str, ...], str]]:
    """Return the English forms of every message, and the Chinese one."""
    for message in catalogue:
        if message.id:
            yield forms(message.id), forms(message.string)[0]


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms of a message: one, or two if it counts something."""
    return (text,) if isinstance(text, str) else tuple(text)


def places(text: str) -> set[str]:
    """Return the names of the places in a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_has_a_chinese_one(catalogue, written):
    lacking = {
        message: file
        for message, file in written.items()
        if not _chinese(catalogue, message)
    }
    assert not lacking, "translate these, then run make catalogue"


def test_nothing_is_translated_that_nobody_writes(catalogue, written):
    known = {forms(message) for message in written}
    assert [english for english, _ in messages(catalogue) if english not in known] == []
    assert not catalogue.obsolete


def test_no_translation_is_a_guess(catalogue):
    assert [message.id for message in catalogue if message.fuzzy] == []


def test_a_translation_has_the_places_of_its_sentence(catalogue):
    apart = [
        english
        for english, chinese in messages(catalogue)
        # A Chinese sentence counts with one form: it may name what only many need.
        if not places(english[0])
        <= places(chinese)
        <= set().union(*map(places, english))
    ]
    assert apart == []


def test_a_translation_is_chinese(catalogue):
    foreign = [
        english[0] for english, chinese in messages(catalogue) if chinese.isascii()
    ]
    assert foreign == []


def test_chinese_sentences_end_in_a_chinese_stop(catalogue):
    ends = {".": "。", "?": "？", ":": "：", ";": "；"}
    wrong = [
        english[0]
        for english, chinese in messages(catalogue)
        if chinese[-1:] in ends and not chinese.isascii()
    ]
    assert wrong == []


def test_what_is_compiled_is_what_is_written(catalogue):
    with CHINESE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert dict(messages(compiled)) == dict(messages(catalogue)), "run make catalogue"


def test_places_have_names_so_that_words_may_change_their_order(catalogue):
    unnamed = [
        english[0]
        for english, _ in messages(catalogue)
        if any(name == "" or name.isdigit() for name in places(english[0]))
    ]
    assert unnamed == []


def _calls() -> Iterator[tuple[str, ast.expr]]:
    """Return the arguments of all calls that translate, with their files."""
    for file in sorted((PROJECT / "kamlab").rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if "kamlab.language import" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in ("_", "plural"):
                for argument in node.args[:1] if name == "_" else node.args[:2]:
                    yield str(file.relative_to(PROJECT)), argument


def test_no_sentence_is_put_together_before_it_is_translated():
    # A name may stand for a marked text; what is glued or formatted is found by nobody.
    glued = (ast.JoinedStr, ast.BinOp, ast.Call, ast.IfExp)
    found = [(file, node.lineno) for file, node in _calls() if isinstance(node, glued)]
    assert found == []


def _chinese(catalogue: Catalog, message: str | tuple[str, ...]) -> bool:
    found: Message | None = catalogue.get(forms(message)[0])
    return found is not None and all(forms(found.string))
