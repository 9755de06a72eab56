# %% [markdown]
# # Concentration and profitability of customers (客户集中度与盈利能力)
#
# **The question.** Who carries us? Are they getting fewer? And what happens if one of
# them leaves? Before anybody asks where the profit goes, one should know who brings the
# revenue.

# %% [markdown] tags=["lesson"]
# You will learn to
#
# * say in one figure how much of the revenue the largest customers bring, and compare
#   it with 20/80;
# * tell which of several measures (top share, Gini, Herfindahl) answers which question;
# * see what a single departure would cost, by account and by group.
#
# The company is *Talbruck Motion GmbH* (塔尔布鲁克传动), a fictitious maker of drive
# components with about 300 accounts in some 220 groups, in Europe, China and North
# America. It returns in every chapter, always with the same question: revenue grows 5 %
# a year, profit stands still; where does it go, and what do we do on Monday? We begin
# with whose revenue it is.
#
# The core path takes about 60 minutes. Cells that begin with *Deeper* go further and
# can be left out.

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
currency: str = ""  # reporting currency of the data; empty takes what they say
language: str = "en"  # language of the measures' names in tables [en | zh]
random_state: int = 0  # seed of everything that draws at random [0 .. ]
level: str = "account"  # take accounts one by one or by group [account | parent]
top_share: float = 0.2  # share of accounts that counts as the top [0.01 .. 0.99]
months: int = 12  # length of the revenue window in months [1 .. 60]

# %%
import kamlab
from kamlab.report import available, present, record, say
from kamlab.style import format_share, show
from kamlab.value import concentration, dependence, trailing

# %%
from kamlab.value import concentration_plots as plots
from kamlab.value import concentration_tables as tables
from kamlab.value import dependence_plots
from kamlab.value import concentration_trend as trend
from kamlab.value import concentration_trend_plots as trend_plots
from kamlab.value import concentration_words as words

# %%
portfolio = kamlab.open_portfolio(data, as_of=as_of)
currency = trailing.reporting_currency(portfolio, currency)
names = trailing.account_names(portfolio)
wanted, months = months, trailing.months_covered(portfolio, months)
source = f"{portfolio.name}, net revenue, {months} months to {portfolio.as_of}"

# %%
if months < wanted:
    say(words.short_window_sentence(wanted, months, portfolio.first_day))

# %% [markdown]
# ## Who brings the revenue

# %% [markdown] tags=["lesson"]
# **The data.** All that is needed is a list of order lines with account, date and net
# amount. The portfolio shows them as they were known at the end of one day, `as_of`;
# nothing later is visible.

# %% tags=["lesson"]
portfolio

# %% [markdown] tags=["lesson"]
# **The method.** *Net revenue* is what was invoiced less returns, credits, rebates and
# cancellations; business within the own group is left out. We add it up by account over
# the last twelve months: a full year, so that no season weighs double.
#
# Accounts without revenue in these months, or with more returned than bought, stay
# outside all measures of concentration: nobody can bring a negative share. They are
# counted and their sum is stated, so that nothing gets lost. Where they matter is
# profit.

# %%
revenue = trailing.trailing_revenue(portfolio, months, by=level)
summary = concentration.concentration_summary(revenue)
n = summary.accounts
as_share = {"unit": "share", "n": n}
as_money = {"unit": "money", "n": n, "currency": currency}

# %% tags=["nbval-check-output"]
say(summary.sentence(currency))

# %%
record("net_revenue", summary.revenue, label="Net revenue", **as_money)

# %%
largest = plots.plot_top_accounts(revenue, 10, names, currency, source)
show(largest)

# %% [markdown]
# *How to read it.* Each bar is one account; the figure "together" adds up from the top.
# *What it does not say:* whether these accounts earn anything. An account can lead this
# list and lose money.

# %% [markdown] tags=["lesson"]
# At Talbruck one bar is almost three times as long as the next. Keep the name in mind;
# it comes back in every section. Below it the steps are small: after the first three
# accounts, no single one makes or breaks the year.

# %% [markdown]
# ## The 20/80 law and its variation

