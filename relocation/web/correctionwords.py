"""What each version of an engineer's corrections changed, against the version before it, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geo.drawing.dwelling import UnitPlan
from relocation.web.drawingwords import length_unit
from relocation.web.language import _, lang, plural


def persons_set(plan: UnitPlan) -> str:
    """Return the persons of a unit type that were set right by hand beside those written on the drawing; "" where none were."""
    if "corrected-persons" not in plan.open_because:
        return ""
    facts = {"n": _listed(map(str, plan.persons)), "written": _listed(map(str, plan.written_persons))}
    return _("改正为 %(n)s 人（图上写 %(written)s 人）") % facts if plan.written_persons else _("改正为 %(n)s 人（图上没有写）") % facts


def set_by_hand(plans: Sequence[UnitPlan]) -> list[str]:
    """Return what of the unit types' areas and persons stands by somebody's hand rather than by the drawing."""
    said = []
    for plan in plans:
        outline = [_("面积按人工描的轮廓")] if "corrected-outline" in plan.open_because else []
        cuts = [_("人工描的轮廓切过闭合的房间，请核对是否沿外墙外皮描")] if "corrected-outline-cuts" in plan.open_because else []
        persons = [_("人数%(said)s") % {"said": persons}] if (persons := persons_set(plan)) else []
        said += [f"{plan.label or _('未命名户型')}{_('：')}{one}" for one in (*outline, *cuts, *persons)]
    return said


def correction_said(said: Mapping[str, Any], before: Mapping[str, Any], plans: Sequence[UnitPlan]) -> str:
    """Return what one version of corrections says that the version before did not, and what it takes back.

    `plans` tell what the drawing itself says, for figures that were set right for the first time.
    """
    written = {plan.label: _listed(map(str, plan.written_persons)) for plan in plans if plan.written_persons}
    parts = [*_fields(said, before), *_persons(said.get("persons", {}), before.get("persons", {}), written)]
    return ("；" if lang() == "zh" else "; ").join(parts) or _("没有改动")


def _fields(said: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[str]:
    walls, were = list(said.get("wall_layers", [])), list(before.get("wall_layers", []))
    if set(walls) != set(were):
        yield _("墙层 %(names)s") % {"names": _listed(walls)} if walls else _("墙层改回自动判断")
    if said.get("unit_m") != before.get("unit_m"):
        yield _("一个图形单位是%(unit)s。") % {"unit": length_unit(said["unit_m"])} if said.get("unit_m") else _("图纸单位改回自动判断")
    for name, word in (("gaps", _("缺口")), ("labels", _("名称")), ("outlines", _("轮廓"))):
        yield from _drawn(word, _entries(said.get(name)), _entries(before.get(name)))


def _entries(value: Any) -> dict[str, str]:
    """Return what was drawn in the picture as name → everything that tells it from another."""
    if isinstance(value, Mapping):
        return {str(label): str(ring) for label, ring in value.items()}
    made = {}
    for one in value or []:
        numbers = [f"{part:.2f}" for part in one if isinstance(part, int | float)]
        called = [part for part in one if isinstance(part, str)]
        made[" ".join([*called, f"({', '.join(numbers)})"])] = ""
    return made


def _drawn(word: str, now: Mapping[str, str], was: Mapping[str, str]) -> Iterator[str]:
    for name in now:
        if now[name] != was.get(name):
            yield f"{word} {name}"
    for name in was:
        if name not in now:
            yield _("去掉%(what)s") % {"what": f"{word} {name}"}


def _persons(now: Mapping[str, int], was: Mapping[str, int], written: Mapping[str, str]) -> Iterator[str]:
    for label in sorted({*now, *was}):
        if now.get(label) != was.get(label):
            old, new = was.get(label) or written.get(label) or _("（未填）"), now.get(label) or written.get(label) or _("（未填）")
            yield _("人数 %(label)s %(old)s → %(new)s") % {"label": label, "old": old, "new": new}


def _listed(names: Any) -> str:
    return ("、" if lang() == "zh" else ", ").join(names)


def times_corrected(n: int) -> str:
    """Return how often a drawing was set right."""
    return plural("更正过 %(num)s 次", "更正过 %(num)s 次", n)


CORRECTION_WORDS = (times_corrected, persons_set, set_by_hand, correction_said)
