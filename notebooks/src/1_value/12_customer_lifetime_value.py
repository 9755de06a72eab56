# %% [markdown]
# # Customer lifetime value (客户终身价值)
#
# **The question.** What is each customer worth from here on, what are all of them worth
# together, and can we tell?

# %% [markdown] tags=["lesson"]
# You will learn to
#
# * value any customer on a sheet of paper, and say which guess the value hangs on;
# * tell a pause from a farewell, by the customer's own rhythm;
# * put orders to come, what an order leaves, and contracts together to one value, once,
#   with an interval;
# * find what a point of retention, margin or discount is worth, and what it may cost.
#
# The company is *Talbruck Motion GmbH* (塔尔布鲁克传动), the fictitious maker of drive
# components of all chapters. The course documents ask to **predict future purchase
# behaviour and value contribution (预测未来购买行为和价值贡献)** and give no method.
# This chapter does.
#
# Reading the core path takes about 60 minutes, its exercises about 50 more. Sections
# and paragraphs that begin with *Deeper* can be left out. The next cell holds the
# *parameters*: change one, run all cells again, and everything below follows.

# %% [markdown] tags=["instructor"]
# Minutes: 2
# Ask: What would you pay for the right to serve your largest customer from today on?
# Common mistake: Answering with last year's revenue.

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
currency: str = ""  # reporting currency of the data; empty takes what they say
language: str = "en"  # language of measures and steps in tables [en | zh]
random_state: int = 0  # seed of everything that draws at random [0 .. ]
level: str = "account"  # take accounts one by one or by group [account | parent]
quarters: int = 12  # fiscal quarters to look ahead [1 .. 40]
discount_rate: float = 0.10  # what a year of waiting costs, as a share [0.01 .. 0.5]
model: str = "MBG/CNBD-k"  # purchase model [MBG/CNBD-k | BG/NBD | MBG/NBD | Pareto/NBD]
preventable: float = 0.5  # part of the losses money could prevent [0.05 .. 0.95]

# %%
import pandas as pd
from IPython.display import display

import kamlab
from kamlab.report import advise, available, present, record, say
from kamlab.style import show
from kamlab.value import trailing
from kamlab.value.concentration_words import short_window_sentence
from kamlab.value.customer_equity.readings import how_to_read

# %%
portfolio = kamlab.open_portfolio(data, as_of=as_of)
currency = trailing.reporting_currency(portfolio, currency)
names = trailing.account_names(portfolio)
of = trailing.counted_as(level)
source = f"{portfolio.name}, data to {portfolio.as_of}"
months = trailing.months_covered(portfolio, 12)

# %%
say(short_window_sentence(12, months, portfolio.first_day))
has_days = available(portfolio, "order days", section="Customer lifetime value")

# %% [markdown]
# ## The sheet: a value that anybody can redo

# %% [markdown] tags=["lesson"]
# Begin with the simplest value that can be defended. A customer left a **contribution
# (客户贡献)** of $m$ in the last twelve months: net revenue less goods, direct costs
# and cost to serve, as in the chapter before. Of such customers a share $r$ stays from
# one year to the next, the **retention rate (留存率)**; and a year of waiting costs
# $i$, the **discount rate (贴现率)**. If the first contribution comes in a year, from
# those who are still there, then Gupta and Lehmann (2003) add up all years to come:
#
# $$\text{value} = m \cdot \left(\frac{r}{1+i} + \frac{r^2}{(1+i)^2} + \dots\right)
# = m \cdot \frac{r}{1+i-r}$$
#
# By hand: a customer leaves 100 a year, 80 % stay, and a year costs 10 %. The
# **multiple (利润倍数)** is 0.8 ÷ (1.1 − 0.8) = 2.67, so the customer is worth 267.

# %% tags=["lesson", "covers:03.6", "nbval-check-output"]
from kamlab.value.contracts import margin_multiple

print(f"{100 * margin_multiple(0.8, discount_rate=0.10):.0f}")

# %% tags=["lesson", "covers:03.6", "nbval-check-output"]
by_rate = margin_multiple([0.6, 0.7, 0.8, 0.9], discount_rate=0.10)
print(by_rate.round(2).tolist())

# %% [markdown] tags=["lesson"]
# From 60 to 90 % retention the multiple rises from 1.2 to 4.5: nearly four times the
# value, from a figure that most firms guess. So the sheet prints three guesses side by
# side, *cautious* (70 %), *expected* (80 %) and *hopeful* (90 %), and nobody can hide
# behind one.

# %%
from kamlab.value import kept_share, retention_scenarios
from kamlab.value import retention_scenarios_words as sheet_words
from kamlab.value.customer_equity import book_value_words
from kamlab.value.customer_equity import portfolio_lifetime_value, purchase_history

# %% tags=["covers:03.6", "nbval-check-output"]
if has_days:
    history = purchase_history(portfolio, by=level)
    counts, left = history.accounts, history.accounts["contribution"]
    sheet = retention_scenarios.retention_scenarios(left, discount_rate)
    say(sheet_words.sheet_sentence(sheet, currency, of, history.basis))
    say(book_value_words.basis_sentence(history.basis))

# %%
if has_days:
    by_hand = sheet_words.sheet_table(sheet, 5, names)
    style = dict.fromkeys(by_hand.columns, "money")
    caption = "The sheet: last year's contribution times a multiple"
    display(present(by_hand, style, caption, currency))

# %%
if has_days:
    money = {"unit": "money", "currency": currency}
    label = f"{history.basis.capitalize()}, {months} months"
    record("year_left", left.sum(), label=label, n=len(left), of=of, **money)

# %%
if has_days:
    say(how_to_read("sheet"))

# %% [markdown] tags=["lesson"]
# Which of the three guesses is ours? The book itself says something: of those who
# bought in one year, count who bought again in the next.

# %% tags=["nbval-check-output"]
windows = trailing.trailing_revenues(portfolio, months, by=level)
kept = kept_share.kept_share(windows if months == 12 else {})
say(sheet_words.kept_sentence(kept, of))

# %%
if not kept.reason:
    label = "Share of last year's buyers who bought again"
    record("kept_share", kept, label=label, better="higher")

# %% [markdown] tags=["lesson"]
# One number for all, though, is the fault of the sheet. A customer who orders every
# week and fell silent in March gets the same multiple as one who ordered yesterday. The
# rest of the chapter replaces the guess by what each customer has shown.
#
# *Question to think about:* A customer that costs money is on the sheet, too. Which of
# the three scenarios is the hopeful one for it?
#
# <details><summary>Answer (参考答案)</summary>
#
# The one with the lowest retention: the longer it stays as it is, the more it costs.
# Value is not a prize for loyalty.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 价值 = 年贡献 × 利润倍数，倍数 = r ÷ (1 + i − r)。
# * 留存率从 60% 升到 90%，价值接近四倍，所以要把三种情景并列。
# * 这张表的毛病：所有客户用同一个留存率。

# %% [markdown] tags=["instructor"]
# Minutes: 8
# Ask: Which retention would your sales director write into the sheet, and why?
# Ask: Redo the first row with a pocket calculator.
# Common mistake: Counting this year's contribution as the first one to come.

# %% [markdown]
# ## Is it still a customer?

# %% [markdown] tags=["lesson"]
# Without a contract nobody says goodbye. A customer just orders no more, and one must
# tell a pause from a farewell. Three numbers are enough for a good guess:
#
# * **frequency (频率)**: how many times it has ordered again after the first order;
# * **recency (最近购买时间)**: how long after the first order the last one came;
# * **T (观察期)**: how long ago the first order was.
#
# Orders of one day count once, as one **order day (下单日)**. Here they are, in weeks,
# for three of Talbruck's customers with stories: *Kovostav*, whose gearboxes are fading
# while its total stands; *Nordkai Offshore*, who builds in seasons; and *Seilwerk
# Lienz*, who bought for one large project and finished it.

# %%
from kamlab.value.customer_equity import alive_plots, alive_words

values = None
if has_days:
    settings = {"by": level, "discount_rate": discount_rate, "quarters": quarters}
    settings |= {"model": model, "random_state": random_state}
    values = portfolio_lifetime_value(portfolio, **settings)

# %%
has_model = values is not None and values.orders is not None
if values and not has_model:
    say(*values.notes)

# %%
if has_model:
    fitted = values.orders.model
    rhythm = counts["frequency"], counts["recency"], counts["T"]

# %% tags=["lesson"]
is_told = names.str.contains("Kovostav|Nordkai|Seilwerk Lienz")
stories = names.index[is_told].intersection(counts.index) if has_model else []
if len(stories):
    frequency_recency_T = counts.loc[stories, ["frequency", "recency", "T"]]
    frequency_recency_T = frequency_recency_T.rename(index=names).rename_axis("account")
    display(present(frequency_recency_T, caption="All that the model sees"))

