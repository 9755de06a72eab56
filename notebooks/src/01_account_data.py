# %% [markdown]
# # Data on customers and the information system (客户数据与信息系统)
#
# **The question.** Can we rely on what our systems say about our customers, do all
# departments mean the same customer, and would anybody notice if the data were lost,
# changed or passed on?

# %% [markdown] tags=["lesson"]
# You will learn to
#
# * say which data on customers are needed, and how far the own ones go;
# * turn a dirty export into data that meet finance's total to the cent;
# * find two numbers for one customer, and several of us at one customer's door;
# * see a figure as it was known on a day, and prove that a backup is the data;
# * share an extract without giving anybody away.
#
# The company is *Talbruck Motion GmbH* (塔尔布鲁克传动), the fictitious maker of drive
# components of this book. Reading the core path takes about 60 minutes, its exercises
# take about 25 more; the section headed *Deeper* stands after them.
#
# `kamlab import` makes a portfolio of your own system's export; the section *From the
# export to the portfolio* shows how, on an export that is as dirty as real ones.

# %% [markdown] tags=["instructor"]
# Minutes: 2
# Ask: Which figure of your company do two departments report differently?
# Common mistake: Believing that a system which runs holds data that are right.

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
currency: str = ""  # reporting currency of the data; empty takes what they say
language: str = "en"  # language of the questions on the system [en | zh]
random_state: int = 0  # seed of everything that draws at random [0 .. ]
quarters: int = 4  # closed quarters to look back on [2 .. 12]
days: int = 7  # days within which a second contact counts as repeated [1 .. 60]
smallest_group: int = 5  # smallest group an extract may show (k) [2 .. 50]

# %%
from datetime import timedelta

import kamlab
from kamlab.data import overview, overview_words
from kamlab.data.overview_readings import how_to_read
from kamlab.report import available, present, record, say
from kamlab.style import show
from kamlab.value import trailing

# %%
portfolio = kamlab.open_portfolio(data, as_of=as_of)
currency = trailing.reporting_currency(portfolio, currency)
names = trailing.account_names(portfolio)
accounts = portfolio.accounts
source = f"{portfolio.name}, known on {portfolio.as_of}"

# %% [markdown]
# ## What a customer information system is for

# %% [markdown] tags=["lesson"]
# **Customer relationship management (客户关系管理, CRM)** is a strategy: run the
# business around its customers, understand their needs, improve what they experience,
# and so build relations of long duration that serve both sides (S4). Payne and Frow
# (2005) warn of taking the program of that name for it. Reinartz, Krafft and Hoyer
# (2004) measured how far companies carry the process through; those who do are more
# profitable at the start and in the middle of relations, and software alone brings
# nothing.
#
# How far has a company come? Ten questions, answered not by opinion but by counting in
# the data: *yes* from 90 %, *partly* from 50 %.

# %% tags=["covers:01.1", "nbval-check-output"]
from kamlab.data.crm_checklist import crm_checklist

checklist = crm_checklist(portfolio)
asked = "question" if language == "en" else "chinese"
present(checklist[[asked, "answer", "share"]], {"share": "share"}, "The system")

# %% tags=["covers:01.1"]
yes, n = (checklist["answer"] == "yes").sum(), {"n": len(checklist)}
label = "Questions on the customer system answered yes"
record("system_yes", yes, label=label, unit="count", better="higher", **n)

# %% [markdown]
# *How to read it.* A dash means that the data have nothing to count: the table or the
# column is not kept. *What it does not say:* whether what is entered is true, nor
# whether anybody uses it.

# %% [markdown] tags=["lesson"]
# *Question to think about:* How long contacts took is entered for a third of them. Is a
# mean over these a fair figure for all?
#
# <details><summary>Answer (参考答案)</summary>
#
# Hardly. People enter long visits and forget short mails. The contract therefore keeps
# standard minutes beside the entered ones (`activity_minutes`), which notebook 11 uses.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 客户关系管理是以客户为中心的战略，软件只是工具。
# * 系统成熟度可以从数据本身数出来，不必凭印象。
# * 字段填满不等于内容真实，也不等于有人使用。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Which of the ten questions could your own system answer?
# Common mistake: Buying a program and calling it a strategy.

# %% [markdown]
# ## What the data must hold

