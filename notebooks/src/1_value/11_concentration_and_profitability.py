# %% [markdown]
# # Concentration of revenue (收入集中度)
#
# **The question.** Who carries us? Are they getting fewer? And what happens if one of
# them leaves?

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
# with whose revenue it is; profit is the subject of a later part.
#
# The core path takes about 60 minutes. Sections headed *Deeper* stand after the
# exercises and can be left out.
#
# The next cell holds the *parameters*: change one, run all cells again, and everything
# below follows. In the cells after it, `say` prints a computed sentence, `present` a
# table and `show` a figure, while `record` keeps a figure for the report's front page.

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
from kamlab.value import concentration, dependence, dependence_plots, trailing
from kamlab.value import concentration_plots as plots
from kamlab.value import concentration_tables as tables
from kamlab.value import concentration_words as words

# %%
portfolio = kamlab.open_portfolio(data, as_of=as_of)
currency = trailing.reporting_currency(portfolio, currency)
names = trailing.account_names(portfolio)
of = trailing.counted_as(level)
wanted, months = months, trailing.months_covered(portfolio, months)
source = f"{portfolio.name}, net revenue, {months} months to {portfolio.as_of}"
say(words.short_window_sentence(wanted, months, portfolio.first_day))

# %% [markdown]
# ## Who brings the revenue

# %% [markdown] tags=["lesson"]
# **The data.** All that is needed is a list of order lines with account, date and net
# amount. The portfolio shows them as they were known at the end of one day, `as_of`;
# nothing later is visible.

# %% tags=["lesson"]
portfolio

# %% tags=["lesson"]
columns = ["order_id", "account_id", "order_date", "net_amount"]
lines = portfolio.orders.select(columns).sort("order_date", "order_id", "net_amount")
first = lines.head(5).collect("pandas").to_native()
present(first, {"net_amount": "money"}, "The first order lines", currency)

# %% [markdown] tags=["lesson"]
# **The method.** *Net revenue* is what was invoiced less returns, credits, rebates and
# cancellations; business within the own group is left out. We add it up by account over
# the last twelve months: a full year, so that no season weighs double.

# %%
revenue = trailing.trailing_revenue(portfolio, months, by=level)
gross = trailing.trailing_revenue(portfolio, months, by=level, kind="gross")
summary = concentration.concentration_summary(revenue)
of_all = {"n": summary.accounts, "of": of}

# %% tags=["lesson"]
revenue.sort_values(ascending=False).head()

# %% [markdown] tags=["lesson"]
# Accounts without revenue in these months, or with more returned than bought, stay
# outside all measures of concentration: nobody can bring a negative share. They are
# counted and their sum is stated, so that nothing gets lost.

# %% tags=["nbval-check-output"]
say(words.book_sentence(revenue, top_share, currency, of))
say(words.nothing_taken_back_sentence(gross, revenue), headline=True)

# %%
money = {"unit": "money", "currency": currency, "headline": True}
label = f"Net revenue, {months} months"
record("net_revenue", summary.revenue, label=label, **money, **of_all)

# %%
largest = plots.plot_top_accounts(revenue, 10, names, currency, source, of=of)
show(largest)

# %%
from kamlab.value import concentration_trend as trend
from kamlab.value import concentration_trend_words as trend_words

windows = trailing.trailing_revenues(portfolio, months, by=level)
periods = trailing.named_periods(windows, months)
shares_then = trend.shares_by_period(periods)
say(trend_words.largest_sentence(shares_then, names), headline=True)

# %% [markdown]
# *How to read it.* Each bar is one customer; the column "together" adds up from the
# top. *What it does not say:* whether these customers earn anything. One can lead this
# list and lose money.

# %% [markdown] tags=["lesson"]
# At Talbruck one bar is almost three times as long as the next. Keep the name in mind;
# it comes back in later sections. Below it the steps are small: after the first three
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
# If $k$ is no whole number, the curve is a straight line between accounts. The top 10 %
# of Talbruck's 235 accounts are 23.5 accounts, so half of account no. 24 counts, and
# they bring 57.1 %. Rounding would give 56.7 % or 57.5 %, and jump from one to the
# other with every account won or lost.
#
# By hand: five accounts bring 70, 10, 10, 5 and 5. The top 20 % are one account, and it
# brings 70 %. The function does the same, and so do three lines of pandas:

