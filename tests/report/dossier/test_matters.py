"""Every character of the story says its own matter, and the decoys raise no alarm."""

import pandas as pd
import pytest

from kamlab.report.dossier import matters
from kamlab.report.dossier.agreements import contract, offers, open_offers, order_book
from kamlab.report.dossier.debt import debt
from kamlab.report.dossier.facts import Matter
from kamlab.report.dossier.opening import light, sentence
from kamlab.report.dossier.prices import price_change
from kamlab.report.dossier.registry import matters as all_matters
from kamlab.report.dossier.registry import urgent_first
from tests.report.dossier.books import dossier, monthly, sales


def test_kovostav_says_gearboxes(talbrucks):
    kovostav = talbrucks("Kovostav")
    assert light(kovostav) == "● red: buys fewer gearboxes"
    assert sentence(kovostav).startswith("Buys fewer gearboxes: ")
    assert sentence(kovostav).endswith("ask who delivers gearboxes now.")


def test_lianhan_says_late_payment(talbrucks):
    lianhan = talbrucks("Lianhan")
    assert light(lianhan).startswith("● red: EUR 259 k overdue")
    assert sentence(lianhan).startswith("Pays late: ")


def test_marwitz_says_the_contract_and_the_falling_price(talbrucks):
    told = sentence(talbrucks("Marwitz"))
    assert "Contract ends 30 Apr 2026, notice by 30 Jan 2026" in told
    assert "the same goods cost 3.0 % less than a year ago" in told
    assert light(talbrucks("Marwitz")).startswith("◐ amber: contract")


def test_wetterau_says_the_orders(talbrucks):
    told = sentence(talbrucks("Wetterau"))
    assert "dearest: handling of orders" in told
    assert "orders of EUR 678 on average" in told
    assert "fewer, larger orders" in told


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        ("Seilwerk", "its project is finished"),
        ("Nordkai", "Runs down its stock of spares"),
    ],
)
def test_decoys_raise_no_alarm(talbrucks, account, reason):
    decoy = talbrucks(account)
    assert light(decoy).startswith("○ green: ")
    assert reason in light(decoy)
    assert sentence(decoy).startswith("No alarm: ")


def test_the_end_of_a_contract_is_amber_within_ninety_days_only():
    def colour(end: str, **more: object) -> list[str]:
        row = {"contract_id": "V1", "account_id": "A", "end": pd.Timestamp(end)}
        table = pd.DataFrame([row | {"start": pd.Timestamp("2024-01-01")} | more])
        found = dossier(sales("A", monthly()), contracts=table)
        return [each.colour for each in matters.contract_end(found)]

    assert colour("2026-03-31") == ["amber"]
    assert colour("2026-04-30") == [""]
    assert colour("2026-08-31") == []
    assert colour("2026-04-30", notice_days=90) == ["amber"]  # notice by 30 January
    assert colour("2025-11-30") == []


def test_a_settled_contract_is_no_matter():
    row = {"contract_id": "V1", "account_id": "A", "renewed": "yes"}
    row |= {"start": pd.Timestamp("2024-01-01"), "end": pd.Timestamp("2026-02-28")}
    row |= {"renewal_date": pd.Timestamp("2025-12-01")}
    found = dossier(sales("A", monthly()), contracts=pd.DataFrame([row]))
    assert contract(found).settled
    assert matters.contract_end(found) == []


def _owes(*items: tuple[str, float]):
    table = pd.DataFrame(items, columns=["due", "amount"])
    table = table.assign(account_id="A", as_of=pd.Timestamp("2025-12-31"))
    table["due"] = pd.to_datetime(table["due"])
    table["invoice_id"] = [f"F{n}" for n in range(len(table))]
    return dossier(sales("A", monthly(), 1000.0), receivables=table)