# %% [markdown] tags=["lesson"]
# S1 and S3 collect three things (数据收集): contact information, purchases,
# communication. The **data contract (数据契约)** of this book says for each what a
# table and a column are called, what is allowed in it, and *since when a value is
# known*. Little is required: an order number, an account, a day, an amount. Whatever
# else is there makes more chapters speak. In a terminal, `kamlab contract orders`
# prints one table of it.

# %% tags=["covers:01.2"]
tables = overview.tables_overview(portfolio)
there = tables[tables["there"]]
columns = ["a row is", "rows", "first", "last", "columns"]
days_of = dict.fromkeys(("first", "last"), "date")
present(there[columns], days_of, "The tables that are there")

# %% tags=["covers:01.2"]
lines = int(tables.loc["orders", "rows"])
record("order_lines", lines, label="Order lines", unit="count")
record("accounts", len(accounts), label="Accounts", unit="count")
record("tables", len(there), label="Tables of the contract in use", unit="count")

# %% [markdown] tags=["lesson"]
# **Where they come from.** S4 collects by market surveys, interviews and sales data
# (市场调查、客户访谈、销售数据). Each way of collecting has its own way of missing
# something, and what is missing is seldom missing by chance: the unhappy do not answer,
# the busy do not enter. For surveys one therefore states how many were asked and how
# many answered, by kind of customer. Talbruck's surveys come with notebook 41; here is
# what each table tends to lack.

# %% tags=["covers:01.10"]
from kamlab.data.provenance import provenance_table, sources_matrix

origins = provenance_table(portfolio)
present(origins, caption="Where the data come from, and what they tend to lack")

# %% tags=["covers:01.10"]
present(sources_matrix(portfolio), caption="Sources: tables there, tables in the book")

# %% tags=["covers:01.10"]
if not origins.loc["surveys", "there"]:
    say(
        "Response rates are not shown: the data have no surveys, so nobody was asked "
        "and nobody can have kept silent."
    )

# %% [markdown]
# *How to read it.* First and last are the days on which rows became known, not the days
# of the export. *What it does not say:* that a table which is there is complete; that
# is the next question.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 只需四列即可开始：订单号、客户、日期、金额。
# * 数据契约还规定每个值从哪一天起为人所知。
# * 缺失很少是随机的，每种采集方式都有自己的盲区。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Who in your company knows why a customer left, and where is it written?
# Ask: Which of the tables would be cheapest to begin with?
# Common mistake: Collecting everything first and asking a question later.

# %% [markdown]
# ## How good they are

# %% [markdown] tags=["lesson"]
# S1's data preparation (数据整理) is to classify, clean and integrate. The import does
# it once, at the door: it reads days and numbers by the formats that were declared and
# never guesses, weighs every fault by the money it touches, and writes down each row
# that it changed or left out. What it left out here:

# %% tags=["covers:01.3"]
from kamlab.report.left_out import read_left_out

told = read_left_out(portfolio.folder).line(currency)
say(told or "Nothing is known to have been left out at the import.")

# %% tags=["covers:01.3", "nbval-check-output"]
filled = overview.completeness(portfolio)
say(overview_words.completeness_sentence(filled), headline="what")

# %% tags=["covers:01.3"]
from kamlab.data import overview_plots

show(overview_plots.plot_completeness(filled, source))

# %%
share = overview.overall_completeness(filled)
label, about = "Cells filled that are meant to be", {"n": len(filled), "of": "columns"}
about |= {"better": "higher", "headline": True}
record("completeness", share, label=label, unit="share", **about)

# %% tags=["covers:01.3"]
empty = overview.gaps(filled)[["meaning", "table", "column", "rows", "filled"]]
shape = {"limit": 10, "labels": {"meaning": "What is missing"}}
present(empty, {"filled": "share"}, "Columns with gaps", **shape) if len(
    empty
) else None

# %% [markdown]
# *How to read it.* Columns whose values come later (a delivery, a promise kept) and
# those in which nothing means something (no group, no merger) are left out of the
# count. *What it does not say:* that a value is right. A full column can be wrong
# throughout.

# %% [markdown] tags=["lesson"]
# At Talbruck prices and products lack on some lines, and that is no fault: rebates,
# freight and credits have no product. The duration of contacts is another matter.
#
# *Question to think about:* A colleague fills the gaps with the column's mean. What is
# lost?
#
# <details><summary>Answer (参考答案)</summary>
#
# The knowledge that something was missing, and of whom. Keep the gap, count it, and let
# each method say what it does with it.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 数据整理在导入时完成一次，每一处改动都有记录。
# * 完整性要按“应填”的字段计算，空白有时本身就是信息。
# * 完整不等于正确，也不要用平均值掩盖缺失。