# %% [markdown] tags=["lesson"]
# **The model.** Imagine that a customer orders at its own pace, and that after each
# order it throws a coin: with a small chance it never comes back. Then two stories
# compete to explain a silence. Take one who orders every four weeks, by chance, whose
# chance to end it is 1.5 %, and who has been silent for 12 weeks. *Bad timing*: it
# stayed, 0.985, and nothing came for 12 weeks, $e^{-12/4}=0.05$. *A farewell*: 0.015.
# The weight of the first story, 0.049 ÷ (0.049 + 0.015) = 77 %, is its **probability to
# be a customer (活跃概率)**. Here after 4, 12 and 24 weeks:

# %% tags=["lesson", "nbval-check-output"]
import numpy as np

stayed = 0.985 * np.exp(-np.array([4, 12, 24]) / 4)
print((stayed / (stayed + 0.015)).round(2).tolist())

# %% [markdown] tags=["lesson"]
# Paces and chances differ from customer to customer, and nobody knows them. A
# **purchase model (购买模型)** learns from the whole book how they are spread. Fader,
# Hardie and Lee (2005) made one that fits in a second, the *BG/NBD*; Batislam, Denizel
# and Filiztekin (2007) let the coin be thrown after the first order, too, the
# *MBG/NBD*; and Platzer and Reutterer (2016) let orders come *more regularly than
# chance*, the $k$ in **MBG/CNBD-k**. Firms order drive components more like clockwork
# than like dice, so the last is the model here. The exercises take the MBG/NBD:

# %% tags=["lesson"]
from kamlab.value.lifetime import ModifiedBetaGeoNBD

if has_model:
    simple = ModifiedBetaGeoNBD().fit(*rhythm)
    by_chance = simple.probability_alive(*rhythm)
    print(by_chance[stories].round(3).tolist())

# %% tags=["lesson", "covers:03.6", "nbval-check-output"]
if has_model:
    print(fitted.parameters_.round(2).to_dict())

# %% [markdown] tags=["lesson"]
# Four numbers hold the whole book. The middle pace is a gap of $k\alpha/r$ = 3 × 2.91 ÷
# 2.21, a good 3.9 weeks, and the larger $r$, the more alike the customers are in it. Of
# all orders $a/(a+b)$ = 0.19 ÷ 12.68 = 1.5 % are the last, and the larger $a$ and $b$,
# the more alike they are in that. In words:

# %% tags=["covers:03.6", "nbval-check-output"]
if has_model:
    alive = values.orders.alive
    say(alive_words.model_sentence(values.orders.model))

# %% tags=["covers:03.6", "nbval-check-output"]
if has_model:
    say(alive_words.alive_sentence(alive, of))

# %% tags=["lesson", "nbval-check-output"]
if len(stories):
    silent = alive_words.silence_table(fitted, counts, stories, names)
    style = alive_words.SILENCE_FORMATS
    display(present(silent, style, "A pause or a farewell, in weeks"))

# %% tags=["lesson"]
if len(stories):
    show(alive_plots.plot_alive_by_silence(fitted, counts, stories, names, source))

# %% tags=["lesson"]
if len(stories):
    say(how_to_read("silence"))

# %% [markdown] tags=["lesson"]
# Read the three. *Nordkai* and *Kovostav* order every other week, and a few weeks of
# silence are nothing. *Lienz* ordered every month while its project lasted and has been
# silent for a year, so the model has buried it. **The model is right that no more
# orders will come, and wrong about the reason**: nobody was lost. It cannot know that a
# project was finished; you can. And of *Kovostav* it sees nothing at all: it counts
# orders, not what is in them. Each figure answers one question.
#
# Now the customers that somebody should ask. First those of whom one cannot tell,
# between 20 and 80 %; then, a little wider, those whose silence begins to speak.

# %%
if has_model:
    year_of_own = counts["own_orders"] * counts["order_value"]
    said = alive_words.doubt_sentence(alive, year_of_own, names)
    say(said, headline="why")

# %%
if has_model:
    doubted = alive[(alive > 0.02) & (alive < 0.9)].index
    first = year_of_own[doubted].nlargest(6).index

# %%
if has_model and len(first):
    asked = alive_words.silence_table(fitted, counts, first, names)
    caption = "Between 2 and 90 %, those who brought most first (times in weeks)"
    display(present(asked, alive_words.SILENCE_FORMATS, caption))

# %%
if has_model:
    say(how_to_read("alive"))

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 频率、最近购买时间和观察期三个数，足以判断客户是否还在。
# * 同样的沉默，对每周下单的客户是告别，对每季下单的客户只是停顿。
# * 模型只看下单日：项目结束、季节停顿和流失，看上去都一样。

# %% [markdown] tags=["instructor"]
# Minutes: 12
# Ask: Which of your customers would the model bury, though you know better?
# Ask: Whom would you rather call, one at 50 % or one at 5 %?
# Common mistake: Reading the probability as satisfaction or as the chance of an order.

# %% [markdown]
# ## How often will it order?

# %% [markdown] tags=["lesson"]
# Expected orders are the pace of each customer, drawn a little towards the pace of all,
# times the chance that it is still there and stays. One line gives them, here over 52
# weeks and from the simple model:

# %% tags=["lesson"]
if has_model:
    print(f"{simple.expected_orders(52, *rhythm).sum():,.0f} order days")

# %% [markdown] tags=["lesson"]
# The model of the report says nearly the same of the sum; the two differ in *whose*
# silence counts. An **interval (区间)** goes with each figure: orders come by chance,
# and the model's four numbers are not known exactly. We let the model make up sixty
# books like ours, fit each again, and look how far the answers move: a **parametric
# bootstrap (参数自助法)**.

# %%
from kamlab.value.customer_equity import orders_ahead_words
from kamlab.value.lifetime import bootstrap, units

if has_model:
    ahead = units.days_to_units(365.25, history.unit)
    drawn = bootstrap(fitted, *rhythm, ahead, 60, random_state=random_state)

# %% tags=["covers:03.6", "nbval-check-output"]
if has_model:
    expected = drawn.total()
    said = orders_ahead_words.orders_sentence(expected, counts["orders"].sum(), of)
    say(said, headline="what")

# %%
if has_model:
    label = "Order days expected in the next 12 months"
    record("orders_ahead", expected, label=label, better="higher")

# %%
if has_model:
    beside = orders_ahead_words.orders_table(drawn.accounts, counts, 6, names)
    caption = "Order days: last twelve months, and the next with their interval"
    display(present(beside, {"expected": "count"}, caption))

# %%
if has_model:
    say(how_to_read("orders"))

# %% [markdown] tags=["lesson"]
# **Would it have been right?** Go back a year: the portfolio is a time machine, and
# shows the book as it was known then. The model learns from that and foretells the year
# that has passed since. Beside it stands the forecast that costs nothing: the same as
# the year before.

# %%
from kamlab.value.customer_equity import hindsight

year_ago, _ = trailing.trailing_window(portfolio.as_of, 12)
year_ago -= pd.Timedelta(days=1)
has_past = has_model and trailing.months_covered(portfolio, 24) == 24

# %% tags=["covers:03.6", "nbval-check-output"]
if has_past:
    old_book = portfolio.at(str(year_ago))
    then = purchase_history(old_book, by=level)
    looked = hindsight.in_hindsight(then, history, model, random_state=random_state)
    say(hindsight.hindsight_sentence(looked), headline="why")

# %%
if has_past:
    say(how_to_read("hindsight"))

# %% [markdown] tags=["lesson"]
# The sum is known far better than its parts: chance evens out over three hundred
# customers, and never over one. Who plans capacity may use the sum; who plans a visit
# must look at the interval of the account.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 预期订单 = 自身节奏（向总体收缩）× 仍是客户的可能性。
# * 总数的区间窄，单个客户的区间宽：偶然性只在总体中抵消。
# * 区间既包含偶然性，也包含参数的不确定性。

# %% [markdown] tags=["instructor"]
# Minutes: 7
# Ask: Why is the interval of the sum so much narrower, in per cent?
# Common mistake: Adding up the lower ends of all accounts to a lower end of the sum.

# %% [markdown]
# ## What does an order leave?

# %% [markdown] tags=["lesson"]
# Orders are not money. What one order day of a customer will leave is its usual net
# revenue, times its **contribution margin (贡献利润率)** after cost to serve. Who has
# two orders on record may have been lucky twice, so the usual revenue of few orders is
# drawn towards that of all customers: the *Gamma–Gamma* model of Fader and Hardie
# (2013) says how far. Two conditions go with it: order values must be positive, and
# must not hang on how often somebody orders. A customer that loses money with each
# order keeps its own figure, and its value is negative. It is not set to nothing.

# %%
from kamlab.value.customer_equity import order_worth_words

if has_model:
    worth = values.accounts["order_worth"].rename("order_worth")
    orders = counts.join(worth)
    say(order_worth_words.order_worth_sentence(worth, names, currency, of))

# %% tags=["nbval-check-output"]
if has_model:
    a_year = values.accounts["orders_year"]
    said = order_worth_words.dearest_order_sentence(worth, a_year, names, currency)
    say(said)

