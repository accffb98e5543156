"""What a livelihood year is about, as synthetic data: fields of life, offices, wants, projects.

The offices are plain kinds of offices that any city has; what is said of them here is made up.
"""

from __future__ import annotations

from dataclasses import dataclass

SubItem = tuple[str, int | None, str]


@dataclass(frozen=True)
class Theme:
    """A field of life: its aspect (方面), an office, what people ask for, and a project about it.

    ``office``: without the character for the level (市民政局 → 民政局).  ``wants``: what follows
    关于在某地.  ``items``: name, target (None: 愿接尽接), unit of measure.
    """

    code: str
    aspect: str
    office: str
    wants: tuple[str, ...]
    project: str
    items: tuple[SubItem, ...]


THEMES = (
    Theme(
        "elderly-care",
        "养老服务",
        "民政局",
        ("增设老年食堂", "建设家庭养老床位", "开展居家适老化改造", "增加助浴助医服务点"),
        "社区居家养老服务提升",
        (
            ("新建、改造社区老年食堂", 120, "家"),
            ("建设家庭养老床位", 3000, "张"),
            ("困难老年人家庭适老化改造(愿改尽改)", None, "户"),
            ("培训养老护理员", 2400, "人次"),
        ),
    ),
    Theme(
        "childcare",
        "托育服务",
        "卫生健康委员会",
        ("增加普惠托位", "开办社区托育驿站", "延长托育机构服务时间", "培训育婴照护人员"),
        "普惠托育服务扩容",
        (
            ("新增普惠托位", 6000, "个"),
            ("建成社区托育驿站", 80, "个"),
            ("培训家庭照护者", 5000, "人次"),
        ),
    ),
    Theme(
        "employment",
        "就业创业",
        "人力资源和社会保障局",
        ("开设零工市场", "举办技能培训班", "为高校毕业生提供见习岗位", "设立创业指导站"),
        "重点群体就业帮扶",
        (
            ("开展职业技能培训", 60000, "人次"),
            ("建成零工市场", 20, "个"),
            ("提供就业见习岗位", 8000, "个"),
        ),
    ),
    Theme(
        "housing",
        "住房与旧改",
        "城乡建设委员会",
        ("改造老旧小区管网", "推进多层住宅加装电梯", "补建社区配套用房", "修缮外墙和屋面"),
        "老旧小区综合改造",
        (
            ("开工改造老旧小区", 150, "个"),
            ("多层住宅加装电梯(愿装尽装)", None, "台"),
            ("补建社区配套用房", 40000, "平方米"),
        ),
    ),
    Theme(
        "transport",
        "公共交通",
        "交通运输局",
        ("优化公交线路", "增设公交候车亭", "加密地铁接驳班次", "开通社区微循环公交"),
        "公共交通便民提升",
        (
            ("新辟、优化公交线路", 40, "条"),
            ("改造公交候车设施", 300, "处"),
            ("开通社区微循环线路", 25, "条"),
        ),
    ),
    Theme(
        "health",
        "医疗卫生",
        "卫生健康委员会",
        ("增加社区卫生服务站", "更新基层检查设备", "延长基层夜间门诊", "布设急救设备"),
        "基层医疗服务能力提升",
        (
            ("更新基层检查检验设备", 150, "台"),
            ("新建急救站点", 12, "个"),
            ("公共场所配置自动体外除颤器", 1000, "台"),
        ),
    ),
    Theme(
        "parking",
        "停车与充电",
        "城市管理局",
        ("增加公共停车泊位", "增设电动自行车充电桩", "错时开放单位车位", "规范非机动车停放"),
        "停车和充电设施建设",
        (
            ("新增公共停车泊位", 20000, "个"),
            ("新增电动自行车充电端口", 50000, "个"),
            ("改造地铁口非机动车停放点", 60, "处"),
        ),
    ),
    Theme(
        "education",
        "教育助学",
        "教育局",
        ("增加公办学位", "改善课后服务", "改造学校食堂", "开放学校运动场地"),
        "中小学学位和课后服务扩容",
        (
            ("新增公办中小学学位", 15000, "个"),
            ("改造中小学照明教室", 3000, "间"),
            ("中小学课后服务(愿托尽托)", None, "校"),
        ),
    ),
    Theme(
        "environment",
        "生态环境",
        "园林绿化局",
        ("建设口袋公园", "贯通滨水绿道", "整治河道异味", "治理餐饮油烟"),
        "绿道和口袋公园建设",
        (
            ("建成口袋公园", 30, "个"),
            ("贯通绿道", 200, "公里"),
            ("更新儿童游乐设施", 90, "处"),
        ),
    ),
    Theme(
        "culture-sport",
        "文化体育",
        "体育局",
        ("建设嵌入式体育场地", "增设社区书房", "更新健身器材", "开放公共文化空间"),
        "家门口的文体空间",
        (
            ("建成嵌入式体育场地", 100, "片"),
            ("建成社区书房", 60, "个"),
            ("开展文化下基层活动", 2000, "场"),
        ),
    ),
    Theme(
        "road-safety",
        "交通安全",
        "公安局",
        ("优化路口信号灯", "增设行人过街设施", "整治学校周边拥堵", "改善夜间道路照明"),
        "路口信号和慢行系统优化",
        (("优化路口信号配时", 400, "个"), ("改造行人过街设施", 70, "处")),
    ),
    Theme(
        "food-safety",
        "食品安全",
        "市场监督管理局",
        ("改造农贸市场", "公开餐饮后厨", "增设食品快检点", "加强校园周边食品检查"),
        "农贸市场改造和食品快检",
        (("改造提升农贸市场", 35, "家"), ("农贸市场免费快检", 100000, "批次")),
    ),
    Theme(
        "water",
        "供水排水",
        "水务局",
        ("改造二次供水设施", "疏通雨水管网", "整治低洼积水点", "更换老旧水表"),
        "二次供水改造",
        (("改造高层住宅二次供水设施", 110, "个"), ("整治积水点", 45, "处")),
    ),
    Theme(
        "rural",
        "乡村建设",
        "农业农村局",
        ("改造农村公路", "提升村级卫生室", "建设农村便民服务点", "整治农村生活污水"),
        "农村公路和便民服务提升",
        (("改造提升农村公路", 200, "公里"), ("建成农村便民服务点", 90, "个")),
    ),
)