# %% [markdown] tags=["instructor"]
# Minutes: 7
# Ask: Which empty column would change a decision if it were full?
# Common mistake: Cleaning silently, so that nobody can tell what was there before.

# %% [markdown] tags=["lesson"]
# ## From the export to the portfolio (从原始数据到客户数据库)
#
# Nobody gets a portfolio. One gets an **export (导出数据)**: what the ERP system, the
# CRM and the sales office send when asked. Here is one to practise on, made from last
# year's book of thirty accounts: the figures are right, and then it was made dirty.

# %% tags=["lesson", "covers:01.3"]
from kamlab.data.demo import dirt_lesson

place = dirt_lesson.rehearsal(dirt_lesson.book_to_practise(portfolio))
print(place.lines_of("README.txt", 40))

# %% [markdown] tags=["lesson"]
# "Complete and checked", says the letter. Look at the first lines of one file:

# %% tags=["lesson"]
print(place.lines_of(f"billing_{place.book.year}_Q1.csv", 4))

# %% [markdown] tags=["lesson"]
# **The first try.** A **mapping (字段映射)** says which column of the export is which
# of the contract, how days and numbers are written, and which totals finance reports.
# The letter told all of that. For the customer list it is, as in `mapping.yml`:

# %% tags=["lesson"]
import yaml

print(yaml.safe_dump(place.mapping["tables"]["accounts"], sort_keys=False))

# %% tags=["lesson", "covers:01.3"]
first = place.tried(place.mapping)
form = {"money": "money", "blocks": "flag"}
found = dirt_lesson.findings_table(first)
present(found, form, "What the import found at the first try", limit=20)

# %% [markdown] tags=["lesson"]
# *How to read it.* What blocks is settled before a portfolio is written; what does not
# is counted and kept. Each finding names file, row and value, so that it can be mailed
# to those who made the export. Five questions sort them: Is it only **written** in
# another way? Is it **no row** at all? Is it there **twice**? Is it **no business**
# of a customer? Is it **another customer**? *What it does not say:* how much is wrong
# in all. One row may break several rules, and what blocks hides what comes after it.
#
# *Question to think about:* More money than finance reports for the year stands in rows
# without a customer ("blank id"). Did all of the revenue lose its customers?
#
# <details><summary>Answer (参考答案)</summary>
#
# No. Each file ends with a row *Summe*, the sum of all others, without customer or day.
# Rows that are no rows come first; shares are only worth reading afterwards.
# </details>

# %% [markdown] tags=["lesson"]
# **Mend it, step by step.** First how things are *written*: two ways to write a day,
# three years typed wrong, revenues typed as texts, contacts with the month first (the
# letter says so; 03/04 alone could never tell), costs in thousands.

# %% tags=["lesson"]
steps = list(place.steps.values())
print(yaml.safe_dump(steps[0]["tables"]["orders"], sort_keys=False))

# %% [markdown] tags=["lesson"]
# Then what is *no row*: sums go, and a cell that is blank because it repeats the one
# above is filled down. Then what is there *twice*: June was sent again, single lines
# were booked again; copies agree in every column.

# %% tags=["lesson"]
print(yaml.safe_dump([steps[1]["tables"]["orders"], steps[2]["tables"]["orders"]]))

# %% [markdown] tags=["lesson"]
# Then what is *no business of a customer*: deliveries to our own company, tests, and
# invoices that were cancelled, with the documents that cancel them (both are positive).
# Last, *one customer, one number*: another spelling, or a second number, becomes the
# first.

# %% tags=["lesson"]
print(yaml.safe_dump(steps[3]["tables"]["orders"]["drop"], sort_keys=False))
print(yaml.safe_dump(steps[4]["tables"]["orders"], sort_keys=False))

# %% tags=["lesson", "covers:01.3", "nbval-check-output"]
table, last = dirt_lesson.progress(place, first)
print(f"Off finance at the end: {table['off finance'].iloc[-1]:,.2f} {currency}")

# %% tags=["lesson", "covers:01.3"]
money = dict.fromkeys(["net of the year", "off finance"], "money")
present(table, money, "After each step, against finance's net revenue", currency)