# %%
if has_model:
    whom = (worth * a_year).sort_values(ascending=False).dropna().index
    chosen = whom[:4].append(whom[-2:])
    table = order_worth_words.order_worth_table(orders, chosen.unique(), names)

# %%
if has_model:
    style = {"revenue_of_order": "money", "margin": "share", "order_leaves": "money"}
    caption = "What an order day leaves: the best and the last by the year"
    display(present(table, style, caption, currency))

# %%
if has_model:
    say(how_to_read("order worth"))

# %% [markdown] tags=["lesson"]
# Among those whose orders cost more than they bring is *Wetterau Tools*, the large
# customer of the chapter before that sends an order for every screw. More loyalty of
# this kind is worth less than nothing.
#
# **Would it have been right in money?** Take the orders foretold a year ago, times what
# an order day was worth then, and set the net revenue that came beside it.

# %%
from kamlab.value.contracts import contract_renewals
from kamlab.value.customer_equity import hindsight_money_words as money_words

bound = []
if has_past and portfolio.has("contracts"):
    terms = contract_renewals(old_book, by=level).terms
    bound = terms.loc[terms["outcome"] == "open", "account"]

# %% tags=["covers:03.6", "nbval-check-output"]
if has_past:
    sold = list(windows.values())[-2:]
    each = then.accounts["order_value"]
    in_money = money_words.money_in_hindsight(looked.accounts, each, *sold, bound)
    say(money_words.money_sentence(in_money, currency))

# %%
if has_past:
    shown = in_money.drop(columns=["missed", "missed_before"])
    style = dict.fromkeys(["expected", "year_before", "came"], "money")
    style |= dict.fromkeys(["orders_off", "value_off"], "share")
    told = {"orders_off": "More orders", "value_off": "More per order"}
    caption = "Net revenue of the last year, as foretold before it, and as it came"
    display(present(shown, style, caption, currency, labels=told))

# %%
if has_past:
    say(how_to_read("money"))

# %% [markdown] tags=["lesson"]
# The orders were right to one per cent, the money was not, and here *the same as the
# year before* wins. The error sits in one place: the accounts under contract, few and
# large, ordered more often than they used to, and more each time. A purchase model
# knows **no trend (趋势)** of what an order is worth. Where your large customers grow,
# read every value below as too low, and where they shrink, as too high. Who knows the
# growth to come can say so, `portfolio_lifetime_value(…, order_value_growth=0.03)`;
# rules that learnt it from the last two years came no nearer on days held out.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 每次订单的贡献 = 订单净收入 × 贡献利润率（扣除服务成本之后）。
# * 订单少的客户，金额要向总体收缩；模型不懂金额的趋势。
# * 每单亏损的客户，价值就是负数，不能悄悄记为零。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Which would you rather have, a hundred orders at 50 or five at 1,000?
# Ask: The orders were right and the money was not. What would you ask the sales team?
# Common mistake: Taking revenue per order for what it leaves.

# %% [markdown]
# ## Contracts: until the end of the term, and then?

# %% [markdown] tags=["lesson"]
# A customer under contract does say goodbye, on a known day. Until then its silence
# ends nothing; after it only the renewal counts. So count decisions: each contract
# whose term is over was **renewed (续约)** or **ended (终止)**, and one that still runs
# is **censored (删失)**: it has decided nothing yet, and may be counted neither as
# loyal nor as lost.

# %%
from kamlab.value.contracts import due_renewals, due_terms, renewals_words

section = "Renewal of contracts"
has_contracts = available(portfolio, "contracts", section=section)

# %% tags=["covers:03.6", "nbval-check-output"]
if has_contracts:
    renewals = contract_renewals(portfolio, by=level)
    say(renewals_words.renewals_sentence(renewals))

# %%
has_renewals = values is not None and values.contracts is not None
if has_contracts and has_renewals:
    coming = due_terms(renewals, months=12)
    has_renewals = len(coming) > 0

# %%
if has_contracts and has_renewals:
    renewing = values.contracts.model
    due = due_renewals(renewing, coming["period"], random_state=random_state)
    say(renewals_words.due_sentence(due, 12), headline="what")
    label = "Contracts that renew, of those that come up in 12 months"
    record("renewing", due.total, label=label, better="higher")

# %%
if has_contracts and has_renewals:
    listed = renewals_words.due_table(coming, due, names)
    style = {"end": "date", "probability": "share"}
    display(present(listed.head(8), style, "Contracts that come up next"))

# %%
if has_contracts and has_renewals:
    say(how_to_read("contracts"))

# %% [markdown] tags=["lesson"]
# The model behind it is the **shifted beta-geometric (sBG)** of Fader and Hardie
# (2007): every customer throws the same coin at each renewal, but each has a coin of
# its own. Those with bad coins leave early, so the survivors of many renewals look more
# loyal, though nobody has changed. Talbruck's 83 decisions are too few to show it: the
# *mean* is known, the *spread* is not, and all get the same probability. A made-up book
# in a *Deeper* section shows it better.
#
# Talbruck's contracts are **frame contracts (框架合同)**: they fix prices and terms and
# oblige nobody to order. So an account whose orders say that it has left (a probability
# below 5 %) is valued by its orders, contract or not. One that only slows down is not,
# and its value is then too high; another *Deeper* section counts how often.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 有合同的客户，沉默不等于离开，关键在续约。
# * 尚未到期的合同是删失数据，不能算忠诚，也不能算流失。
# * 老客户续约率高，可能只是不忠诚的早已离开。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Your renewal rate rose this year. Name two reasons that are no success.
# Common mistake: Dividing renewed contracts by all contracts, those running included.

# %% [markdown]
# ## What the customers are worth, once

# %% [markdown] tags=["lesson"]
# Now the parts come together. For each of the next fiscal quarters $q$: expected
# orders, times what an order leaves, in money of today. A quarter's money is taken as
# due in its middle, $t_q$ years away:
#
# $$\text{value} = w \sum_{q=1}^{12} \frac{E[\text{orders in } q]}{(1+i)^{t_q}}
# \qquad\text{or, under contract,}\qquad
# w\, n \sum_{q=1}^{12} \frac{S_q\,\ell_q}{(1+i)^{t_q}}$$
#
# with $w$ what an order leaves, $n$ the orders a year while the contract runs, $S_q$
# the chance that it still runs, and $\ell_q$ the length of the quarter in years. **An
# account is valued by its contract or by its repeat orders, never by both.** The sum
# over all accounts is the **customer equity (客户资产)**.

# %%
from kamlab.value.customer_equity import equity_plots

# %% tags=["covers:03.6", "nbval-check-output"]
if values:
    said = book_value_words.book_value_sentence(values, currency, of)
    unknown = book_value_words.basis_sentence(values.contribution)
    say(said, unknown, headline="what", leads=True)

# %%
if values:
    label = f"Customer equity ({values.contribution}), {quarters} quarters"
    record("customer_equity", values.equity, label=label, better="higher",
           currency=currency, headline=True)  # fmt: skip

# %% tags=["nbval-check-output"]
if values:
    multiple = book_value_words.in_years(values)
    say(book_value_words.multiple_sentence(multiple, values.contribution))

# %% tags=["nbval-check-output"]
if values:
    say(book_value_words.first_sentence(values, names))

# %%
if values and not multiple.reason:
    label = f"Customer equity in years of {values.contribution}"
    record("equity_multiple", multiple, label=label, better="higher")

# %%
if values:
    plotted = {"n": 12, "names": names, "currency": currency, "source": source}
    show(equity_plots.plot_equity(values, **plotted))

# %%
if values:
    best = book_value_words.values_table(values, 8, names)
    style = dict.fromkeys(["value", "low", "high", "contribution"], "money")
    style["alive"] = "share"
    display(present(best, style, "Who is worth most", currency))

# %%
if values:
    say(book_value_words.losing_sentence(values, currency, of))
    say(how_to_read("equity"))

# %% tags=["nbval-check-output"]
if values and values.notes:
    say("What the fits say of themselves.", *values.notes)

# %% [markdown] tags=["lesson"]
# Compare the sum with the sheet over the same years: three contributions to come, at
# each guess of retention.

# %% tags=["lesson", "nbval-check-output"]
if values:
    three = retention_scenarios.retention_scenarios(left, discount_rate, periods=3)
    say(sheet_words.sheet_sentence(three, currency, of, history.basis))

# %% [markdown] tags=["lesson"]
# The models say more than even the hopeful scenario, and for two reasons that can be
# named: on the sheet nothing comes before a year has passed, and 92 % of Talbruck's
# buyers bought again, not 90. What the models add is *which* account, and *how sure*.
# What neither adds is a trend: a year ago the money foretold was too low.
# Look at the interval of the largest: it hangs on one renewal. No model makes that
# narrower; a talk might.
#
# *Question to think about:* Add up the lower ends of all intervals of the accounts. Why
# is that far below the lower end of the sum?
#
# <details><summary>Answer (参考答案)</summary>
#
# It would take all accounts to have a bad three years together. Bad luck of one is made
# up by good luck of another, unless something hits all at once; and that the model does
# not know.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 每个客户只计一次：有合同按合同，没有合同按重复订单。
# * 客户资产 = 所有客户终身价值之和，并给出区间。
# * 各客户区间下限之和，不等于总和的区间下限。

