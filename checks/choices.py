"""The closed lists of words that ledgers use, with what people write for them."""

from checks.records import Choice


class Mode(Choice):
    """安置方式."""

    CONCENTRATED = 0, "集中安置", "concentrated", "集中"
    DISPERSED = 1, "分散安置", "dispersed", "分散"


class Resettlement(Choice):
    """安置类型: the accepted kinds of concentrated (first six) and dispersed resettlement."""

    WITHIN_VILLAGE = 0, "行政村内就近安置", "near by, inside the administrative village", "行政村内就近", "村内安置", "村内就近"
    NEW_VILLAGE = 1, "建设移民新村安置", "new migrant village", "建设移民新村", "移民新村", "新村安置"
    SMALL_TOWN = 2, "小城镇安置", "small town", "小城镇", "集镇安置", "城镇安置"
    INDUSTRIAL_PARK = 3, "产业园区安置", "industrial park", "产业园区", "工业园区安置", "产业集聚区安置"
    RURAL_TOURISM = 4, "乡村旅游区安置", "rural-tourism area", "乡村旅游区", "旅游景区安置"
    OTHER_CONCENTRATED = 5, "其他集中安置", "other concentrated", "其他"
    INFILL = 6, "插花安置", "in-fill among existing homes", "插花"
    WITH_RELATIVES = 7, "投亲靠友", "with relatives or friends", "投亲靠友安置"
    PURCHASE_OR_CASH = 8, "进城进镇购房或货币化安置", "home bought in town, or cash", "货币化安置", "货币化", "进城购房", "进镇购房", "进城进镇购房", "购房安置"


class Proximity(Choice):
    """四靠: what a site is near; the order is that of the field's own phrase."""

    COUNTY_SEAT = 0, "靠县城", "near a county seat", "县城", "靠近县城"
    TOWNSHIP = 1, "靠乡镇", "near a township", "乡镇", "集镇", "靠集镇", "靠近乡镇"
    INDUSTRIAL_PARK = 2, "靠产业园区", "near an industrial park", "产业园区", "园区", "靠园区", "产业集聚区", "靠产业集聚区"
    SCENIC_AREA = 3, "靠景区", "near a scenic area", "景区", "旅游区", "靠旅游区", "乡村旅游点", "靠旅游景区"
    NONE = 4, "均不靠", "none of the four", "无", "不靠"


class OldHouse(Choice):
    """旧房状态, in the order in which an old house goes through them."""

    STANDING = 0, "未拆", "standing", "未拆除", "在"
    AGREED = 1, "已签协议", "demolition agreed", "已签拆除协议", "签协议", "已签"
    DEMOLISHED = 2, "已拆", "demolished", "已拆除", "拆除"
    RECLAIMED = 3, "已复垦", "reclaimed", "复垦", "已拆除复垦", "已拆已复垦"


class Kept(Choice):
    """保留旧房的理由: houses that may stay, each with the county's confirmation."""

    TRADITIONAL_VILLAGE = 0, "传统村落", "listed traditional village", "中国传统村落", "列入传统村落"
    LISTING_APPLIED = 1, "申报传统村落", "applied for listing", "拟申报传统村落"
    SHARED_WALL = 2, "连体房", "shared wall with another household", "共墙", "联体房"
    OTHER = 3, "其他原因", "another reason", "其他"


class OnePerson(Choice):
    """一人户安置去向: ways out accepted where no flat of 25 m² exists."""

    OWN_FLAT = 0, "单独住房", "a flat of its own", "自住"
    CASH_OR_VOUCHER = 1, "货币化安置", "cash or housing voucher", "货币", "房票"
    CENTRAL_CARE = 2, "集中供养", "central care", "敬老院", "养老院", "五保集中供养"
    SHARED_HOME = 3, "合住共用", "shared home", "合住", "共用", "公租房合住"


class GapFiller(Choice):
    """缺口资金来源: who pays what the subsidy does not."""

    HOUSEHOLD_SAVINGS = 0, "搬迁户积蓄", "the household's savings", "自有资金", "搬迁户自筹"
    HOUSEHOLD_LOAN = 1, "搬迁户借款", "the household, by a loan", "贷款", "借款", "搬迁户贷款"
    INFRASTRUCTURE_MONEY = 2, "配套资金", "infrastructure money", "基础设施资金", "配套设施资金"
    COUNTY_MONEY = 3, "县级财政", "the county's own money", "县财政", "县级配套"
    OTHER = 4, "其他来源", "another source", "社会捐助", "其他"


class Stage(Choice):
    """建设进度, in the order of building, as progress returns count them."""

    NOT_STARTED = 0, "未开工", "not started", "尚未开工"
    BUILDING = 1, "正在建房", "being built", "在建", "建设中", "正在建设", "施工中"
    MAIN_DONE = 2, "主体工程已完工", "main structure done", "主体完工", "主体已完工", "已封顶"
    FINISHED = 3, "已竣工", "finished", "竣工", "完工", "已完工", "竣工验收"
    MOVED_IN = 4, "已入住", "moved in", "入住", "已搬迁入住"