# %% [markdown] tags=["lesson"]
# *How to read it.* The **control total (控制总额)** is met to the cent, and only then
# is the portfolio worth opening. Look at the fourth line: little is missing there, and
# nobody would have seen it without finance's figure. *What it does not say:* that each
# line is right. Two errors of one size may hide each other, and the last step moves no
# total at all, though it joins customers that would have been counted apart.
#
# **What may be left out, and what may not.** A row may go when it is no business with a
# customer, by a rule that has a name, so that the log counts it:

# %% tags=["lesson"]
gone = dirt_lesson.left_out(last)
present(gone, {"money": "money"}, "Order lines left out, by rule", currency)

# %% [markdown] tags=["lesson"]
# | may go | must stay |
# |---|---|
# | sums, copies, tests, own companies | returns and credits: revenue is net of them |
# | a cancelled invoice *with* what cancels it | one of the two alone |
# | a second number of a customer, once it is translated | orders of an unknown number |

# %% tags=["lesson"]
kept = dirt_lesson.findings_table(last)
present(kept, form, "What stays a finding when all is mended")

# %% [markdown] tags=["lesson"]
# *Question to think about:* In some lines the price is that of a hundred pieces, booked
# as that of one. Net revenue is right. Why not correct the price in the mapping?
#
# <details><summary>Answer (参考答案)</summary>
#
# Because no rule tells these lines from others: a hundredfold price may be right. The
# finding lists them; whoever booked them decides. Until then figures by price leave
# them out, and revenue may be used.
# </details>

# %% [markdown] tags=["lesson"]
# **Next month** the same mapping reads the next export: what was settled once stays
# settled, and new dirt is a new finding. `kamlab import --update` lays it over the
# portfolio that is there, so that a line sent twice counts once; with `--pseudonymise`
# codes stand in the place of names. Keep `mapping.yml` and the letter; they are the
# only record of what was decided. Storage and personal data have sections of their own
# below.

# %% [markdown] tags=["lesson", "deeper"]
# **Several currencies (多币种)** are dirt that no control total finds: each line is
# right, and a year later the sum has moved although nobody bought more. So an import
# converts by a dated rate and keeps the amount as invoiced beside it. Talbruck invoices
# in euros only; here are three orders of a customer who pays in dollars, made up:

# %% tags=["lesson", "deeper"]
import pandas as pd

orders = {"order_id": ["1", "2", "3"], "account_id": "A", "currency": "USD"}
orders["order_date"] = pd.to_datetime(["2023-06-30", "2024-06-30", "2025-06-30"])
invoiced, booked = [100.0, 100.0, 110.0], [95.0, 90.0, 88.0]
orders |= {"net_amount_original": invoiced, "net_amount": booked}
abroad = kamlab.portfolio_from_tables({"orders": pd.DataFrame(orders)}, "EUR")

# %% tags=["lesson", "deeper", "nbval-check-output"]
from kamlab.value.currency_effect import currency_effect

year = currency_effect(abroad)
present(year, dict.fromkeys(year, "money"), "Twelve months against those before", "EUR")

# %% [markdown] tags=["lesson", "deeper"]
# *How to read it.* Reported revenue fell by 2, from 90 to 88. **At constant rates
# (按不变汇率)**, those of the year before, it would have been 99: the customer bought a
# tenth more (*growth* 9), and a weaker dollar took 11 away, the **currency effect
# (汇率影响)**. Praise or blame the account manager for the 9, and nobody for the 11.
# *What it does not say:* what the price should have been. Whether the next offer is in
# euros is a question of **pricing (定价)**, not of this customer's loyalty.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 先用控制总额核对到分，再使用数据。
# * 只有写明名称的规则才能剔除数据行，退货与红字必须保留。
# * 写法、非数据行、重复、非客户业务、一客一号，逐步排查。

# %% [markdown] tags=["instructor"]
# Minutes: 18
# Ask: Which of the faults would your own controls have found?
# Ask: Who may decide that a row is left out, and where is it written?
# Common mistake: Cleaning in the spreadsheet, so that next month begins from nothing.

# %% [markdown]
# ## One customer, one number

# %% [markdown] tags=["lesson"]
# S1 asks for a **unified customer base (统一的客户信息库)**: data of all departments
# under one key, shared, managed together. Three things break it: a customer with two
# numbers, a group that nobody adds up, and two departments that do not know of each
# other. The first is mended by a **dated** merger: from that day on, and only from that
# day on, the old number counts for the new one.