# %% [markdown] tags=["lesson"]
# Vilfredo Pareto described in 1896 how a small part of the people has most of the
# income. Joseph Juran made a general rule of it around 1950, and sales managers a law:
# **20 % of the customers bring 80 % of the business (20%客户带来80%业务)**. It is no
# law but a saying, and the real figures differ from firm to firm. So measure them.
#
# Line the accounts up from the largest to the smallest, $x_{(1)} \ge x_{(2)} \ge \dots
# \ge x_{(n)}$. The **top share** is what the first $k = p\,n$ of them bring:
#
# $$C(p) = \frac{x_{(1)} + \dots + x_{(k)}}{x_{(1)} + \dots + x_{(n)}}$$
#
# If $k$ is no whole number, the curve is a straight line between accounts. The top 20 %
# of 4,338 accounts are 867.6 accounts, so six tenths of account no. 868 count. Rounding
# instead moves the result with every account won or lost, and in a small book that is
# easily half a point.
#
# By hand: five accounts bring 70, 10, 10, 5 and 5. The top 20 % are one account, and it
# brings 70 %.

# %% tags=["lesson"]
concentration.top_share([70, 10, 10, 5, 5], top=0.2)

# %% tags=["covers:03.5"]
sayings = ["20/80", "29/80"]
show(plots.plot_concentration_curve(revenue, sayings, source))

# %% tags=["covers:03.5", "nbval-check-output"]
say(words.law_sentence(revenue))

# %%
top = concentration.top_share(revenue, top_share)
label = f"Revenue share of the top {format_share(top_share, 0)}"
record("top_revenue_share", top, label=label, **as_share)

# %% tags=["covers:03.5"]
few = concentration.accounts_for_share(revenue, 0.8)
label = "Accounts that bring 80 % of revenue"
record("accounts_for_80_percent", few, label=label, **as_share)

# %% [markdown]
# *How to read it.* The further the curve bends towards the upper left corner, the fewer
# accounts bring the revenue; on the dashed line all would be equal. The hollow marks
# are sayings to compare with. *What it does not say:* that the accounts to the right
# are not worth keeping. Some are young, some buy elsewhere, and together they pay part
# of the fixed cost.

# %% [markdown] tags=["lesson"]
# **Two printed tables.** The course documents this chapter follows print two tables.
# The first is of an American retailer; its last line is not printed but implied,
# because the columns must sum to 100.

# %% tags=["lesson"]
import pandas as pd
from kamlab.value.grouped_concentration import grouped_concentration

# %% tags=["lesson", "covers:03.5"]
groups = pd.Index(["first", "second", "third"], name="group")
customers, profit = pd.Series([0.04, 0.11, 0.14], groups), [0.37, 0.27, 0.16]
retailer = grouped_concentration(customers, profit, rest="the rest (implied)")
present(retailer, **tables.how_to_print(retailer), caption="A retailer's customers")

# %% [markdown] tags=["lesson"]
# Three groups, 4 %, 11 % and 14 % of the customers, bring 37 %, 27 % and 16 % of the
# *profit*: 29 % bring 80 %. A customer of the first group is worth 9.25 average
# customers and 32.8 customers of the rest. The second table is of an American bank: its
# best **10 % bring 93 % of the profit**, the next 30 % bring 17 %, and the last 60 %
# take 10 % away again.
#
# Before you quote them, three cautions:
#
# 1. The text beside the retailer's table says 20/80, the table says 29/80, and the
#    remaining 71 % of customers with 20 % of profit stand nowhere in it.
# 2. Neither table names its source or year. They are **illustrative, source unknown**;
#    nobody should plan by them.
# 3. They are about profit, our curve is about revenue. Profit is always the more
#    concentrated of the two, because some customers bring losses. 10/93 is therefore no
#    yardstick for a curve of revenue.
#
# So compare 29/80 with care, and 10/93 not at all before there is a curve of profit.

# %% tags=["lesson", "covers:03.5", "nbval-check-output"]
for share in (0.10, 0.20, 0.29):
    print(f"top {share:.0%}: {concentration.top_share(revenue, share):.3f} of revenue")

