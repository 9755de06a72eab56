"""The demonstration companies: generated from one seed, with the truth at hand.

Each planted process has a file of its own: who the accounts are (`roster`, `places`,
`groups`, `names`, `master`), their lives (`lives`), when and what they order
(`seasons`, `ordering`, `assortment`, `pricing`, `lines`), what goes wrong (`delivery`,
`deductions`, `postings`, `gearboxes`, `competitor`) and what is done about it
(`ownership`, `programme`, `targets`). `story` holds the figures, `characters` the
accounts that return from chapter to chapter.
"""

from kamlab.data.demo.company import DemoCompany
from kamlab.data.demo.presets import DEFAULT_SEED, PRESETS, generate, write_demo

__all__ = ["DEFAULT_SEED", "PRESETS", "DemoCompany", "generate", "write_demo"]
