"""Dossiers: a page a household, masked, whatever the ledger says."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from relocation.service import Store, Trouble
from relocation.service.accounts import county_names
from relocation.service.visiting import dossiers, planning
from relocation.service.visiting.picking import Wish
from tests.service.rectifying import DAY, ELSEWHERE, KEEPER, NOW, bring, home, judged

COUNTY = "411522"


@pytest.fixture
def plan(store: Store, ledger: Callable[..., Path]) -> planning.Plan:
    """Return a plan of four households, one of them with a text that would be markup."""
    bring(store, ledger, [home(f"H{n}", "150", "#pagebreak()*镇*" if n == 2 else "十里镇") for n in range(4)])
    judged(store)
    return planning.make(store, Wish("7", size=4, county=COUNTY), name="六月抽查", a_day=2, now=NOW)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_print_has_a_page_a_household_and_is_the_same_twice(store: Store, plan: planning.Plan, lang: str) -> None:
    made = dossiers.pdf(store, COUNTY, plan.number, lang)
    pages = pypdfium2.PdfDocument(made)
    assert len(pages) == 4
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert [stop.code for stop in plan.stops] == [next(code for code in ("H0", "H1", "H2", "H3") if code in text) for text in texts]
    assert any("#pagebreak()" in text for text in texts)
    assert made == dossiers.pdf(store, COUNTY, plan.number, lang)


def test_a_dossier_masks_the_name_and_says_what_is_missing_and_what_fails(store: Store, plan: planning.Plan) -> None:
    [one] = dossiers.data(store, COUNTY, plan.number, "zh", "H1")["homes"]
    assert "演甲" not in str(one) and one["title"].startswith("演＊")
    assert ["登记", "150"] in one["areas"] and ["实测", "缺资料"] in one["areas"]
    assert any("37.5" in said for said in one["findings"])  # 150 m² among four persons


def test_a_dossier_says_of_which_county_it_is_and_as_of_which_day_the_checks_judged(store: Store, plan: planning.Plan) -> None:
    judged(store, only=())
    told = dossiers.data(store, COUNTY, plan.number, "zh", "H1")
    assert told["words"]["findings"] == f"核查发现（以 {DAY.year}年{DAY.month}月{DAY.day}日 为准）"
    assert told["homes"][0]["below"].startswith(f"{county_names(store)[COUNTY]} · 十里镇")


def test_another_county_gets_no_dossier(store: Store, plan: planning.Plan) -> None:
    assert dossiers.data(store.acting(KEEPER), COUNTY, plan.number, "zh")["homes"]
    with pytest.raises(Trouble, match="visits-unknown"):
        dossiers.pdf(store.acting(ELSEWHERE), COUNTY, plan.number, "zh")
