"""A lesson that keeps every rule, for tests that break them one by one."""

COMPLETE = """\
# %% [markdown]
# # A small lesson (小课)

# %% [markdown] tags=["instructor"]
# Minutes: 2

# %% tags=["parameters"]
data: str = "data/demo"  # folder of the portfolio

# %% [markdown]
# ## Who brings the revenue

# %% [markdown] tags=["instructor"]
# Minutes: 5 + 3 deeper
# Ask: Whom would you
# miss?
# Common mistake: Taking gross revenue.

# %% tags=["covers:01.1"]
revenue = [70, 10, 10, 5, 5]
print(sum(revenue))

# %% [markdown] tags=["lesson"]
# Why is the mean misleading?
#
# <details><summary>Answer (参考答案)</summary>
#
# One account pulls it up.
#
# </details>

# %% [markdown] tags=["lesson", "summary"]
# **本节要点**
#
# * 收入集中在少数客户。
# * 看净收入,
#   不看毛收入。
# * 按集团汇总。

# %% [markdown] tags=["lesson"]
# ## Exercises
#
# **01.1 Compute.** What is the largest share?

# %% tags=["lesson", "exercise"]
from kamlab.course.check import check

# solution
answer_01_1 = max(revenue) / sum(revenue)
# end solution
print("01.1", answer_01_1)  # check("01.1", answer_01_1)

# %% [markdown] tags=["lesson"]
# **01.2 Interpret.** Which hold?
#
# **01.3 Decide.** Whom do you visit?

# %% tags=["lesson", "exercise"]
# solution
answer_01_2 = "A"
# end solution
print("01.2", answer_01_2)  # check("01.2", answer_01_2)

# %% tags=["lesson", "exercise"]
# solution
answer_01_3 = ["A"]
# end solution
print("01.3", answer_01_3)  # check("01.3", answer_01_3)

# %% [markdown]
# ## Glossary
#
# | English | 中文 | meaning |
# |---|---|---|
# | key account | 大客户 | a customer one would miss |
"""
EXERCISES = ("01.1", "01.2", "01.3")
ROWS = ("01.1",)
