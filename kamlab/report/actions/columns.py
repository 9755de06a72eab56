"""Columns of the list of actions, and the words by which they are recognised.

People rename heads, move columns and translate them. Above the heads stands a hidden
row with a code for each column, which survives all of that; where it was deleted, the
heads are recognised by their usual words.
"""

import unicodedata
from collections.abc import Sequence

from kamlab.language import _

#: Written before a column's name in the hidden row.
PREFIX = "kamlab."

#: Columns of kamlab's own, in the order of a new list. `key` and `mark` are hidden.
OWN_COLUMNS = (
    "key",
    "account",
    "rule",
    "what",
    "at_stake",
    "owner",
    "due",
    "status",
    "comment",
    "snooze_until",
    "first_seen",
    "last_seen",
    "still_true",
    "mark",
)

HIDDEN = ("key", "mark")

_WORDS = {
    "key": ("key", "键"),
    "account": ("account", "customer", "client", "客户", "客户名称"),
    "rule": ("rule", "alert", "规则", "预警", "预警规则"),
    "what": ("what", "why", "reason", "matter", "事由", "原因", "说明"),
    "at_stake": ("at stake", "money at stake", "风险金额", "涉及金额"),
    "owner": ("owner", "who", "responsible", "负责人", "责任人"),
    "due": ("due", "due date", "by when", "deadline", "期限", "截止日期", "到期日"),
    "status": ("status", "state", "状态"),
    "comment": ("comment", "comments", "note", "notes", "remark", "备注", "评论"),
    "snooze_until": ("snooze until", "snooze", "暂缓至", "暂停至", "推迟至"),
    "first_seen": ("first seen", "首次出现", "首次预警"),
    "last_seen": ("last seen", "最近出现", "最近预警"),
    "still_true": ("still true", "still so", "是否仍然成立", "现状"),
    "mark": ("mark", "标记"),
}


def heads() -> dict[str, str]:
    """Return the words that stand above each column, in the current language.

    Examples
    --------
    >>> heads()["snooze_until"]
    'Snooze until'
    """
    return {
        "key": _("Key"),
        "account": _("Account"),
        "rule": _("Rule"),
        "what": _("What"),
        "at_stake": _("At stake"),
        "owner": _("Owner"),
        "due": _("Due"),
        "status": _("Status"),
        "comment": _("Comment"),
        "snooze_until": _("Snooze until"),
        "first_seen": _("First seen"),
        "last_seen": _("Last seen"),
        "still_true": _("Still true"),
        "mark": _("Mark"),
    }


def codes_in(row: Sequence[object]) -> dict[int, str]:
    """Return the columns that a hidden row of codes names, by their place.

    Parameters
    ----------
    row : sequence
        Cells of one row of the sheet.

    Examples
    --------
    >>> codes_in(["kamlab.owner", "", "kamlab.key", "kamlab.other"])
    {0: 'owner', 2: 'key'}
    """
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        code = str(cell).strip().removeprefix(PREFIX)
        is_code = str(cell).strip().startswith(PREFIX) and code in OWN_COLUMNS
        if is_code and code not in found.values():
            found[place] = code
    return found


def heads_in(row: Sequence[object]) -> dict[int, str]:
    """Return the columns whose usual heads stand in a row, by their place.

    Parameters
    ----------
    row : sequence
        Cells of one row of the sheet.

    Examples
    --------
    >>> heads_in(["Responsible", "客户", "My own", "DUE DATE"])
    {0: 'owner', 1: 'account', 3: 'due'}
    """
    names = {word: code for code, words in _WORDS.items() for word in words}
    names |= {plain(word): code for code, word in heads().items()}
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        code = names.get(plain(cell))
        if code is not None and code not in found.values():
            found[place] = code
    return found


def plain(text: object) -> str:
    """Return a text without the differences nobody means: case, width, spaces, signs.

    Examples
    --------
    >>> plain(" Snooze_until: ")
    'snooze until'
    """
    narrow = unicodedata.normalize("NFKC", str(text)).replace("_", " ")
    return " ".join(narrow.casefold().split()).strip(" :*.?")
