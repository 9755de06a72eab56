# %% [markdown]
# # Concentration and profitability (收入集中度与客户盈利)
#
# **The question.** Who brings the revenue, who brings the profit, and if revenue grows
# while profit stands still: where does it go?

# %% [markdown] tags=["lesson"]
# You will learn to
#
# * read the two tables that every course on key accounts quotes, and say what they do
#   and do not show;
# * measure how much of the revenue hangs on how few customers, by account and by group;
# * work out what each customer leaves after all it takes, from the list price down to
#   the time of your own people;
# * find where profit went between two years, to the cent, and decide what to do.
#
# The company is *Talbruck Motion GmbH* (塔尔布鲁克传动), a fictitious maker of drive
# components in Europe, China and North America. It returns in every chapter.
#
# Reading the core path takes about 60 minutes, its exercises take about 40 more.
# Sections and paragraphs that begin with *Deeper* can be left out. The next cell holds
# the *parameters*: change one, run all cells again, and everything below follows. In
# the cells after it, `say` prints a computed sentence, `present` a table and `show` a
# figure, while `record` keeps a figure for the report's front page, and `advise` says
# what to do.

# %% [markdown] tags=["instructor"]
# Minutes: 2
# Ask: Which customer would your colleagues name first, and which would your controller?
# Common mistake: Changing a parameter and running only the cell below it.

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
currency: str = ""  # reporting currency of the data; empty takes what they say
language: str = "en"  # language of measures and steps in tables [en | zh]
random_state: int = 0  # seed of everything that draws at random [0 .. ]
level: str = "account"  # take accounts one by one or by group [account | parent]
top_share: float = 0.2  # share of accounts that counts as the top [0.01 .. 0.99]
months: int = 12  # length of the window in months [1 .. 60]
avoidable: float = 0.5  # part of the cost of saved work that really goes [0 .. 1]

# %%
from IPython.display import display

import kamlab
from kamlab.report import advise, available, present, record, say
from kamlab.style import format_share, show
from kamlab.value import concentration, trailing
from kamlab.value import concentration_plots as plots
from kamlab.value import concentration_tables as tables
from kamlab.value import concentration_words as words

# %%
portfolio = kamlab.open_portfolio(data, as_of=as_of)
currency = trailing.reporting_currency(portfolio, currency)
names = trailing.account_names(portfolio)
of = trailing.counted_as(level)
wanted, months = months, trailing.months_covered(portfolio, months)
source = f"{portfolio.name}, {months} months to {portfolio.as_of}"
say(words.short_window_sentence(wanted, months, portfolio.first_day))

# %% [markdown] tags=["lesson"]
# ## Two tables everybody quotes
#
# The course documents print two tables about customers and profit. The first is of *an
# American commercial bank* (一个美国商业银行). It divides the customers into three
# groups, and says of each how many they are, how much of the bank's
# **customer-management time (客户管理时间)** they take, and how much of the profit they
# contribute.

# %% tags=["lesson", "covers:03.4"]
import pandas as pd
from kamlab.value import time_allocation, whale_curve_tables
from kamlab.value import time_allocation_words as time_words

# %% tags=["lesson", "covers:03.4"]
groups = pd.Index(["top", "middle", "bottom"], name="group")
customers = pd.Series([0.10, 0.30, 0.60], groups)
time, gain = [0.18, 0.28, 0.54], [0.93, 0.17, -0.10]
bank = time_allocation.grouped_time_allocation(customers, time, gain)
style = whale_curve_tables.how_to_print(bank.table)
present(bank.table, **style, caption="A bank's customers")

# %% [markdown] tags=["lesson"]
# Usually the first line is quoted: 10 % of the customers bring 93 % of the profit. Look
# at the columns *per head* instead: shares divided by the share of customers, so that 1
# is the average customer. **The lesson of the bank is time per head**: it gives nearly
# everybody the same attention, whatever comes of it, and more than half of its people's
# time stands where money is lost.

# %% tags=["lesson", "covers:03.4", "nbval-check-output"]
say(time_words.per_head_sentence(bank), time_words.evenness_sentence(bank))

# %% [markdown] tags=["lesson"]
# Add up the profit from the best group to the worst, and it rises above 100 % before it
# falls back. That is the **whale curve (鲸鱼曲线)** of Kaplan and Narayanan (2001):

# %% tags=["lesson", "covers:03.4"]
from kamlab.value import whale_curve

printed = whale_curve.grouped_whale_curve(customers, gain)
by_group = whale_curve_tables.whale_steps(printed, [0.1, 0.4, 1.0])
by_group = by_group[["cumulative_share"]]
present(by_group, **whale_curve_tables.how_to_print(by_group), caption="The bank")

# %% [markdown] tags=["lesson"]
# The peak of 110 % stands at 40 % of the customers: the best two groups earn 110, the
# bottom group takes 10 of it back, and 100 is left. But in a table of groups, winners
# and losers within a group cancel out, so the true peak is higher.

# %% [markdown] tags=["lesson", "deeper"]
# *Deeper.* How much higher shows a bank made up customer by customer, so that its
# groups repeat the table exactly.

# %% tags=["lesson", "deeper"]
from pathlib import Path
from tempfile import TemporaryDirectory

from kamlab.data.demo import write_demo
from kamlab.value import profitability, whale_curve_words

# %% tags=["lesson", "deeper", "covers:03.4", "nbval-check-output"]
with TemporaryDirectory() as place:
    a_bank = kamlab.open_portfolio(write_demo(Path(place) / "bank", "bank"))
    year = profitability.account_profit(a_bank, "2025-01-01", "2025-12-31")
    a_bank.close()
by_customer = whale_curve.whale_curve(year.contribution)
say(whale_curve_words.whale_sentence(by_customer, "USD", of="customers"))

# %% [markdown] tags=["lesson"]
# The second table is of *an American retailer* (一个美国零售商). Its last line is
# implied, not printed: what is missing to 100 %.

# %% tags=["lesson", "covers:03.5"]
from kamlab.value.grouped_concentration import grouped_concentration

groups = pd.Index(["first", "second", "third"], name="group")
customers, gain = pd.Series([0.04, 0.11, 0.14], groups), [0.37, 0.27, 0.16]
retailer = grouped_concentration(customers, gain, rest="the rest (implied)")
present(retailer, **tables.how_to_print(retailer), caption="A retailer's customers")

# %% [markdown] tags=["lesson"]
# The text beside this table says 20/80; the table says **29/80**. Neither table names
# its source or year, and a search finds none: they are **illustrative, source
# unknown**. And both are about *profit*, which can be more or less concentrated than
# revenue.
#
# *Question to think about:* The bank sends its bottom group away. Will profit rise by
# 10 %?
#
# <details><summary>Answer (参考答案)</summary>
#
# No. Part of the group earns money, part of it is young. The time they took costs as
# much as before until somebody leaves or finds other work; on the day after, profit
# falls by the margin they brought.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 银行表的真正教训是“人均时间”：各组人均时间相近，54% 的时间花在整体亏损的一组上。
# * 零售商表是 29/80，而不是 20/80；两张表都没有注明来源和年份。
# * 分组数据会低估鲸鱼曲线的峰值，组内盈亏相互抵消。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Which column of the bank's table would you change first, and who would object?
# Ask: What would you have to know before you call 54 % of the time wasted?
# Common mistake: Reading "10 % bring 93 %" as "the other 90 % bring 7 %"; the middle
# group earns well, and only the last one loses.

# %% [markdown]
# ## Who brings the revenue

# %% [markdown] tags=["lesson"]
# **The data.** For this half a list of order lines is enough, with account, date and
# net amount. The portfolio shows them as they were known at the end of one day,
# `as_of`; nothing later is visible.

# %% tags=["lesson", "deeper"]
portfolio

