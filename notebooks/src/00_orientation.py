# %% [markdown]
# # Key accounts and relationship marketing (大客户与关系营销)
#
# **The question.** Who are our key accounts, what do they bring, and is what everybody
# says of key accounts true of ours?

# %% [markdown] tags=["lesson", "covers:00.19"]
# The book asks one question: *revenue grows 5 % a year and profit stands still: where
# does it go, and what do we do on Monday?* This notebook comes before an answer. You
# will learn to
#
# * say what a key account (大客户) and relationship marketing (关系营销) are, with a
#   figure for each part of the definition;
# * turn a claim into a measured statement: *supported*, *not supported*, *cannot tell*;
# * see why customers who were chosen for their size seem to fade afterwards;
# * find your way through the book.
#
# The book follows five Chinese course documents, here called S0 to S4 (S2 holds eight,
# S2a to S2h). One of them opens with the sentence that *customer management is the
# corner-stone of a company: know the customers, build relations, raise satisfaction*
# (客户管理是企业发展的重要基石). Everything that follows asks how one would know.
#
# The company is *Talbruck Motion GmbH* (塔尔布鲁克传动), a fictitious maker of drive
# components with about 300 accounts in Europe, China and North America. Reading the
# core path takes about 60 minutes, its exercises take about 20 more; sections headed
# *Deeper* stand after the exercises.
#
# The next cell holds the *parameters*: change one, run all cells again, and everything
# below follows; `stand_in_share` is the part of the accounts that stands in where the
# data name no key accounts. `say` prints a computed sentence, `advise` what to do,
# `present` a table and `show` a figure, while `record` keeps a figure for the report's
# front page.

# %% [markdown] tags=["instructor"]
# Minutes: 3
# Ask: Name a customer of your company that everybody calls important. What would you
# show to somebody who doubts it?
# Common mistake: Reading the parameters cell as settings of the program; they are the
# question that is asked of the data.

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
currency: str = ""  # reporting currency of the data; empty takes what they say
language: str = "en"  # language of the claims in tables [en | zh]
random_state: int = 0  # seed of everything that draws at random [0 .. ]
months: int = 12  # length of the window looked at, in months [3 .. 60]
stand_in_share: float = 0.1  # part that stands in if none are named [0.01 .. 0.5]
discovery_rate: float = 0.05  # share of wrong verdicts accepted [0.001 .. 0.5]

# %%
import kamlab
from kamlab.orientation import claims_plots, claims_words, judgements
from kamlab.orientation import judgement_tables as tables
from kamlab.orientation.key_accounts import key_accounts
from kamlab.orientation.measures import account_measures
from kamlab.orientation.readings import how_to_read

# %%
from kamlab.report import advise, available, present, record, say
from kamlab.style import show
from kamlab.value import trailing
from kamlab.value import concentration_words as words

# %%
portfolio = kamlab.open_portfolio(data, as_of=as_of)
currency = trailing.reporting_currency(portfolio, currency)
names = trailing.account_names(portfolio)
wanted, months = months, trailing.months_covered(portfolio, months)
source = f"{portfolio.name}, {months} months to {portfolio.as_of}"
say(words.short_window_sentence(wanted, months, portfolio.first_day))

# %% [markdown]
# ## Who the key accounts are

# %% [markdown] tags=["lesson"]
# The documents define key accounts in five ways: by large demand and strong purchasing
# power (S0), by scale, funds and long cooperation (S2g), by high consumption or profit,
# persons included (S2e), by volume, frequency or special needs (S2h), and by what a
# firm of this size in this industry calls large (S2d). What they share is this: a **key
# account (大客户)** is a customer whom the company has *chosen* to treat in a way of
# its own, because gaining or losing it would be felt by all. It is a decision, not a
# property. Notebook 21 makes the decision with rules and scores; here we take it as it
# was made, from the column `key_account_flag` of the customer master.
#
# S2h gives three reasons for selling to them in particular (大客户销售的重要性): they
# raise sales, their name lends influence to ours, and they know first what is new in
# their industry (行业最新动态). The first stands below; the third is among the claims
# of a later section; the influence of a name is a subject of notebook 13.
#
# One detail decides whether anything below is worth reading. If you compare *today's*
# key accounts over *last year*, you compare those who did well, for that is why they
# are on the list. So we take the list as it stood **before** the window began.

