"""What a brief rests on: assumptions, the instruments behind its figures with their standing, the layers and their days."""

from checks.finding import LawApplied
from checks.instruments import Instruments
from checks.sentence import day, document, standing_words
from checks.vocabulary import LAYERS
from relocation.service.briefing.ground import Ground
from relocation.service.lawbook import instruments
from relocation.service.rectification.days import day_of
from relocation.service.reference import described
from relocation.service.registers import LayerRow, layers
from relocation.store.opening import Store

FORMAL = "formal"


def assumptions(ground: Ground, lang: str) -> tuple[str, ...]:
    """Say under what the figures hold: whose places, which day, what is not known, how firm the limits are."""
    zh = lang == "zh"
    said = []
    if ground.places:
        names = ("、" if zh else ", ").join(ground.places)
        said.append(f"只统计您的管辖范围：{names}；全县数字不在其中。" if zh else f"Your places only: {names}; no figure is of the whole county.")
    if ground.judged_anew:
        said.append(
            f"按 {day(ground.as_of, lang)} 对现有台账重新判断，结果没有存入。" if zh
            else f"Today's records judged anew as of {day(ground.as_of, lang)}; nothing of it is kept."
        )  # fmt: skip
    if ground.stale:
        said.append("上次核查后台账有改动，请重新核查后再用。" if zh else "The records changed after the last run: run the checks again before using this.")
    said.append(
        "户与人分开统计，人数按核定搬迁人口；缺资料不算合规，也不算零。" if zh
        else "Households and persons are counted apart, persons as approved for the move; missing data neither pass nor count as zero."
    )  # fmt: skip
    soft = sum(1 for one in ground.findings if one.law and one.law.standing != FORMAL and one.outcome.id == "review")
    if soft:
        said.append(
            f"{soft} 条待核依据的限值不是正式规定（口头说法、惯例、推算等），只能待核，不能定为不合规。" if zh
            else f"{soft} reviews rest on limits that no formal document fixes (practice, hearsay, derived): they can be reviewed, not failed."
        )  # fmt: skip
    return tuple(said)


def sources(store: Store, ground: Ground, lang: str) -> tuple[str, ...]:
    """Name the documents by which most was judged, with their standing, the records' day and the layers' days."""
    register, zh = instruments(store), lang == "zh"
    used: dict[tuple[str, str], int] = {}
    for law in (one.law for one in ground.findings if one.law and one.outcome.id in ("fail", "review")):
        key = (_title(law, register, lang), standing_words(law.standing, lang))
        used[key] = used.get(key, 0) + 1
    ranked = sorted(used.items(), key=lambda item: (-item[1], item[0]))
    said = [f"{title}（{standing}，{n} 条）" if zh else f"{title} ({standing}, {n})" for (title, standing), n in ranked]
    brought = day(day_of(ground.imported_at), lang) if ground.imported_at else ""
    records = [f"台账导入至 {brought}" if zh else f"records imported until {brought}"] if brought else []
    return (*records, *_layers(store, ground.county, lang), *said)


def _title(law: LawApplied, register: Instruments, lang: str) -> str:
    instrument = register.get(law.instrument)
    return document(instrument, lang) if instrument else law.instrument


DECISIVE = ("county_seats", "townships", "industrial_parks", "scenic_areas", "geological_hazards", "ecological_red_line", "permanent_farmland", "flood_zones")
"""Layers that a verdict on siting can rest on."""


def _layers(store: Store, county: str, lang: str) -> list[str]:
    """Name the layers with their days; a county's own stands in place of the reference's."""
    used: dict[str, LayerRow] = {}
    for row in layers(store, lang):
        if row.id in DECISIVE and row.county in ("", county) and (row.id not in used or row.county):
            used[row.id] = row
    by_day: dict[tuple[str, str], list[str]] = {}
    for id in DECISIVE:
        if id in used:
            title = (
                described()[id]["title"][lang].partition("(")[0].strip()
                if id in described()
                else LAYERS[id][lang].removeprefix("the layer of ").removesuffix("图层")
            )
            by_day.setdefault((used[id].dated, used[id].source), []).append(title)
    join = "、" if lang == "zh" else ", "
    return [
        f"图层 {join.join(names)}：{dated}，{source}" if lang == "zh" else f"layers {join.join(names)}: {dated}, {source}"
        for (dated, source), names in by_day.items()
    ]