# %% tags=["lesson", "deeper"]
columns = ["order_id", "account_id", "order_date", "net_amount"]
lines = portfolio.orders.select(columns).sort("order_date", "order_id", "net_amount")
first = lines.head(3).collect("pandas").to_native()
present(first, {"net_amount": "money"}, "The first order lines", currency)

# %% [markdown] tags=["lesson"]
# **The method.** *Net revenue* is what was invoiced less returns, credits, rebates and
# cancellations; business within the own group is left out. We add it up by account over
# the last twelve months: a full year, so that no season weighs double. Accounts with no
# revenue in these months, or less, stay outside all measures of concentration, but they
# are counted.

# %%
revenue = trailing.trailing_revenue(portfolio, months, by=level)
gross = trailing.trailing_revenue(portfolio, months, by=level, kind="gross")
summary = concentration.concentration_summary(revenue)
of_all = {"n": summary.accounts, "of": of}

# %% tags=["nbval-check-output"]
say(words.book_sentence(revenue, top_share, currency, of))
say(words.nothing_taken_back_sentence(gross, revenue))

# %%
money = {"unit": "money", "currency": currency, "headline": True}
label = f"Net revenue, {months} months"
record("net_revenue", summary.revenue, label=label, **money, **of_all)

# %%
show(plots.plot_top_accounts(revenue, 10, names, currency, source, of=of))

# %%
from kamlab.value import concentration_trend as trend
from kamlab.value import concentration_trend_words as trend_words

windows = trailing.trailing_revenues(portfolio, months, by=level)
periods = trailing.named_periods(windows, months)
shares_then = trend.shares_by_period(periods)
say(trend_words.largest_sentence(shares_then, names), headline=True)

# %%
say(
    f"How to read it. Each bar is one {words.one_of(of)}. What it does not say: "
    "whether it earns anything. One can lead this list and lose money."
)

# %% [markdown] tags=["lesson"]
# At Talbruck the first is far larger than the next. Keep the name in mind; it comes
# back.
#
# *Question to think about:* One of these ten costs the company money. Can you tell
# which?
#
# <details><summary>Answer (参考答案)</summary>
#
# Not from this figure, and nobody at Talbruck could. Write down a guess; the section on
# cost to serve answers.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 净收入要扣除退货、折让、返利和取消的订单。
# * 取完整十二个月，避免季节重复计算。
# * 收入排名不说明盈利：排在前列的客户也可能亏损。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: Why twelve months and not the calendar year to date?
# Ask: Who of these ten do you expect to earn nothing?
# Common mistake: Taking gross revenue, and so counting goods that came back.

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
# If $k$ is no whole number, the curve is a straight line between accounts: the top 10 %
# of 235 accounts are 23.5 accounts, so half of account no. 24 counts. Rounding instead
# would make the figure jump with every account won or lost.
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
# customers bring the revenue; on the dashed line all would be equal. *What it does not
# say:* that the customers to the right are not worth keeping.

# %% [markdown] tags=["lesson"]
# The hollow marks are sayings: 29/80 is about profit, so it is no yardstick for this
# curve. What to keep is the habit of saying *which* share of customers brings *which*
# share of *what*.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 二八定律只是一种说法，每家公司都要自己测量。
# * 前 p% 的客户数不是整数时，要插值，不要四舍五入。
# * 说清楚：哪一部分客户，带来哪一部分的什么（收入还是利润）。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: What is your company's own law? Guess before you run the cell on its data.
# Ask: Why may the top 20 % share fall when ten small customers are lost?
# Common mistake: Comparing a curve of revenue with a table of profit.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: how unequal the customers are

# %% [markdown] tags=["lesson", "deeper"]
# A top share looks at one point of the curve. The **Gini coefficient
# (基尼系数)** looks at all of it. Turn the line-up round, from the smallest account to
# the largest, and you have the **Lorenz curve (洛伦兹曲线)**, drawn first in 1905: the
# curve of the section before, upside down. Of the five accounts above the smallest
# brings 5 %, the smaller two 10 %, and so on:

# %% tags=["lesson", "deeper"]
from kamlab.value.concentration_curves import lorenz_curve

lorenz_curve([70, 10, 10, 5, 5])

# %% [markdown] tags=["lesson", "deeper"]
# The Gini coefficient is twice the area between this curve and the straight line of
# equal accounts:
#
# $$G = \frac{2 \sum_i i\, x_{(i)}}{n \sum_i x_{(i)}} - \frac{n+1}{n},
# \qquad x_{(1)} \le \dots \le x_{(n)}$$
#
# It is 0 if all accounts are equal and comes near 1 if one brings everything. With few
# accounts it cannot reach 1, only $(n-1)/n$; the *corrected* coefficient $G\,n/(n-1)$
# repairs that, which matters below some 50 accounts. By hand: two accounts with 1 and 3
# give $G = 0.25$, corrected $0.5$.

# %% tags=["lesson", "deeper", "covers:03.5", "nbval-check-output"]
say(words.gini_sentence(summary, of))

# %% tags=["lesson", "deeper"]
record("gini", summary.gini, label="Gini coefficient of revenue", **of_all)

# %% [markdown] tags=["lesson", "deeper"]
# *How to read it.* The number compares books of customers, or one book over time; on
# its own it says little. *What it does not say:* where the inequality sits. A book with
# one giant and a book with two classes of customers can have the same Gini coefficient.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 基尼系数看整条曲线，前 20% 占比只看一个点。
# * 客户少于约 50 个时，用修正后的系数。
# * 同一个系数可以来自完全不同的客户结构。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Can two firms have the same Gini coefficient and opposite risks?
# Common mistake: Calling a Gini coefficient of 0.7 high without a book to compare with.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: how many customers it hangs on

# %% [markdown] tags=["lesson", "deeper"]
# For the risk of losing one, what counts is the first few accounts, not the
# long rest. The **Herfindahl index (赫芬达尔指数)** squares the shares $s_i$ of
# revenue, so that large ones weigh most:
#
# $$H = \sum_i s_i^2, \qquad n_{\text{eff}} = \frac{1}{H}$$
#
# Its inverse is the **effective number of accounts (有效客户数)**: a book of that many
# equal accounts would be as concentrated. Four accounts with 30, 30, 20 and 20 % give
# $H = 0.26$ and 3.8 effective accounts. Two lines of pandas do it for Talbruck:

# %% tags=["lesson", "deeper", "nbval-check-output"]
index = (shares**2).sum()
print(f"Herfindahl {index:.3f}, effective number {1 / index:.1f}")

# %% [markdown] tags=["lesson", "deeper"]
# Competition authorities use the same index, times 10,000, for markets: above 1,800
# points the American Department of Justice speaks of a highly concentrated market
# (guidelines of 2023; 2,500 in those of 2010). For a book of customers this is **only
# an analogy**: no authority and no study sets a limit for it. Nor is concentration only
# a danger: Patatoukas (2012) finds that suppliers with few large customers often earn
# more on their assets, because serving them is cheaper.

# %% tags=["lesson", "deeper", "covers:03.5", "nbval-check-output"]
say(words.effective_number_sentence(summary, of))

# %% [markdown] tags=["lesson", "deeper"]
# *How to read it.* It is a yardstick for dependence: the lower, the more hangs on the
# first few. *What it does not say:* which customers to look after. It is no list, and
# the customers beyond it are not superfluous.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 赫芬达尔指数是收入份额的平方和，大客户权重最大。
# * 有效客户数是它的倒数，衡量依赖程度。
# * 反垄断的门槛只是类比，不能直接用于客户结构。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: What happens to the effective number if the two largest customers merge?
# Common mistake: Looking after the first "effective number" of accounts only.

# %% [markdown]
# ## Accounts or groups?