# %%
chosen = key_accounts(portfolio, months, stand_in_share)
measures = account_measures(portfolio, months)
heads = {"key accounts": chosen.called.capitalize()}
chinese = {"chinese": "中文"}
say(chosen.basis)

# %% tags=["covers:00.2", "covers:00.18", "nbval-check-output"]
about_them = claims_words.key_share_sentence(measures, chosen, currency)
say(about_them, headline="what")

# %% tags=["covers:00.2"]
share = measures["revenue"][chosen.is_key].sum() / measures["revenue"].sum()
of = {"n": len(chosen.accounts), "of": chosen.called, "headline": True}
label = claims_words.share_label("revenue", chosen)
record("key_account_share", share, label=label, unit="share", **of)

# %% [markdown] tags=["lesson"]
# **Contested (市场竞争激烈).** Documents S0, S2b and S2e begin with competition: key
# accounts are what everybody fights for. A table of competitors at each customer comes
# in notebook 13. What can be said without it: how much revenue is there to fight for,
# and what the calendar of events says of competitors.

# %% tags=["covers:00.1", "nbval-check-output"]
from kamlab.orientation import contest

say(contest.at_stake_sentence(measures["revenue"], chosen, names, currency))

# %% tags=["covers:00.1"]
if available(portfolio, "events", section="What is known of competitors"):
    say(contest.competitors_sentence(portfolio.table("events")))

# %% [markdown]
# *How to read it.* The share says what hangs on customers whom the company has chosen
# to care for. *What it does not say:* that the choice was right, or that the revenue
# earns anything.

# %% [markdown] tags=["lesson"]
# *Question to think about:* At Talbruck one account in nine brings more than half of
# the revenue. Is that a success of key-account management?
#
# <details><summary>Answer (参考答案)</summary>
#
# It cannot be told from this figure. They were chosen because they are large; that
# large customers bring much revenue is arithmetic.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 大客户是企业主动选择的结果，而不是客户天生的属性。
# * 比较之前，先取期初的大客户名单，避免“挑选赢家”。
# * 收入占比高，并不等于利润高，也不等于管理有效。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: What changes if the list of today is used for last year?
# Ask: Who in your company decides who is a key account, and where is that written?
# Common mistake: Taking the share of revenue for a result of good work.

# %% [markdown]
# ## What relationship marketing is

# %% [markdown] tags=["lesson", "covers:00.4"]
# **Relationship marketing (关系营销)** builds, keeps and strengthens relations of long
# duration and mutual benefit with customers, partners and others (S0), instead of
# winning one transaction after another. The word is Berry's (1983). S0 and S2g give it
# four characteristics, and rest it on **trust and commitment (信任与承诺)**, as Morgan
# and Hunt (1994) do.
#
# Its core ideas (核心思想) form a chain: satisfaction and loyalty (顾客满意与忠诚),
# building and keeping the relation (关系建立与维护), **value created together and
# shared (价值共创与共享)**. A good product satisfies, the satisfied stay, those who
# stay become worth more, and both sides gain. Heskett and others (1994) call it the
# service–profit chain; every arrow of it is an empirical question. Surveys and the path
# model that measures the arrows come in notebooks 41 and 42.
#
# *Value of* a customer (what we gain) and *value for* a customer (what the customer
# gains) are both called 客户价值 in the documents. In this book they never share a
# name.
#
# Each characteristic has a figure by which one would notice it:

# %% tags=["covers:00.3"]
from kamlab.orientation.characteristics import characteristics_table

four = characteristics_table(measures, chosen.is_key)
present(four, caption="Four characteristics of a relation", labels=heads | chinese)

# %%
say(how_to_read("characteristics"))

# %% [markdown] tags=["lesson"]
# What does not stay with us, 100 % less the figure of the table, the customer keeps: at
# Talbruck key accounts keep more than half of that room, other customers less than a
# third. *Mutual* benefit it is; whether the split is a fair one for what each side puts
# in is the question of notebooks 11 and 35.
#
# *Question to think about:* Key accounts have many more contacts a month; whether a
# larger part of them was begun by the customer, these data cannot tell. Which of the
# two is interaction (互动性)?
#
# <details><summary>Answer (参考答案)</summary>
#
# The part. Many contacts may all be ours. That large customers are called more often is
# certain; that they are more eager is not shown, and that they are not is not shown
# either.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 关系营销有四个特点：长期性、互利性、互动性、情感性。
# * 每个特点都要有可测量的指标，没有记录就如实说明。
# * “客户带来的价值”与“带给客户的价值”是两个概念，不可混用。

