# %% [markdown]
# # Account dossier (客户档案)

# %% [markdown] tags=["lesson"]
# **The question.** What must somebody know of one account before the next visit?
#
# A customer file (客户档案) holds three things: *basics* (who it is, whose it is),
# *history* (what it bought, paid and was promised) and *communication* (who talked to
# whom, and about what). This notebook makes one page of it, for one account. Booked
# figures are exact; what lies ahead carries an interval; what the data do not tell is
# named at the foot.

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
currency: str = ""  # reporting currency of the data; empty takes what they say
language: str = "en"  # language of the page [en | zh]
money_unit: str = "auto"  # unit of amounts [auto | thousand | million | 万元 | 亿]
random_state: int = 0  # seed of everything that draws at random [0 .. ]
account: str = ""  # number or name of the account; empty takes the largest
level: str = "account"  # the account alone, or its whole group [account | parent]
audience: str = "internal"  # who reads the page [internal | customer]
previous: str | None = None  # folder of the report before, for what it expected
actions: str | None = None  # sheet in which people keep what they do
names: bool = False  # account managers by name instead of by code

# %%
import kamlab
from kamlab.language import use_language
from kamlab.report import record, say
from kamlab.report.tiles import tiles
from kamlab.style import show
from kamlab.value import trailing

# %%
from kamlab.report.dossier import tables
from kamlab.report.dossier.ahead import remember
from kamlab.report.dossier.frame import foot, head, title
from kamlab.report.dossier.headlines import headlines

# %%
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.opening import sentence
from kamlab.report.dossier.picture import picture
from kamlab.report.dossier.plan import notes
from kamlab.report.dossier.registry import slot

# %%
use_language(language, money_unit)
portfolio = kamlab.open_portfolio(data, as_of=as_of)
currency = trailing.reporting_currency(portfolio, currency)
dossier = Dossier(portfolio, account, level, audience, previous, actions, names)

# %% tags=["slot:head", "covers:01.7"]
say(title(dossier))
say(head(dossier))

# %% [markdown] tags=["lesson"]
# ## One sentence, and a light
#
# The sentence names the most urgent matter and the next step. *Red*: the watch list has
# clear evidence, or much money is overdue. *Amber*: faint evidence, some money overdue,
# the account costs more than it brings, or a deadline of the contract lies within 90
# days. A known event, such as a finished project, is no alarm.

# %% tags=["slot:sentence", "nbval-check-output"]
say(sentence(dossier))

# %% tags=["slot:tiles", "nbval-check-output"]
tiles(slot(dossier, "tiles").lines)

# %% [markdown] tags=["lesson"]
# ## Two years in one picture
#
# Columns: revenue by month. Grey line: the same month a year earlier. Triangles are
# visits and meetings, crosses contacts about a complaint, dotted lines price lists,
# events of the account and changes of the account manager.

# %% tags=["slot:picture"]
if tables.shows(dossier, "picture"):
    show(picture(dossier))

# %% [markdown] tags=["lesson"]
# ## Buys and earns
#
# What the account buys, beside a year ago and beside others of its trade: a category
# that most peers buy and this account never did is a question for the visit. What is
# left of the list price (贡献) comes from chapter 11.

# %% tags=["slot:buys", "nbval-check-output"]
tables.buys_table(dossier)

# %% tags=["slot:earns", "nbval-check-output"]
tables.earns_table(dossier)

# %% [markdown] tags=["lesson"]
# ## Service and people
#
# Whoever visits should know what was late, what was promised, and when somebody sat at
# their table last. *Hangs on one person* (单线联系): if that person leaves, so does the
# relationship.

# %% tags=["slot:service", "nbval-check-output"]
tables.service_table(dossier)

# %% tags=["slot:people", "covers:01.7"]
tables.people_table(dossier)

# %% [markdown] tags=["lesson"]
# ## Ahead and plan
#
# Two forecasts compete for the next quarters: last year's same quarter, and the rhythm
# of orders times the account's own order value. The second stands there only if it
# missed by less in earlier quarters of this book; the foot says so. *Value* is what the
# orders of twelve quarters leave, in money of today. The plan holds what the data ask
# for, and what people wrote in the list of actions.

# %% tags=["slot:ahead"]
tables.ahead_table(dossier)

# %% tags=["slot:plan", "nbval-check-output"]
tables.plan_table(dossier)

# %% tags=["slot:plan"]
say(notes(dossier))

# %% tags=["slot:foot"]
say(*foot(dossier))

# %% [markdown]
# ## Behind this page

# %%
if dossier.is_short:
    show(picture(dossier))

# %%
tables.products_table(dossier)

# %% tags=["covers:01.7"]
tables.contacts_table(dossier)

# %%
for figure in headlines(dossier):
    record(**figure)
remember(dossier)

# %% [markdown] tags=["lesson"]
# ## Limits
#
# * Contacts are what somebody entered; a call that nobody wrote down is missing.
# * Peers share a trade, not a size: their shares compare, their amounts do not.
# * An account with fewer than six order days, or known for less than a year, is not
#   judged: the page then shows what was bought and promised, and no more.
#
# ## Glossary
#
# | English | 中文 |
# |---|---|
# | customer file | 客户档案 |
# | on time in full | 准时足量交付 |
# | single thread | 单线联系 |
# | order book | 在手订单 |
# | contribution | 客户贡献 |