# %% tags=["lesson"]
concentration.top_share([70, 10, 10, 5, 5], top=0.2)

# %% tags=["lesson", "nbval-check-output"]
ranked = revenue[revenue > 0].sort_values(ascending=False)
shares = ranked / ranked.sum()
print(f"{shares.head(round(0.2 * len(shares))).sum():.3f}")

# %% tags=["covers:03.5"]
sayings = ["20/80", "29/80"]
show(plots.plot_concentration_curve(revenue, sayings, source, of=of))

# %% tags=["covers:03.5", "nbval-check-output"]
say(words.law_sentence(revenue, of=of))

# %%
top = concentration.top_share(revenue, top_share)
label = f"Revenue share of the top {format_share(top_share, 0)} of {of}"
record("top_revenue_share", top, label=label, unit="share", **of_all)

# %% tags=["covers:03.5"]
few = concentration.accounts_for_share(revenue, 0.8)
label = f"Share of {of} that bring 80 % of revenue"
record("accounts_for_80_percent", few, label=label, unit="share", **of_all)

# %% [markdown]
# *How to read it.* The further the curve bends towards the upper left corner, the fewer
# customers bring the revenue; on the dashed line all would be equal. The hollow marks
# are sayings to compare with. *What it does not say:* that the customers to the right
# are not worth keeping. Some are young, some buy elsewhere, and together they pay part
# of the fixed cost.

# %% [markdown] tags=["lesson"]
# **Two printed tables.** The course documents this chapter follows print two tables.
# The first is of an American retailer; its last line is implied, not printed.

# %% tags=["lesson"]
import pandas as pd
from kamlab.value.grouped_concentration import grouped_concentration

# %% tags=["lesson", "covers:03.5"]
groups = pd.Index(["first", "second", "third"], name="group")
customers, profit = pd.Series([0.04, 0.11, 0.14], groups), [0.37, 0.27, 0.16]
retailer = grouped_concentration(customers, profit, rest="the rest (implied)")
present(retailer, **tables.how_to_print(retailer), caption="A retailer's customers")

# %% [markdown] tags=["lesson"]
# Here 29 % of the customers bring 80 % of the *profit*; one of the first group is worth
# 9.25 average customers. The second table is of an American bank: its best **10 % bring
# 93 % of the profit**, the next 30 % bring 17 %, and the last 60 % take 10 % away.
#
# Before you quote them, three cautions. The text beside the retailer's table says
# 20/80, the table says 29/80. Neither names its source or year: they are
# **illustrative, source unknown**. And both are about profit, while our curve is about
# revenue. Profit can be more or less concentrated than revenue: customers at a loss
# make it more so, a large customer with low prices makes it less so. So 29/80 and 10/93
# are no yardsticks for a curve of revenue.

# %% tags=["lesson", "covers:03.5", "nbval-check-output"]
for share in (0.10, 0.20, 0.29):
    print(f"top {share:.0%}: {concentration.top_share(revenue, share):.3f} of revenue")

# %% [markdown] tags=["lesson"]
# Read your own law off the curve: Talbruck's is not 20/80 but nearer to 29/80. That the
# retailer's is the same is chance; his table is about profit. What to keep is the habit
# of saying *which* share of customers brings *which* share of *what*.

# %% [markdown]
# ## How unequal the customers are

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
show(plots.plot_lorenz(revenue, source, of=of))

# %% tags=["covers:03.5", "nbval-check-output"]
say(words.gini_sentence(summary, of))

# %%
record("gini", summary.gini, label="Gini coefficient of revenue", **of_all)

# %% [markdown]
# *How to read it.* The number compares books of customers, or one book over time; on
# its own it says little. *What it does not say:* where the inequality sits. A book with
# one giant and a book with two classes of customers can have the same Gini coefficient.

# %% [markdown] tags=["lesson"]
# The smaller half of Talbruck's accounts brings less than a tenth of the revenue.
# Whether that is a reason to spend less time on them, the Gini coefficient cannot tell:
# it knows nothing of what they cost.

# %% [markdown]
# ## How many customers it hangs on

