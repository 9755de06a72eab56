"""Compare what an import found with what the one before found: gone, fewer, new.

A fault is gone only where it was looked for; else it is "not checked".

Findings are matched by rule, table and column; their rows by the marks of
`kamlab.data.findings.affected_rows.identities`, where both imports have them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kamlab.data.contract import TABLES
from kamlab.data.findings.quality import Finding, counted
from kamlab.data.findings.rules import RULES

#: Rule, table and column.
Subject = tuple[str, str, str]

#: Rules that tell what was done; they are no faults that could be mended.
SEVERITIES = ("error", "warning")

_NAMED = 5

#: Rules of checks that a mapping asks for, and what such a check tells when it is met.
_ASKED_FOR = {"subtotal_missed": "subtotals_met", "control_missed": "control_met"}


@dataclass(frozen=True)
class Found:
    """What was found of one rule in one column: its rows, and marks of them.

    Examples
    --------
    >>> Found(2, ("a", "b")).rows
    2
    """

    rows: int
    marks: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Change:
    """How a kind of fault changed since the import before.

    Parameters
    ----------
    rule, table, column : str
        Which kind of fault, and where.
    before, now : int
        Rows then and now.
    gone, new : int or None
        Rows that are faulty no longer, and those that were not before; None where
        only their numbers are known.
    is_checked : bool
        Whether it was looked for now.

    Examples
    --------
    >>> Change("blank_id", "orders", "account_id", 12, 3).word
    'fewer'
    """

    rule: str
    table: str
    column: str
    before: int
    now: int
    gone: int | None = None
    new: int | None = None
    is_checked: bool = True

    @property
    def word(self) -> str:
        """Return "gone", "fewer", "same", "more" or "new"; "other" rows as many.

        What is not found because nobody looked is "not checked".

        Examples
        --------
        >>> Change("blank_id", "orders", "account_id", 0, 3).word
        'new'
        >>> Change("blank_id", "orders", "account_id", 3, 3, gone=1, new=1).word
        'other'
        >>> Change("control_missed", "orders", "", 3, 0, is_checked=False).word
        'not checked'
        """
        if self.before and not self.now and not self.is_checked:
            return "not checked"
        if not self.before or not self.now:
            return "gone" if self.before else "new"
        if self.before == self.now:
            return "other" if self.new else "same"
        return "fewer" if self.now < self.before else "more"

    @property
    def place(self) -> str:
        """The rule, and where.

        Examples
        --------
        >>> Change("blank_id", "orders", "account_id", 3, 3).place
        'blank_id in orders.account_id'
        """
        where = f"{self.table}.{self.column}" if self.column else self.table
        return f"{self.rule} in {where}"

    @property
    def told(self) -> str:
        """The change in words.

        Examples
        --------
        >>> Change("blank_id", "orders", "account_id", 12, 3, gone=10, new=1).told
        'blank_id in orders.account_id: 12 → 3 rows (10 gone, 1 new)'
        """
        detail = ""
        if self.before and self.now and (self.gone or self.new):
            detail = f" ({self.gone:,} gone, {self.new:,} new)"
        unit = RULES[self.rule].unit if self.rule in RULES else "row"
        now = counted(self.now, unit)
        return f"{self.place}: {self.before:,} → {now}{detail}"


@dataclass(frozen=True)
class Comparison:
    """What is gone, fewer and new since the import before.

    Parameters
    ----------
    written : str
        When the findings before were written, as ISO 8601; empty if not known.
    was_blocked : bool
        Whether they blocked.
    changes : tuple of Change
        In the order new, more, other, fewer, same, not checked, gone.

    Examples
    --------
    >>> Comparison("", True, (Change("blank_id", "orders", "", 4, 0),)).lines
    ['gone: 1 rule (4 rows)']
    """

    written: str
    was_blocked: bool
    changes: tuple[Change, ...] = field(default=())

    def of(self, *words: str) -> list[Change]:
        """Return the changes of some kinds.

        Examples
        --------
        >>> Comparison("", True).of("gone")
        []
        """
        return [each for each in self.changes if each.word in words]

    @property
    def lines(self) -> list[str]:
        """What a screen shows: what is gone in one line, then the others.

        Examples
        --------
        >>> Comparison("", False).lines
        ['nothing was found then, and nothing now']
        """
        if not self.changes:
            return ["nothing was found then, and nothing now"]
        lines = []
        if gone := self.of("gone"):
            rules = "1 rule" if len(gone) == 1 else f"{len(gone):,} rules"
            lines.append(f"gone: {rules} ({counted(sum(e.before for e in gone))})")
        for words in (("fewer",), ("more", "other"), ("new",), ("same",)):
            some = self.of(*words)
            named = "; ".join(each.told for each in some[:_NAMED])
            more = f"; and {len(some) - _NAMED:,} more" if len(some) > _NAMED else ""
            lines += [f"{words[0]}: {named}{more}"] if some else []
        if unseen := self.of("not checked"):
            named = ", ".join(each.place for each in unseen)
            lines.append(f"not checked this time: {named}")
        return lines

    def as_json(self) -> dict[str, object]:
        """Return everything as `findings.json` keeps it.

        Examples
        --------
        >>> Comparison("2025-12-31T10:00:00+00:00", True).as_json()["was_blocked"]
        True
        """
        return {
            "written": self.written,
            "was_blocked": self.was_blocked,
            "changes": [{"change": each.word, **vars(each)} for each in self.changes],
        }


def grouped(
    findings: Iterable[Finding], marks: Mapping[int, list[str] | None]
) -> dict[Subject, Found]:
    """Return what was found by rule, table and column; what was only done is left out.

    Parameters
    ----------
    findings : iterable of Finding
        What an import found.
    marks : mapping of int to list of str
        By the position of a finding, the marks of its rows.

    Examples
    --------
    >>> from kamlab.data.findings.quality import make_finding
    >>> grouped([make_finding("blank_id", "orders", "account_id", 4)], {})
    {('blank_id', 'orders', 'account_id'): Found(rows=4, marks=None)}
    """
    found: dict[Subject, Found] = {}
    for position, each in enumerate(findings):
        if each.severity not in SEVERITIES:
            continue
        subject, its = (each.rule, each.table, each.column), marks.get(position)
        known = found.get(subject, Found(0, ()))
        together = None
        if its is not None and known.marks is not None:
            together = (*known.marks, *its)
        # What concerns no row, such as a whole file, is one fault all the same.
        found[subject] = Found(known.rows + max(each.rows, 1), together)
    return found


def compared(
    before: Mapping[Subject, Found],
    now: Mapping[Subject, Found],
    unchecked: Collection[Subject] = (),
) -> tuple[Change, ...]:
    """Return how every kind of fault changed, new ones first.

    Parameters
    ----------
    before, now : mapping
        From `grouped`.
    unchecked : collection of (str, str, str)
        What was not looked for now, from `unchecked_of`.

    Examples
    --------
    >>> subject = ("blank_id", "orders", "account_id")
    >>> compared({subject: Found(4)}, {})[0].word
    'gone'
    >>> compared({subject: Found(4)}, {}, [subject])[0].word
    'not checked'
    """
    nothing = Found(0, ())
    changes = [
        replace(
            _changed(subject, before.get(subject, nothing), now.get(subject, nothing)),
            is_checked=subject not in unchecked,
        )
        for subject in {**before, **now}
    ]
    order = ("new", "more", "other", "fewer", "same", "not checked", "gone")
    return tuple(sorted(changes, key=lambda each: (order.index(each.word), each.rule)))


def unchecked_of(
    before: Iterable[Subject], findings: Iterable[Finding], read: Collection[str]
) -> set[Subject]:
    """Return which faults of the import before were not looked for now.

    Parameters
    ----------
    before : iterable of (str, str, str)
        What was found then: rule, table, column.
    findings : iterable of Finding
        What is found now, with what was only done.
    read : collection of str
        Tables that could be read.

    Examples
    --------
    >>> control = ("control_missed", "orders", "net_amount")
    >>> unchecked_of([control], [], ["orders"]) == {control}
    True
    """
    run = {(each.rule, each.table) for each in findings}
    unchecked = set()
    for rule, table, column in before:
        asked = {(each, table) for each in (rule, _ASKED_FOR.get(rule, rule))}
        is_left_out = rule in _ASKED_FOR and not asked & run
        if is_left_out or (table in TABLES and table not in read):
            unchecked.add((rule, table, column))
    return unchecked


def _changed(subject: Subject, before: Found, now: Found) -> Change:
    gone = new = None
    if before.marks is not None and now.marks is not None:
        then, today = Counter(before.marks), Counter(now.marks)
        gone, new = (then - today).total(), (today - then).total()
    return Change(*subject, before.rows, now.rows, gone, new)