# %% [markdown] tags=["instructor"]
# Minutes: 7
# Ask: Which of the four could a competitor copy within a month?
# Ask: How would you measure the affective side without a survey?
# Common mistake: Counting contacts and calling the number closeness.

# %% [markdown]
# ## What is said of key accounts, and what the figures say

# %% [markdown] tags=["lesson"]
# The documents say that key accounts are loyal, steady, profitable, and more. They give
# no figures. So take each claim (论断) as a question to these data.
#
# **The method.** Draw one key account and one other account. How often is the key
# account the higher of the two? If nothing tells the groups apart, in half of the
# comparisons. This *chance* needs no unit and no assumption about distributions; it is
# Mann and Whitney's $U$ divided by the number of comparisons:
#
# $$\hat\theta = \frac{1}{m\,n} \sum_{i=1}^{m} \sum_{j=1}^{n}
# \Big( [x_i > y_j] + \tfrac12 [x_i = y_j] \Big)$$
#
# With 28 key accounts it is uncertain, so it carries a 95 % interval (Newcombe 2006),
# and below eight accounts in a group the answer is *cannot tell*. By hand: key accounts
# 3 and 5, others 1, 2 and 4 make six comparisons; the key account is higher in five,
# $\hat\theta = 0.83$.
#
# **Many questions at once.** Test twenty claims of which none is true, each at 5 %, and
# one will look true. Benjamini and Hochberg (1995) correct for it: of all claims that
# get a verdict, at most 5 % are then expected to be luck (the *false discovery rate*,
# 错误发现率). A claim is *supported* if the corrected test is clear and the difference
# goes the way it says; *not supported* if it goes the other way; otherwise the data
# *cannot tell*.

# %% tags=["covers:00.2", "covers:00.16"]
from kamlab.orientation.claims import claims_to_ask

asked = claims_to_ask(chosen.named)
judged = judgements.judge_claims(measures, chosen.is_key, asked, discovery_rate)
table = tables.claims_table(judged, currency, tested=True, language=language)
caption = f"{len(table)} claims held against the data"
present(table, caption=caption, labels=heads) if len(table) else None

# %% tags=["covers:00.2", "covers:00.16"]
if claims_plots.has_tested_claims(judged):
    show(claims_plots.plot_claims(judged, source))

# %% tags=["nbval-check-output", "covers:00.2"]
say(claims_words.claims_sentence(judged), headline="what" if chosen.named else False)

# %% tags=["nbval-check-output"]
say(claims_words.undecided_sentence(judged, chosen.called))

# %%
for figure in claims_words.claim_figures(judged, chosen):
    record(**figure)

# %%
if len(table):
    say(how_to_read("claims"))

# %% tags=["covers:00.2"]
cautions = tables.cautions_table(judged)
caption = "What a verdict rests on"
present(cautions, caption=caption, labels=chinese) if len(table) else None

# %% tags=["covers:00.4", "covers:00.16"]
missing = tables.claims_table(judged, tested=False, language=language)
present(missing, caption=f"{len(missing)} claims these data cannot be asked about")

# %% [markdown] tags=["lesson"]
# Four lines are worth a pause.
#
# * **Loyal?** Almost all of Talbruck's key accounts bought again, but so did most
#   others. The interval includes one half; so few departures among so few accounts
#   cannot tell. Reinartz and Kumar (2000) found that long-lived customers need not be
#   profitable ones, either.
# * **Steady for their size?** Large books of orders are steadier, as a basket of shares
#   is. So each key account is also held against the *other* account nearest to it in
#   revenue. The claim survives, with a wider interval: only some have a counterpart.
#   Notebook 11 estimates the same from all accounts of these sizes, with the same
#   answer.
# * **A good margin?** The figures say the opposite, and clearly. Whoever buys much pays
#   less. Whether it got worse is a question of its own, which notebook 11 answers.
# * **Across the range?** The middle accounts of both groups buy from the same number of
#   categories, and still the key account is more often the higher one. A median can
#   hide what a comparison of all accounts shows.
#
# S2h's traits of key-account selling, *long cycle, large amounts, high stability*
# (销售周期长、金额大、稳定性高), are among the claims. The cycle cannot be seen in
# order lines, which begin when the selling is over; it needs opportunities with their
# stages.
#
# *Question: “They are loyal” got “cannot tell”. A colleague says: so they are not more
# loyal than others. Right?
#
# <details><summary>Answer (参考答案)</summary>
#
# No. The data are compatible with no difference and with a considerable one. To tell
# two such shares apart with some certainty one needs several hundred accounts in each
# group.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 每个论断给出三种结论之一：支持、不支持、无法判断。
# * 同时检验许多论断时，要控制错误发现率。
# * “无法判断”不等于“没有差别”，只说明数据不足。