# %% tags=["covers:01.6", "nbval-check-output"]
from kamlab.data import unified

mergers = unified.merged_numbers(portfolio)
say(overview_words.merged_sentence(mergers, names))
shared = unified.shared_names(portfolio)
named = portfolio.has("accounts.account_name")
say(f"{len(shared)} accounts share their name with another one." if named else "")

# %% tags=["lesson"]
from kamlab.value.activity import account_activity

if len(mergers):
    old, new, since = mergers.iloc[-1]
    views = {"the day before": portfolio.at(since - timedelta(days=1))}
    views |= {"now": portfolio}
    for day, view in views.items():
        numbers = account_activity(view).index
        print(f"{day}: {old} buys {old in numbers}, {new} buys {new in numbers}")

# %% tags=["covers:01.6", "nbval-check-output"]
groups = unified.groups_of_several(portfolio)
about_groups = overview_words.groups_sentence(groups, names)
say(about_groups, "0 groups were looked into." if groups.empty else "")

# %%
largest = groups.head(5).rename(index=names).rename_axis("group")
caption = "Groups with the most numbers"
present(largest, caption=caption) if len(groups) else None

# %% [markdown] tags=["lesson"]
# *Brackwell Distribution* buys through six branches, shared out among several of us,
# each of them "small". Notebook 11 adds them up.
#
# The third break shows in contacts: *avoid repeated work* (避免重复工作) is S1's reason
# for sharing data. So count how often somebody of us approached an account within a few
# days of somebody else.

# %%
section = "Repeated contacts"
has_contacts = available(portfolio, "interactions.kam_id", section=section)

# %% tags=["covers:01.6"]
from kamlab.data import repeated_contacts as twice

if has_contacts:
    contacts = twice.outgoing_contacts(portfolio)
    by_year = twice.repeated_by_year(contacts, days)
    say(overview_words.repeated_sentence(by_year, days))

# %%
if has_contacts:
    last, label = by_year.iloc[-1], "Contacts soon after a colleague's"
    many = {"n": int(last["contacts"]), "of": "contacts", "better": "lower"}
    record("repeated_contacts", last["share"], label=label, unit="share", **many)

# %%
shares = {"share": "share"}
caption = f"Contacts that we began, and those within {days} days after a colleague's"
present(by_year, shares, caption) if has_contacts else None

# %%
if has_contacts:
    say(how_to_read("repeated contacts"))

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 一个客户一个主键，合并客户号必须写明生效日期。
# * 同一集团的多个客户号要汇总，否则会漏掉大客户。
# * 七天内由不同人重复联系，是部门之间未共享信息的信号。

# %% [markdown] tags=["instructor"]
# Minutes: 8
# Ask: Who in your company may merge two customer numbers, and who is told?
# Ask: Is a second contact within a week always waste?
# Common mistake: Merging backwards, so that last year's report can never be repeated.

# %% [markdown]
# ## What was known when, and whether it is still there

# %% [markdown] tags=["lesson"]
# S1's storage (数据存储) is a database or a cloud with a backup. Two questions decide
# whether it is any good: can last quarter's report be made again, and is the copy the
# data? For the first, the portfolio is a **time machine**: `portfolio.at(day)` shows
# what was known at the end of that day, without lines that were booked later.

# %%
section = "Late postings"
has_days = available(portfolio, "orders.posted_on", section=section)

# %% tags=["covers:01.5"]
from kamlab.data import late_postings as late

if has_days:
    share, all_lines = late.late_share(portfolio)
    say(overview_words.late_sentence(share, all_lines))
    about = {"n": all_lines, "of": "order lines", "better": "lower", "headline": True}
    label = "Order lines booked after their day"
    record("late_lines", share, label=label, unit="share", **about)

# %% tags=["covers:01.5", "nbval-check-output"]
restated = late.restated_quarters(portfolio, quarters)
moved = overview_words.restated_sentence(restated, currency) if has_days else ""
say(moved or f"{len(restated)} closed quarters, and nothing that shows how they moved.")

# %%
money = dict.fromkeys(("as reported", "as known now", "change"), "money")
form = money | {"change_share": "share"}
caption = "Closed quarters, then and now"
present(restated, form, caption, currency) if has_days else None

# %%
if has_days:
    say(how_to_read("restated quarters"))

# %% [markdown] tags=["lesson"]
# For the second question, a **manifest (清单)**: name, size and SHA-256 of each file,
# kept apart from the data. One changed digit changes the hash.