#: Organs of the congress that join supervision groups; without the character for the level.
ORGANS = (
    "人大常委会办公厅",
    "人大财政经济委员会",
    "人大社会建设委员会",
    "人大城乡建设和环境资源保护委员会",
    "人大教育科学文化卫生委员会",
)

#: Indicators by the figure's key: name, unit of measure, the theme whose office declares it.
INDICATORS = {
    "elderly_care_warnings": ("养老智能监测预警", "次", "elderly-care"),
    "elderly_care_warnings_answered": ("已及时响应的养老智能监测预警", "次", "elderly-care"),
}

#: Districts of Hangzhou (GB/T 2260); another place gets made-up ones.
HANGZHOU = {
    "330102": "上城区",
    "330105": "拱墅区",
    "330106": "西湖区",
    "330108": "滨江区",
    "330109": "萧山区",
    "330110": "余杭区",
    "330111": "富阳区",
    "330112": "临安区",
    "330113": "临平区",
    "330114": "钱塘区",
    "330122": "桐庐县",
    "330127": "淳安县",
    "330182": "建德市",
}

#: Roughly where each of them is on the usual maps (GCJ-02): longitude, latitude.
CENTRES = {
    "330102": (120.17, 30.24),
    "330105": (120.15, 30.32),
    "330106": (120.13, 30.26),
    "330108": (120.21, 30.21),
    "330109": (120.27, 30.18),
    "330110": (119.98, 30.27),
    "330111": (119.96, 30.05),
    "330112": (119.72, 30.23),
    "330113": (120.30, 30.42),
    "330114": (120.49, 30.29),
    "330122": (119.69, 29.80),
    "330127": (119.04, 29.61),
    "330182": (119.28, 29.48),
}


def theme(number: int) -> Theme:
    """The ``number``-th theme, from 0; past the last they come again under other names."""
    again, place = divmod(number, len(THEMES))
    one = THEMES[place]
    if not again:
        return one
    return Theme(
        code=f"{one.code}-{again + 1}",
        aspect=f"{one.aspect}({again + 1})",
        office=one.office,
        wants=one.wants,
        project=f"{one.project}({again + 1}期)",
        items=one.items,
    )


def sub_items(theme: Theme, count: int) -> list[SubItem]:
    """``count`` sub-items of a theme's project; past the last they come again in batches."""
    items = []
    for number in range(count):
        batch, place = divmod(number, len(theme.items))
        name, target, measure = theme.items[place]
        items.append((f"{name}(第{batch + 1}批)" if batch else name, target, measure))
    return items


def districts(code: str) -> dict[str, str]:
    """The divisions below a city, by code; none below anything else."""
    if code == "330100":
        return HANGZHOU
    if not code.endswith("00"):
        return {}
    return {f"{code[:4]}{number:02}": f"第{number - 1}区(虚构)" for number in range(2, 8)}


def centre(code: str) -> tuple[float, float]:
    """Where a division is, on a map in GCJ-02; made up unless it is known."""
    return CENTRES.get(code, (120.0, 29.0))