# %% [markdown] tags=["lesson"]
# Read your own law off the curve: Talbruck's is not 20/80 but nearer to 29/80. That it
# comes close to the retailer's is chance; his table is about profit. What to keep is
# the habit of saying *which* share of customers brings *which* share of *what*.

# %% [markdown]
# ## How unequal the accounts are

# %% [markdown] tags=["lesson"]
# A top share looks at one point of the curve. The **Gini coefficient (基尼系数)** looks
# at all of it. Turn the line-up round, from the smallest account to the largest, and
# you have the **Lorenz curve (洛伦兹曲线)**, drawn first in 1905. The Gini coefficient
# is twice the area between it and the straight line of equal accounts:
#
# $$G = \frac{2 \sum_i i\, x_{(i)}}{n \sum_i x_{(i)}} - \frac{n+1}{n},
# \qquad x_{(1)} \le \dots \le x_{(n)}$$
#
# It is 0 if all accounts are equal and comes near 1 if one brings everything. With few
# accounts it cannot reach 1, only $(n-1)/n$; the *corrected* coefficient $G\,n/(n-1)$
# repairs that, which matters below some 50 accounts. By hand: two accounts with 1 and 3
# give $G = 0.25$, corrected $0.5$.

# %% tags=["covers:03.5"]
show(plots.plot_lorenz(revenue, source))

# %% tags=["covers:03.5", "nbval-check-output"]
say(words.gini_sentence(summary))

# %%
record("gini", summary.gini, label="Gini coefficient of revenue", n=n)

# %% [markdown]
# *How to read it.* The number compares books of customers, or one book over time; on
# its own it says little. *What it does not say:* where the inequality sits. A book with
# one giant and a book with two classes of accounts can have the same Gini coefficient.

# %% [markdown] tags=["lesson"]
# The smaller half of Talbruck's accounts brings less than a tenth of the revenue.
# Whether that is a reason to spend less time on them, the whale curve of profit will
# tell; the Gini coefficient cannot.

# %% [markdown]
# ## How many accounts it hangs on

# %% [markdown] tags=["lesson"]
# For the risk of losing one, what counts is the first few accounts, not the long rest.
# The **Herfindahl index (赫芬达尔指数)** squares the shares $s_i$ of revenue, so that
# large ones weigh most:
#
# $$H = \sum_i s_i^2, \qquad n_{\text{eff}} = \frac{1}{H}$$
#
# Its inverse is the **effective number of accounts (有效客户数)**: a book of that many
# equal accounts would be as concentrated. Four accounts with 30, 30, 20 and 20 % give
# $H = 0.26$ and 3.85 effective accounts.
#
# Competition authorities use the same index, times 10,000, for markets: above 1,800
# points the American Department of Justice speaks of a highly concentrated market
# (guidelines of 2023; 2,500 in those of 2010). For a book of customers this is **only
# an analogy**: no authority and no study sets a limit for it. Nor is concentration only
# a danger: Patatoukas (2012) finds that suppliers with few large customers often earn
# more on their assets, because serving them is cheaper.

# %% tags=["covers:03.5", "nbval-check-output"]
say(words.effective_number_sentence(summary))

# %%
effective, label = summary.effective_number, "Effective number of accounts"
record("effective_number", effective, label=label, better="higher", n=n)

# %% [markdown]
# *How to read it.* It is a yardstick for dependence: the lower, the more hangs on the
# first few. *What it does not say:* which accounts to look after. It is no list, and
# the accounts beyond it are not superfluous.

# %% [markdown]
# ## Accounts or groups?

# %% [markdown] tags=["lesson"]
# A customer number is an entry in your system, not a customer. Six branches that one
# purchasing department decides for are **one** customer: they negotiate together and
# they leave together. Financial reporting sees it the same way: IFRS 8 and its American
# counterpart (ASC 280) have listed companies disclose each customer with 10 % of
# revenue or more, and count a group under common control as one.
#
# So take every measure twice: by account, and rolled up to the parent.

# %%
section = "Concentration by group"
has_groups = available(portfolio, "accounts.parent_id", section=section)