# %% [markdown] tags=["instructor"]
# Minutes: 8
# Ask: Would you put this number into a balance sheet? What would an auditor ask?
# Common mistake: Adding a contract's value to that of the orders placed under it.

# %% [markdown]
# ## What is a point worth?

# %% [markdown] tags=["lesson"]
# Gupta, Lehmann and Stuart (2004) asked what moves customer equity most: one point of
# retention, of margin, of the discount rate, or of the cost of winning a customer. On
# the sheet the answer can be worked out by hand. If retention rises by one *per cent*,
# value rises by $(1+i)/(1+i-r)$ per cent, its **elasticity (弹性)**; if margin does, by
# one. With 70, 80 and 90 % retention, and 12 % discount as in their paper:

# %% tags=["lesson", "covers:03.11", "nbval-check-output"]
from kamlab.value.contracts import retention_elasticity

print(retention_elasticity([0.7, 0.8, 0.9], discount_rate=0.12).round(1).tolist())

# %% [markdown] tags=["lesson"]
# The higher retention is already, the more one more per cent is worth, without end.
# Over twelve quarters, and with each customer's own chance, the answer is smaller. What
# winning a customer costs Talbruck does not record, so that bar is missing; instead
# stands the growth of order values, the trend that the money foretold has lacked.

# %%
from kamlab.value.customer_equity import equity_sensitivity
from kamlab.value.customer_equity import raising_words, value_levers

# %% tags=["covers:03.11"]
if has_model:
    tornado = equity_sensitivity(values)
    show(equity_plots.plot_sensitivity(tornado, currency, source))

# %%
if has_model:
    say(how_to_read("sensitivity"))

# %% [markdown] tags=["lesson"]
# *Question to think about:* One point of margin is worth more here than one point of
# retention. Should all effort go into price talks?
#
# <details><summary>Answer (参考答案)</summary>
#
# Not by this figure. It says what a point is worth, not what it costs, and a price talk
# can cost the customer. Compare gain and cost of each; the next section does.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 留存率提高 1%，价值提高 (1+i)/(1+i−r) 个百分比。
# * 分清“一个百分点”与“百分之一”。
# * 敏感度说明一个点值多少，不说明一个点要花多少。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: Which of the bars can your own department move at all?
# Common mistake: Taking one point for one per cent.

# %% [markdown]
# ## How to raise it

# %% [markdown] tags=["lesson"]
# The course documents plan in four steps (**客户价值提升方案**): segment the customers
# (客户细分), choose a **differentiated strategy (差异化策略)** for each segment, turn
# it into a **value proposition (价值主张)**, and look after the experience (客户体验).
# A value says where to begin. Value = how often they order × what an order leaves × how
# long they stay, and five **levers (价值杠杆)** move these: volume, price, mix, cost to
# serve and retention. One per cent of price is a whole point of margin, the longest bar
# above, as nothing else changes; one per cent of volume brings its costs along.

# %% tags=["covers:03.11", "nbval-check-output"]
if has_model:
    levers = value_levers(values, change=0.01)
    say(raising_words.levers_sentence(levers, 0.01, currency), headline="why")

# %%
if has_model:
    style = {"gain": "money", "share": "share"}
    caption = "One per cent of each lever"
    display(present(levers, style, caption, currency))

# %%
if has_model:
    say(how_to_read("levers"))

# %% [markdown] tags=["lesson"]
# **Three plans.** The documents name three ways to raise value: *customised products
# (定制化产品)*, *value-added services (增值服务)* and *long-term partnership
# (长期合作)*. Each changes some levers and costs money. The effects below are
# **assumed**; replace them by your own. The **break-even (盈亏平衡点)** says which part
# of them has to come true.

# %%
from kamlab.value.customer_equity.scenarios import PLANS

assumed = pd.DataFrame(map(vars, PLANS)).set_index("name").drop(columns="margin")
style = dict.fromkeys(["volume", "price", "service"], "share")
style |= {"retention": "points", "cost_once": "money", "cost_a_year": "money"}

# %%
if has_model:
    caption = "What three plans are assumed to change, and to cost"
    told = {"name": "Plan", "volume": "Orders", "service": "Cost to serve"}
    display(present(assumed, style, caption, currency, labels=told))

# %% tags=["covers:03.12"]
from kamlab.value.customer_equity import compared_plans

if has_model:
    ten = values.accounts["value"].nlargest(10).index
    plans = compared_plans(values, accounts=ten)
    say(raising_words.plans_sentence(plans, currency))

# %%
if has_model:
    style = dict.fromkeys(["before", "gain", "cost", "net"], "money")
    style["break_even"] = "share"
    caption = "Three plans for the ten of most value, effects assumed"
    display(present(plans, style, caption, currency))

# %%
if has_model:
    say(how_to_read("scenarios"))

# %% [markdown] tags=["lesson"]
# Read the last column first. Where the break-even is small, a plan may be tried though
# nobody believes the assumption. The customised product wins here by 3 % of price that
# are *assumed*. With 1 % its net gain is:

# %% tags=["lesson"]
from kamlab.value.customer_equity import ValuePlan, plan_value

careful = ValuePlan("Customised", price=0.01, retention=0.01, cost_once=150_000)
if has_model:
    print(f"{plan_value(values, careful, ten).net:,.0f}")

# %% [markdown] tags=["lesson"]
# Some two thirds of its gain were an opinion about the price, and nothing else.
#
# **What may keeping a customer cost?** Loyalty is said to *cut marketing cost and raise
# lifetime value (降低营销成本、提高CLV)*. Blattberg and Deighton (1996) ask how much to
# spend on it. Two judgements draw a curve: what is spent and kept now, and what would
# be kept if money were no matter; between the two, more money keeps more, but less and
# less. Here the second is a parameter: the part `preventable` of all losses.

# %%
needs = ["orders.cogs", "costs", "activity_minutes"]
section = "What keeping customers may cost"
has_costs = available(portfolio, *needs, section=section)

# %% tags=["covers:03.13"]
from kamlab.value.contracts import best_retention_spending, retention_curve
from kamlab.value.contracts import retention_spending_words as spending_words

has_costs &= has_model and not kept.reason and 0 < kept.value < 1

# %% tags=["covers:03.13"]
if has_costs:
    streams = values.streams
    yearly = streams.revenue * values.accounts["orders_year"][streams.revenue.index]
    spent = (yearly * streams.service)[alive > 0.5].mean()
    margin = (yearly * (streams.margin + streams.service))[alive > 0.5].mean()

# %% tags=["covers:03.13"]
if has_costs:
    ceiling = kept.value + preventable * (1 - kept.value)
    curve = retention_curve(spent, kept.value, ceiling)
    spending = best_retention_spending(curve, margin, discount_rate)
    show(spending_words.plot_spending(spent, curve, spending, currency, source))

# %%
if has_costs:
    say(how_to_read("spending"))

# %% [markdown] tags=["lesson"]
# All direct costs and all cost to serve count as spending here, because without them
# nobody would stay. What the curve cannot know is which part of the service keeps
# customers, and which part they would not miss.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 价值杠杆树：销量、价格、产品组合、服务成本、留存。
# * 三种提升方案都要算净收益和盈亏平衡点，效果是假设。
# * 维系投入有最优点，超过之后每多花一元收不回一元。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Which effect would you assume for a service contract, and who could tell you?
# Common mistake: Reading the assumed effect as a result.

# %% [markdown] tags=["deeper"]
# ## Deeper: three marks for every account

# %% [markdown] tags=["lesson", "deeper"]
# The documents also evaluate a customer by **spend ability (消费能力), loyalty (忠诚度)
# and latent profit (潜在利润)**. A scorecard of three places from 0 to 100 does that:
# by revenue of its own year, by the years it has kept ordering times the probability
# that it still does, and by its lifetime value. The weights are opinion; so each
# account is shown with the best and the worst place that other weights, up to 20 points
# away, would give it.

# %% tags=["deeper"]
from kamlab.value.customer_equity import scorecard_measures, value_scorecard

if has_model:
    card = value_scorecard(scorecard_measures(values, history))

# %% tags=["deeper", "covers:03.7", "nbval-check-output"]
if has_model:
    say(raising_words.scorecard_sentence(card, names))

# %% tags=["deeper", "covers:03.7"]
if has_model:
    marks = raising_words.scorecard_table(card, 6, names)
    display(present(marks, caption="Spend ability, loyalty, latent profit: 0 to 100"))

# %% tags=["deeper"]
if has_model:
    say(how_to_read("scorecard"))

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 三个维度：消费能力、忠诚度、潜在利润，各取 0 到 100 的名次分。
# * 权重是意见，要看名次随权重怎样变动。
# * 名次不是金额：不能说第一名比第二名好多少。