def test_debt_counts_money_and_days_beyond_thirty():
    owed = debt(
        _owes(("2025-10-02", 600.0), ("2025-12-21", 100.0), ("2026-01-20", 300))
    )
    assert (owed.open, owed.overdue, owed.late, owed.days) == (1000.0, 700.0, 600.0, 90)


def test_much_overdue_is_red_some_is_amber_and_little_is_none():
    def colour(late: float) -> list[str]:
        owes = _owes(("2025-10-02", late), ("2026-01-20", 10_000.0 - late))
        return [each.colour for each in matters.overdue(owes)]

    assert colour(3000.0) == ["red"]
    assert colour(1000.0) == ["amber"]
    assert colour(400.0) == []


def test_much_of_little_is_no_red_alarm():
    (matter,) = matters.overdue(_owes(("2025-10-02", 300.0)))
    assert matter.colour == "amber"


def test_prices_compare_the_same_goods_at_the_quantities_of_now():
    then = sales("A", monthly("2024-01-01", "2024-12-31"), 100.0)
    now = sales("A", monthly("2025-01-01"), 180.0)
    then = then.assign(order_id=[f"T{n}" for n in range(len(then))])
    dear = sales("A", ["2025-07-01"], 900.0, product_id="Q", quantity=1.0)
    found = dossier(
        then.assign(product_id="P", quantity=1.0),
        now.assign(product_id="P", quantity=2.0),
        dear.assign(order_id="new"),
    )
    change, money = price_change(found)
    assert change == pytest.approx(-0.1)
    assert money == pytest.approx(12 * (180.0 - 200.0))


def test_prices_cannot_be_told_without_quantities():
    change, money = price_change(dossier(sales("A", monthly())))
    assert (change != change, money) == (True, 0.0)


def test_the_urgent_comes_first_and_equals_stay_in_order():
    given = [Matter(c, c, "", "", "") for c in ("", "amber", "red")]
    given.append(Matter("second", "amber", "", "", ""))
    assert [m.rule for m in urgent_first(given)] == ["red", "amber", "second", ""]


def test_an_offer_is_open_until_it_is_closed():
    table = pd.DataFrame(
        {
            "opp_id": ["1", "2", "3"],
            "account_id": "A",
            "created": pd.Timestamp("2025-10-01"),
            "amount": [10.0, 20.0, 30.0],
            "quotation_on": pd.to_datetime(["2025-11-01", "2025-12-21", None]),
            "closed_on": pd.to_datetime(["2025-12-01", None, None]),
            "won": pd.array([True, None, None], dtype="boolean"),
        }
    )
    found = dossier(sales("A", monthly()), opportunities=table)
    assert open_offers(found)[["amount", "days"]].to_numpy().tolist() == [[20.0, 10]]
    assert offers(found)[0].now == "1 offer, EUR 20; open for up to 10 days"


def test_what_is_on_order_and_past_its_day_is_late():
    table = pd.DataFrame(
        {
            "order_id": ["1", "2", "3"],
            "line_id": "1",
            "account_id": "A",
            "ordered_on": pd.Timestamp("2025-11-01"),
            "promised_date": pd.to_datetime(["2025-12-20", "2026-01-20", "2025-12-01"]),
            "amount": [100.0, 200.0, 400.0],
            "closed_on": pd.to_datetime([None, None, "2025-12-02"]),
        }
    )
    found = dossier(sales("A", monthly()), open_orders=table)
    assert order_book(found)[0].now == "EUR 300, EUR 100 of it late"


def test_a_calm_account_says_what_is_next(talbrucks):
    calm = [a for a in ("A10129", "A10086") if light(talbrucks(a)).startswith("○")]
    assert calm
    for account in calm:
        assert sentence(talbrucks(account)).startswith("No alarm: ")


def test_matters_have_each_a_step_that_is_a_sentence(talbrucks):
    for account in ("Kovostav", "Lianhan", "Marwitz", "Wetterau", "Nordkai"):
        for matter in all_matters(talbrucks(account)):
            assert matter.step[0].isupper()
            assert matter.step.endswith(".")