class MoveReason(Choice):
    """搬迁原因: why the place cannot keep its people, and two answers that are none."""

    POOR_LAND = 0, "生存条件恶劣", "land that cannot feed them", "资源承载力严重不足", "生产生活条件恶劣", "缺水", "深山石山"
    HAZARD = 1, "地质灾害频发", "geological hazards", "地质灾害", "地灾威胁", "滑坡泥石流威胁"
    ECOLOGY = 2, "生态环境脆弱", "a zone where development is restricted or prohibited", "限制开发区", "禁止开发区", "生态保护区"
    ENDEMIC_DISEASE = 3, "地方病高发", "endemic disease", "地方病"
    REMOTE = 4, "基础设施和公共服务成本过高", "too remote to be served", "公共服务严重滞后", "交通不便", "偏远"
    HOUSE_COLLAPSED = 5, "房屋倒塌", "the house collapsed", "危房", "房屋危旧", "住房倒塌", "D级危房"
    OTHER = 6, "其他", "another reason", "其他原因"


class PaidTo(Choice):
    """补助付给谁: the path the subsidy took."""

    CARD_THEN_BUILDER = 0, "先到户卡再付施工方", "personal card, then the builder", "一卡通后付施工单位", "先卡后企"
    PERSONAL_CARD = 1, "搬迁户一卡通", "personal card", "一卡通", "个人账户", "惠农卡"
    BUILDER = 2, "直接付施工方", "the builder directly", "施工单位", "施工方", "建筑商"
    CASH = 3, "现金", "cash", "现金发放"
    VILLAGE = 4, "村集体账户", "the village's account", "村委会", "乡镇账户"


class Signature(Choice):
    """户主签字: who signed the file card."""

    HEAD = 0, "本人", "the head", "户主本人", "本人签字"
    FAMILY = 1, "家属代签", "a member of the family", "家属", "配偶", "子女代签"
    PROXY = 2, "他人代签", "somebody else", "代签", "村干部代签", "帮扶人代签"
    NONE = 3, "未签", "nobody", "未签字", "无签字"


class FundSource(Choice):
    """资金来源: whose money, in the order of the funds ledger."""

    CENTRAL_BUDGET = 0, "中央预算内投资", "central budget investment", "中央预算内", "中央预算"
    CENTRAL_SPECIAL = 1, "中央专项", "central special bonds and loans", "专项建设基金", "中央专项建设基金", "长期贷款"
    PROVINCIAL = 2, "省级资金", "provincial money", "省级", "省财政", "地方政府债"
    CITY_COUNTY = 3, "市县资金", "city and county money", "市县配套", "县级资金", "市级资金", "市县"
    OTHER = 4, "其他资金", "other money", "其他"


class DrawingRole(Choice):
    """图纸类别, in the order in which drawings of a home are made."""

    DESIGN = 0, "设计图", "design", "方案图", "初步设计图", "设计方案"
    CONSTRUCTION = 1, "施工图", "construction", "施工图纸"
    AS_BUILT = 2, "竣工图", "as built", "竣工图纸"


class DrawingDoubt(Choice):
    """What keeps a drawing, or a unit type on it, from being relied on; the first to be mended first."""

    UNREADABLE = 0, "含有无法识读的自定义对象（如天正原生墙体）", "it holds custom objects that cannot be read (such as native TArch walls)"
    REFERENCES = 1, "缺少引用的外部图纸", "external drawings it refers to are missing"
    READERS = 2, "两种读图程序读出的内容不一致", "two independent readers do not agree on what it holds"
    PRINT = 3, "是打印件，没有图层、标注和可核对的单位", "it is a print without layers, dimensions or a unit that could be checked"
    UNIT = 4, "所用单位没有两类以上证据印证", "its unit of measure is not borne out by two kinds of evidence"
    OUTLINE = 5, "外墙轮廓没有闭合", "the outline of the outer walls does not close"
    PERSONS = 6, "写了几个不同的居住人数", "it names several numbers of persons"
    TWICE = 7, "把同一户型画了几处，面积不同", "the unit type is drawn more than once, with different areas"
    CUT = 8, "人工勾绘的轮廓切过了封闭的房间", "the outline traced by hand cuts through closed rooms"


class LineageClue(Choice):
    """Clues that one drawing was altered to suit another; indications to be looked into, never proof."""

    FAILS_WHERE_BUILT_PASSES = 0, "设计图面积超标而施工图合规", "the design exceeds the rule while the construction drawing keeps it"
    SAVED_AFTER_CONSTRUCTION = 1, "设计图的最后保存晚于施工图", "the design was last saved after the construction drawing"
    EDITED_AFTER_APPROVAL = 2, "设计图在批复日期之后又有修改", "the design was edited after the day of its approval"
    OUTLINE_CHANGED = 3, "两图出自同一文件，户型外轮廓却不同", "both come from one file, yet the outline of a unit type differs"
    SAME_REVISION = 4, "图签的版次和日期相同，图形却不同", "the title blocks show the same revision and date, yet the geometry differs"
    LABEL_SWAPPED = 5, "户型名称与图形对不上，与另一户型的图形相同", "a unit type's label does not fit its geometry, which is that of another type"
    BEGUN_AFTER_ITS_DATE = 6, "文件的创建晚于图签所写的日期", "a file was begun after the day that its title block bears"
    SAME_REVISION_WRITTEN = 7, "图签的版次和日期相同，图上的内容却不同", "the title blocks show the same revision and date, yet what is written differs"