# %% [markdown] tags=["instructor"]
# Minutes: 3
# Ask: Which weights would your sales director choose, and whom would they favour?
# Common mistake: Adding up places as if they were money.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: other purchase models, and CDNOW

# %% [markdown] tags=["lesson", "deeper"]
# *BG/NBD* lets customers leave only after a repeat order, so one-time buyers count as
# alive for ever. *MBG/NBD* corrects that. *Pareto/NBD* (Schmittlein, Morrison and
# Colombo 1987) lets customers leave at any moment, also between orders. *MBG/CNBD-k*
# adds regular orders. All four learn from the same three numbers. How probable does
# each make what was seen? That probability is its **likelihood (似然)**, far too small
# to print, so one takes its logarithm: nearer to zero is better, and one more is
# already a factor of 2.7.

# %% tags=["lesson", "deeper"]
from kamlab.value.lifetime.named_models import PURCHASE_MODELS, fitted_model

if has_model:
    fits = {each: fitted_model(counts, history.unit, each) for each in PURCHASE_MODELS}
    told = {each: fit.log_likelihood_ for each, fit in fits.items()}
    compared = {"log_likelihood": told}

# %% tags=["lesson", "deeper"]
if has_model:
    there = {each: fit.probability_alive(*rhythm) for each, fit in fits.items()}
    compared["customers"] = {each: found.sum() for each, found in there.items()}
    sums = {each: fit.expected_orders(ahead, *rhythm) for each, fit in fits.items()}
    compared["orders_ahead"] = {each: found.sum() for each, found in sums.items()}

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
if has_model:
    rounded = pd.DataFrame(compared).round().rename_axis("model")
    style = dict.fromkeys(compared, "count")
    display(present(rounded, style, "Four models, one book (orders of 12 months)"))

# %% [markdown] tags=["lesson", "deeper"]
# On Talbruck's order book regularity wins by far, and the sums hardly differ. What does
# differ is *when* silence becomes a worry: earlier, for one who orders like clockwork.
# With 298 accounts a better fit by 2,750 is no accident; a better *forecast* it is only
# on days that the model has not seen, and a section below counts those.
#
# Everybody tries these models on **CDNOW**, a shop of 1997 that sold music by post.
# With the parameters of Fader, Hardie and Lee (2005), a customer with two repeat
# orders, the last after 30.43 of 38.86 weeks, is expected to order 1.226 times in the
# next 39.

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
from kamlab.value.lifetime import BetaGeoNBD

printed = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
print(f"{printed.expected_orders(39, 2, 30.43, 38.86):.3f}")

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 四种模型用同样的三个数；差别在于客户何时、怎样离开。
# * 对数似然越接近零，拟合越好；工业客户的下单更有规律。
# * 总数几乎不变，变的是沉默多久才该担心。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Which of the four assumptions is farthest from your own customers?
# Common mistake: Choosing the model with the best fit and never looking at a forecast.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: four pictures before you believe a model

# %% [markdown] tags=["lesson", "deeper"]
# First, does it describe what it learnt from? Count the accounts by repeat orders, in
# bands, and set beside them what the model expects.

# %% tags=["lesson", "deeper"]
from kamlab.value.lifetime import diagnostic_plots, diagnostics

edges, bands = [-1, 0, 9, 24, 49], ["0", "1–9", "10–24", "25–49", "50"]
if has_model:
    fit = diagnostics.frequency_fit(fitted, *rhythm[::2], top=50)
    fit = fit.groupby(pd.cut(fit.index, [*edges, 50], labels=bands)).sum()
    show(diagnostic_plots.plot_frequency_histogram(fit, source))

# %% tags=["lesson", "deeper"]
if has_model:
    say(how_to_read("histogram"))

# %% [markdown] tags=["lesson", "deeper"]
# Ours allows too few accounts that come back fifty times and more. Second, does it go
# on? We take the model of a year ago and follow all repeat orders, those seen and
# those foretold, past the day from which on it knew nothing.

# %% tags=["lesson", "deeper"]
from kamlab.value.lifetime.held_out import order_days_through

if has_past:
    days = order_days_through(old_book.outcome(months=12), old_book)

# %% tags=["lesson", "deeper"]
if has_past:
    followed = diagnostics.tracking(looked.model, days, year_ago, portfolio.as_of)
    show(diagnostic_plots.plot_tracking(followed, source=source))

# %% tags=["lesson", "deeper"]
if has_past:
    say(how_to_read("tracking"))

# %% [markdown] tags=["lesson", "deeper"]
# This picture asks what the model expects of customers of whom it knows nothing but
# their first day, and there it is a tenth too low: a few, such as the one with a
# thousand orders, are rarer than any such model allows. The forecasts of the core path
# rest on each account's own past, and missed the sum by one per cent.
#
# Third, is it right for the frequent and for the rare?

# %% tags=["lesson", "deeper"]
if has_past:
    year = looked.accounts
    band = pd.cut(then.accounts["frequency"], [*edges, float("inf")], labels=bands)
    of_band = year.groupby(band, observed=True)
    means = of_band[["came", "expected"]].mean().set_axis(["actual", model], axis=1)
    means.insert(0, "accounts", of_band.size())
    show(diagnostic_plots.plot_conditional_expectation(means, source))

# %% tags=["lesson", "deeper"]
if has_past:
    say(how_to_read("by frequency"))

# %% [markdown] tags=["lesson", "deeper"]
# Fourth, do its intervals hold as many as they say, wide ones and narrow ones? This
# is their **calibration (校准)**. Orders are whole numbers, so an interval between two
# of them holds a little more than its name says: of a 95 % interval 97 % are *due*.
# On made-up books that come out: of 500 books each of 100, 300 and 1,000 accounts,
# the 95 % interval of a year's orders of all held what came in 95, 95 and 96 %. On a
# real book orders may come in other ways than the model thinks, and then intervals
# are too narrow.

# %% tags=["lesson", "deeper"]
if has_past:
    kept_word = diagnostics.interval_calibration(year["came"], looked.futures)
    show(diagnostic_plots.plot_interval_calibration(kept_word, source))

# %% tags=["lesson", "deeper"]
if has_past:
    say(how_to_read("calibration"))

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 先看拟合，再看预测；拟合好不等于以后也准。
# * 跟踪图：在模型没见过的日子里，两条线是否仍然重合。
# * 校准图：80% 的区间应当包含 80% 的客户。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: Which of the four pictures would have warned you before a bad year?
# Common mistake: Showing the first picture only.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: who foretells best?

# %% [markdown] tags=["lesson", "deeper"]
# A better fit is no better forecast. So every way gets the same earlier days of several
# books, foretells the later ones, which are **held out (留出)**, and is compared with
# *the same as last year*, which costs nothing. A program of the project writes the
# tables, with the peer library *lifetimes* beside, and nobody types into them. First
# orders: by how many order days an account is missed, on average.

# %% tags=["lesson", "deeper"]
from kamlab.data.locate import find_portfolio

written = find_portfolio(data).parent / "comparisons"
files = [written / f"lifetime_held_out{of_what}.csv" for of_what in ("", "_revenue")]
has_table = all(file.is_file() for file in files)
in_orders, in_revenue = map(pd.read_csv, files) if has_table else (None, None)

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
if has_table:
    missed = in_orders.pivot_table("mae", "method", "book", sort=False)
    caption = "By how many order days an account is missed"
    display(present(missed, caption=caption))

# %% [markdown] tags=["lesson", "deeper"]
# Then money. The books have different currencies, so the errors of all accounts are
# added up, too high and too low alike, and divided by the revenue that came:

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
if has_table:
    errors = in_revenue["mae"] * in_revenue["accounts"] / in_revenue["actual"]
    wrong = in_revenue.assign(error=errors)
    wrong = wrong.pivot_table("error", "method", "book", sort=False)
    style = dict.fromkeys(wrong.columns, "share")
    caption = "Errors of all accounts in money, against the revenue that came"
    display(present(wrong, style, caption))

# %% tags=["lesson", "deeper"]
if has_table:
    counted = {"orders": in_orders, "money": in_revenue}
    found = [pd.crosstab(each["method"], each["verdict"]) for each in counted.values()]
    found = pd.concat([each[["better", "worse"]] for each in found], axis=1)
    found.columns = [f"in_{each}_{side}" for each in counted for side in ("+", "−")]

# %% tags=["lesson", "deeper", "nbval-check-output"]
if has_table:
    ranked = found.reindex(missed.index).drop(index="same as last year")
    caption = "Of seven books, better (+) and worse (−) than “same as last year”"
    display(present(ranked.astype(int), caption=caption))

# %% tags=["lesson", "deeper"]
if has_table:
    say(how_to_read("held out"))

