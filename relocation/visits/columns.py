"""The columns of the visiting sheet: what the register says, and what is filled in on the spot; the last is hidden and tells which visit a row is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisitColumn:
    """One column: its name in code, both names (the English one with its unit), its width in characters, whether it is filled in, and the words it may take."""

    name: str
    zh: str
    en: str
    width: float
    filled: bool = False
    hidden: bool = False
    yes: tuple[str, str] | None = None  # what yes is called, zh and en
    no: tuple[str, str] | None = None
    unit: str = ""

    def heading(self, lang: str) -> str:
        """Return what stands above the column, with its unit."""
        return self.en if lang == "en" else f"{self.zh}（{self.unit}）" if self.unit else self.zh


_YES, _NO = ("是", "yes"), ("否", "no")

COLUMNS = (
    VisitColumn("serial", "序号", "No.", 5),
    VisitColumn("day", "第几天", "Day", 6),
    VisitColumn("code", "户编号", "Household code", 12),
    VisitColumn("head", "户主", "Head", 8),
    VisitColumn("township", "乡镇", "Township", 10),
    VisitColumn("village", "村", "Village", 10),
    VisitColumn("persons", "核定人口", "Approved persons", 6, unit="人"),
    VisitColumn("design", "设计图面积", "By the design (m²)", 9, unit="平方米"),
    VisitColumn("construction", "施工图面积", "By the construction drawing (m²)", 9, unit="平方米"),
    VisitColumn("register", "登记面积", "In the register (m²)", 9, unit="平方米"),
    VisitColumn("visited_on", "走访日期", "Visited on", 11, filled=True),
    VisitColumn("in_order", "核实结果", "As registered", 9, filled=True, yes=("属实", "as registered"), no=("不属实", "not as registered")),
    VisitColumn("measured_area_m2", "实测面积", "Measured (m²)", 9, filled=True, unit="平方米"),
    VisitColumn("persons_met", "见到人数", "People met", 7, filled=True, unit="人"),
    VisitColumn("lived_in", "实际居住", "Lived in", 7, filled=True, yes=_YES, no=_NO),
    VisitColumn("four_meet", "四见面", "Four-meet done", 7, filled=True, yes=_YES, no=_NO),
    VisitColumn("signed", "签字", "Signed", 6, filled=True, yes=_YES, no=_NO),
    VisitColumn("house_before", "旧房现状", "Old house now", 14, filled=True),
    VisitColumn("house_after", "新房现状", "New house now", 14, filled=True),
    VisitColumn("remark", "走访备注", "Remark on the visit", 18, filled=True),
    VisitColumn("id", "走访记录号", "Visit", 18, hidden=True),
)
FILLED = tuple(column.name for column in COLUMNS if column.filled)
BODY = VisitColumn("body", "走访单位", "Visited by", 14, filled=True)
"""In the list of another body's visits, beside household code and day."""
BY_NAME = {column.name: column for column in (*COLUMNS, BODY)}