# %% [markdown] tags=["instructor"]
# Minutes: 14
# Ask: Which claim would you have bet on, and how did it come out?
# Ask: What would have to be recorded from tomorrow on to test the last four claims?
# Common mistake: Reading “cannot tell” as “no difference”.
# Common mistake: Comparing the two medians and leaving out the interval.

# %% [markdown]
# ## Chosen, not drawn by lot

# %% [markdown] tags=["lesson"]
# Take the largest accounts of any year. On the way *into* that year they had grown more
# than all others, or they would not be the largest; on the way *out of* it the lead is
# gone. Nobody did anything wrong: a part of a good year is luck, and luck does not
# repeat. Galton described it in 1886 for the heights of sons, as **regression
# to the mean (均值回归)**. Whoever starts a programme with the largest accounts of the
# year will see their lead fade; whoever starts it with those in trouble will see them
# catch up. Neither is the programme's doing. Notebook 33 shows how an effect is
# measured anyway.

# %% [markdown] tags=["lesson"]
# Here is a company made up of *pure luck*: every account has its size, and each year
# draws above or below it as by a die. Nobody manages anything.

# %% tags=["lesson", "nbval-check-output"]
from kamlab.orientation.selection import pure_luck

luck = pure_luck(random_state=random_state)
shares = dict.fromkeys(luck.columns, "share")
present(luck, shares, "A company in which nothing but luck changes: mean growth")

# %%
from kamlab.orientation.selection import SELECTION_COLUMNS, chosen_by_size

windows = trailing.trailing_revenues(portfolio, months)
periods = trailing.named_periods(windows, months)
many = max(len(chosen.accounts), 1)

# %% tags=["nbval-check-output"]
if len(periods) > 2:
    followed = chosen_by_size(periods, many)
    say(claims_words.selection_sentence(followed, many))
else:
    say("To follow the largest accounts of a period, three periods must be there.")

# %%
form = dict.fromkeys(SELECTION_COLUMNS, "share")
caption = f"Mean growth of the {many} largest accounts of each period"
present(followed, form, caption) if len(periods) > 2 else None

# %%
if len(periods) > 2:
    say(how_to_read("selection"))

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 按规模挑选的客户，第二年平均会回落，这叫均值回归。
# * 前后对比不能证明大客户项目的效果。
# * 要看效果，必须有事先选定的、可比的对照组。

# %% [markdown] tags=["instructor"]
# Minutes: 7
# Ask: The sales director shows that accounts in trouble recovered after being visited.
# What do you ask?
# Common mistake: Explaining the fall of last year's stars before asking whether there
# is anything to explain.

# %% [markdown]
# ## Key accounts, consumers, and how business customers order

# %% [markdown] tags=["lesson"]
# Document S2b has a heading on how key accounts differ from consumers
# (大客户与消费品客户差异) and no text below it. So let figures speak. The consumers are
# real: CDNOW, a shop for music on the internet, all 23,570 people who first bought
# there in early 1997, over the twelve months to June 1998 (Fader and Hardie 2001).

# %% tags=["covers:00.13", "nbval-check-output"]
from kamlab.orientation.consumers import CDNOW, buying_profile, profiles_table

ours = buying_profile(portfolio, months)
both = profiles_table({portfolio.name: ours, "CDNOW, consumers": CDNOW})
present(both.rename_axis("figure"), caption="Business customers and consumers")

# %% [markdown] tags=["lesson"]
# The shares of the top 20 % differ by eight points, those of the largest customer by
# far more. What tells business apart is that there are few customers, that each one
# matters, and that they come back. What the figures cannot show stands in Webster and
# Wind (1972): several people decide, by rules, and for others.
#
# S2b gives five features of key accounts' orders (大客户订单的特征): they take long,
# many things interfere, the customer is rational, much depends on the decision, and
# competition is fierce. Order lines can speak to the first and the fourth; *time
# promised* is the days from the order to the delivery that was confirmed:

# %%
from kamlab.orientation.order_features import order_features, orders_of

start, _ = trailing.trailing_window(portfolio.as_of, months)
orders = orders_of(portfolio, start)
theirs = orders["account_id"].map(chosen.is_key)

# %% tags=["covers:00.14"]
groups = {chosen.called: orders[theirs], "others": orders[~theirs]}
told = {name: order_features(rows, currency) for name, rows in groups.items()}
caption = f"Orders of the last {months} months"
present(tables.side_by_side(told, "orders"), caption=caption)

# %% tags=["covers:00.14", "nbval-check-output"]
say(claims_words.one_customer_sentence(orders[theirs], names))

# %% tags=["covers:00.14"]
say(
    "Not recorded: enquiries, people who decide, competitors. They come with a table "
    "of opportunities, as do the days from the first talk to the order."
)

# %% [markdown] tags=["lesson"]
# *They take long*: the table seems to say the opposite, because one customer's many
# orders are promised in days. Without it, orders of key accounts are promised later
# than those of others. And time promised is not the time of selling, which ends where
# an order begins.
#
# S2b's features of marketing to key accounts (大客户营销的特点): competition grows,
# customers mature, there are chances to sell what adds value (S2b names the packaging
# maker 利乐, Tetra Pak), long relations are valued, and more is asked of sales people.
# Two of these leave traces in order lines, year by year: what competition and maturity
# do to prices, and how far the range is sold. Tetra Pak's kind of business is case 3,
# the demands on people are a subject of notebook 37.

# %%
section = "What is offered to key accounts"
needs = "orders.product_id", "products.category"
has_range = available(portfolio, *needs, section=section)

# %% tags=["covers:00.15"]
from kamlab.orientation.offer import offer_by_period, offer_formats

offer = offer_by_period(portfolio, chosen.accounts, months) if has_range else None
caption = f"What the {chosen.called} were offered, period by period"
present(offer, offer_formats(offer), caption) if has_range else None

# %%
if has_range:
    say(how_to_read("offer"))

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 与消费者相比，企业客户数量少、单笔金额大、会反复购买。
# * 订单数据只能说明部分特征，决策过程需要商机表。
# * 大客户的折扣逐年上升，可能与竞争和客户成熟有关，数据不能说明原因。

# %% [markdown] tags=["instructor"]
# Minutes: 8
# Ask: Why is the middle order of Talbruck's key accounts so small?
# Ask: Which of the five features would you try to measure first, and with what?
# Common mistake: Concluding from one loud customer on all of them.

# %% [markdown]
# ## The cycle, step by step

# %% [markdown] tags=["lesson"]
# Applied to key accounts, relationship marketing is a cycle of five steps (S0):
# **identify, understand, personalise, build trust, maintain**. The other documents cut
# it differently, but the steps are the same:

# %% tags=["lesson", "covers:00.5", "covers:00.7"]
from kamlab.orientation import cycle

present(cycle.crosswalk_table(), caption="The documents' own steps")

# %% tags=["lesson", "covers:00.5"]
labels = {"chinese": "中文"}
present(
    cycle.cycle_table(), caption="Each step, and where it is treated", labels=labels
)

# %% [markdown] tags=["lesson"]
# S3 answers *how to do it*: understand needs, build trust, talk continuously, serve
# beyond the product, and improve operations, such as the speed of an answer (响应速度).
# A step that nobody measures is a wish; so each has a figure, as far as the data hold
# it. *Promises* are those that our people made to any account, in all years on record;
# *n* counts the promises that fell due. Response times come with tickets, in notebook
# 43.

# %%
from kamlab.orientation import promises
from kamlab.orientation.cycle_figures import cycle_figures

needs = "interactions.promised_due", "interactions.promised_done"
has_contacts = available(portfolio, "interactions", section="Silence of key accounts")
has_promises = available(portfolio, *needs, section="Whether promises are kept")

# %%
kept = promises.promises_kept(promises.promises_of(portfolio)) if has_promises else None
silence = promises.days_of_silence(portfolio) if has_contacts else None

# %% tags=["covers:00.8", "covers:00.5"]
steps = cycle_figures(measures, chosen.is_key, kept, silence, chosen.called)
present(steps, caption="A figure for every step", labels=chinese)

