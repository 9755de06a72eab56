"""A review and a dossier as full as they may get, made without a kernel."""

from datetime import date
from functools import cache

import nbformat
import pandas as pd

from kamlab import style
from kamlab.report import present
from kamlab.report.page import Page
from kamlab.report.sections import Missing
from kamlab.report.sentences import Sentence
from kamlab.report.tiles import Tile, tiles
from kamlab.style.pictures import Picture, png_of

V4 = nbformat.v4
DAY = date(2025, 12, 31)

NAMES = [
    "Marwitz Automation",
    "Nordkai Logistics",
    "Kovostav Machinery",
    "苏州昊锐自动化",
    "Lienz Holding",
    "Sanford & Daughters Packaging",
    "Ostrava Fördertechnik",
    "Bellini Automazione",
    "Haugen Marine",
    "Tallinn Textiles",
]
CAUSES = ["fewer gearboxes", "price −3.1 %", "18 more rush orders", "new: linear axes"]
OWNERS = ["A. Brandt", "J. Ortega", "Y. Lin"]
QUARTERS = [14.1, 14.9, 15.2, 13.8, 14.4, 15.6, 15.9, 14.2, 15.1, 15.8, 15.9, 15.2]


def shown(thing: object, slot: str) -> nbformat.NotebookNode:
    """Make the executed cell of a slot that shows a thing."""
    bundle = thing._repr_mimebundle_()
    data, about = bundle if isinstance(bundle, tuple) else (bundle, {})
    output = V4.new_output("display_data", data=data, metadata=about)
    tags = {"tags": [f"slot:{slot}"]}
    return V4.new_code_cell(slot, outputs=[output], execution_count=1, metadata=tags)


def heading(text: str, slot: str) -> nbformat.NotebookNode:
    """Make the heading of a slot."""
    return V4.new_markdown_cell(f"## {text}", metadata={"tags": [f"slot:{slot}"]})


@cache
def _picture(size: tuple[float, float]) -> Picture:
    ax = style.new_axes(size=size)
    ax.bar(range(8), [15.9, -0.4, -0.6, -0.3, 0.1, -0.2, 0.7, 15.2])
    style.finish(ax, "New orders did not make up for what was lost", "A bridge.")
    picture = Picture(png_of(ax), "A bridge of eight steps.", round(size[0] * 100))
    import matplotlib.pyplot as plt

    plt.close(ax.figure)
    return picture