# %% [markdown] tags=["lesson"]
# A customer number is an entry in your system, not a customer. Six branches that one
# purchasing department decides for are **one** customer: they negotiate together and
# they leave together. Financial reporting sees it the same way: IFRS 8 and its American
# counterpart (ASC 280) have listed companies disclose each customer with 10 % of
# revenue or more, and count a group under common control as one.
#
# So take every measure twice: by account, and rolled up to the parent. Three of them
# may be new: the *Gini coefficient* (0 if all are equal, near 1 if one has all), the
# *Herfindahl index* (HHI, sum of squared shares), and the *effective number* (1 ÷ HHI):
# how many equal customers would be as concentrated.
#
# Two kinds of measures, and they need not move together. Shares of a *fixed number*
# (the largest, the five largest) and the effective number ask on whom the book hangs:
# whoever joins accounts can only make that worse. Shares of a *fixed part* (the top
# 20 %, the part that brings 80 %) and the Gini coefficient compare customers with one
# another; when small accounts join groups there are fewer to compare, and the top is a
# smaller number. What the book hangs on is recorded by group, because a group decides
# as one.

# %%
section = "Concentration by group"
has_groups = available(portfolio, "accounts.parent_id", section=section)

# %%
from kamlab.value import dependence_words

by_account = trailing.trailing_revenue(portfolio, months)
by_group = trailing.trailing_revenue(portfolio, months, by="parent")
deciding, decide = (by_group, "groups") if has_groups else (by_account, "accounts")
books = {"by account": by_account} | ({"by group": by_group} if has_groups else {})
present(tables.measures_table(books, language), caption="Concentration of revenue")

# %%
hidden = dependence_words.hidden_group(by_account, by_group, portfolio.parent_of)

# %% tags=["nbval-check-output"]
if has_groups:
    managers = portfolio.accounts.get("kam_id")
    said = dependence_words.hidden_group_sentence(hidden, names, managers)
    say(said, headline="what" if hidden is not None else False)

# %% tags=["nbval-check-output"]
if has_groups:
    say(dependence_words.groups_sentence(by_account, by_group))

# %%
if has_groups:
    say(
        "How to read it. The effective number says how many equal customers would be "
        "as concentrated: the lower, the more hangs on the first few. What it does "
        "not say: whether a group really decides as one. Ask who signs."
    )

# %%
exposed = concentration.concentration_summary(deciding)
of_them = {"n": exposed.accounts, "of": decide}
label, effective = f"Effective number of {decide} (1/HHI)", exposed.effective_number
good = {"better": "higher", "headline": True}
record("effective_number", effective, label=label, **good, **of_them)

# %%
of_them["unit"] = "share"
label = f"Largest {words.one_of(decide)}'s share of revenue"
record("top_1_share", exposed.top_1_share, label=label, headline=True, **of_them)
label = f"Five largest {decide}' share of revenue"
record("top_5_share", exposed.top_5_share, label=label, **of_them)

# %% tags=["covers:03.5", "nbval-check-output"]
say(dependence_words.loss_sentence(deciding, names, currency, decide))

# %% [markdown] tags=["lesson"]
# Talbruck's list of accounts hides a key account (大客户): branches that several
# account managers look after, each of them "small".

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 客户编号不等于客户：同一采购部门决定的分公司要合并计算。
# * 合并之后，隐藏的大客户才会显现。
# * 合并是否成立，要问：谁签字，谁决定。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: How would a company notice that six customers are one?
# Common mistake: Adding up by name; names are spelt differently in every branch.

# %% [markdown] tags=["deeper"]
# ## Deeper: is it getting more concentrated?

# %% [markdown] tags=["lesson", "deeper"]
# One year is a state, several are a direction. We take the same window one,
# two and three years earlier. By group (`level = "parent"`), accounts that belong
# together today are added up together in every year, also in years before they did, so
# that only revenue changes and not the list of groups.

# %% tags=["deeper"]
table = trend.concentration_by_period(periods, names)
table = table.drop(columns=["largest_account", "top_1_share"])
caption = "Year by year" if months == 12 else "Period by period"
caption = f"{caption}, as booked by {portfolio.as_of}"
present(table, **tables.how_to_print(table, of), currency=currency, caption=caption)

# %% tags=["deeper"]
from kamlab.value import concentration_trend_plots as trend_plots

if len(periods) > 1:
    show(trend_plots.plot_share_paths(shares_then, 5, names, source))

# %% tags=["deeper"]
if len(periods) > 1:
    say(
        "How to read it. Who rises grew faster than the others together. What it does "
        "not say: that they bought more; a share also rises when others buy less."
    )

# %% [markdown] tags=["lesson", "deeper"]
# Everybody celebrates growth; the figure that belongs beside it is how much of it came
# from one customer. **Are they getting fewer?** A book can become more concentrated
# because one customer grows, or because others stop buying. So count who came and went.

# %% tags=["deeper", "nbval-check-output"]
if len(periods) > 1:
    *_, before, now = periods.values()
    say(trend_words.fewer_sentence(periods, top_share, of))
    say(trend_words.turnover_sentence(before, now, names, currency, of))

# %% [markdown] tags=["lesson", "deeper"]
# Look at the largest that did not return, too. A customer who bought for one project
# and finished it is no lost customer, and no reason to look for a culprit.
#
# Is the whole book getting more concentrated, or did two accounts have a lucky year?
# Booked shares are exact, and so is their change. But if the question is whether the
# *business* is moving, the year is one draw of many: orders fall into December or into
# January. So we draw the accounts again a thousand times, each with both of its periods
# together, and look how far the change moves.

# %% tags=["lesson", "deeper", "covers:03.5"]
settings = {"measure": "top_share", "at": top_share, "random_state": random_state}
changes = trend.changes_to_now(periods, **settings)
top_of_all = f"top {format_share(top_share, 0)} of {of}"

# %% tags=["lesson", "deeper"]
for since, change in changes.items():
    say(trend_words.change_sentence(change, since, top_of_all))

# %% tags=["lesson", "deeper"]
for figure in trend_words.change_figures(changes, top_of_all):
    record(**figure)

# %% tags=["lesson", "deeper"]
say(trend_words.how_to_read_changes(changes))

# %% [markdown] tags=["lesson", "deeper"]
# Over one year hardly any change of this size can be told from luck; over three years a
# drift can show that no single year proves. *May be luck* does not mean that nothing
# happened; it means that these figures cannot tell.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 用相同长度的窗口比较不同年份。
# * 集中度上升可能因为一个客户增长，也可能因为其他客户离开。
# * 一年的变化往往分不清是趋势还是运气。

# %% [markdown] tags=["instructor"]
# Minutes: 7
# Ask: Which of two stories fits better: one grows, or others leave?
# Common mistake: Reading "may be luck" as "no change".

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: what if one leaves?

# %% [markdown] tags=["lesson", "deeper"]
# Take one customer out of the book, with all accounts of its group, leave
# everything else as it was booked, and read what is missing. That is arithmetic, not a
# forecast: it holds the probability of a loss at one and forgets that others may buy
# more. It answers how much is at stake.

# %% tags=["lesson", "deeper", "covers:03.5", "nbval-check-output"]
say(dependence_words.dependence_sentence(deciding, names, decide))

# %% tags=["lesson", "deeper"]
from kamlab.value import dependence_plots

show(dependence_plots.plot_what_is_left(deciding, 5, names, source, of=decide))

# %% [markdown] tags=["lesson", "deeper"]
# *How to read it.* The effective number is that of those who would remain: if it jumps
# to the right of today's, the concentration of the book is the concentration on that
# one customer.
# *What it does not say:* how likely the loss is, or what it would do to profit. Fixed
# costs stay when a customer goes, so a part of the revenue can be all of the profit; or
# none of it, if the customer never earned any.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 去掉一个客户，其余不变：这是算术，不是预测。
# * 有效客户数跳升，说明集中在这一个客户身上。
# * 风险多大，由“失去多少”和“多大可能”共同决定。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: Which costs would remain if the largest customer left tomorrow?
# Common mistake: Multiplying the loss by a probability nobody has estimated.

# %% [markdown]
# ## Revenue grows: does profit?