# %% [markdown] tags=["lesson"]
# For the risk of losing one, what counts is the first few accounts, not the long rest.
# The **Herfindahl index (赫芬达尔指数)** squares the shares $s_i$ of revenue, so that
# large ones weigh most:
#
# $$H = \sum_i s_i^2, \qquad n_{\text{eff}} = \frac{1}{H}$$
#
# Its inverse is the **effective number of accounts (有效客户数)**: a book of that many
# equal accounts would be as concentrated. Four accounts with 30, 30, 20 and 20 % give
# $H = 0.26$ and 3.8 effective accounts. Two lines of pandas do it for Talbruck:

# %% tags=["lesson", "nbval-check-output"]
index = (shares**2).sum()
print(f"Herfindahl {index:.3f}, effective number {1 / index:.1f}")

# %% [markdown] tags=["lesson"]
# Competition authorities use the same index, times 10,000, for markets: above 1,800
# points the American Department of Justice speaks of a highly concentrated market
# (guidelines of 2023; 2,500 in those of 2010). For a book of customers this is **only
# an analogy**: no authority and no study sets a limit for it. Nor is concentration only
# a danger: Patatoukas (2012) finds that suppliers with few large customers often earn
# more on their assets, because serving them is cheaper.

# %% tags=["covers:03.5", "nbval-check-output"]
say(words.effective_number_sentence(summary, of))

# %%
effective, label = summary.effective_number, f"Effective number of {of}"
good = {"better": "higher", "headline": True}
record("effective_number", effective, label=label, **good, **of_all)

# %% [markdown]
# *How to read it.* It is a yardstick for dependence: the lower, the more hangs on the
# first few. *What it does not say:* which customers to look after. It is no list, and
# the customers beyond it are not superfluous.

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
from kamlab.value import dependence_words

by_account = trailing.trailing_revenue(portfolio, months)
by_group = trailing.trailing_revenue(portfolio, months, by="parent")
books = {"by account": by_account} | ({"by group": by_group} if has_groups else {})
present(tables.measures_table(books, language), caption="Concentration of revenue")

# %%
hidden = dependence_words.hidden_group(by_account, by_group, portfolio.parent_of)
if has_groups:
    said = dependence_words.hidden_group_sentence(hidden, names)
    say(said, headline=hidden is not None)

# %% tags=["nbval-check-output"]
if has_groups:
    say(dependence_words.groups_sentence(by_account, by_group))

# %%
if has_groups:
    say(
        "How to read it. Adding accounts up to groups usually lowers the effective "
        "number. The top 20 % share may move either way: 20 % of fewer customers are "
        "fewer. What it does not say: whether a group really decides as one. Ask the "
        "account manager who signs."
    )

# %% [markdown] tags=["lesson"]
# Talbruck's list of accounts hides a key account (大客户). *Brackwell Distribution*
# buys through six branches, shared out among several account managers, each of them
# "small". Added up they are no. 4 of the company.

# %% [markdown]
# ## Is it getting more concentrated?

# %% [markdown] tags=["lesson"]
# One year is a state, several are a direction. We take the same window one, two and
# three years earlier. By group (`level = "parent"`), accounts that belong together
# today are added up together in every year, also in years before they did, so that
# only revenue changes and not the list of groups.

# %%
table = trend.concentration_by_period(periods, names)
caption = "Year by year" if months == 12 else "Period by period"
present(table, **tables.how_to_print(table, of), currency=currency, caption=caption)

# %%
from kamlab.value import concentration_trend_plots as trend_plots

if len(periods) > 1:
    show(trend_plots.plot_share_paths(shares_then, 5, names, f"{source}, and before"))

# %% [markdown] tags=["lesson"]
# *Marwitz Packaging* grew from 11 to 17 % of Talbruck's revenue in three years.
# Everybody celebrated the growth; the figure that belongs beside it is that more than
# half of what the company grew in these years came from one customer.
#
# **Are they getting fewer?** A book can become more concentrated because one customer
# grows, or because others stop buying. So count who came and who went.

# %% tags=["nbval-check-output"]
say(trend_words.rise_sentence(shares_then, names))
if len(periods) > 1:
    *_, before, latest = periods.values()
    say(trend_words.fewer_sentence(periods, top_share, of))
    say(trend_words.turnover_sentence(before, latest, names, currency, of))

# %% [markdown] tags=["lesson"]
# Talbruck's accounts do get fewer. But look at the largest that did not return:
# *Seilwerk Lienz* bought for one project, and the project is finished. That is no lost
# customer, and no reason to look for a culprit.
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
top_of_all = f"top {format_share(top_share, 0)} of {of}"