# %% [markdown] tags=["lesson", "deeper"]
# The losers have names. The *sheet* loses nearly everywhere as a forecast; it was never
# meant as one. *Same as last year* is hard to beat where customers order often and
# stay, as the liquor stores of Iowa do, and no model should be sold there. *Online
# Retail* is worse with every model: its Christmas season lies in the weeks held out,
# and no model knows a season. *Gradient boosting* loses on the sums, in money by a
# tenth at Talbruck.
#
# And **every model loses in money on Talbruck 2025**, though it wins in orders, because
# the largest accounts ordered for more each time. A model of *when* is no model of *how
# much*. So the default of this chapter, the simplest way that no other beats, is the
# default for orders; whoever plans revenue should look at last year, too.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 拟合好不等于预测准：要在留出期上比较。
# * “与去年相同”不花钱，很多模型赢不了它。
# * 订单预测准，金额未必准：模型不懂季节，也不懂订单金额的趋势。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: What would you need to see before you replaced "same as last year"?
# Common mistake: Comparing models on the days they learnt from.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: from here on, without end

# %% [markdown] tags=["lesson", "deeper"]
# Why twelve quarters, and not all that ever come? Fader, Hardie and Lee (2005) add up
# all orders to come, each discounted, the **discounted expected residual transactions
# (DERT, 剩余交易折现期望)**. It costs one line.

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
from kamlab.value.lifetime import continuous_rate

if has_model:
    rate = continuous_rate(discount_rate, history.unit)
    endless = values.orders.model.expected_residual_orders(rate, *rhythm).sum()
    within = values.orders.model.discounted_orders(3 * ahead, rate, *rhythm).sum()
    say(f"Discounted orders: {within:,.0f} within three years, {endless:,.0f} in all.")

# %% [markdown] tags=["lesson", "deeper"]
# More than two thirds of the endless sum lie beyond three years, and the book knows
# four years. A chance to leave of one or two per cent an order was seen over four
# years; it says nothing of the twentieth. So the value of this chapter ends where the
# data still speak, and says so.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * DERT：未来全部订单的折现期望。
# * 数据只有四年，无限期的价值大部分来自没有见过的将来。
# * 期限要说清楚，不要用“终身”二字掩盖外推。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: For which decision would you need the endless sum?
# Common mistake: Comparing values of different horizons.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: renewals when customers differ

# %% [markdown] tags=["lesson", "deeper"]
# Why does the retention of a book rise with its age? Make one up: 500 customers who
# renew with 90 % each year, and 500 with 60 %, for ever.

# %% tags=["lesson", "deeper", "nbval-check-output"]
age = np.arange(6)
remain = 500 * 0.9**age + 500 * 0.6**age
print(remain.round().tolist(), (remain[1:] / remain[:-1]).round(2).tolist())

# %% [markdown] tags=["lesson", "deeper"]
# From 75 to 85 %, and nobody has become more loyal: those who leave easily have left.
# This is **heterogeneity (异质性)**. The sBG takes a whole range of chances instead of
# two, and learns the range.
#
# The classic example: of 1,000 customers of a service 869, 743, 653, 593, 551, 517 and
# 491 are left after one to seven years (Fader and Hardie 2007). Who takes a mean
# retention from these years foretells far too few in year 12. The sBG is fitted to the
# seven years only. Of the real customers 394 were left then. The
# *beta-discrete-Weibull* of Fader, Hardie, Liu, Davin and Steenburgh (2018) adds a
# third number, so that a customer's own chance may change with time.

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
from kamlab.value.contracts import BetaDiscreteWeibull, ShiftedBetaGeometric

survivors = pd.Series([1000, 869, 743, 653, 593, 551, 517, 491])
for each in (ShiftedBetaGeometric(), BetaDiscreteWeibull()):
    learnt = each.fit_cohorts(survivors)
    print(f"{type(each).__name__}: {1000 * learnt.survival(12):.0f} left in year 12")

# %% tags=["lesson", "deeper", "nbval-check-output"]
mean = (491 / 1000) ** (1 / 7)
print(f"the mean retention of {mean:.1%}: {1000 * mean**12:.0f}")

# %% [markdown] tags=["lesson", "deeper"]
# What a customer is still worth depends on how often it has renewed: the **discounted
# expected residual lifetime (DERL, 剩余寿命折现期望)**, in years of margin at 10 %, for
# one who is in its first, second and fifth year. Old customers are worth more, though
# nobody has become loyal.

# %% tags=["lesson", "deeper", "nbval-check-output"]
sbg = ShiftedBetaGeometric().fit_cohorts(survivors)
print(sbg.residual_lifetime(0.1, [1, 2, 5]).round(2).tolist())

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 平均留存率低估老客户，因为不忠诚的早已离开。
# * sBG 只用七年数据，就能较准地预测第十二年。
# * 续约次数越多，剩余价值越大，尽管没有人变得更忠诚。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: Which of your figures gets better only because the bad ones have left?
# Common mistake: Reading a rising renewal rate as the effect of a loyalty programme.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: does a contract keep a customer ordering?

# %% [markdown] tags=["lesson", "deeper"]
# Under contract, an account is expected to order as it did in the last twelve months,
# unless it has been silent for far too long. Go back one year and two, value the book
# as it was known then, and count whose orders came within the 95 % interval.

# %% tags=["lesson", "deeper"]
two_ago = trailing.trailing_window(year_ago, 12, back=1)[1]
has_longer = has_past and has_contracts and len(windows) > 2

# %% tags=["lesson", "deeper"]
if has_longer:
    tested, ahead_only = {}, settings | {"quarters": 4, "repetitions": 20}
    for day, came in ((two_ago, then.accounts), (year_ago, history.accounts)):
        told = portfolio_lifetime_value(portfolio.at(str(day)), **ahead_only)
        tested[f"{day:%Y}"] = money_words.held_by_basis(told, came["orders"])

# %% tags=["lesson", "deeper", "nbval-check-output"]
if has_longer:
    both = pd.concat(tested, names=["foretold at the end of"]).round({"expected": 0})
    style = dict.fromkeys(["inside", "low", "high"], "share") | {"expected": "count"}
    display(present(both, style, "Order days of a year, and accounts inside 95 %"))

# %% [markdown] tags=["lesson", "deeper"]
# The sums are right, or nearly; the accounts are not. In the first of the two years too
# many of the 32 under contract fell outside. With so few, chance explains part of it;
# the rest are accounts that kept their frame contract and called on it less. Who has
# contracts that promise nothing may value all accounts by their orders,
# `portfolio_lifetime_value(…, under_contract="by orders")`; who has contracts that
# oblige to buy, all under contract `"to the end"`.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 框架合同约定价格和条件，不约束采购量。
# * 按合同计价的客户可能已停止下单，区间因此偏窄。
# * 样本只有三十来个客户，一年的偏差有一部分是偶然。

# %% [markdown] tags=["instructor"]
# Minutes: 3
# Ask: Which of your contracts oblige the customer to anything?
# Common mistake: Taking a running contract for running business.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: customers who pause and come back

# %% [markdown] tags=["lesson", "deeper"]
# A customer that shares its purchases out among suppliers pauses and returns: *always a
# share*, against *lost for good*. Berger and Nasr (1998, case 5) and Pfeifer and
# Carraway (2000) count in periods since the last purchase, and move the customer from
# state to state by its chances, a **Markov chain (马尔可夫链)**. With 40 of margin and
# 4 of contact a period, chances of 30, 20, 15 and 5 % to buy after one to four periods,
# and 20 % discount, a customer is worth, by periods since it bought:

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
from kamlab.value.contracts import best_stop, markov_value, recency_chain

chances = [0.30, 0.20, 0.15, 0.05]
chain = recency_chain(chances, contribution=40, cost=4)
print(markov_value(chain.transition, chain.rewards, 0.2).round(2).to_dict())

# %% tags=["lesson", "deeper", "nbval-check-output"]
stop = best_stop(chances, contribution=40, cost=4, discount_rate=0.2)
print(f"stop after {stop.recency} periods of silence: {stop.value.iloc[0]:.2f}")

# %% [markdown] tags=["lesson", "deeper"]
# After four silent periods a customer is worth less than nothing, as its contact costs
# more than it will bring; who stops after three gains a little. That is an answer to
# *whom do we stop visiting* that no average gives.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * “永远有份”的客户会停顿后再回来，用马尔可夫链计算。
# * 沉默越久，价值越低，直到联系成本超过期望收益。
# * 模型给出何时停止联系，而不仅是价值。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: What would a customer think who hears nothing after the third silent period?
# Common mistake: Treating a pause as a loss, and paying twice to win the customer back.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: which contribution is the first one?

# %% [markdown] tags=["lesson", "deeper"]
# The sheet lets the first contribution come in a year. Berger and Nasr (1998, case 1)
# count the purchase of today, too, and stop after ten years. A customer leaves 260 a
# year, 50 are spent on it in the middle of each, 75 % stay, and a year costs 20 %. Both
# ways:

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
from kamlab.value.contracts import repeated_sales_value

theirs = repeated_sales_value(260, 50, retention=0.75, discount_rate=0.2, years=10)
print(f"{theirs:.2f}, the sheet {(260 - 50) * margin_multiple(0.75, 0.2):.2f}")

