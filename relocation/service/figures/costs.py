"""What building costs against how much room it gives: a point a site, with the limits drawn."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from checks.finding import Finding
from checks.records import Records
from checks.registry import checks
from checks.sentence import number, standing_words
from checks.verdict import Outcome
from checks.vocabulary import SITE
from relocation.reports.charts.scatter import Dot, Line, scatter
from relocation.reports.charts.stacked import word
from relocation.service.figures.charts import NARROW, WIDE, Chart, day_of
from relocation.service.figures.ground import records
from relocation.service.figures.places import Place
from relocation.service.lawbook import overlays
from relocation.store import queries
from relocation.store.opening import Store
from relocation.store.queries import FindingFilter

LIMITS = (
    ("x", "living-area", "most_m2_a_person"),
    ("y", "unit-cost", "break_even_yuan_m2"),
    ("y", "unit-cost", "called_high_yuan_m2"),
    ("y", "unit-cost", "county_most_yuan_m2"),
)


def costs(store: Store, place: Place, lang: str, *, today: date) -> Chart:
    """Return the sites by building area per person (m²) and building cost per m² (yuan), as the check of unit costs reads them."""
    at, as_of = int(lang != "zh"), day_of(store, place, today)
    with store.reading() as connection:
        sites = records(store, connection, SITE, place)
        found = {
            one.subject: one
            for one in queries.every_finding(connection, FindingFilter(checks=("unit-cost",), county=place.county, kind="site"))
            if not place.township or one.township == place.township
        }
    dots = sorted(_dots(sites, found, lang), key=lambda dot: (-dot.y, dot.name))
    limits = _limits(store, place, as_of, lang)
    title = f"{place.name}：单价与人均面积（每点一个安置点）" if lang == "zh" else f"{place.name}: cost per m² against area per person (a point a site)"
    about = (
        "标记按单价核查的结果，虚线是各项限值。人均面积是整个安置点的平均，不代替逐户核查；超过某条线不等于违规，见各自的性质。",
        "Signs show the check of unit cost, dashed lines the limits. The area is a site's mean and takes no household's place; above a line is not a breach, see what each line is.",
    )[at]
    read = ("；" if lang == "zh" else "; ").join(f"{one.name}" for one in limits)
    above = sum(dot.outcome in (Outcome.FAIL, Outcome.REVIEW) for dot in dots)
    desc = (
        f"{about} {read}。{len(dots)} 个安置点，{above} 个不合规或待核。"
        if lang == "zh"
        else f"{about} {read}. {len(dots)} sites, {above} fail or are in review."
    )
    axes = (("人均建筑面积（平方米/人）", "住房建设单价（元/平方米）"), ("building area per person (m²)", "building cost (yuan per m²)"))[at]
    pictures = [scatter(dots, limits, f"costs-{size}", title, desc, axes, lang, width) for size, width in (("wide", WIDE), ("narrow", NARROW))]
    left_out = len(sites) - len(dots)
    note = ("另有 {n} 个安置点缺面积、人数或成本，不在图上。", "{n} more sites lack area, persons or cost and are not drawn.")[at].format(n=left_out)
    rows = tuple((dot.name, number(dot.x), number(dot.y), word(dot.outcome, lang)) for dot in dots)
    return Chart(
        "costs", title, about, pictures[0], pictures[1], (("安置点", "Site")[at], *axes, ("单价核查", "Check of unit cost")[at]), rows,
        (note,) if left_out else (), as_of, ("安置点台账；核查：住房建设单价", "ledger of sites; check: building cost per m²")[at],
    )  # fmt: skip


def _dots(sites: Records, found: Mapping[str, Finding], lang: str) -> list[Dot]:
    made = []
    per_person = np.where(sites.persons > 0, sites.building_area_m2 / np.where(sites.persons > 0, sites.persons, 1.0), np.nan)
    for row, code in enumerate(sites.code):
        one = found.get(code)
        cost = one.facts.get("per_m2") if one else None
        area = float(per_person[row])
        if one is None or cost is None or np.isnan(area):
            continue
        name = sites.name[row] or code
        units = ("平方米/人", "元/平方米") if lang == "zh" else ("m² per person", "yuan per m²")
        said = f"{name}{'：' if lang == 'zh' else ': '}{number(area)} {units[0]}，{number(cost)} {units[1]}，{word(one.outcome, lang)}"
        made.append(Dot(name, area, float(cost), one.outcome, said if lang == "zh" else said.replace("，", ", ")))
    return made


def _limits(store: Store, place: Place, day: date, lang: str) -> list[Line]:
    """Return the limits in force on a day in the county, each with what it is and how firmly it stands."""
    made = []
    for axis, check, parameter in LIMITS:
        known = checks()[check].parameters_in(overlays(store))[parameter]
        held = [known.values[which] for which in known.in_place(place.county) if known.values[which].since <= day]
        if held and held[-1].amount is not None:
            standing = standing_words(held[-1].standing.value, lang)
            bracketed = f"（{standing}）" if lang == "zh" else f" ({standing})"
            called = known.zh if lang == "zh" else known.en
            made.append(Line(axis, float(held[-1].amount), f"{called} {number(float(held[-1].amount))}{bracketed}"))
    return made
