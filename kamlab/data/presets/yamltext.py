"""Write values as YAML that reads them back as they are, and comments that stay so.

Names of columns come from files of strangers: nothing in them may end a comment, begin
a key, or command a terminal.
"""

import re

_WIDTH = 88
_PLAIN = re.compile(r"[^\W\d][\w ./()%-]*[\w)%.]|[^\W\d]", re.UNICODE)
_WORDS = frozenset(("true", "false", "yes", "no", "null", "on", "off", "y", "n", "~"))


def visible(text: str) -> str:
    """Return a text with everything that is not printed made visible, on one line.

    Examples
    --------
    >>> visible("Net\\namount\\x1b[2J")
    'Net\\\\namount\\\\x1b[2J'
    """
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode()
        for each in text
    )


def quoted(text: str) -> str:
    r"""Return a text for YAML: as it is where that is safe, else in quotes.

    Examples
    --------
    >>> [quoted(each) for each in ("Sold-to Party", "客户", "no", "a: b", "04")]
    ['Sold-to Party', '客户', '"no"', '"a: b"', '"04"']
    >>> quoted("tab\t")
    '"tab\\t"'
    """
    is_plain = _PLAIN.fullmatch(text) and text.isprintable() and " /" not in text
    if is_plain and text.lower() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(map(_escaped, escaped))}"'


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    if character == "\t":
        return "\\t"
    number = ord(character)
    return f"\\U{number:08x}" if number > 0xFFFF else f"\\u{number:04x}"


def flow(value: object) -> str:
    """Return a value on one line.

    Examples
    --------
    >>> flow({"from": "FKART", "values": {"F2": "sale", "01": "debit"}})
    '{from: FKART, values: {F2: sale, "01": debit}}'
    >>> flow(["A", "B"]), flow(True), flow(10000.0), flow(0.13)
    ('[A, B]', 'true', '10000', '0.13')
    """
    if isinstance(value, dict):
        pairs = (f"{quoted(str(key))}: {flow(each)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else f"{value:.10g}"


def pair(key: str, value: object, indent: int) -> list[str]:
    """Return a key with its value, on one line or, where that is long, on several.

    Examples
    --------
    >>> pair("order_id", "VBELN", 6)
    ['      order_id: VBELN']
    >>> long = {"from": "Art", "values": {"F" * 60: "sale"}}
    >>> for line in pair("line_type", long, 2):
    ...     print(line[:28])
      line_type:
        from: Art
        values: {FFFFFFFFFFFFFFF
    """
    front = " " * indent + f"{quoted(key)}:"
    line = f"{front} {flow(value)}"
    if len(line) <= _WIDTH or not isinstance(value, dict | list | tuple) or not value:
        return [line]
    if isinstance(value, dict):
        lines = [line for k, v in value.items() for line in pair(str(k), v, indent + 2)]
        return [front, *lines]
    return [front, *(" " * (indent + 2) + f"- {flow(each)}" for each in value)]


def comment(text: str, indent: int) -> list[str]:
    """Return a comment, on as many lines as it takes.

    Examples
    --------
    >>> comment("Why\\nso?", 2)
    ['  # Why\\\\nso?']
    """
    words, lines = visible(text).split(" "), [""]
    room = _WIDTH - indent - 2
    for word in words:
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and len(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [f"{' ' * indent}# {line}" for line in lines]