def _table(rows: int, columns: dict[str, list[object]], **formats: str) -> object:
    """Repeat the values of each column until there are enough rows."""
    frame = pd.DataFrame(
        {
            name: (values * (rows // len(values) + 1))[:rows]
            for name, values in columns.items()
        }
    )
    return present(frame, formats, currency="EUR")


def _tile(label: str, value: str, **more: object) -> Tile:
    given = {"compared": "Q4 2024: 15.9 M (−4.2 %)", "target": "Target: 16.0 M"}
    return Tile(label, value, **{**given, "history": QUARTERS, **more})


REVIEW_TILES = [
    _tile("Net revenue", "EUR 15.2 M", inside=True, usual=(13.5, 16.1)),
    _tile("Organic growth", "−3.6 %", inside=True),
    _tile("Contribution after cost to serve", "EUR 3.1 M", inside=False),
    _tile("GRR / NRR", "88.0 % / 96.4 %", target=""),
    _tile("Revenue at stake", "EUR 1.9 M", kind="estimate", interval="n = 6"),
    _tile("Overdue > 30 days", "12.4 %", inside=False, target=""),
]
MOVERS = {
    "account": NAMES,
    "change": [412_000.0, 305_500.0, -611_000.0],
    "cause": CAUSES,
    "owner": OWNERS,
}
WATCH = {
    "account": NAMES,
    "at_stake": [611_000.0, 380_000.0, 95_000.0],
    "why": ["silent for 61 days, own limit 44", "gearboxes fade: −62 % in six months"],
    "since": ["2025-11"],
    "state": ["new", "open", "closed"],
    "owner": OWNERS,
    "action": ["Visit with product management", "Call the buyer", "Offer a trial"],
    "due": ["2026-01-31"],
}
CHANCES = {
    "account": NAMES,
    "chance": ["contract ends 31 March 2026", "quote of EUR 410 k open for 38 days"],
    "worth": [410_000.0, 95_000.0],
}
SENTENCES = [
    "**What happened.** Net revenue fell by 4.2 % to EUR 15.2 M; most of it is one "
    "account that went, and three that buy fewer gearboxes.",
    "**Why.** Ostrava left in August after a year of late deliveries (EUR −611 k); "
    "Kovostav's gearboxes fade since July.",
    "**What to decide.** Offer Kovostav the drive trial, settle who visits Lienz "
    "before 31 January, and stop free rush orders for accounts below EUR 100 k.",
]
FACTS = [
    "Top 1: 17.1 % of revenue. Top 5: 48.0 %. It is as if 11.2 accounts of one size "
    "bought.",
    "If Marwitz leaves, EUR 1.4 M of contribution go with it, and EUR 0.5 M of cost "
    "stay.",
]
KEPT = [
    "Six warnings of last quarter: 3 right, 1 wrong, 1 saved, 1 still open.",
    "Revenue was to be EUR 15.6 M (95 %: 14.4 to 16.8), and was EUR 15.2 M. Eleven of "
    "twelve quarters were inside their interval (n = 12).",
    "Nine actions: 5 done, 2 late, 2 open.",
]
CHOICES = [
    Sentence("EUR 611 k of contribution; Brandt.", action="Visit Kovostav in January."),
    Sentence("EUR 95 k a year; Ortega.", action="Charge for rush orders."),
    Sentence("EUR 380 k; Lin.", action="Renew the Nordkai contract for two years."),
]
HEAD = (
    "Talbruck · Q4 2025 · data to 31 December 2025 · EUR · ties to finance: diff "
    "0.02 % · excl. intercompany 2.1 M · 212 late lines restate Q3 by +0.3 %"
)
FOOT = (
    "Net revenue: invoiced, without VAT, after returns, credits and accrued rebates. "
    "Contribution: net revenue − cost of goods − time-driven cost to serve. GRR and "
    "NRR: accounts with revenue in the prior twelve months, by parent. At stake: "
    "contribution of the last twelve months, not multiplied by a probability."
)


def review(*more: nbformat.NotebookNode) -> Page:
    """Make a review whose slots are all full."""
    cells = [
        V4.new_markdown_cell("# Portfolio review 客户组合回顾"),
        shown(Sentence(HEAD), "head"),
        *(_said(text, "sentences") for text in SENTENCES),
        shown(tiles(REVIEW_TILES), "tiles"),
        heading("From last year to this", "picture"),
        shown(_picture((4.4, 3.0)), "picture"),
        heading("Movers", "movers"),
        shown(_table(10, MOVERS, change="money"), "movers"),
        heading("Watch", "watch"),
        shown(_table(8, WATCH, at_stake="money"), "watch"),
        heading("Chances", "chances"),
        shown(_table(5, CHANCES, worth="money"), "chances"),
        heading("Dependence", "dependence"),
        *(shown(Sentence(text), "dependence") for text in FACTS),
        heading("Kept word", "kept"),
        *(shown(Sentence(text), "kept") for text in KEPT),
        heading("Decide", "decide"),
        *(shown(choice, "decide") for choice in CHOICES),
        heading("Receivables", "overdue"),
        shown(Missing("Receivables", ("receivables",)), "overdue"),
        shown(Sentence(FOOT), "foot"),
        V4.new_markdown_cell("## How the figures are made\n\nLonger words."),
        *more,
    ]
    parameters = {"data": "demo", "as_of": "2025-12-31", "language": "en"}
    notebook = V4.new_notebook(cells=cells)
    return Page(
        "portfolio_review", "Portfolio review 客户组合回顾", notebook, parameters
    )


def _said(text: str, slot: str) -> nbformat.NotebookNode:
    return V4.new_markdown_cell(text, metadata={"tags": [f"slot:{slot}"]})


DOSSIER_TILES = [
    _tile("Revenue, 12 months", "EUR 2.41 M", inside=True),
    _tile("Contribution", "18.2 %", compared="median of tier A: 21.0 %", target=""),
    _tile("Days since the last order", "61", compared="usual: 21", inside=False),
    Tile("Share of wallet", "", kind="estimate", note="no data on the whole demand"),
    _tile("Overdue", "EUR 41 k", compared="12 days late", target="", history=()),
]
BUYS = {
    "category": ["Gearboxes", "Linear axes", "Servo drives", "Service", "Couplings"],
    "this_year": [611_000.0, 280_000.0, 95_000.0],
    "last_year": [1_611_000.0, 280_000.0, 95_000.0],
    "peers": [0.41, 0.2],
    "verdict": ["lost", "growing", "never bought"],
}
STEPS = ["List price", "Discount", "Rebate", "Net revenue", "Cost of goods"]
EARNS = {
    "step": [*STEPS, "Cost to serve", "Contribution"],
    "amount": [3.2e6, -4.1e5],
    "share": [1.0, -0.128],
}
SERVICE = {
    "what": ["On time in full", "Open complaints", "Last survey", "Promises open"],
    "figure": ["91.0 %", "2", "7.1 (n = 4)", "1 of 6"],
    "compared": ["93.5 % a year ago", "0", "8.2", ""],
}
PEOPLE = {
    "role": ["Buyer", "Engineering", "Managing director", "Quality"],
    "contact": ["P. Horák", "M. Dvořák", "K. Novotná", "J. Svoboda"],
    "last_meeting": ["2025-12-02", "2025-10-14", "2025-03-20", "2025-09-09"],
}
PLAN = {
    "aim": ["Win back gearboxes", "Second contact in engineering", "Renew contract"],
    "action": ["Trial of the new drive in January", "Visit with product management"],
    "owner": OWNERS,
    "due": ["2026-01-31"],
    "status": ["open", "late", "done"],
    "note": ["Sample sent on 3 December; the buyer has not answered yet."],
}
AHEAD = [
    "Next two quarters: EUR 1.1 M (80 %: 0.9 to 1.3, n = 24).",
    "Risk: gearboxes fade; a competitor quoted in November.",
    "Open quotes: EUR 410 k. Contract ends on 31 March 2026; notice three months.",
]


def dossier(name: str = "Kovostav Machinery", account: str = "A07") -> Page:
    """Make a dossier whose slots are all full."""
    who = f"{name} (Kovo Group) · machinery · CZ · tier A since 2021 · owner A. Brandt"
    matter = "Gearboxes fade since July: ask why, with a trial of the new drive."
    cells = [
        V4.new_markdown_cell(f"# {name}"),
        shown(Sentence(f"{who} since 2023 · ◆ gearboxes fade"), "head"),
        shown(Sentence(matter), "sentence"),
        shown(tiles(DOSSIER_TILES), "tiles"),
        shown(_picture((4.4, 2.8)), "picture"),
        heading("Buys", "buys"),
        shown(
            _table(5, BUYS, this_year="money", last_year="money", peers="share"), "buys"
        ),
        heading("Earns", "earns"),
        shown(_table(7, EARNS, amount="money", share="share"), "earns"),
        heading("Service", "service"),
        shown(_table(4, SERVICE), "service"),
        heading("People", "people"),
        shown(_table(4, PEOPLE), "people"),
        heading("Ahead", "ahead"),
        *(shown(Sentence(text), "ahead") for text in AHEAD),
        heading("Plan", "plan"),
        shown(_table(3, PLAN), "plan"),
        shown(Sentence(FOOT), "foot"),
    ]
    return Page(
        f"account_dossier-{account}",
        name,
        V4.new_notebook(cells=cells),
        {"data": "demo", "account": account, "as_of": "2025-12-31"},
        group="Account dossiers",
        terms=(account, "CZ", "A. Brandt"),
    )