# %% tags=["covers:01.5"]
from kamlab.data.backup import compare_manifests, data_manifest

manifest = data_manifest(portfolio.folder)
short = manifest.assign(sha256=manifest["sha256"].str[:12] + "…")
present(short, caption="The files of this portfolio, with the start of their hash")

# %% tags=["lesson", "covers:01.5"]
backup = manifest["sha256"].to_dict()
backup["orders.csv"] = "a backup in which one amount was changed"
compare_manifests(manifest["sha256"], backup).value_counts()

# %% [markdown] tags=["lesson"]
# A backup that nobody has restored is a hope. The usual rule is three copies on two
# kinds of media, one of them elsewhere, and a restore that is tried once a quarter:
# open the copy with `kamlab.open_portfolio`, and compare its manifest.

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 迟到的记账会改动已经报告的季度，比较时要留余地。
# * 用时点视图可以重现当时的报告。
# * 备份要用哈希清单核对，并且定期试恢复。

# %% [markdown] tags=["instructor"]
# Minutes: 6
# Ask: Why does the last quarter look as if it had no late lines?
# Ask: When did your company last restore a backup?
# Common mistake: Comparing last quarter as known now with this one as known today.

# %% [markdown]
# ## Personal data, and what may be shared

# %% [markdown] tags=["lesson"]
# S1's data security (数据安全) is to prevent leaks, loss and damage. China's law on
# personal information (个人信息保护法) and the European regulation (GDPR) add a duty:
# know which columns are about persons, and use no more of them than a purpose needs.
# The contract marks them:

# %% tags=["covers:01.4"]
from kamlab.data import privacy

present(privacy.personal_columns(), caption="Columns about persons, by the contract")

# %% [markdown] tags=["lesson"]
# **Pseudonyms (假名化).** Put a code in the place of each name: the same name, the same
# code, so that rows can still be counted together. A plain hash will not do, because
# whoever has a list of names can hash them all and compare. A **keyed hash** (HMAC,
# 带密钥的散列) cannot be tried out without the key. The key does not belong into a
# notebook; this one protects nothing.

# %% tags=["lesson", "covers:01.4", "nbval-check-output"]
people = ["Anna Adler", "Bo Chen", "Anna Adler"]
codes = privacy.pseudonymise(people, key="an example, not a secret")
print(codes.tolist(), codes.nunique(), "persons")

# %% [markdown] tags=["lesson"]
# **What a code does not hide.** Leave out the names and somebody with a region, an
# industry and a size in hand may still say who it is. **k-anonymity (k-匿名)**, after
# Sweeney (2002): each row shares what describes it with at least $k - 1$ others. Here
# for an extract of accounts by region, kind and industry:

# %%
describing = ["region", "kind", "industry"]
columns = [f"accounts.{name}" for name in describing]
has_extract = available(portfolio, *columns, section="What an extract gives away")

# %% tags=["covers:01.4"]
if has_extract:
    smallest = privacy.k_anonymity(accounts, describing)
    shown = len(privacy.suppressed(accounts, describing, smallest_group))
    sizes = smallest, shown, len(accounts), smallest_group
    say(overview_words.anonymity_sentence(*sizes))

# %%
if has_extract:
    label = "Smallest group by region, kind and industry"
    record("smallest_group", smallest, label=label, unit="count", better="higher")

# %% tags=["covers:01.4"]
tried = privacy.choices_of_columns(accounts, describing, smallest_group)
caption = f"What may be shown, with groups of {smallest_group} or more"
present(tried, {"rows shown": "share"}, caption) if has_extract else None

# %%
if has_extract:
    say(how_to_read("extracts"))

# %% [markdown] tags=["lesson"]
# **Before anything is published**, look for names in what the notebooks show. Here the
# names of our own people, in the outputs of the book's notebooks:

# %% tags=["lesson", "covers:01.4", "nbval-check-output"]
from kamlab.report.notebooks import find_notebooks

has_people = portfolio.has("kam_team.kam_name")
ours = portfolio.table("kam_team")["kam_name"] if has_people else []
leaks = [
    file.name for file in find_notebooks() if privacy.leaked_names(file.read(), ours)
]
print(len(leaks), "notebooks show the name of one of", len(ours), "people")