# %%
if kept is not None:
    label = "Promises kept by their day"
    record("promises_kept", kept, label=label, better="higher")

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 五步循环：识别、了解需求、个性化、建立信任、持续维护。
# * 各份资料的步骤名称不同，内容可以对应。
# * 每一步都要有一个指标，没有记录的也要写明。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: Which step does your company skip?
# Common mistake: Treating the cycle as a project with an end.

# %% [markdown] tags=["lesson"]
# ## How far a company has come

# %% [markdown] tags=["lesson"]
# S3 states six principles: tiering (客户分层), deep relations (建立深入关系),
# customisation (定制化服务), long-term cooperation (长期战略合作), decisions from data
# (数据驱动决策), and a team that fights together (团队协同作战). Below them stand 22
# practices. Rate each from 0 to 4 (0 not at all, 1 now and then, 2 for some key
# accounts, 3 for all of them, 4 for all, and improved): that is a **maturity
# self-assessment (成熟度自评)**. The target of 3 is the level at which nobody is left
# out; set your own. The ratings below are those of three people at an invented company.

# %% tags=["lesson", "covers:00.6"]
from kamlab.orientation import maturity
from kamlab.orientation.maturity_plots import plot_maturity

ratings = maturity.ratings_frame(maturity.EXAMPLE_RATINGS)
show(plot_maturity(maturity.maturity_by_principle(ratings), source="three raters"))

# %% tags=["lesson", "covers:00.6"]
present(maturity.widest_gaps(ratings), caption="The five practices rated lowest")

# %% [markdown] tags=["lesson"]
# Rows on one scale are read more exactly than a radar chart (Cleveland and McGill
# 1984). Do the raters agree? **Cronbach's α (克朗巴赫系数)**, with the raters as items,
# asks whether they put the practices in the same order:

# %% tags=["lesson", "covers:00.6", "nbval-check-output"]
print("three raters:", maturity.rater_reliability(ratings))
print("one rater:", maturity.rater_reliability(ratings[["finance"]]))
print("mean rating:", ratings.mean().round(1).to_dict())

# %% [markdown] tags=["lesson"]
# A high α says that the raters agree on the order, not that they are right, nor that
# they use the same scale: nobody rates any practice higher than the sales director. And
# a self-assessment (Workman, Homburg and Jensen 2003 list what belongs in it) is an
# opinion; hold it against the figures of the cycle above.
#
# *Question to think about:* Only one person has filled in the sheet. What is the
# reliability?
#
# <details><summary>Answer (参考答案)</summary>
#
# It cannot be told. With one rater there is nothing to compare; ask a second one, from
# another department.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 六项原则、二十二条做法，按0到4分自评。
# * 至少两人评分，才能用克朗巴赫系数检验一致性。
# * 自评只是意见，要与实际数据对照。

# %% [markdown] tags=["instructor"]
# Minutes: 5
# Ask: Who in your company would rate team work lowest, and why?
# Common mistake: Averaging away that two departments disagree.

# %% [markdown] tags=["lesson"]
# ## How this book works

# %% [markdown] tags=["lesson", "covers:00.12"]
# S1's course outline (课程大纲) is value and satisfaction, segmentation and
# differentiated strategy, relations, potential. The book keeps this order and adds what
# the other documents bring: six parts, each notebook with question, data, method,
# result, how to read it, exercises with an instant check, limits and glossary. Read 00,
# 01 and 11 first; then follow the step of the cycle where your company is weakest, as
# far as its notebook is available.

# %% tags=["lesson", "covers:00.12", "covers:00.5"]
from kamlab.orientation.book import book_map

heads_of_map = {"rows": "Topics", "there": "Available"}
present(book_map(), caption="Map of the book", labels=heads_of_map)

# %% [markdown] tags=["lesson"]
# S4 sets itself five tasks (研究任务), and the documents name eight kinds of methods.
# Where each is done:

# %% tags=["lesson", "covers:00.9"]
present(cycle.tasks_table(), caption="Task and notebook", labels={"chinese": "中文"})

# %% tags=["lesson", "covers:00.11"]
present(cycle.methods_table(), caption="Methods", labels={"chinese": "中文"})

# %% [markdown] tags=["lesson"]
# Data come from our own systems, from market research, and from third parties
# (内部数据库、市场调研、第三方). What this portfolio has of each:

# %% tags=["lesson", "covers:00.10"]
from kamlab.data.provenance import provenance_table

