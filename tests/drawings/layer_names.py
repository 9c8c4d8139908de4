"""How drawing offices call their layers: the same roles under four namings."""

from collections.abc import Mapping

CHINESE: Mapping[str, str] = {
    "wall": "墙体", "window": "窗", "door": "门", "column": "柱", "balcony": "阳台", "axis": "轴线", "axis_bubble": "轴号", "axis_text": "轴号",
    "dimension": "标注", "room_text": "房间名称", "area_text": "房间面积", "unit_text": "说明文字", "title_text": "图名", "note_text": "说明文字",
    "opening_text": "门窗编号", "frame": "图框", "frame_text": "图签文字", "furniture": "家具", "fill": "填充", "stair": "楼梯", "elevation": "立面",
}  # fmt: skip
TIANZHENG: Mapping[str, str] = {
    "wall": "WALL", "window": "WINDOW", "door": "WINDOW", "column": "COLUMN", "balcony": "BALCONY", "axis": "DOTE", "axis_bubble": "AXIS", "axis_text": "AXIS",
    "dimension": "PUB_DIM", "room_text": "SPACE", "area_text": "SPACE", "unit_text": "PUB_TEXT", "title_text": "DIM_SYMB", "note_text": "PUB_TEXT",
    "opening_text": "WINDOW_TEXT", "frame": "PUB_TITLE", "frame_text": "PUB_TITLE", "furniture": "FURNITURE", "fill": "PUB_HATCH", "stair": "STAIR",
    "elevation": "ELEVATION",
}  # fmt: skip
ENGLISH: Mapping[str, str] = {
    "wall": "A-WALL", "window": "A-GLAZ", "door": "A-DOOR", "column": "S-COLS", "balcony": "A-FLOR-BALC", "axis": "S-GRID", "axis_bubble": "S-GRID-IDEN",
    "axis_text": "S-GRID-IDEN", "dimension": "A-ANNO-DIMS", "room_text": "A-AREA-IDEN", "area_text": "A-AREA-IDEN", "unit_text": "A-ANNO-TEXT",
    "title_text": "A-ANNO-TTLB", "note_text": "A-ANNO-NOTE", "opening_text": "A-DOOR-IDEN", "frame": "A-ANNO-TTLB", "frame_text": "A-ANNO-TTLB",
    "furniture": "A-FURN", "fill": "A-WALL-PATT", "stair": "A-FLOR-STRS", "elevation": "A-ELEV",
}  # fmt: skip
BOUND: Mapping[str, str] = {role: f"户型图$0${name}" for role, name in TIANZHENG.items()}
NAMINGS: Mapping[str, Mapping[str, str]] = {"chinese": CHINESE, "tianzheng": TIANZHENG, "english": ENGLISH, "bound": BOUND}