# %% [markdown] tags=["lesson"]
# From here on the question is profit. **Contribution (客户贡献)** is what a customer
# leaves for all that does not depend on it:
#
# *net revenue − cost of goods − direct costs such as freight − cost to serve.*
#
# Rent, the board and the research laboratory are not in it: no customer causes them. We
# begin with the whole company, year by year. For a year in which visits and calls were
# not recorded throughout, nobody knows the cost to serve; the table leaves it open, and
# the sentence above it does not compare that year.

# %%
from kamlab.value import capacity_words, finished_projects, group_service
from kamlab.value import later_bookings, loss_causes, loss_persistence, loss_words
from kamlab.value import minutes_sensitivity
from kamlab.value import price_paths, profit_plots, profitability, serving

# %%
from kamlab.value import profitability_tables as profit_tables
from kamlab.value import profitability_words as profit_words
from kamlab.value import serving_tables, whale_curve, whale_curve_plots
from kamlab.value import whale_curve_tables, whale_curve_words
from kamlab.value.profit_readings import how_to_read

# %%
has_profit = available(portfolio, "orders.cogs", section="Profit by account")

# %% tags=["covers:03.2", "nbval-check-output"]
profits = {}
if has_profit:
    profits = profitability.trailing_profits(portfolio, months, by=level)
    latest = profits[max(profits)]
    said = profit_words.years_sentence(profits, currency)
    say(said, headline="what" if len(profits) > 1 else False, leads=True)

# %% tags=["covers:03.2"]
if has_profit:
    by_window = profit_tables.windows_table(profits, language)
    style = dict.fromkeys(by_window.columns, "money")
    caption = f"Down to the {latest.basis}, as booked by each window's own last day"
    display(present(by_window, style, caption, currency))

# %% tags=["nbval-check-output"]
if has_profit:
    later = later_bookings.later_bookings(portfolio, profits, by=level)
    say(later_bookings.later_sentence(later, latest.end, currency))

# %%
if has_profit:
    total, label = latest.contribution.sum(), latest.basis.capitalize()
    label = f"{label}{' after cost to serve' if latest.served else ''}, {months} months"
    counted = {"n": len(latest.table), "of": of, "better": "higher"}
    record("contribution", total, label=label, **money, **counted)
# %%
if has_profit:
    say(how_to_read("years"))
    say(profit_words.how_well_known_sentence(latest))

# %% [markdown] tags=["lesson"]
# This is the table to which everything below is the explanation. Cover all rows but
# *net revenue* and *contribution*, and you have the question of the whole book.
#
# *Question to think about:* Which row would you look into first, and why not the one
# that is largest?
#
# <details><summary>Answer (参考答案)</summary>
#
# The one that has grown most beside what the goods would bring at list price. Cost of
# goods is always the largest row; what matters is which row takes a larger part of each
# 100 *at list price* than before. Beside net revenue, which discounts have already made
# smaller, the cost of goods seems to grow where it is the price that fell.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 客户贡献 = 净收入 − 商品成本 − 直接成本 − 服务成本。
# * 收入增长而利润停滞，说明某个环节吃掉了增长。
# * 记录不全的年份不能与记录完整的年份比较。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: Which of these rows does your own company print every month?
# Common mistake: Comparing the contribution of a year without recorded contacts with
# one that has them; the fall is a fall of ignorance.

# %% [markdown]
# ## From the list price to the margin

# %% [markdown] tags=["lesson"]
# The **price waterfall (价格瀑布)** of Marn and Rosiello (1992) follows the money from
# the list price down: discounts on the invoice, then returns, credits and rebates after
# it, then the cost of the goods, and here also freight and the time of our own people.

# %%
if has_profit:
    say(profit_words.granted_sentence(latest, currency))
    show(profit_plots.plot_waterfall(latest, currency=currency, source=source))

# %%
if has_profit:
    say(how_to_read("waterfall"))

# %% [markdown] tags=["lesson"]
# A discount is never given twice; it is raised by a point, year after year, for good
# reasons each time. So put the years side by side, account by account: which part of
# the list price does it pay?

# %%
listed = ["orders.unit_list_price", "orders.quantity", "orders.cogs"]
has_list = available(portfolio, *listed, section="Price by account")
if has_list and len(profits) > 1:
    paths = price_paths.price_paths(profits)
    say(price_paths.falling_price_sentence(paths, names, currency), headline="why")

# %%
if has_list and len(profits) > 1:
    falls = price_paths.largest_paths(paths, 4, names)
    style = dict.fromkeys(paths.price, "share") | {"given": "money"}
    heads = {"given": "Given by the fall"}
    caption = "Part of the list price that is paid"
    display(present(falls, style, caption, currency, labels=heads))

# %%
if has_list and len(profits) > 1:
    say(how_to_read("prices"))

# %% [markdown] tags=["lesson"]
# Here is a large part of the answer, and it is no surprise customer: it is the largest
# one, the one everybody celebrates. Its share of revenue grew in every year, and in
# every year it paid a smaller part of the list price.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 价格瀑布：从目录价逐步扣到客户贡献。
# * 折扣一年加一点，单看一年看不出来。
# * 用“占目录价的比例”逐年比较，再换算成金额。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Who at Talbruck could have seen the price fall, and on which page?
# Ask: What could the customer answer when you show this table?
# Common mistake: Comparing the discount of a large customer with that of a small one
# and calling the difference a loss.

# %% [markdown]
# ## What it costs to serve

# %% [markdown] tags=["lesson"]
# The margin says nothing about the time of our own people. **Time-driven activity-based
# costing (时间驱动作业成本法)** of Kaplan and Anderson (2004) needs two estimates only:
# what a minute of each pool of people costs, and how many minutes an activity takes.
#
# $$\text{rate}_p = \frac{\text{cost}_p}{\text{practical capacity}_p}, \qquad
# \text{cost to serve}_i = \sum_p \text{rate}_p \cdot \text{minutes}_{ip}$$
#
# Practical capacity is what is really to be had for customers, commonly 80 to 85 % of
# paid time. Their own example: a customer service costs 560,000 dollars a quarter and
# has 700,000 minutes. It handles 49,000 orders at 8 minutes, 1,400 inquiries at 44 and
# 2,500 credit checks at 50.

# %% tags=["lesson", "covers:03.3"]
from kamlab.value.cost_to_serve import capacity_rates, cost_to_serve

cost = {"pool": ["service"], "cost": [560_000], "capacity_minutes": [700_000]}
minutes = [49_000 * 8, 1_400 * 44, 2_500 * 50]
work = pd.DataFrame({"account": "all", "pool": "service", "minutes": minutes})
work["activity"] = ["order", "inquiry", "credit check"]
example = cost_to_serve(work, capacity_rates(pd.DataFrame(cost)))

# %% tags=["lesson", "covers:03.3", "nbval-check-output"]
print(example.pools.T.to_string(float_format="{:,.2f}".format))

# %% [markdown] tags=["lesson"]
# A minute costs 0.80 dollars, so an order costs 6.40, an inquiry 35.20 and a credit
# check 40.00. The work takes 578,600 minutes and costs 462,880 dollars. The other
# 121,400 minutes are **unused capacity (闲置产能)**, 97,120 dollars, and *no customer
# is charged with them*: otherwise each would look dearer in a slack year, somebody
# would raise prices, and the year would get slacker.
#
# Now the company's own pools. Orders, order lines, rush orders and returns are counted
# from the order lines, visits and calls from the contacts, with the minutes somebody
# entered, and with standard minutes where nobody did.

# %%
needs_time = ["orders.cogs", "costs", "activity_minutes"]
has_time = available(portfolio, *needs_time, section="Cost to serve")
has_time = has_time and latest.served is not None
if has_time:
    show(profit_plots.plot_pools(latest.pools, currency, source))

# %%
if has_time:
    say(how_to_read("capacity"))

