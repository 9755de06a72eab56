"""The order that an import works on, and how it ends before it is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kamlab.data.controls.totals import ControlOutcome
from kamlab.data.findings.comparison import Comparison
from kamlab.data.findings.quality import (
    Finding,
    weighed,
)
from kamlab.data.importing.accounting import (
    TableCount,
)
from kamlab.data.mapping.mapping import Mapping
from kamlab.data.pseudonymising import Hidden, Privacy
from kamlab.data.redaction import counts_without_names, redacted
from kamlab.data.updates.before import Before
from kamlab.data.updates.updating import Update

#: Called with a line such as "orders: 541,909 rows read" after each step.
Progress = Callable[[str], None]


class Blocked(Exception):
    """Findings block; leaving by an exception lets the folder be thrown away."""


class Nothing(Exception):
    """An update brings nothing new; the portfolio stays as it is."""


@dataclass
class Work:
    """The order that an import works on, and what it has found and counted so far."""

    mapping: Mapping
    progress: Progress
    counts: list[TableCount] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    controls: list[ControlOutcome] = field(default_factory=list)
    folders: tuple[Path, ...] = ()
    before: Before | None = None
    update: Update | None = None
    derived: dict[str, set[str]] = field(default_factory=dict)
    out: Path = Path()
    personal: bool = False
    since: Comparison | None = None
    privacy: Privacy | None = None
    hidden: Hidden = field(default_factory=Hidden)

    def settle(self) -> bool:
        """Weigh what was found, without any name; return whether it blocks."""
        self.findings = weighed(self.findings, self.mapping.limits)
        if self.privacy:
            self.findings = redacted(self.findings, self.hidden)
            self.counts = counts_without_names(self.counts, self.hidden.names)
        return any(finding.blocks for finding in self.findings)