# %% [markdown] tags=["lesson", "deeper"]
# 569 or 350, from the same customer: the first 260 are in hand, and later money is
# spent half a year after the sale it belongs to. Use theirs to decide what winning a
# customer may cost, and the sheet for one that has just paid. Their other cases let
# sales come more often than once a year, and profit grow:

# %% tags=["lesson", "deeper", "nbval-check-output"]
from kamlab.value.contracts import ProfitPath, flowing_profit_value

for growth in (0, 10):
    path = ProfitPath(start=100, growth=growth, turn=5, further=0)
    print(growth, round(flowing_profit_value(path, 0.8, discount_rate=0.1, years=10)))

# %% [markdown] tags=["lesson", "deeper"]
# A profit that rises from 100 to 350 within five years nearly doubles the value, and
# rests on an assumption that nobody has seen come true yet. Show both lines.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 先说清第一笔贡献何时到账：今天，还是一年以后。
# * 决定获客成本时把今天这笔算进去；评价现有客户时不算。
# * 利润增长的假设会使价值接近翻倍，要与不增长的结果并列。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: Which of the two figures would an agency show that is paid for new customers?
# Common mistake: Comparing values that begin on different days.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: do industries order differently?

# %% [markdown] tags=["lesson", "deeper"]
# Do repair shops order like mills? One model for all would hide it, one for each
# industry would learn from a handful. So each group's parameters are drawn towards
# those of all, the more so the fewer accounts it has: **shrinkage (向总体收缩)**, and
# the data say how much.

# %% tags=["lesson", "deeper"]
from kamlab.value.lifetime import GroupedModel

has_industry = has_model and portfolio.has("accounts.industry") and level == "account"
if has_industry:
    industry = portfolio.accounts["industry"].reindex(counts.index).fillna("unknown")
    grouped = GroupedModel(BetaGeoNBD()).fit(*rhythm, groups=industry)

# %% tags=["lesson", "deeper"]
if has_industry:
    largest = grouped.parameters_.nlargest(5, "accounts")
    shown = largest[["accounts"]].rename_axis("industry")
    shown["weeks_between_orders"] = largest["alpha"] / largest["r"]
    shown["ends_after_order"] = largest["a"] / (largest["a"] + largest["b"])
    style = {"weeks_between_orders": "count", "ends_after_order": "share"}
    display(present(shown, style, "Pace and farewell, the five largest industries"))

# %% [markdown] tags=["lesson", "deeper"]
# The trade orders every other week and hardly ever leaves; metal working orders every
# ten weeks, and many more of its orders are the last. Is that more than chance? Let the
# trade be a trait of the account, a **covariate (协变量)**, that may shift both pace
# and leaving (Fader and Hardie 2007b), and see how often it orders, and how easily it
# leaves, against all others.

# %% tags=["lesson", "deeper"]
from kamlab.value.lifetime import CovariateModel

if has_industry:
    trades = ["power transmission trade", "industrial supply"]
    trade = pd.DataFrame({"trade": industry.isin(trades).astype(float)})
    has_industry = trade["trade"].nunique() == 2

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
if has_industry:
    traits = CovariateModel(BetaGeoNBD()).fit(*rhythm, ordering=trade, leaving=trade)
    times = np.exp(traits.effects_[["effect", "low", "high"]]).droplevel(1)
    times = times.set_axis(["times", "low", "high"], axis=1).rename_axis("the trade's")
    display(present(times.round(2), caption="The trade against others, 95 % interval"))

# %% [markdown] tags=["lesson", "deeper"]
# It orders twice as often, and its chance to leave after an order is a quarter of that
# of the others; neither interval holds 1. That is a fact of the past, and no reason: it
# does not say that a mill would stay if it were served like a dealer.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 各行业的下单节奏和流失不同，一个模型会掩盖差别。
# * 小组样本少，参数要向总体收缩，收缩多少由数据决定。
# * 分组越细，故事越多，证据越少；协变量的区间不含 1，才算有差别。

# %% [markdown] tags=["instructor"]
# Minutes: 4
# Ask: Which grouping would you try, and what would you do with the answer?
# Common mistake: Splitting until every group tells a story.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: who can order on occasions only

# %% [markdown] tags=["lesson", "deeper"]
# Some customers cannot order on any day: there is a tender a year, a fair, a
# framework's quarterly call. Then silence between the occasions says nothing, and one
# counts **occasions (机会)** instead of weeks: taken or missed. The *BG/BB* model of
# Fader, Hardie and Shang (2010) does that. With the parameters that they found for
# yearly donations, after six occasions, take one who took all six, one who took four
# and then missed two, and one who missed two and then took four:

# %% tags=["lesson", "deeper", "covers:03.6", "nbval-check-output"]
from kamlab.value.lifetime import BetaGeoBetaBinomial

tender = BetaGeoBetaBinomial().with_parameters(
    alpha=1.204, beta=0.750, gamma=0.657, delta=2.783
)
taken = {"frequency": [6, 4, 4], "recency": [6, 4, 6], "T": [6, 6, 6]}
print(tender.probability_alive(**taken).round(2).tolist())
print(tender.expected_orders(5, **taken).round(2).tolist())

# %% [markdown] tags=["lesson", "deeper"]
# Four of six and four of six, and yet the one is expected at 0.6 of the next five
# occasions and the other at 2.7: *when* tells more than *how often*. Use this model
# where the calendar, and not the customer, decides when an order can come.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 只能在固定机会（招标、展会）下单的客户，用 BG/BB 按机会计数。
# * 同样四次，先买后停与先停后买，前景完全不同。
# * 先问下单时间由谁决定，再选模型。

# %% [markdown] tags=["instructor"]
# Minutes: 3
# Ask: Which of your customers buy by tender, and what would a purchase model say?
# Common mistake: Counting weeks of silence of a customer that buys once a year.

# %% [markdown]
# ## What to do next

# %%
if has_model and len(first):
    advise(*alive_words.ask_step(first, names), headline="do")

# %%
if has_contracts and has_renewals:
    next_due = listed.index[0]
    because = f"The next to decide is {next_due}, on {listed['end'].iloc[0]:%d %B %Y}."
    advise("Talk about renewals before they come up.", because, headline="do")

# %%
if values and (values.accounts["value"] < 0).any():
    advise(
        "Mend the terms of those whose orders cost money.",
        "Serve or price them differently first: more loyalty makes it worse.",
        headline="do",
    )

# %%
advise(
    "Look back in a year.",
    "Keep this page, and set what came beside what it foretold, account by account.",
)

# %% [markdown] tags=["lesson"]
# ## Exercises
#
# Replace `None` by your answer and run the cell; `check` answers at once. All exercises
# start from the table `seen` of the next cell, one account a row. Where a model is
# asked for, take the simple one of this chapter, `ModifiedBetaGeoNBD()`, fitted to
# `triple` of all accounts, in weeks.

# %% tags=["lesson"]
from kamlab.course.check import check

if portfolio.grain == "day":
    seen = purchase_history(portfolio).accounts
    triple = seen["frequency"], seen["recency"], seen["T"]

# %% [markdown] tags=["lesson"]
# **12.1 Compute.** What is the account worth that left the most contribution in the
# last twelve months, by the sheet: 80 % retention, **12 %** discount, without end, the
# first contribution after a year? The answer is money, right within 5.

# %% tags=["lesson", "exercise"]
# solution
most = seen["contribution"].max()
answer_12_1 = most * 0.8 / (1.12 - 0.8)
# end solution
check("12.1", answer_12_1, portfolio)

# %% [markdown] tags=["lesson"]
# **12.2 Interpret.** Fit the model to all accounts, and take each account's probability
# to be a customer. Which of these follow? Give the letters, such as `"XY"`.
#
# * A: The account with most repeat orders is probably still a customer (80 % or more).
# * B: At least one account that has been silent for more than 26 weeks is more likely a
#   customer than not.
# * C: An account below 20 % was lost to a competitor.
# * D: The probabilities add up to fewer customers than there are accounts that ordered
#   in the last twelve months.
# * E: Two accounts that have been silent equally long always have the same probability.

# %% tags=["lesson", "exercise"]
# solution
p = ModifiedBetaGeoNBD().fit(*triple).probability_alive(*triple)
holds = {
    "A": p[seen["frequency"].idxmax()] >= 0.8,
    "B": p[seen["T"] - seen["recency"] > 26].max() > 0.5,
    "D": p.sum() < (seen["orders"] > 0).sum(),
}
answer_12_2 = "".join(letter for letter, is_true in holds.items() if is_true)
# end solution
check("12.2", answer_12_2, portfolio)

# %% [markdown] tags=["lesson"]
# **12.3 Compute.** How many order days will all accounts together have in the next **26
# weeks**, by that model? Two accounts that order on the same day count as two. The
# answer is right within half a per cent.

# %% tags=["lesson", "exercise"]
# solution
answer_12_3 = ModifiedBetaGeoNBD().fit(*triple).expected_orders(26, *triple).sum()
# end solution
check("12.3", answer_12_3, portfolio)