# %% tags=["lesson", "covers:03.3"]
if has_time:
    pools = profit_tables.pools_table(latest.pools)[["cost", "capacity_minutes"]]
    pools["an_hour_costs"] = pools["cost"] / pools["capacity_minutes"]
    style = profit_tables.how_to_print(pools)
    display(present(pools, **style, caption="Capacity rates", currency=currency))

# %% tags=["covers:03.3"]
if has_time:
    unused, label = latest.served.unused_cost, "Cost of unused capacity"
    record("unused_capacity", unused, label=label, better="lower", **money)

# %% tags=["covers:03.3"]
if has_time:
    window = {"start": latest.start, "end": latest.end, "booked_by": latest.end}
    work = serving.account_workload(portfolio, by=level, **window)
    dearest = latest.table["cost_to_serve"].nsmallest(5).index

# %% tags=["covers:03.3"]
if has_time:
    taken = serving_tables.work_table(work, latest.table, dearest, names)
    style = serving_tables.how_to_print(taken)
    caption = "What those who cost most take"
    display(present(taken, **style, caption=caption, currency=currency))

# %%
if has_time:
    say(how_to_read("serving"))

# %% tags=["nbval-check-output"]
if has_time:
    say(serving_tables.rush_sentence(taken, currency))
    say(loss_words.large_loss_sentence(latest, names, currency))

# %% [markdown] tags=["lesson"]
# Here is the answer to the question under *Who brings the revenue*: one of the ten
# largest customers costs money. Its goods earn a margin like any other's. It orders
# many times a day, in a rush, a little at a time, and each order takes the same minutes
# as a large one. No price list and no list of revenue shows it.
#
# And a second finding: whoever is served in parts is served several times.

# %% tags=["nbval-check-output"]
if has_time and has_groups and hidden is not None:
    rolled_up = profitability.trailing_profits(portfolio, months, "parent", most=1)
    (groups,) = (each.table for each in rolled_up.values())
    apart = group_service.served_apart(groups, portfolio.parent_of, hidden.parent)
    say(group_service.served_apart_sentence(apart, names, currency))

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 产能成本率（每分钟成本）= 资源池成本 ÷ 实际产能；服务成本 = 产能成本率 × 分钟数。
# * 闲置产能不摊给任何客户，否则淡季里每个客户都显得更贵。
# * 大量小额加急订单，能吃掉一个大客户的大部分毛利，再扣直接成本就亏损。

# %% [markdown] tags=["instructor"]
# Minutes: 10
# Ask: Which activities of your company are counted anywhere? Which minutes could you
# estimate this afternoon?
# Ask: Why not spread the cost of all people over revenue?
# Common mistake: Dividing cost by the minutes used instead of practical capacity.
# Common mistake: Taking standard minutes for measurements.

# %% [markdown]
# ## Who earns, and who costs money

# %% [markdown] tags=["lesson"]
# Now every account has its contribution. Two figures go with it. The **contribution
# rate (客户贡献率)** is an account's contribution as a share of all contribution; the
# **contribution margin (贡献利润率)** is its share of the account's own revenue. The
# first says how much hangs on it, the second how good the business is. What a customer
# will bring over all its years, its *lifetime value* (客户终身价值), is a forecast and
# has a chapter of its own.

# %%
has_profit = available(portfolio, "orders.cogs", section="Who earns and who does not")

# %% tags=["lesson", "covers:03.2"]
if has_profit:
    columns = ["contribution", "revenue", "contribution_rate", "contribution_margin"]
    best = latest.table[columns].nlargest(5, "contribution").rename(index=names)
    best = best.rename_axis("account")
    style = profit_tables.how_to_print(best, latest.basis)
    display(present(best, **style, caption="Who leaves most", currency=currency))

# %% tags=["covers:03.2"]
if has_profit:
    curve = whale_curve.whale_curve(latest.contribution)
    chart = {"names": names, "currency": currency, "source": source, "of": of}
    chart["measure"] = latest.basis
    show(whale_curve_plots.plot_whale_curve(curve, **chart))

# %% tags=["covers:03.2", "nbval-check-output"]
if has_profit:
    unknown = "" if has_time else profit_words.how_well_known_sentence(latest)
    say(profit_words.profit_sentence(latest, currency, of), unknown)

# %% tags=["nbval-check-output"]
if has_profit:
    causes = loss_causes.loss_causes(latest)
    found = loss_words.causes_sentence(causes, latest, names, currency)
    found = found or loss_words.pattern_sentence(latest, currency, of)
    say(found, headline="why")

# %%
if has_profit:
    say(how_to_read("whale"))

# %%
if has_time and curve.has_shares:
    counted = {"n": curve.accounts, "of": of, "headline": True, "better": "lower"}
    label = f"What {of} that cost money take of the others' profit"
    taken_back = {"label": label, "unit": "share", **counted}
    record("whale_taken_back", curve.lost_share, **taken_back)

# %%
if has_time and curve.has_shares:
    label = f"{of.capitalize()} that cost money"
    record("loss_makers", curve.losing, label=label, unit="count", **counted)
    label = f"What {of} that cost money take back"
    record("lost_to_loss_makers", curve.lost, label=label, better="lower", **money)

# %% [markdown] tags=["lesson"]
# Textbooks print whale curves with peaks of 150 or 200 %. Compare: at Talbruck all loss
# makers together take back little, less than the falling price of one customer costs.
# **The page everybody turns to first is not where the profit went.** Still it is worth
# knowing who costs money, because something can be done about each.

# %% tags=["covers:03.2"]
if has_profit and curve.losing:
    losing = profit_tables.losers_table(latest, names, of=of)
    style = profit_tables.how_to_print(losing, latest.basis)
    caption = "Who costs money" if has_time else f"Whose {latest.basis} is negative"
    display(present(losing, **style, caption=caption, currency=currency))

# %% [markdown] tags=["lesson", "deeper"]
# *Deeper.* Two doubts before anybody acts. First, the minutes are mostly standards:
# would other minutes give another list? Second, a year may be chance: do loss makers go
# on losing? The first can be worked out, the second can be counted.

# %% tags=["deeper", "covers:03.3", "nbval-check-output"]
if has_time:
    other_minutes = minutes_sensitivity.minutes_sensitivity(latest)
    say(minutes_sensitivity.sensitivity_sentence(other_minutes, currency, of))

# %% tags=["deeper", "covers:03.2", "nbval-check-output"]
if len(profits) > 1:
    two = [each.contribution for each in profits.values()][-2:]
    again = loss_persistence.loss_persistence(*two)
    say(whale_curve_words.persistence_sentence(again, currency))

# %% [markdown] tags=["lesson", "deeper"]
# So the list is a list of questions. Those who lose money under any minutes and lost it
# last year too are worth a visit; about the others nobody should decide anything.
#
# *Question to think about:* Most loss makers lose again next year. Does that prove that
# they will lose for good?
#
# <details><summary>Answer (参考答案)</summary>
#
# No. It is one pair of years and a small number, so the interval is wide. And those who
# left in between are not counted: the ones who stay may be the ones one treats well.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 贡献率看重要性，贡献利润率看生意的质量。
# * 鲸鱼曲线的峰值与终点之差，就是亏损客户吃掉的利润。
# * 名单只是问题清单：先检验分钟数，再看是否连年亏损。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Which accounts on this list would you keep without a second thought?
# Ask: The list of loss makers is long and their loss is small. What does that say about
# the time a board should spend on it?
# Common mistake: Reading the peak as the profit one would have without the loss makers.

# %% [markdown]
# ## Where the profit went

# %% [markdown] tags=["lesson"]
# A **profit bridge (利润桥)** leads from one year's contribution to the next in steps
# that leave no rest. Bridges of years that follow each other add up, so all years that
# compare are bridged. For goods that the same customer bought in both years, *volume*
# is the change of quantity at last year's margin, *mix* what dear and cheap goods add
# to it, *list prices* and *discounts* the change of each at today's quantity, and *cost
# of goods* the change of unit cost. New and lost accounts stand by themselves, and of
# the cost to serve the bridge tells more time from dearer time (Horngren, Datar and
# Rajan 2015, chapters 7 and 14).

