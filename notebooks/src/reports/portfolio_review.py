# %% [markdown]
# # Portfolio review (客户组合回顾)

# %% [markdown] tags=["lesson"]
# **The question.** What happened in the period, why, and what has to be decided?
#
# This notebook makes the page that a director opens every month or quarter. It is built
# of *slots*: a fixed place each, with room for a few lines. The figures come from the
# chapters of the book; here they are only put side by side. Two kinds stand on it:
# *ledger* figures (账面数字) are booked and exact, and are marked where they leave
# their usual variation; *estimates* (估计值) carry an interval, or say "cannot tell".

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
currency: str = ""  # reporting currency of the data; empty takes what they say
language: str = "en"  # language of the page [en | zh]
money_unit: str = "auto"  # unit of amounts [auto | thousand | million | 万元 | 亿]
random_state: int = 0  # seed of everything that draws at random [0 .. ]
period: str = "quarter"  # period the page is about [month | quarter | year]
level: str = "parent"  # take accounts one by one or by group [account | parent]
manager: str = ""  # code of the account manager whose accounts alone are shown
previous: str | None = None  # folder of the report before, for what it warned of
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
from kamlab.report.review import equity, evidence, opening, tables
from kamlab.report.review.frame import foot, head
from kamlab.report.review.headlines import headlines
from kamlab.report.review.memory import remember
from kamlab.report.review.numbers import Review
from kamlab.report.review.pictures import picture
from kamlab.report.review.registry import slot

# %%
use_language(language, money_unit)
portfolio = kamlab.open_portfolio(data, as_of=as_of)
currency = trailing.reporting_currency(portfolio, currency)
review = Review(portfolio, period, level, manager, previous, actions, names)

# %% tags=["slot:head"]
say(head(review))

# %% [markdown] tags=["lesson"]
# ## Three sentences
#
# What happened, why, and what to decide: whoever stops here knows what matters. The
# first comes from the revenue bridge, the second from the profit bridge of chapter 11,
# the third from the list of choices at the end of the page.

# %% tags=["slot:sentences", "nbval-check-output"]
say(opening.what_happened(review), headline="what")
say(opening.why(review), headline="why")
say(opening.what_to_decide(review), headline="do")

# %% [markdown] tags=["lesson"]
# ## Six tiles
#
# Each figure stands beside the same period of last year, its target where there is one,
# and twelve earlier periods. *In its usual range* means: inside the limits of a
# control chart (Shewhart 1931; Wheeler 1993), so that nobody asks why a figure moved
# that always moves as much. **Gross revenue retention (GRR, 毛收入留存率)** is the part
# of last year's revenue that the same accounts bring again, **net revenue retention
# (NRR, 净收入留存率)** the same with their growth.

# %% tags=["slot:tiles", "nbval-check-output"]
tiles(slot(review, "tiles").lines)

# %% [markdown] tags=["lesson"]
# ## One picture: the revenue bridge (收入桥)
#
# From the revenue of the same period last year to this one, without a rest: accounts
# lost, accounts that buy markedly less (*shrunk*), prices of the same goods, volume and
# mix, rates of exchange, accounts that buy markedly more (*grown*), and new ones.

# %% tags=["slot:picture"]
show(picture(review))

# %% [markdown] tags=["lesson"]
# ## Movers, watch list, chances
#
# *Movers* name a cause for every account. *Watch* lists accounts that are silent for
# longer than nine tenths of their own gaps between orders, or that let a category fade
# while they go on buying; days of known shutdowns do not count. *Chances* are contracts
# that end soon and offers that are open. *At stake* is what an account left in the
# twelve months up to its last order, or a category before it faded: the figure does not
# shrink while the account is silent. It is not multiplied by a probability that nobody
# knows.

# %% tags=["slot:movers"]
tables.movers_table(review)

# %% tags=["slot:watch", "nbval-check-output"]
tables.watch_table(review)

# %% tags=["slot:chances"]
tables.chances_table(review)

# %% [markdown] tags=["lesson"]
# ## Dependence, and what lies ahead
#
# *Effective number*: as many accounts of equal size would be as concentrated.
# **Customer equity (客户资产)** is the contribution that the orders of the next twelve
# quarters leave, in money of today, added up over all accounts: an estimate, so it
# carries an interval. Chapter 12 says how each account is valued.

# %% tags=["slot:dependence", "nbval-check-output"]
tables.dependence_table(review)

# %% tags=["slot:dependence"]
say(equity.equity_sentence(review))

# %% [markdown] tags=["lesson"]
# ## Kept word
#
# A report that warns has to say next time whether it was right. *Right*: the account
# has not come back. *Wrong*: it buys as usual. *Saved*: it buys again, and somebody did
# something. *Open*: too early to tell. Revenue is forecast in two ways, by last year's
# same period and by the rhythm of orders: the next report says which missed by less,
# and how many of the intervals held.

# %% tags=["slot:kept"]
tables.kept_table(review)

# %% tags=["slot:decide", "nbval-check-output"]
tables.decide_table(review)

# %% tags=["slot:foot"]
say(*foot(review))

# %% [markdown]
# ## How to read this page
#
# The bridge and all ledger figures are booked: they are exact, and tie to finance as
# far as the head says so. An account on the watch list is silent for half as long again
# as its own limit, or lets a category fade; most of these do not come back. Accounts
# that are silent a little longer than usual mostly do: they pause, and are not lost.
# At stake is what would be missing in a year, not what is expected to be missing.

# %% [markdown]
# ### Every step of the bridge

# %%
evidence.bridge_table(review)

# %% [markdown]
# ### Every step of what was left
#
# From what the period a year ago left to what this one did, without a rest. Accounts
# are new, lost or pausing here as in the bridge of revenue.

# %%
evidence.profit_table(review)

# %% [markdown]
# ### All alerts, and what explains them

# %%
evidence.alerts_table(review)

# %% [markdown]
# ### All chances

# %%
evidence.chances_table(review)

# %% [markdown]
# ### What the accounts are worth
#
# What the orders of the next twelve quarters leave, in money of today. An account under
# contract is valued by its contract, every other by its repeat orders. Of a hundred
# intervals about 95 hold, if the past is a guide.

# %%
equity.equity_table(review)

# %% [markdown]
# ### What is owed

# %%
evidence.owed_table(review)

# %%
for figure in headlines(review):
    record(**figure)
remember(review)

# %% [markdown] tags=["lesson"]
# ## Limits
#
# * One period against one other: a trend needs the chapters.
# * Prices compare only where the same product was bought in both periods.
# * A cause names the largest part of a change, not all of it.
#
# ## Glossary
#
# | English | 中文 |
# |---|---|
# | revenue bridge | 收入桥 |
# | revenue retention | 收入留存率 |
# | watch list | 关注名单 |
# | at stake | 面临风险的收入 |
# | kept word | 兑现情况 |