# %%
for since, change in changes.items():
    say(trend_words.change_sentence(change, since, top_of_all))

# %%
for figure in trend_words.change_figures(changes, top_of_all):
    record(**figure)

# %%
say(trend_words.how_to_read_changes(changes))

# %% [markdown] tags=["lesson"]
# Compare the two sentences. Over one year hardly any change of this size can be told
# from luck; over three years a drift can show that no single year proves. A report that
# quotes the last year only would miss it. But mind where the interval ends: one that
# ends near zero is weak, and another year may take it back. *May be luck* does not mean
# that nothing happened; it means that these figures cannot tell.

# %% [markdown]
# ## What if one leaves?

# %% [markdown] tags=["lesson"]
# Take one customer out of the book, with all accounts of its group, leave everything
# else as it was booked, and read what is missing. That is arithmetic, not a forecast:
# it holds the probability of a loss at one and forgets that others may buy more. It
# answers how much is at stake, and that is what decides how much care a customer
# deserves.

# %% tags=["covers:03.5"]
deciding, decide = (by_group, "groups") if has_groups else (by_account, "accounts")
left = {"names": names, "source": source, "of": decide}
show(dependence_plots.plot_what_is_left(deciding, **left))

# %% tags=["nbval-check-output"]
money_gone = dependence_words.loss_sentence(deciding, names, currency, decide)
say(money_gone, headline=True)
say(dependence_words.dependence_sentence(deciding, names, decide))

# %%
exposed = concentration.concentration_summary(deciding)
of_them = {"unit": "share", "n": exposed.accounts, "of": decide, "headline": True}
label = f"Largest {words.one_of(decide)}'s share of revenue"
record("top_1_share", exposed.top_1_share, label=label, **of_them)
label = f"Five largest {decide}' share of revenue"
record("top_5_share", exposed.top_5_share, label=label, **of_them)

# %%
columns = ["revenue", "share_of_revenue", "revenue_left", "effective_number"]
lost = dependence.loss_of_each(deciding)[columns].head(5).rename(index=names)
lost, style = lost.rename_axis(words.one_of(decide)), tables.how_to_print(lost, decide)
caption = f"What is left without each of the largest {decide}"
present(lost, **style, currency=currency, caption=caption)

# %% [markdown]
# *How to read it.* The effective number is that of those who would remain: if it jumps,
# the concentration of the book is the concentration on that one customer.
# *What it does not say:* how likely the loss is, or what it would do to profit. Fixed
# costs stay when a customer goes, so a part of the revenue can be all of the profit; or
# none of it, if the customer never earned any.

# %% [markdown] tags=["lesson"]
# Without Marwitz the effective number doubles; without any other group it hardly
# moves. So Talbruck is a broad book with one giant, not a concentrated book.
# That calls for a plan for one customer, not for a programme for many.

# %% [markdown]
# ## What to do next

# %%
say(dependence_words.owners_step(deciding, names, decide))
if has_groups:
    managers = portfolio.accounts.get("kam_id")
    say(dependence_words.leader_step(hidden, names, managers))
if len(periods) > 1:
    say(dependence_words.ask_step(before, latest, names, currency))

# %% [markdown]
# * **Widen the middle.** Concentration falls when customers in the middle grow; it does
#   not fall when the largest is treated badly.
# * **Agree on a limit.** Decide beforehand which share of a single customer calls for a
#   plan, and review it once a year.

# %% [markdown] tags=["lesson"]
# ## Exercises
#
# Replace `None` by your answer and run the cell; `check` answers at once. All exercises
# are about net revenue of the last twelve months, whatever the parameters above say.
#
# **11.1 Compute.** Which share of revenue do the top **5 %** of the **groups** bring?
# They are no whole number, so interpolate. Give a share between 0 and 1 with four
# digits; it is right within 0.00005.

# %% tags=["lesson"]
from kamlab.course.check import check

# %% tags=["lesson", "exercise"]
# solution
parents = trailing.trailing_revenue(portfolio, months=12, by="parent")
answer_11_1 = concentration.top_share(parents, top=0.05)
# end solution
check("11.1", answer_11_1, portfolio)

# %% [markdown] tags=["lesson"]
# **11.2 Interpret.** Which of these follow from the figures? Give the letters, such as
# `"AD"` or `["A", "D"]`.
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
# **11.3 Compute and weigh.** The five largest **groups** leave together. How many
# groups of *median* size would have to be won to replace their revenue? Groups without
# revenue do not count for the median; a part of a group does count for the answer,
# which is right within 0.5.