# %%
from kamlab.value import bridge_years, profit_bridge_words, transport_growth

needs = ["orders.cogs", "orders.product_id", "orders.quantity"]
has_bridge = available(portfolio, *needs, section="Profit bridge")
covered = trailing.months_covered(portfolio, 2 * months) == 2 * months
has_bridge = has_bridge and covered and len(profits) > 1

# %% tags=["nbval-check-output"]
if has_bridge:
    bridges = bridge_years.bridges_by_period(portfolio, profits, by=level)
    bridge = bridge_years.joined_bridge(bridges)
    told = profit_bridge_words.bridge_sentence(bridge, currency)
    say(told, headline="why", leads=True)
    say(profit_bridge_words.price_list_sentence(bridge, currency, names))

# %%
if has_bridge:
    show(profit_plots.plot_bridge(bridge, currency, source))
# %%
if has_bridge:
    say(how_to_read("bridge"))
    say(profit_bridge_words.comparable_sentence(bridge))

# %%
if has_bridge:
    for step in bridge.steps.drop("volume").nsmallest(3).index:
        say(profit_bridge_words.accounts_sentence(bridge, step, names, currency))
    ended = finished_projects.finished_projects(portfolio, by=level)
    say(finished_projects.lost_sentence(bridge, ended, names, currency))

# %% tags=["nbval-check-output"]
if has_bridge:
    moved = transport_growth.transport_growth(bridges)
    say(transport_growth.transport_sentence(moved, currency))

# %%
if has_bridge and len(bridges) > 1:
    by_year = bridge_years.steps_by_period(bridges, language)
    style = dict.fromkeys(by_year.columns, "money")
    display(present(by_year, style, "The steps, period by period", currency))

# %% [markdown] tags=["lesson"]
# That the steps close is arithmetic, and you can check it yourself, to the cent:

# %% tags=["lesson", "nbval-check-output"]
if has_bridge:
    rest = bridge.profit_after - bridge.profit_before - bridge.steps.sum()
    print(f"left unexplained: {abs(rest):.2f}")

# %% [markdown] tags=["lesson"]
# Read the bridge from its largest bars. The company sells more, and that alone would
# have raised profit. Its price list rose, too, and nearly all of the rise was given
# back as discounts, much of it to one customer. The next fall is that of lost accounts;
# the largest of these had finished their projects, so there is no culprit to look for,
# but the profit is gone all the same, and new accounts made up for a part of it only.
# Then goods became dearer, which the price list was to pay for. For transport, a larger
# bill is partly a larger quantity.
#
# So the profit went into several places, and the bridge tells how much into each. It
# does not tell what would have been without the discounts: a part of the volume may
# have been won by them.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 利润桥的各步之和，必须与两年利润之差分文不差。
# * 目录价上涨若被折扣还回去，就没有真正涨价。
# * 利润桥说明变化在哪里，不说明是谁造成的。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Which bar would the head of sales explain, and how?
# Ask: What belongs to volume and what to discounts, if the discount won the volume?
# Common mistake: Adding a bar for "other" until the bridge closes.

# %% [markdown] tags=["deeper"]
# ## Deeper: does time follow profit?

# %% [markdown] tags=["lesson", "deeper"]
# Back to the bank. We cut Talbruck's accounts as the bank's table does, best 10 %, next
# 30 %, last 60 %, by profit *before* the time is paid for: after it, an account could
# look bad only because it takes time. Set the table beside the bank's, row by row.

# %% tags=["deeper"]
from kamlab.value import customer_groups, time_allocation, time_allocation_plots

has_shares = available(portfolio, *needs_time, section="Time against profit")
has_shares = has_shares and has_time

# %% tags=["deeper"]
if has_shares:
    minutes = latest.table["minutes"]
    worked_with = (latest.table["margin"] + latest.table["direct_costs"]).dropna()
    split = customer_groups.bank_groups(worked_with)
    spent = time_allocation.time_allocation(worked_with, minutes[split.index], split)

# %% tags=["lesson", "deeper", "covers:03.4"]
if has_shares:
    shares_of = spent.table[list(customer_groups.COLUMNS)].rename_axis("group")
    style = whale_curve_tables.how_to_print(shares_of)
    caption = f"Time and profit of {of}"
    display(present(shares_of, **style, caption=caption, currency=currency))

# %% tags=["deeper", "covers:03.4", "nbval-check-output"]
from kamlab.value import time_allocation_words as time_words

if has_shares:
    say(time_words.per_head_sentence(spent), time_words.inequality_sentence(spent))
    say(time_words.mismatch_sentence(spent))

# %% tags=["deeper", "covers:03.4"]
if has_shares:
    named = f"{of.capitalize()} by profit before the time is paid for"
    show(time_allocation_plots.plot_time_and_profit(spent, named, source))

# %% tags=["deeper"]
if has_shares:
    say(how_to_read("time"))

# %% [markdown] tags=["lesson", "deeper"]
# Talbruck does give its best customers
# more time, though not as much more as they bring; and a part of that time is the one
# large customer whose many small orders eat most of its margin.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 按扣除时间成本之前的利润分组，否则因果颠倒。
# * 人均时间与人均利润并排看，才能看出错配。
# * 时间与利润成比例不是最优：要知道多一小时能带来什么。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: Whose time would you move first, and where to?
# Common mistake: Taking the mismatch for an aim.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: price and service together

# %% [markdown] tags=["lesson", "deeper"]
# Shapiro, Rangan, Moriarty and Ross (1987) lay customers out by two figures:
# which part of the list price they pay, and what serving them takes of their revenue:
# direct costs and cost to serve together.
# *Passive* customers pay much and take little, *aggressive* ones pay little and take
# much; *carriage trade* gets much service and pays for it, and *economy*
# customers get a low price for little service (the authors said "bargain basement").
# Only the aggressive corner is a problem, and not always.

# %% tags=["lesson", "deeper"]
from kamlab.value import price_and_service, price_and_service_plots
from kamlab.value import price_and_service_words as grid_words

needs = [*needs_time, "orders.unit_list_price"]
has_grid = available(portfolio, *needs, section="Price and service together")
has_grid = has_grid and has_time and has_list
if has_grid:
    grid = price_and_service.price_and_service(latest.table)

# %% tags=["lesson", "deeper", "nbval-check-output"]
if has_grid:
    say(grid_words.aggressive_sentence(grid, names, currency))
    say(grid_words.cuts_sentence(grid, of), grid_words.together_sentence(latest.table))

# %% tags=["lesson", "deeper"]
if has_grid:
    chart = {"n": 8, "names": names, "currency": currency, "source": source, "of": of}
    show(price_and_service_plots.plot_price_and_service(grid, **chart))

# %% tags=["lesson", "deeper"]
if has_grid:
    say(how_to_read("grid"))

# %% tags=["lesson", "deeper"]
if has_grid:
    style = whale_curve_tables.how_to_print(grid.quadrants)
    caption = "Four kinds of customers"
    display(present(grid.quadrants, **style, caption=caption, currency=currency))

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 横轴看净价占目录价的比例，纵轴看服务成本占收入的比例。
# * 只有“付得少、要得多”的一角才需要谈。
# * 小客户的服务成本占比天然偏高，不要误判。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: In which corner is your largest customer, and in which would it like to be?
# Common mistake: Calling every account in the upper left a loss maker.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: are key accounts steadier?

# %% [markdown] tags=["lesson", "deeper"]
# The documents say that key accounts contribute not only profit but *stable
# income* (稳定收入). Stability is 1 minus the coefficient of variation of an account's
# revenue from quarter to quarter, the season taken out. Large customers order more
# often, so their quarters even out by arithmetic alone; an honest comparison is made at
# equal size. Tarasi, Bolton, Hutt and Walker (2011) go on to ask which part of the ups
# and downs comes with the whole book (*systematic*) and which is the account's own.
# What word of mouth (口碑) brings is not in these data. Key accounts are those of
# before the window began, as in notebook 00.