# %% [markdown] tags=["lesson"]
# *Question to think about:* An agency gets codes in the place of names, with region,
# kind and industry. Are these data anonymous?
#
# <details><summary>Answer (参考答案)</summary>
#
# No. They are personal data still: we can undo the codes, and many rows stand alone by
# their description.
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 契约标出涉及个人的列，只在需要时使用。
# * 假名化要用带密钥的散列，密钥与数据分开保管。
# * 去掉姓名仍可能被识别，共享之前检查k-匿名。

# %% [markdown] tags=["instructor"]
# Minutes: 7
# Ask: Who of your customers could be recognised by region and industry alone?
# Ask: Where would you keep the key?
# Common mistake: Calling pseudonymised data anonymous.

# %% [markdown]
# ## What to do next

# %%
say(overview_words.next_step(checklist, empty), headline="do")

# %% [markdown]
# * **One owner for each table.** Somebody who answers for it, and is told of its gaps.
# * **Merge with a date**, and tell those who report.
# * **Keep the manifest** of every period that was reported, and try a restore.
# * **Before sharing**, count the smallest group; before publishing, look for names.

# %% [markdown] tags=["lesson"]
# ## Exercises
#
# Replace `None` by your answer and run the cell; `check` answers at once.
#
# **01.1 Compute.** By which share did late postings move net revenue of the quarter
# **before** the last closed one, from what was reported on its last day to what is
# known now? Give a share with its sign, such as 0.0123; it is right within 0.00005.

# %% tags=["lesson"]
from kamlab.course.check import check

# %% tags=["lesson", "exercise"]
# solution
closed = late.restated_quarters(portfolio, quarters=2)
answer_01_1 = closed["change"].iloc[0] / closed["as reported"].iloc[0]
# end solution
check("01.1", answer_01_1, portfolio)

# %% [markdown] tags=["lesson"]
# **01.2 Interpret.** Which of these hold for an extract of the accounts? Give the
# letters, such as `"XY"`.
#
# * A: By region alone, every account shares its description with four others or more.
# * B: By region, kind and industry, some account stands alone.
# * C: With codes in the place of names the extract is anonymous.
# * D: A plain hash of the names protects as well as one with a key.
# * E: Two extracts, each with $k = 5$, can together give somebody away.

# %% tags=["lesson", "exercise"]
# solution
holds = {
    "A": privacy.k_anonymity(accounts, ["region"]) >= 5,
    "B": privacy.k_anonymity(accounts, ["region", "kind", "industry"]) == 1,
    "E": True,
}
answer_01_2 = "".join(letter for letter, is_true in holds.items() if is_true)
# end solution
check("01.2", answer_01_2, portfolio)

# %% [markdown] tags=["lesson"]
# **01.3 Decide.** An agency is to get the accounts, described by as many as possible of
# `region`, `kind`, `industry` and `tier`, in groups of **five** or more, and at least
# **90 %** of the accounts must remain when smaller groups are left out. Which columns
# do you give? Several choices may be right; give a list of names.

# %% tags=["lesson", "exercise"]
# solution
offered = ["region", "kind", "industry", "tier"]
tries = privacy.choices_of_columns(accounts, offered, 5)
fine = tries[tries["rows shown"] >= 0.9]
answer_01_3 = fine["columns"].iloc[-1].split(", ")
# end solution
check("01.3", answer_01_3, portfolio)

# %% [markdown] tags=["lesson"]
# **01.4 Compute.** Which share of the net revenue that finance reports for the year
# stands on the copies in the export: June sent again, and lines booked again? Give a
# share such as 0.0123; it is right within 0.0005. The names `gone` and `place` hold
# what you need: `place.truth.totals` are finance's figures.

# %% tags=["lesson", "exercise"]
# solution
reported = place.truth.totals[str(place.book.year)]
answer_01_4 = gone.loc["exact duplicates", "money"] / reported
# end solution
check("01.4", answer_01_4, portfolio)

# %% [markdown] tags=["lesson"]
# **01.5 Decide.** IT can mend **two** of these in the ERP system this year: `copies`,
# `intercompany`, `cancelled pairs` (the invoice and what cancels it), `test orders`.
# Choose those that bring most money into revenue that is none; give a list of names.

# %% tags=["lesson", "exercise"]
# solution
pairs_of = {"exact duplicates": "copies", "test orders": "test orders"}
pairs_of |= dict.fromkeys(["cancelled invoices", "cancelling documents"], "pairs")
pairs_of |= {"pairs": "cancelled pairs", "intercompany": "intercompany"}
by_fault = gone["money"].drop("total rows").groupby(pairs_of).sum()
answer_01_5 = by_fault.rename(pairs_of).nlargest(2).index.tolist()
# end solution
check("01.5", answer_01_5, portfolio)