# %%
by_account = trailing.trailing_revenue(portfolio, months)
by_group = trailing.trailing_revenue(portfolio, months, by="parent")
books = {"by account": by_account} | ({"by group": by_group} if has_groups else {})
present(tables.measures_table(books, language), caption="Concentration of revenue")

# %% tags=["nbval-check-output"]
if has_groups:
    say(words.groups_sentence(by_account, by_group, portfolio.parent_of, names))

# %% [markdown]
# *How to read it.* Adding accounts up to groups can only lower the effective number;
# how much it falls is how much the list of accounts hid. The top 20 % share may move
# either way, because 20 % of fewer customers are fewer. *What it does not say:* whether
# a group really decides as one. Ask the account manager who signs.

# %% [markdown] tags=["lesson"]
# Talbruck's list of accounts hides a key account (大客户). *Brackwell Distribution*
# buys through six branches, shared out among several account managers, each of them
# "small". Added up they are no. 4 of the company.

# %% [markdown]
# ## Is it getting more concentrated?

# %% [markdown] tags=["lesson"]
# One year is a state, several are a direction. We take the same window one, two and
# three years earlier, all by the groups of today, so that only revenue changes.

# %%
periods = trailing.trailing_revenues(portfolio, months, by=level)
shares = trend.shares_by_period(periods)
table = trend.concentration_by_period(periods, names)
present(table, **tables.how_to_print(table), currency=currency, caption="By period")

# %% tags=["nbval-check-output"]
say(words.rise_sentence(shares, names))

# %%
if len(periods) > 1:
    show(trend_plots.plot_share_paths(shares, 5, names, f"{source}, and before"))

# %% [markdown] tags=["lesson"]
# *Marwitz Packaging* grew from 11 to 17 % of Talbruck's revenue in three years.
# Everybody celebrated the growth; the figure that belongs beside it is that about half
# of what the company grew in these years came from one customer.
#
# Is the whole book getting more concentrated, or did two accounts have a lucky year?
# Booked shares are exact, and so is their change. But if the question is whether the
# *business* is moving, the year is one draw of many: orders fall into December or into
# January. So we draw the accounts again a thousand times, each with both of its periods
# together, and look how far the change moves. Because each account is compared with
# itself, what it keeps from one year to the next does not count as luck.

# %% tags=["covers:03.5"]
settings = {"measure": "top_share", "at": top_share, "random_state": random_state}
changes = trend.changes_to_now(periods, **settings)

# %%
for since, change in changes.items():
    say(words.change_sentence(change, since, f"top {format_share(top_share, 0)}"))

# %%
if changes:
    label = "Change of the top share against the period before"
    record("top_share_change", [*changes.values()][-1], label=label)

# %% [markdown] tags=["lesson"]
# Compare the two sentences. Over one year hardly any change of this size can be told
# from luck; over three years a drift can show that no single year proves. A report that
# quotes the last year only would miss it.

# %% [markdown]
# *How to read it.* If the interval covers zero, the change may be luck: say so, and
# look at the longer run before acting. *What it does not say:* why. A customer who
# grows, a lost middle class and a price list all raise the top share.

# %% [markdown]
# ## What if one leaves?

# %% [markdown] tags=["lesson"]
# Take one account out of the book, leave everything else as it was booked, and read
# what is missing. That is arithmetic, not a forecast: it holds the probability of a
# loss at one and forgets that others may buy more. It answers how much is at stake, and
# that is what decides how much care an account deserves.

# %% tags=["covers:03.5"]
show(dependence_plots.plot_loss_of_each(revenue, names=names, source=source))

# %% tags=["nbval-check-output"]
say(words.dependence_sentence(revenue, names, currency))

# %%
largest, five = summary.top_1_share, summary.top_5_share
record("top_1_share", largest, label="Largest account's share of revenue", **as_share)
record("top_5_share", five, label="Five largest accounts' share", **as_share)

# %%
columns = ["revenue", "share_of_revenue", "revenue_left", "effective_number"]
lost = dependence.loss_of_each(revenue)[columns].head(5).rename(index=names)
lost = lost.rename_axis("account")
present(lost, **tables.how_to_print(lost), currency=currency, caption="Without each")

