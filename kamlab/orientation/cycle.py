"""The cycle of key-account management, and where each step of it is treated.

Glossary
--------
cycle 大客户管理循环
    Identify, understand, personalise, build trust, maintain: and then look again who
    is a key account.
"""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Step:
    """One step of the cycle, under the names that the course documents give it.

    Parameters
    ----------
    name, chinese : str
        What it is called here.
    asks : str
        The question it answers.
    figure : str
        What shows that it is done.
    notebooks : tuple of str
        Numbers of the notebooks that treat it.
    s0, s1, s3 : str
        What document S0, S1 or S3 calls it.

    Examples
    --------
    >>> [step.name for step in CYCLE][:2]
    ['identify', 'understand']
    """

    name: str
    chinese: str
    asks: str
    figure: str
    notebooks: tuple[str, ...]
    s0: str
    s1: str
    s3: str


CYCLE = (
    Step(
        "identify",
        "识别",
        "Who is a key account?",
        "their share of revenue and of contribution, by group",
        ("11", "21", "22", "23"),
        "识别大客户",
        "客户群体识别",
        "客户识别、客户分类",
    ),
    Step(
        "understand",
        "了解需求",
        "What do they need, and what do they buy elsewhere?",
        "share of key accounts with a contact about their needs",
        ("12", "13", "14", "15"),
        "了解大客户需求",
        "了解客户需求",
        "了解客户需求",
    ),
    Step(
        "personalise",
        "个性化服务",
        "What do we offer to whom, and what may it cost?",
        "contribution after cost to serve",
        ("32", "33", "35", "36"),
        "提供个性化服务",
        "提供优质服务",
        "客户增值、增值服务",
    ),
    Step(
        "build trust",
        "建立信任",
        "Do we keep what we promise?",
        "promises kept in time; days to the first answer (median, 90 %)",
        ("31", "41", "42", "43"),
        "建立信任关系",
        "建立良好沟通",
        "建立信任关系、持续沟通",
    ),
    Step(
        "maintain",
        "持续维护",
        "Who is about to leave, and what worked?",
        "retention; key accounts without contact for 90 days",
        ("34", "37", "51", "52", "53"),
        "持续跟进和维护",
        "建立客户忠诚度",
        "客户关系维护、客户评估、优化运营流程",
    ),
)

#: What document S4 sets itself to do, and the notebooks that do it.
_TASKS = (
    ("collect data", "收集数据", ("01",)),
    ("segment and profile", "细分与画像", ("22", "23")),
    ("find habits and preferences", "挖掘行为与偏好", ("14",)),
    ("choose a strategy for each type", "制定策略", ("32", "35", "36")),
    ("evaluate and improve", "评估与优化", ("33", "37")),
)

#: Methods that the documents name, and the notebooks that use them.
_METHODS = (
    ("descriptive statistics", "描述性统计", "S4", ("11", "22")),
    ("cluster analysis, K-means", "聚类分析", "S0, S1, S4", ("22",)),
    ("association rules", "关联规则挖掘", "S1, S4", ("14",)),
    ("time series", "时间序列分析", "S4", ("15",)),
    ("prediction models", "预测模型", "S1, S4", ("12", "52")),
    ("decision tree", "决策树", "S0", ("22", "52")),
    ("neural network", "神经网络", "S0", ("22", "52")),
    ("statistics and data mining", "统计与数据挖掘", "S0, S1, S4", ("21", "33")),
)


def cycle_table() -> pd.DataFrame:
    """List the steps of the cycle with their questions, figures and notebooks.

    Returns
    -------
    pandas.DataFrame of str
        One row a step.

    References
    ----------
    Palmatier, R. W. (2008). Relationship Marketing. Marketing Science Institute.

    Examples
    --------
    >>> cycle_table()["step"].tolist()
    ['identify', 'understand', 'personalise', 'build trust', 'maintain']
    """
    rows = [(s.name, s.chinese, s.asks, s.figure, _list(s.notebooks)) for s in CYCLE]
    heads = ["step", "chinese", "question", "figure to watch", "notebooks"]
    return pd.DataFrame(rows, columns=heads)


def crosswalk_table() -> pd.DataFrame:
    """Put the documents' own lists of steps beside each other.

    Returns
    -------
    pandas.DataFrame of str
        One row a step, one column a document.

    Examples
    --------
    >>> crosswalk_table().loc[0, "S0"]
    '识别大客户'
    """
    rows = [(step.name, step.s0, step.s1, step.s3) for step in CYCLE]
    return pd.DataFrame(rows, columns=["step", "S0", "S1", "S3"])


def tasks_table() -> pd.DataFrame:
    """Say which notebooks do what document S4 sets out to do.

    Returns
    -------
    pandas.DataFrame of str
        Columns ``task``, ``chinese``, ``notebooks``.

    References
    ----------
    Chapman, P. et al. (2000). CRISP-DM 1.0: step-by-step data mining guide.

    Examples
    --------
    >>> tasks_table().loc[0, "notebooks"]
    '01'
    """
    rows = [(task, chinese, _list(numbers)) for task, chinese, numbers in _TASKS]
    return pd.DataFrame(rows, columns=["task", "chinese", "notebooks"])


def methods_table() -> pd.DataFrame:
    """Say where each method that the documents name is used.

    Returns
    -------
    pandas.DataFrame of str
        Columns ``method``, ``chinese``, ``named by``, ``notebooks``.

    References
    ----------
    Hastie, T., Tibshirani, R. and Friedman, J. (2009). The Elements of Statistical
    Learning, 2nd ed. Springer.

    Examples
    --------
    >>> len(methods_table())
    8
    """
    rows = [(*first, _list(numbers)) for *first, numbers in _METHODS]
    return pd.DataFrame(rows, columns=["method", "chinese", "named by", "notebooks"])


def _list(numbers: tuple[str, ...]) -> str:
    return ", ".join(numbers)