# %% [markdown] tags=["lesson", "deeper"]
# ## Deeper: names that look alike

# %% [markdown] tags=["lesson", "deeper"]
# Two numbers for one customer mostly carry two spellings of one name. Jaro and
# Winkler's similarity (1990) finds slips of the pen; Fellegi and Sunter (1969) show how
# to weigh several such signs (name, street, tax number) into the odds that two records
# mean one customer. A list of candidates is for people to look at; never merge by
# similarity.

# %% tags=["lesson", "deeper", "covers:01.3"]
from kamlab.data.look_alikes import look_alikes

pairs = look_alikes(names)
pairs["one group"] = [
    portfolio.parent_of[one] == portfolio.parent_of[other]
    for one, other in zip(pairs["one"], pairs["other"], strict=True)
]
present(pairs, {"similarity": "share"}, "Names that look alike", limit=8)

# %% [markdown] tags=["lesson", "deeper"]
# At Talbruck the most similar names are branches of one group: alike, related, and
# still not the same customer number. That is why the column at the right is there.

# %% [markdown] tags=["lesson", "deeper", "summary"]
# **本节要点**
#
# * 名称相似度只给出候选，不能自动合并。
# * 同一集团的分支名称相似，但不是同一个客户号。
# * 多个特征一起加权，判断才可靠。

# %% [markdown] tags=["lesson", "deeper", "instructor"]
# Minutes: 5
# Ask: Which further column would settle most of these pairs?
# Common mistake: Lowering the limit until everything is alike.

# %% [markdown]
# ## Limits
#
# * Counting finds what is empty, not what is wrong. Ties to finance's totals, which the
#   import takes as `controls`, find some of the rest.
# * Late postings are those that carry a day of booking. Without it, a corrected past
#   looks like the past.
# * The list of columns about persons is that of the contract; free texts can hold names
#   as well.
# * k-anonymity does not help where all in a group share the secret.

# %% [markdown] tags=["lesson"]
# ## Sources
#
# The course documents: S1 《主要客户管理》课件; S3 a page of questions and answers on
# 大客户管理逻辑; S4 基于数据分析的大客户营销管理策略.
#
# Christen, P. (2012), Data Matching. Fellegi, I. P. and Sunter, A. B. (1969), A theory
# for record linkage, JASA 64, 1183–1210. Kimball, R. and Ross, M. (2013), The Data
# Warehouse Toolkit. Krawczyk, H., Bellare, M. and Canetti, R. (1997), HMAC, RFC 2104.
# Payne, A. and Frow, P. (2005), A strategic framework for customer relationship
# management, Journal of Marketing 69(4), 167–176. Reinartz, W., Krafft, M. and Hoyer,
# W. D. (2004), The customer relationship management process, Journal of Marketing
# Research 41, 293–305. Sweeney, L. (2002), k-anonymity, IJUFKS 10, 557–570. Winkler, W.
# E. (1990), String comparator metrics and enhanced decision rules. Personal Information
# Protection Law of the People's Republic of China (2021); Regulation (EU) 2016/679.

# %% [markdown]
# ## Glossary
#
# | English | 中文 | meaning |
# |---|---|---|
# | customer relationship management | 客户关系管理 | running the business around them |
# | data contract | 数据契约 | what tables and columns mean, and since when they hold |
# | completeness | 完整性 | share of what is meant to be filled that is |
# | unified customer base | 统一客户信息库 | one key for a customer in all departments |
# | master key | 主键 | the one number of a customer |
# | export | 导出数据 | what a system sends when asked |
# | mapping | 字段映射 | which column of an export is which of the contract |
# | control total | 控制总额 | a figure from the books that an import has to meet |
# | late posting | 迟到记账 | a line booked after its day |
# | restated | 重述 | said again of a closed period |
# | manifest | 清单 | name, size and hash of each file |
# | pseudonym | 假名 | a code in the place of a name |
# | keyed hash | 带密钥的散列 | a code that needs a secret to be tried out |
# | k-anonymity | k-匿名 | each row has at least k − 1 others like it |

# %% [markdown] tags=["lesson"]
# Notebook 11 takes these data and asks who carries the company, and who costs money.