columns = ["source", "collected by", "there"]
sources = provenance_table(portfolio)[columns]
present(sources, caption="Tables and their sources", labels={"there": "Available"})

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 全书六个部分：价值、细分、关系、满意度、流失、案例。
# * 每一章都有问题、数据、方法、结果、练习和局限。
# * 数据来源分三类：内部数据库、市场调研、第三方。

# %% [markdown] tags=["instructor"]
# Minutes: 3
# Ask: Which table does your company not have, and who could keep it?
# Common mistake: Starting with the method one knows instead of the question one has.

# %% [markdown]
# ## What to do next

# %%
advise(*contest.first_step(judged, chosen.named), headline="do")

# %%
advise(
    "Write the list down, with its date.",
    "Who is a key account, since when, decided by whom: without it nothing can be "
    "compared a year from now.",
)

# %%
advise("Record what is missing.", "Every claim that was not asked names what it needs.")
advise("Keep a group to compare with.", "Decide before a programme who waits for it.")

# %% [markdown] tags=["lesson"]
# ## Exercises
#
# Replace `None` by your answer and run the cell; `check` answers at once. All exercises
# are about the last twelve months, whatever the parameters above say.
#
# **00.1 Compute.** Which share of net revenue did the accounts bring that were key
# accounts *before* the year began? Give a share between 0 and 1 with four digits; it is
# right within 0.00005.

# %% tags=["lesson"]
from kamlab.course.check import check

# %% tags=["lesson", "exercise"]
# solution
year = trailing.trailing_revenue(portfolio, trailing.months_covered(portfolio, 12))
before = key_accounts(portfolio).is_key
answer_00_1 = year[before].sum() / year.sum()
# end solution
check("00.1", answer_00_1, portfolio)

# %% [markdown] tags=["lesson"]
# **00.2 Interpret.** Which of these follow from the table of claims? Give the letters,
# such as `"XY"`.
#
# * A: The key accounts bring more than half of the revenue.
# * B: These data show that key accounts are more loyal than others.
# * C: A claim that gets *cannot tell* is refuted.
# * D: Of two accounts, the key account usually has the lower margin rate.
# * E: Making an account a key account will make its revenue steadier.

# %% tags=["lesson", "exercise"]
# solution
mine = judgements.judge_claims(
    account_measures(portfolio), key_accounts(portfolio).is_key
)
said = {each.claim.name: each.verdict for each in mine}
holds = {
    "A": said["revenue_source"] == "supported",
    "B": said["loyal"] == "supported",
    "D": said["good_margin"] == "not supported",
}
answer_00_2 = "".join(letter for letter, is_true in holds.items() if is_true)
# end solution
check("00.2", answer_00_2, portfolio)

# %% [markdown] tags=["lesson"]
# **00.3 Decide.** A visit with its preparation costs about **5,000**. With whom did
# more margin than that slip away? *Margin lost* is (margin rate of the year before ×
# revenue of the last twelve months) − margin of the last twelve months; the margin rate
# is margin ÷ net revenue. Only those count who were key accounts before the year began
# and had revenue in both years: who stopped buying has no rate, and is another
# question. Give all of their account numbers and no other, as a list such as
# `["A10003", "A10005"]`. The next cell shows how numbers look, and the columns of both
# years.

# %% tags=["lesson"]
from kamlab.value.activity import account_activity

list_then = key_accounts(portfolio).accounts
print(names[list_then].head(3).to_dict())
days = [trailing.trailing_window(portfolio.as_of, 12, back) for back in (0, 1)]
now, then = (account_activity(portfolio, *each) for each in days)
print(now.columns.intersection(["revenue", "margin"]).tolist())

# %% tags=["lesson", "exercise"]
# solution
now, then = now.reindex(list_then), then.reindex(list_then)
expected = then["margin"] / then["revenue"] * now["revenue"]
lost = expected - now["margin"]
answer_00_3 = lost[lost > 5_000].index.tolist()
# end solution
check("00.3", answer_00_3, portfolio)

# %% [markdown] tags=["lesson", "instructor"]
# Minutes: 0 + 20 deeper
# Ask: In 00.3, which of these visits would you make first, and what would you ask?
# Common mistake: Taking today's list of key accounts in 00.1.
# Common mistake: Subtracting this year's margin from last year's in 00.3.

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: sixty years of key accounts

# %% [markdown] tags=["lesson", "deeper", "covers:00.17"]
# S2h says that key-account selling began in the United States in the 1960s, became
# professional later, and now has big data and artificial intelligence. The literature
# says it in more detail:

