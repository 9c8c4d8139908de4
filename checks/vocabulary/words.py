"""What layers and units are called."""

LAYERS = {
    "county_seats": {"zh": "县城位置图层", "en": "the layer of county seats"},
    "townships": {"zh": "乡镇驻地图层", "en": "the layer of township centres"},
    "industrial_parks": {"zh": "产业园区图层", "en": "the layer of industrial parks"},
    "scenic_areas": {"zh": "景区图层", "en": "the layer of scenic areas"},
    "functional_zones": {"zh": "主体功能区图层", "en": "the layer of main functional zones"},
    "county_boundaries": {"zh": "县界图层", "en": "the layer of county boundaries"},
    "rivers": {"zh": "河流图层", "en": "the layer of rivers"},
    "geological_hazards": {"zh": "地质灾害图层", "en": "the layer of geological hazards"},
    "ecological_red_line": {"zh": "生态保护红线图层", "en": "the layer of the ecological red line"},
    "permanent_farmland": {"zh": "永久基本农田图层", "en": "the layer of permanent basic farmland"},
    "flood_zones": {"zh": "洪水淹没范围图层", "en": "the layer of flood zones"},
    "steep_slopes": {"zh": "陡坡（25 度以上）图层", "en": "the layer of slopes steeper than 25°"},
}
"""What each layer is called in a sentence; a county may bring others under names of its own."""

UNITS = {
    "": {"zh": "", "en": ""},
    "m2/person": {"zh": "平方米/人", "en": "m² per person"},
    "m2": {"zh": "平方米", "en": "m²"},
    "yuan": {"zh": "元", "en": "yuan"},
    "yuan/m2": {"zh": "元/平方米", "en": "yuan per m²"},
    "yuan/person": {"zh": "元/人", "en": "yuan per person"},
    "%": {"zh": "%", "en": "%"},
    "days": {"zh": "天", "en": "days"},
    "m": {"zh": "米", "en": "m"},
    "deg": {"zh": "度", "en": "°"},
    "persons": {"zh": "人", "en": "persons"},
    "households": {"zh": "户", "en": "households"},
    "homes": {"zh": "套", "en": "homes"},
    "items": {"zh": "项", "en": "items"},
}
"""Units by the names used in store, JSON and sheets, and how people write them."""

OFFICES = {
    "development-reform": {"zh": "发展改革部门", "en": "development and reform"},
    "housing": {"zh": "住房城乡建设部门", "en": "housing and construction"},
    "land": {"zh": "自然资源部门", "en": "natural resources"},
    "finance": {"zh": "财政部门", "en": "finance"},
    "poverty-relief": {"zh": "扶贫（乡村振兴）部门", "en": "poverty relief and rural revitalisation"},
    "employment": {"zh": "人力资源社会保障部门", "en": "human resources and social security"},
    "township": {"zh": "乡镇人民政府", "en": "township government"},
    "county": {"zh": "县级搬迁工作领导小组", "en": "the county's leading group for relocation"},
}
"""The kinds of office that mend what a check finds."""
