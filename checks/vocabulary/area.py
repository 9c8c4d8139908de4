"""A county or a township, counted from sites and households (checks.census); never read from a file."""

from checks.records import RecordKind
from checks.vocabulary.columns import count, day, text

AREA = RecordKind(
    "area",
    "areas",
    "区域",
    "area",
    (
        text("code", "代码", "Code"),
        text("name", "名称", "Name"),
        text("level", "级别", "Level"),  # "county" or "township"
        text("county", "县代码", "County code"),
        count("concentrated_households", "集中安置户数", "Concentrated households", "households"),
        count("dispersed_households", "分散安置户数", "Dispersed households", "households"),
        count("unsorted_households", "安置方式不明户数", "Households of unknown way", "households"),
        count("concentrated_persons", "集中安置人数", "Concentrated persons", "persons"),
        count("dispersed_persons", "分散安置人数", "Dispersed persons", "persons"),
        count("uncounted_households", "缺核定人口户数", "Households without approved persons", "households"),
        day("counted_on", "最晚核定日期", "Latest approval counted"),
    ),
)
