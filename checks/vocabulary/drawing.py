"""Unit types with the areas that ledgers and drawings give them, drawings one a file, and pairs of drawings compared.

Staff keep the ledger of unit types. What a drawing says of a type is filled in by the program beside what was typed, under
`design_…` and `construction_…`; drawings and pairs are records of the program's own, so no workbook of them is read.
"""

from typing import Any

from checks.choices import DrawingDoubt, DrawingRole, LineageClue
from checks.records import Column, RecordKind
from checks.vocabulary.columns import PLACE, choice, count, day, flag, number, text

_MADE: dict[str, Any] = {"asked": False, "made": True}

_SITE = (
    text("site_code", "安置点编码", "Site code", "安置点编号", "安置点代码"),
    text("site_name", "安置点名称", "Site name", "安置点", "集中安置点"),
)


def _drawn(side: str, zh: str, en: str) -> tuple[Column, ...]:
    """Return what one of the two drawings says of a unit type. gross: to the outer face of the walls, without balconies."""
    return (
        text(f"{side}_drawing", f"{zh}", f"{en} drawing", **_MADE),
        number(f"{side}_gross_m2", f"{zh}量得面积", f"Area measured in the {en.lower()} drawing", "m2", **_MADE),
        number(f"{side}_error_m2", f"{zh}量测误差", f"Uncertainty of the {en.lower()} drawing's area", "m2", **_MADE),
        number(f"{side}_balcony_m2", f"{zh}阳台面积", f"Balconies in the {en.lower()} drawing", "m2", **_MADE),
        number(f"{side}_annotated_m2", f"{zh}标注面积", f"Area written in the {en.lower()} drawing", "m2", **_MADE),
        count(f"{side}_drawn_persons", f"{zh}标注人数", f"Persons written in the {en.lower()} drawing", "persons", **_MADE),
        flag(f"{side}_persons_by_hand", f"{zh}人数为人工改正", f"Persons of the {en.lower()} drawing set right by hand", **_MADE),
        text(f"{side}_doubts", f"{zh}识读疑问", f"Doubts about the {en.lower()} drawing", several=True, choices=DrawingDoubt, **_MADE),
    )


UNIT_TYPE = RecordKind(
    "unit_type",
    "unit-types",
    "户型",
    "unit type",
    (
        text("code", "户型编号", "Unit type code", "户型编码", "户型代码", required=True),
        text("name", "户型名称", "Unit type", "户型", "房型", "户型类别", required=True),
        *PLACE,
        *_SITE,
        flag(
            "registered_poor",
            "是否供建档立卡户",
            "For the registered poor",
            "建档立卡户使用",
            "是否建档立卡户型",
            meaning_zh="否 = 只供同步搬迁（自费）户",
            meaning_en="no = for self-financed movers only",
        ),
        count("persons", "设计居住人数", "Intended persons", "persons", "居住人数", "设计人数", "适用人数", "户型人数"),
        day("approved_on", "设计批复日期", "Design approved on", "批复日期", "户型批复日期", "设计审批日期", "方案批复日期"),
        count("homes", "套数", "Homes", "homes", "户型套数", "建设套数", "房屋套数"),
        number("design_area_m2", "设计图建筑面积", "Building area by the design", "m2", "设计面积", "设计建筑面积"),
        number("construction_area_m2", "施工图建筑面积", "Building area by the construction drawing", "m2", "施工面积", "施工图面积"),
        number("register_area_m2", "登记建筑面积", "Building area in the register", "m2", "登记面积", "产权面积", "不动产登记面积", "台账面积"),
        number("surveyed_area_m2", "实测建筑面积", "Building area measured in the field", "m2", "实测面积", "现场实测面积", "测绘面积"),
        day("surveyed_on", "实测日期", "Measured on", "测绘日期", "现场实测日期"),
        text("remark", "备注", "Remark", "说明"),
        *_drawn("design", "设计图", "Design"),
        *_drawn("construction", "施工图", "Construction"),
    ),
)

DRAWING = RecordKind(
    "drawing",
    "drawings",
    "图纸",
    "drawing",
    (
        text("code", "图纸编号", "Drawing code", required=True, **_MADE),
        text("name", "图纸文件", "Drawing", required=True, **_MADE),
        *(_SITE[0], _SITE[1]),
        *PLACE,
        choice("role", "图纸类别", "Role", DrawingRole, **_MADE),
        text("sha256", "文件校验值", "File hash", **_MADE),
        text("institute", "设计单位", "Design institute", **_MADE),
        text("sheet_number", "图号", "Sheet number", **_MADE),
        text("revision", "版次", "Revision", **_MADE),
        text("dated", "图签日期", "Date of the title block", **_MADE),
        day("approved_on", "批复日期", "Approved on", **_MADE),
        day("created_on", "文件创建日期", "File created on", **_MADE),
        day("updated_on", "文件保存日期", "File last saved on", **_MADE),
        day("read_on", "识读日期", "Read on", **_MADE),
        text("doubts", "识读疑问", "Doubts", several=True, choices=DrawingDoubt, **_MADE),
        count("unreadable", "无法识读的对象数", "Objects nobody can read", "items", zero=True, **_MADE),
        count("unit_types", "户型数", "Unit types", "items", zero=True, **_MADE),
        count("dimensions", "尺寸标注数", "Dimensions", "items", zero=True, **_MADE),
        count("overridden", "改写的尺寸数", "Dimensions overridden", "items", zero=True, **_MADE),
        text("override_typed", "改写的文字", "Typed instead", **_MADE),
        number("override_measured_m", "实际量得", "Measured instead", "m", **_MADE),
        count("areas_off", "不符的面积标注数", "Areas written otherwise than measured", "items", zero=True, **_MADE),
        text("area_label", "面积不符之处", "Where the area differs", **_MADE),
        number("area_typed_m2", "标注的面积", "Area written", "m2", **_MADE),
        number("area_measured_m2", "量得的面积", "Area measured", "m2", **_MADE),
        count("hidden", "隐藏的图元数", "Entities hidden from print", "items", zero=True, **_MADE),
        flag("scale_clash", "比例不一致", "Scales disagree", **_MADE),
    ),
)

DRAWING_PAIR = RecordKind(
    "drawing_pair",
    "drawing-pairs",
    "图纸对",
    "pair of drawings",
    (
        text("code", "比对编号", "Pair code", required=True, **_MADE),
        text("name", "比对的两图", "Drawings compared", required=True, **_MADE),
        *_SITE,
        *PLACE,
        text("design_drawing", "设计图编号", "Design", **_MADE),
        text("construction_drawing", "施工图编号", "Construction drawing", **_MADE),
        day("approved_on", "设计批复日期", "Design approved on", **_MADE),
        day("compared_on", "比对日期", "Compared on", **_MADE),
        day("design_saved_on", "设计图保存日期", "Design last saved on", **_MADE),
        day("construction_saved_on", "施工图保存日期", "Construction drawing last saved on", **_MADE),
        flag("past_known", "文件记有来历", "The files tell their past", **_MADE),
        flag("same_file", "出自同一文件", "Descended from one file", **_MADE),
        number("shared_percent", "共有图元比例", "Entities in common", "%", **_MADE),
        text("clues", "线索", "Clues", several=True, choices=LineageClue, **_MADE),
        flag("compared", "两图可以比对", "Comparable", **_MADE),
        count("differences", "差异数", "Differences", "items", zero=True, **_MADE),
        count("change_sets", "变更组数", "Change sets", "items", zero=True, **_MADE),
    ),
)