# %% tags=["lesson", "deeper"]
from kamlab.orientation.key_accounts import key_accounts
from kamlab.value import activity, revenue_stability, stability_comparison
from kamlab.value import stability_words, systematic_risk

# %% tags=["lesson", "deeper"]
by_month = activity.account_months(portfolio)
quarters = revenue_stability.quarterly_revenue(by_month, portfolio.as_of)
has_quarters = quarters.shape[1] >= 8

# %% tags=["lesson", "deeper", "covers:03.8", "nbval-check-output"]
if has_quarters:
    steady = revenue_stability.revenue_stability(quarters)
    listed = key_accounts(portfolio, months).is_key
    is_key = listed.reindex(steady.index, fill_value=False)
    beside = stability_comparison.compare_stability(steady, is_key)
    say(stability_words.comparison_sentence(beside))
    say(stability_words.size_sentence(beside), how_to_read("stability"))

# %% tags=["lesson", "deeper", "covers:03.8", "nbval-check-output"]
if has_quarters:
    say(stability_words.pooling_sentence(systematic_risk.pooling(quarters)))
    say(stability_words.systematic_sentence(systematic_risk.systematic_risk(quarters)))

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 稳定性 = 1 − 变异系数，先去掉季节因素。
# * 大客户订单多，波动自然小；要在同等规模下比较。
# * 被选为大客户不等于因此而稳定。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Were they made key accounts because they are steady, or steady because they are?
# Common mistake: Using the beta of a single account; its interval covers everything.

# %% [markdown]
# ## What if we serve, price or part differently?

# %% [markdown] tags=["lesson"]
# Three things can be done about a customer who costs money: serve it differently, price
# it differently, or part. The sums differ in what really goes. A surcharge arrives at
# once. Saved work is money only as far as somebody does paid work instead, or is no
# longer paid: the part `avoidable` of the parameters. And parting loses the margin on
# the first day and saves nothing on it.

# %%
from kamlab.value import what_if_answers, what_if_tables, what_if_words

has_time &= available(portfolio, *needs_time, section="What if")
dearest = what_if_answers.dearest_loss(latest) if has_time else None
losing_now = what_if_answers.loss_makers(latest) if has_time else []

# %%
whom, ordered = losing_now, 0.0
if dearest is not None:
    whom = dearest
    ordered = serving_tables.work_table(work, latest.table, [dearest])["orders"].iloc[0]

# %%
if losing_now:
    answers = what_if_answers.usual_answers(latest, whom, avoidable, ordered, currency)
    compared = what_if_tables.compare_answers(answers)

# %%
if losing_now:
    style = whale_curve_tables.how_to_print(compared)
    who = f"all {of} that cost money"
    who = who if dearest is None else names.get(dearest, dearest)
    caption = f"What if: {who}"
    display(present(compared, **style, caption=caption, currency=currency))
# %%
if losing_now:
    say(how_to_read("what if"))

# %% tags=["lesson", "nbval-check-output"]
if losing_now:
    for name in list(answers)[:3]:
        said = what_if_words.break_even_sentence(answers[name], currency)
        say(f"{name[0].upper()}{name[1:]}. {said}")

# %% tags=["nbval-check-output"]
if has_time:
    say(what_if_answers.stop_sentence(latest, currency, avoidable))

# %% [markdown] tags=["lesson"]
# *Question to think about:* The board wants to part with everybody who costs money.
# What do you ask before you answer?
#
# <details><summary>Answer (参考答案)</summary>
#
# Who of the people who serve them will leave or has other paid work waiting? Who of
# these customers is young, or belongs to a group that earns? And has anybody told them
# what their orders cost? Most will order differently if it is cheaper for them.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 三条路：换种方式服务、换个价格、停止服务。
# * 省下的时间，只有真正减少产能或改作他用才是钱。
# * 扣除服务成本后亏损，并不足以成为放弃客户的理由。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: What would the customer gain from ordering once a week?
# Common mistake: Counting all of the cost to serve as saved on the day of parting.

# %% [markdown]
# ## What to do next

# %%
if has_profit:
    charged = loss_words.charge_step(causes, latest, names, currency)
    advise(*charged, headline="do")
if has_list and len(profits) > 1 and paths.given.max() > 0:
    fallen = paths.given.idxmax()
    risen = what_if_answers.rise_sentence(latest, fallen, names, avoidable)
    advise("Agree on prices before on volumes.", risen, headline="do")

# %%
if dearest is not None and ordered > 0:
    fee = what_if_answers.fee_sentence(latest, dearest, ordered, names, currency)
    advise("Tell those who order little and often what it costs.", fee, headline="do")

# %%
if losing_now and dearest is None:
    advise(*what_if_answers.less_step(answers, currency), headline="do")
if has_time:
    advise(*capacity_words.capacity_step(latest.pools, currency))

# %%
advise(*dependence_words.owners_step(deciding, names, decide))
if has_groups:
    advise(*dependence_words.leader_step(hidden, names, managers))

# %%
if len(periods) > 1:
    over = finished_projects.finished_projects(portfolio, by=level).index
    *_, then, today = periods.values()
    missed = then.drop(over, errors="ignore")
    advise(*dependence_words.ask_step(missed, today, names, currency))

# %%
advise(
    "Widen the middle.",
    "Concentration falls when customers in the middle grow, not when the largest is "
    "treated badly.",
)

# %%
if has_time:
    advise(
        "Measure before you judge.",
        "Where a verdict hangs on minutes nobody has measured, let three people note "
        "their time for two weeks.",
    )

# %%
advise("Agree on a limit.", "Decide beforehand which share calls for the board.")

# %% [markdown] tags=["lesson"]
# ## Exercises
#
# Replace `None` by your answer and run the cell; `check` answers at once. All exercises
# are about the last twelve months, whatever the parameters above say; 11.1 to 11.4
# about net revenue, 11.5 to 11.8 about profit by account.
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
# `"XY"` or `["X", "Y"]`.
#
# * A: The book is at least as concentrated as 20/80 says.
# * B: The largest account brings more than the smaller half of all accounts together.
# * C: The accounts that bring most of the revenue bring most of the profit.
# * D: By group the effective number is smaller than by account.
# * E: Only as many accounts as the effective number matter; the others could be given
#   up.
#
# Answer from the figures of revenue alone.

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
# groups of *median* size would have to be won to replace their revenue? The median is
# that of all groups with revenue, the five included; a part of a group counts for the
# answer, which is right within 0.5.

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

# %% [markdown] tags=["lesson"]
# **11.5 Compute.** What does one more **order of a single line** cost, whatever is in
# it? Take the standard minutes that hold today (table `activity_minutes`, activities
# `order` and `order_line`) and the capacity rates of the last twelve months, in all
# pools. The answer is money, right within 0.05. The next cell shows how to get both
# tables, and their columns.

# %% tags=["lesson"]
from kamlab.value.profitability import account_profit

year = trailing.trailing_window(portfolio.as_of, 12)
if has_time:
    print(portfolio.table("activity_minutes").columns.tolist())
    print(account_profit(portfolio, *year).pools.columns.tolist())

# %% tags=["lesson", "exercise"]
# solution
standards = portfolio.table("activity_minutes").sort_values("valid_from")
standards = standards.drop_duplicates(["activity", "pool"], keep="last")
standards = standards[standards["activity"].isin(["order", "order_line"])]
rates = standards["pool"].map(account_profit(portfolio, *year).pools["rate"])
answer_11_5 = float((standards["minutes"] * rates).sum())
# end solution
check("11.5", answer_11_5, portfolio)

