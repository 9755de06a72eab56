"""The demonstration companies: generated from one seed, with the truth at hand.

Each planted process has a file of its own: who the accounts are (`roster`, `places`,
`groups`, `names`, `master`), their lives (`lives`), when and what they order
(`seasons`, `ordering`, `assortment`, `pricing`, `lines`), what goes wrong (`delivery`,
`deductions`, `postings`, `gearboxes`, `competitor`), what is done about it
(`ownership`, `programme`, `reviews`, `targets`), and what serving them takes (`team`,
`pools`, `rush`, `freight`, `engineering`, `account_costs`; contacts: `contact_rates`,
`contacts`, `owners`, `complaints`, `recovery`, `contact_stories`, `contact_details`,
`promises`, `interactions`). What is agreed and still to come: `renewals`, `contracts`,
`quotations`, `opportunities`, `open_orders`, `payment_habits`, `invoices` and
`receivables`. `story` holds the figures, `characters` the accounts that
return from chapter to chapter. `bank` and `retailer` are small companies of their own,
after the sources' two tables.
"""

from kamlab.data.demo.company import DemoCompany
from kamlab.data.demo.presets import DEFAULT_SEED, PRESETS, generate, write_demo

__all__ = ["DEFAULT_SEED", "PRESETS", "DemoCompany", "generate", "write_demo"]