# %% [markdown] tags=["lesson"]
# **12.4 Compute and weigh.** Take the accounts with a positive contribution. How much
# more are they worth on the sheet, without end, if retention rises by one **point**,
# from 80 to 81 %, at a discount of 10 %? The answer is money, right within 0.1 %. Then
# ask what you would pay for that point.

# %% tags=["lesson", "exercise"]
# solution
leaves = seen["contribution"]
gain = margin_multiple(0.81, 0.10) - margin_multiple(0.80, 0.10)
answer_12_4 = leaves[leaves > 0].sum() * gain
# end solution
check("12.4", answer_12_4, portfolio)

# %% [markdown] tags=["lesson"]
# **12.5 Decide.** There is time for **three** calls this week, to find out who is still
# a customer. A call settles something only where the answer is open. With $p$ the
# probability of the simple model, and $c$ what the account left in its own year (order
# days × value of an order day × contribution margin, the columns `own_orders`,
# `order_value` and `contribution_margin`), take $p(1-p)\,c$ for what it settles. Give
# three account numbers, as a list such as `["A10003", "A10005", "A10007"]`.

# %% tags=["lesson", "exercise"]
# solution
p = ModifiedBetaGeoNBD().fit(*triple).probability_alive(*triple)
c = seen["own_orders"] * seen["order_value"] * seen["contribution_margin"].fillna(0)
answer_12_5 = (p * (1 - p) * c).nlargest(3).index.tolist()
# end solution
check("12.5", answer_12_5, portfolio)

# %% [markdown] tags=["lesson"]
# **12.6 Decide.** How much should keeping a customer cost? First an example: 100 a year
# and account are spent, 60 % stay, and whatever were spent, no more than 80 % would.
# An account leaves 500 a year before that spending.

# %% tags=["lesson", "nbval-check-output"]
from kamlab.value.contracts import best_retention_spending, retention_curve

example = retention_curve(spending=100, retention=0.6, ceiling=0.8)
print(example.at([0, 100, 200]).round(2).tolist())
print(round(best_retention_spending(example, 500, discount_rate=0.1).spending))

# %% [markdown] tags=["lesson"]
# Now yours. The mean contribution of the accounts with a positive contribution is what
# an account leaves before the spending. 5 % of that mean is spent a year and account,
# and 85 % stay; whatever were spent, no more than 95 % would. At a discount of 10 %,
# which spending a year and account is best? The answer is money, right within 0.2 %.

# %% tags=["lesson", "exercise"]
# solution
leaves = seen["contribution"]
average = leaves[leaves > 0].mean()
kept_curve = retention_curve(0.05 * average, 0.85, 0.95)
answer_12_6 = best_retention_spending(kept_curve, average, 0.10).spending
# end solution
check("12.6", answer_12_6, portfolio)

# %% [markdown] tags=["lesson"]
# **12.7 Compute and weigh.** Which share of the customer equity do the **twenty**
# accounts of most value bring, by `portfolio_lifetime_value(portfolio)` with nothing
# else changed? Give a share between 0 and 1; it is right within 0.0005. With
# `repetitions=20` it is quicker, and the values stay the same. Then say how many of the
# twenty you could lose before the company is in danger.

# %% tags=["lesson", "exercise"]
# solution
worths = portfolio_lifetime_value(portfolio, repetitions=20).accounts["value"]
answer_12_7 = worths.nlargest(20).sum() / worths.sum()
# end solution
check("12.7", answer_12_7, portfolio)

# %% [markdown] tags=["lesson", "instructor"]
# Minutes: 0 + 50 deeper
# Ask: In 12.5, why is the largest account not always among the three?
# Ask: In 12.7, which of the twenty hang on one contract?
# Common mistake: In 12.4, one per cent for one point.
# Common mistake: In 12.3, counting the days on which anybody orders.
# Common mistake: In 12.6, taking the spending that keeps most.

# %% [markdown]
# ## Limits

# %%
if values:
    say(
        "A value holds for the quarters that are named, at the discount that is named, "
        "and if customers go on as they are. It knows no new customer, no "
        "recommendation and no change of prices."
    )

# %%
if has_model:
    say(
        "Purchase models count order days. They see neither a season nor what is in an "
        "order, and they take every end for a farewell. What an order brings is taken "
        "as it was: where it grows, a value is too low, where it falls, too high."
    )

# %%
if has_contracts and has_renewals:
    say(
        "An account under contract is taken to order as before until its term ends, "
        "unless it has long been silent. A frame contract does not oblige it to order."
    )

# %% [markdown]
# * Intervals hold chance and what the models do not know of their parameters. They do
#   not hold what has never happened: a crisis, a new competitor, a lost product.
# * Margins are held as they were; a value of an account with a young or a rare history
#   leans on that of the others.

# %% [markdown] tags=["lesson"]
# ## Sources
#
# Schmittlein, D. C., Morrison, D. G. and Colombo, R. (1987), Counting your customers,
# Management Science 33, 1–24. Blattberg, R. C. and Deighton, J. (1996), Manage
# marketing by the customer equity test, Harvard Business Review 74 (4), 136–144.
# Berger, P. D. and Nasr, N. I. (1998), Customer lifetime value: marketing models and
# applications, Journal of Interactive Marketing 12 (1), 17–30. Pfeifer, P. E. and
# Carraway, R. L. (2000), Modeling customer relationships as Markov chains, Journal of
# Interactive Marketing 14 (2), 43–55. Gupta, S. and Lehmann, D. R. (2003), Customers as
# assets, Journal of Interactive Marketing 17 (1), 9–24. Gupta, S., Lehmann, D. R. and
# Stuart, J. A. (2004), Valuing customers, Journal of Marketing Research 41 (1), 7–18.
# Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005), "Counting your customers" the
# easy way, Marketing Science 24 (2), 275–284; and RFM and CLV: using iso-value curves,
# Journal of Marketing Research 42 (4), 415–430. Batislam, E. P., Denizel, M. and
# Filiztekin, A. (2007), Empirical validation and comparison of models for customer base
# analysis, International Journal of Research in Marketing 24, 201–209. Fader, P. S. and
# Hardie, B. G. S. (2007), How to project customer retention, Journal of Interactive
# Marketing 21 (1), 76–90. Fader, P. S. and Hardie, B. G. S. (2007b), Incorporating
# time-invariant covariates into the Pareto/NBD and BG/NBD models, technical note.
# Fader, P. S., Hardie, B. G. S. and Shang, J. (2010), Customer-base analysis in a
# discrete-time noncontractual setting, Marketing Science 29 (6), 1086–1108. Fader, P.
# S. and Hardie, B. G. S. (2013), The Gamma-Gamma
# model of monetary value, technical note. Platzer, M. and Reutterer, T. (2016), Ticking
# away the moments, Marketing Science 35 (5), 779–799. Fader, P. S., Hardie, B. G. S.,
# Liu, Y., Davin, J. and Steenburgh, T. (2018), "How to project customer retention"
# revisited, Journal of Interactive Marketing 43, 1–16.

# %% [markdown]
# ## Glossary
#
# | English | 中文 | meaning |
# |---|---|---|
# | lifetime value | 客户终身价值 | contribution of orders to come, in worth of today |
# | customer equity | 客户资产 | sum of the lifetime values of all customers |
# | contribution | 客户贡献 | net revenue less goods, direct costs and cost to serve |
# | retention rate | 留存率 | share of customers still there a year later |
# | discount rate | 贴现率 | what a year of waiting costs |
# | multiple | 利润倍数 | value in yearly contributions |
# | probability to be a customer | 活跃概率 | that silence is a pause and no farewell |
# | order day | 下单日 | day with at least one order |
# | renewal | 续约 | the next contract follows on the one that ends |
# | frame contract | 框架合同 | fixes prices and terms, and obliges nobody to order |
# | interval | 区间 | holds the truth in 95 of 100 such cases |
# | lever | 价值杠杆 | what can be moved to raise value |
# | break-even | 盈亏平衡点 | part of an assumed effect at which a plan pays |

# %% [markdown] tags=["lesson"]
# Of the lesson, beyond the report:
#
# * frequency, recency, T (频率、最近购买时间、观察期): all that a purchase model sees
# * purchase model (购买模型): foretells orders from rhythm and silence
# * likelihood (似然): how probable a model makes what was seen
# * held out (留出): days that a model has not seen, and is judged by
# * calibration (校准): whether intervals hold as often as they say
# * censored (删失): still running, and so not decided yet
# * shrinkage (收缩): few observations lean on those of others
# * bootstrap (自助法): what books like ours would have said
# * elasticity (弹性): per cent of value for one per cent of something else
# * heterogeneity (异质性): customers differ, and the mix changes with age
# * covariate (协变量): a trait of the account that may shift pace or leaving
# * occasion (机会): a time at which a customer can order at all
# * Markov chain (马尔可夫链): chances to move from state to state
# * spend ability, loyalty, latent profit (消费能力、忠诚度、潜在利润): three marks