# %% [markdown] tags=["lesson"]
# **11.6 Interpret.** Which of these follow from the whale curve and from the bridge of
# the last year alone (not of all years together), both by account? Give the letters.
#
# * A: The loss makers take back more than a tenth of what the others earn.
# * B: The account with most revenue leaves most contribution.
# * C: Without the loss makers, next year's profit would be higher by what they cost.
# * D: Higher discounts took more from profit than all loss makers together.
# * E: Had customers ordered less, each of them would look dearer to serve.

# %% tags=["lesson"]
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.profit_periods import compared_periods

if has_bridge:
    print(profit_bridge(*compared_periods(portfolio)).steps.index[:3].tolist())

# %% tags=["lesson", "exercise"]
# solution
steps = profit_bridge(*compared_periods(portfolio))
booked = steps.after.table
found = whale_curve.whale_curve(booked["contribution"])
holds = {
    "A": found.lost_share > 0.1,
    "B": booked["revenue"].idxmax() == booked["contribution"].idxmax(),
    "D": -steps.steps["discounts"] > found.lost,
}
answer_11_6 = "".join(letter for letter, is_true in holds.items() if is_true)
# end solution
check("11.6", answer_11_6, portfolio)

# %% [markdown] tags=["lesson"]
# **11.7 Compute and weigh.** Talbruck parts with the **ten accounts** that leave the
# lowest contribution, and **40 %** of their cost to serve really goes. By how much does
# profit change? The answer is money, negative if profit falls, right within 0.5.

# The next cell shows the call: parting with the first two accounts of the table, if all
# of their cost to serve went.

# %% tags=["lesson"]
from kamlab.value.what_if import stop_serving

if has_time:
    every = account_profit(portfolio, *year).table
    print(round(stop_serving(every, every.index[:2], avoidable=1.0).change))

# %% tags=["lesson", "exercise"]
# solution
booked = account_profit(portfolio, *year).table
lowest = booked["contribution"].nsmallest(10).index
answer_11_7 = stop_serving(booked, lowest, avoidable=0.4).change
# end solution
check("11.7", answer_11_7, portfolio)

# %% [markdown] tags=["lesson"]
# **11.8 Decide.** The key accounts have their managers, who will talk about prices.
# There is time for **three** more talks. With which of the *other* accounts, those that
# were no key accounts before the year began? The check adds up what each gave away by
# paying a smaller part of the list price than the year before; a choice that comes
# within 5 % of the best one is right. Give account numbers, as a list such as
# `["A10003", "A10005", "A10007"]`. The next cell shows how they look, with names and
# with `given` of `price_paths` over the last two years.

# %% tags=["lesson"]
from kamlab.orientation.key_accounts import key_accounts

print(names[key_accounts(portfolio).accounts].head(3).to_dict())
if has_list and len(profits) > 1:
    last_two = profitability.trailing_profits(portfolio, 12, most=2)
    print(price_paths.price_paths(last_two).given.head(3).round().to_dict())

# %% tags=["lesson", "exercise"]
# solution
given = price_paths.price_paths(last_two).given
others = given.drop(key_accounts(portfolio).accounts, errors="ignore")
answer_11_8 = others.nlargest(3).index.tolist()
# end solution
check("11.8", answer_11_8, portfolio)

# %% [markdown] tags=["lesson", "instructor"]
# Minutes: 0 + 40 deeper
# Ask: In 11.7, what would you have to know before you call the 40 % a good guess?
# Common mistake: Answering 11.1 to 11.4 by account.
# Common mistake: Taking the standard minutes of an activity twice in 11.5, the old ones
# and those that replaced them.

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

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 对本年账簿，占比是事实；对这类生意，它是估计。
# * 普通的自助法区间过窄，漏掉了没抽到的巨头。
# * 相差几个百分点的排名，可能只是运气。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: When does a booked figure need an interval?
# Common mistake: Ranking branches by a figure whose intervals overlap.

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
# *Rejected* and *cannot decide* are two answers. Where the law is rejected, a true
# Pareto tail would fit this badly in hardly any book. That a plain lognormal, the
# product of many small influences, is not rejected is no proof of it either. With few
# accounts the answer is mostly *cannot decide*. There is no reason to say that your
# customers "follow Pareto", and nothing in this chapter needs the law.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * α 越小，尾部越重；α = 1.16 时正好是 20/80。
# * “被拒绝”和“无法判断”是两种不同的结论。
# * 本章的任何结论都不依赖帕累托分布。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: What would change for a manager if the law held?
# Common mistake: Reading "not rejected" as "proved".

# %% [markdown]
# ## Limits

# %%
if has_time:
    say(
        "Contribution is booked as far as money goes, and as good as the standard "
        "minutes where time is concerned. Rates are averages: what one more hour costs "
        "or saves depends on whether the capacity is full."
    )
if has_profit:
    say(
        "Profit is that of a past year. A young customer who costs money may be the "
        "best decision of all."
    )

# %% [markdown]
# * Groups are those the customer master knows. Buying associations that share a price
#   but no owner do not show.
# * Windows of less than twelve months mix concentration and profit with season.

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
# Accounting Review 87, 363–392. Shapiro, B. P., Rangan, V. K., Moriarty, R. T. and
# Ross, E. B. (1987), Manage customers for profits (not just sales), Harvard Business
# Review 65 (5), 101–108. Marn, M. V. and Rosiello, R. L. (1992), Managing price,
# gaining profit, Harvard Business Review 70 (5), 84–94. Kaplan, R. S. and Cooper, R.
# (1998), Cost and Effect. Mulhern, F. J. (1999), Customer profitability analysis,
# Journal of Interactive Marketing 13 (1), 25–40. Kaplan, R. S. and Narayanan, V. G.
# (2001), Measuring and managing customer profitability, Journal of Cost Management 15
# (5), 5–15. Kaplan, R. S. and Anderson, S. R. (2004), Time-driven activity-based
# costing, Harvard Business Review 82 (11), 131–138. Tarasi, C. O., Bolton, R. N., Hutt,
# M. D. and Walker, B. A. (2011), Balancing risk and return in a customer portfolio,
# Journal of Marketing 75 (3), 1–17. Horngren, C. T., Datar, S. M. and Rajan, M. V.
# (2015), Cost Accounting, 15th edition.

# %% [markdown]
# ## Glossary
#
# | English | 中文 | meaning |
# |---|---|---|
# | key account | 大客户 | a customer chosen to be treated in a way of its own |
# | top share | 前20%客户收入占比 | share of revenue of the largest 20 % of customers |
# | Gini coefficient | 基尼系数 | inequality of accounts, 0 equal to 1 one brings all |
# | Herfindahl index | 赫芬达尔指数 | sum of squared shares of revenue |
# | effective number | 有效客户数 | equal accounts that would be as concentrated |
# | net revenue | 净收入 | revenue less returns, credits, rebates and cancellations |
# | parent, group | 母公司、集团客户 | the customer that several accounts belong to |
# | price waterfall | 价格瀑布 | what is left of the list price, step by step |
# | contribution | 客户贡献 | net revenue less goods, direct costs and cost to serve |
# | contribution margin | 贡献利润率 | contribution as a share of its revenue |
# | direct costs | 直接成本 | costs booked on an account: freight, engineering |
# | cost to serve | 服务成本 | our people's time on its orders and contacts, as money |
# | unused capacity | 闲置产能 | minutes paid for that no account took |
# | whale curve | 鲸鱼曲线 | profit added up from the best account to the worst |

# %% [markdown] tags=["lesson"]
# Of the lesson, beyond the report:
#
# * customer concentration (客户集中度): how far revenue hangs on few customers
# * 20/80 law (Pareto) (二八定律): 20 % of customers bring 80 % of the business
# * Lorenz curve (洛伦兹曲线): share of revenue of the smallest accounts, added up
# * contribution rate (客户贡献率): an account's share of all contribution
# * time-driven costing (时间驱动作业成本法): minutes times capacity rates
# * profit bridge (利润桥): steps from one period's profit to the next
# * customer-management time (客户管理时间): our people's time, account by account
# * stable income (稳定收入): revenue that varies little from quarter to quarter