# %% tags=["lesson", "deeper", "covers:00.17"]
from kamlab.orientation.history import history_table

present(history_table(), caption="Six stages")

# %% [markdown] tags=["lesson", "deeper"]
# What did not change is the first question: who is it worth it for?

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 大客户管理起源于二十世纪六十年代的美国。
# * 从全国客户、全球客户，发展到关系营销与价值共创。
# * 数据分析是工具，第一个问题仍是：谁值得投入？

# %% [markdown] tags=["lesson", "deeper", "instructor"]
# Minutes: 4
# Ask: Which of these steps has your company not yet taken?
# Common mistake: Believing that the newest line of the table replaces the older ones.

# %% [markdown]
# ## Limits
#
# * Key accounts were chosen. All comparisons describe; none of them shows an effect.
# * *Loyal* here means *bought again*. Whether people would rather leave is for a
#   survey.
# * Contacts are those that somebody entered, and enter is what busy people forget.
# * Intervals hold for each claim by itself; the verdicts, not the intervals, are
#   corrected for their number.
# * Accounts of one group are counted one by one. Notebook 11 adds them up.

# %% [markdown] tags=["lesson"]
# ## Sources
#
# The course documents: S0 基于关系营销的大客户管理策略构建与实践; S1
# 《主要客户管理》课件; S2 大客户与会员制营销概述, a page of eight: S2a
# 大客户销售基本概念, S2b 大客户及大客户营销概述, S2c 会员制营销策划, S2d
# 大客户销售制度, S2e 大客户营销方案, S2f 大客户与会员制营销(一), S2g
# 大客户管理与关系营销, S2h 大客户销售; S3 a page of questions and answers on
# 大客户管理逻辑; S4 基于数据分析的大客户营销管理策略.
#
# Benjamini, Y. and Hochberg, Y. (1995), Controlling the false discovery rate, JRSS B
# 57, 289–300. Berry, L. L. (1983), Relationship marketing, in: Emerging Perspectives on
# Services Marketing. Cleveland, W. S. and McGill, R. (1984), Graphical perception, JASA
# 79, 531–554. Fader, P. S. and Hardie, B. G. S. (2001), Forecasting repeat sales at
# CDNOW, Interfaces 31(3), S94–S107. Galton, F. (1886), Regression towards mediocrity in
# hereditary stature. Grönroos, C. (1994), From marketing mix to relationship marketing,
# Management Decision 32(2), 4–20. Heskett, J. L. et al. (1994), Putting the
# service-profit chain to work, Harvard Business Review 72(2). McDonald, M. and
# Woodburn, D. (2007), Key Account Management. Morgan, R. M. and Hunt, S. D. (1994), The
# commitment–trust theory of relationship marketing, Journal of Marketing 58(3), 20–38.
# Newcombe, R. G. (2006), Confidence intervals for an effect size measure based on the
# Mann–Whitney statistic, Statistics in Medicine 25, 559–573. Reinartz, W. and Kumar, V.
# (2000), On the profitability of long-life customers, Journal of Marketing 64(4),
# 17–35. Webster, F. E. and Wind, Y. (1972), A general model for understanding
# organizational buying behavior, Journal of Marketing 36(2), 12–19. Workman, J. P.,
# Homburg, C. and Jensen, O. (2003), Intraorganizational determinants of key account
# management effectiveness, JAMS 31, 3–21.

# %% [markdown]
# ## Glossary
#
# | English | 中文 | meaning |
# |---|---|---|
# | key account | 大客户 | a customer chosen to be treated in a way of its own |
# | relationship marketing | 关系营销 | marketing for long relations that serve both |
# | trust, commitment | 信任、承诺 | belief in a word; wish to keep a relation |
# | value co-creation | 价值共创 | value that both sides make together |
# | claim | 论断 | a sentence that figures could speak for or against |
# | chance | 胜出概率 | how often a key account is the higher of two |
# | false discovery rate | 错误发现率 | share of wrong ones among the verdicts |
# | regression to the mean | 均值回归 | who stands out falls back, by luck alone |
# | cost to serve | 服务成本 | cost of our people's time for an account |
# | direct costs | 直接成本 | freight, engineering and the like, counted apart |
# | maturity | 成熟度 | how far practices have been taken up |
# | reliability | 信度 | how far raters agree |

# %% [markdown] tags=["lesson"]
# Notebook 01 turns to the data: what they must hold, how good they are, and how they
# are kept safe.