# %% tags=["lesson", "exercise"]
# solution
parents = trailing.trailing_revenue(portfolio, months=12, by="parent")
answer_11_3 = parents.nlargest(5).sum() / parents[parents > 0].median()
# end solution
check("11.3", answer_11_3, portfolio)

# %% [markdown] tags=["lesson"]
# **11.4 Decide.** Every **group** whose loss would cost more than **3 %** of revenue
# gets a sponsor on the board. List their parent numbers (the index of the series of
# revenue by parent), no more than needed. The check looks at what remains at stake
# outside your list.

# %% tags=["lesson", "exercise"]
# solution
parents = trailing.trailing_revenue(portfolio, months=12, by="parent")
share = parents / parents[parents > 0].sum()
answer_11_4 = share[share > 0.03].index.tolist()
# end solution
check("11.4", answer_11_4, portfolio)

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: how sure is a top share?
#
# For this year's book the top share is a booked fact and needs no interval. As a
# statement about *this kind of business*, luck of the year aside, it is an estimate.
# The usual percentile bootstrap is too sure here: it repeats the giants it has and
# never draws the larger one it missed. Of 300 books of known (lognormal) truth, its
# "95 %" intervals held the Gini coefficient in 85 % of books with 300 accounts, and in
# 59 % of books with 40. kamlab takes a wider interval (Davidson & Flachaire 2007). Of
# 400 such books it held the truth in 88 to 96 %, with 30 to 300 accounts; where the
# largest follow a Pareto law it is still too narrow, 82 % (the docstring lists the
# trials).

# %% tags=["lesson", "deeper", "covers:03.5", "nbval-check-output"]
from kamlab.value import concentration_intervals as intervals

print(intervals.concentration_interval(revenue, **settings))

# %% [markdown] tags=["lesson", "deeper"]
# The interval is wide. Two firms whose top shares lie a few points apart need not
# differ in kind, and a league table of such figures may rank luck as much as anything
# else.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: is it a Pareto distribution?
#
# Pareto's own formula says that the share of accounts above $x$ falls like
# $x^{-\alpha}$ from some threshold on. A small $\alpha$ means a heavy tail: at $\alpha
# = 1.16$ exactly 20 % bring 80 %. Many distributions look like that on a plot; Clauset,
# Shalizi and Newman (2009) show how to choose the threshold, estimate $\alpha$ and test
# whether the law fits at all: with $p$ below 0.1 they reject it.

# %% tags=["lesson", "deeper", "covers:03.5", "nbval-check-output"]
from kamlab.value import power_tail

tail = power_tail.pareto_tail_index(revenue, random_state=random_state)
say(words.pareto_sentence(tail))

# %% [markdown] tags=["lesson", "deeper"]
# *Rejected* and *cannot decide* are two answers. At Talbruck the law is rejected: a
# true Pareto tail would fit this badly in hardly any book. A plain lognormal, the
# product of many small influences, is not rejected for the same accounts, which is no
# proof of it either. With few accounts the answer is mostly *cannot decide*. There is
# no reason to say that your customers "follow Pareto", and nothing in this chapter
# needs the law.

# %% [markdown]
# ## Limits
#
# * Revenue is not profit. Everything here holds for revenue only.
# * Customers outside the measures (nothing bought, or more returned than bought) are
#   counted above, not measured. Whom the data do not know at all, nobody counts.
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
# | top share | 前20%客户收入占比 | share of revenue of the largest 20 % of customers |
# | 20/80 law (Pareto) | 二八定律 | 20 % of customers bring 80 % of the business |
# | Lorenz curve | 洛伦兹曲线 | share of revenue of the smallest accounts, added up |
# | Gini coefficient | 基尼系数 | inequality of accounts, 0 equal to 1 one brings all |
# | Herfindahl index | 赫芬达尔指数 | sum of squared shares of revenue |
# | effective number | 有效客户数 | equal accounts that would be as concentrated |
# | net revenue | 净收入 | revenue less returns, credits, rebates and cancellations |
# | parent, group | 母公司、集团客户 | the customer that several accounts belong to |

# %% [markdown] tags=["lesson"]
# A later part turns from revenue to profit: what it costs to serve each of these
# customers, and which of them pay for it.