# %% [markdown]
# *How to read it.* The last column is the effective number of those who would remain:
# if it jumps, the concentration of the book is the concentration on that one account.
# *What it does not say:* how likely the loss is, or what it would do to profit. Fixed
# costs stay when a customer goes, so a fifth of the revenue can be all of the profit;
# or none, if the customer never earned any.

# %% [markdown] tags=["lesson"]
# Without Marwitz the effective number about doubles; without any other account it
# hardly moves. So Talbruck is a broad book with one giant, not a concentrated book.
# That calls for a plan for one customer, not for a programme for many.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: how sure is a top share?
#
# For this year's book the top share is a booked fact and needs no interval. As a
# statement about *this kind of business*, luck of the year aside, it is an estimate.
# The usual percentile bootstrap is too sure here: it repeats the giants it has and
# never draws the larger one it missed. In 400 trials with known truth its "95 %"
# intervals held the Gini coefficient of 300 accounts in 85 %, and of 40 accounts in 59
# % of cases. kamlab takes a wider interval that held it in about 95 % (Davidson &
# Flachaire 2007; the docstring lists the trials).

# %% tags=["lesson", "deeper", "covers:03.5"]
from kamlab.value import concentration_intervals as intervals

print(intervals.concentration_interval(revenue, **settings))

# %% [markdown] tags=["lesson", "deeper"]
# The interval is wide. Two firms whose top shares lie five points apart need not differ
# in kind; a league table of such figures ranks mostly luck.
#
# ## Deeper: is it a Pareto distribution?
#
# Pareto's own formula says that the share of accounts above $x$ falls like
# $x^{-\alpha}$ from some threshold on. A small $\alpha$ means a heavy tail: at $\alpha
# = 1.16$ exactly 20 % bring 80 %. Many distributions look like that on a plot; Clauset,
# Shalizi and Newman (2009) show how to choose the threshold, estimate $\alpha$ and test
# whether the law fits at all.

# %% tags=["lesson", "deeper", "covers:03.5"]
from kamlab.value import power_tail

tail = power_tail.pareto_tail_index(revenue, random_state=random_state)
print(tail.index)

# %% [markdown] tags=["lesson", "deeper"]
# "Cannot tell" is the usual answer for a few hundred accounts, and it is an answer:
# there is no reason to say that your customers "follow Pareto". A plain lognormal, the
# product of many small influences, mostly describes them as well. Nothing in this
# chapter needs the law.

# %% [markdown]
# ## What to do next
#
# * **Name an owner for the loss.** For each account whose departure would hurt, one
#   person answers for the relationship, with more than one contact on either side.
# * **Look after groups, not numbers.** Where branches add up to a large customer, one
#   manager leads, and prices are agreed once.
# * **Widen the middle.** Concentration falls when accounts in the middle grow; it does
#   not fall when the largest is treated badly.
# * **Agree on a limit.** Decide beforehand which share of a single group calls for a
#   plan, and review it once a year.

# %% [markdown] tags=["lesson"]
# ## Exercises
#
# Replace `None` by your answer and run the cell; `check` answers at once. All exercises
# are about net revenue of the last twelve months, whatever the parameters above say.
#
# **11.1 Compute.** Which share of revenue do the top **10 %** of the accounts bring?
# Interpolate, and give a share between 0 and 1 with four digits; it is right within
# 0.00005.

# %% tags=["lesson"]
from kamlab.course.check import check

# %% tags=["lesson", "exercise"]
# solution
net = trailing.trailing_revenue(portfolio, months=12)
answer_11_1 = concentration.top_share(net, top=0.1)
# end solution
check("11.1", answer_11_1, portfolio)

# %% [markdown] tags=["lesson"]
# **11.2 Interpret.** Which of these follow from the figures? Give the letters, such as
# `"AD"`.
#
# * A: The book is at least as concentrated as 20/80 says.
# * B: The largest account brings more than the smaller half of all accounts together.
# * C: The accounts that bring most of the revenue bring most of the profit.
# * D: By group the effective number is smaller than by account.
# * E: Only as many accounts as the effective number matter; the others could be given
#   up.

# %% tags=["lesson", "exercise"]
# solution
net = trailing.trailing_revenue(portfolio, months=12)
parents = trailing.trailing_revenue(portfolio, months=12, by="parent")
ranked = net[net > 0].sort_values(ascending=False)
holds = {
    "A": concentration.top_share(net, top=0.2) >= 0.8,
    "B": ranked.iloc[0] > ranked.iloc[len(ranked) // 2 :].sum(),
    "D": concentration.effective_number(parents) < concentration.effective_number(net),
}
answer_11_2 = "".join(letter for letter, is_true in holds.items() if is_true)
# end solution
check("11.2", answer_11_2, portfolio)

# %% [markdown] tags=["lesson"]
# **11.3 Compute and weigh.** The largest account leaves. How many accounts of *median*
# size would have to be won to replace its revenue? A part of an account counts; it is
# right within 0.5.

# %% tags=["lesson", "exercise"]
# solution
net = trailing.trailing_revenue(portfolio, months=12)
answer_11_3 = net.max() / net[net > 0].median()
# end solution
check("11.3", answer_11_3, portfolio)

# %% [markdown] tags=["lesson"]
# **11.4 Decide.** The board wants no customer without a sponsor among its members whose
# loss would cost more than **3 %** of revenue, and each sponsor's time is scarce. Give
# the shortest list of parent numbers that need one. The check looks at what remains at
# stake outside your list.

# %% tags=["lesson", "exercise"]
# solution
parents = trailing.trailing_revenue(portfolio, months=12, by="parent")
share = parents / parents[parents > 0].sum()
answer_11_4 = share[share > 0.03].index.tolist()
# end solution
check("11.4", answer_11_4, portfolio)

# %% [markdown]
# ## Limits
#
# * Revenue is not profit. Everything here holds for revenue only.
# * Accounts outside the measures (no revenue, or more returned than bought) are counted
#   above, not measured.
# * Groups are those the customer master knows. Buying associations that share a price
#   but no owner do not show.
# * Windows of less than twelve months mix concentration with season.

# %% [markdown] tags=["lesson"]
# ## Sources
#
# Lorenz, M. O. (1905), Methods of measuring the concentration of wealth. Gini, C.
# (1912), Variabilità e mutabilità. Herfindahl, O. C. (1950), Concentration in the steel
# industry. Schmittlein, D. C., Cooper, L. G. and Morrison, D. G. (1993), Truth in
# concentration in the land of (80/20) laws, Marketing Science 12, 167–183:
# concentration depends on the length of the window, so compare equal windows only.
# Davidson, R. and Flachaire, E. (2007), Asymptotic and bootstrap inference for
# inequality and poverty measures, Journal of Econometrics 141, 141–166. Clauset, A.,
# Shalizi, C. R. and Newman, M. E. J. (2009), Power-law distributions in empirical data,
# SIAM Review 51, 661–703. Patatoukas, P. N. (2012), Customer-base concentration, The
# Accounting Review 87, 363–392.

# %% [markdown]
# ## Glossary
#
# | English | 中文 | meaning |
# |---|---|---|
# | key account | 大客户 | a customer whose gain or loss the whole company would feel |
# | customer concentration | 客户集中度 | how far revenue hangs on few customers |
# | top share | 前20%客户收入占比 | share of revenue of the largest 20 % of accounts |
# | 20/80 law (Pareto) | 二八定律 | 20 % of customers bring 80 % of the business |
# | Lorenz curve | 洛伦兹曲线 | share of revenue of the smallest accounts, added up |
# | Gini coefficient | 基尼系数 | inequality of accounts, 0 equal to 1 one brings all |
# | Herfindahl index | 赫芬达尔指数 | sum of squared shares of revenue |
# | effective number | 有效客户数 | equal accounts that would be as concentrated |
# | net revenue | 净收入 | revenue less returns, credits, rebates and cancellations |
# | parent, group | 母公司、集团客户 | the customer that several accounts belong to |

# %% [markdown] tags=["lesson"]
# The next part of this chapter turns from revenue to profit: what it costs to serve
# each of these accounts, and which of them pay for it.
