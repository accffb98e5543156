"""What the counts of the supervision statistics mean, in Chinese and English."""

from __future__ import annotations

#: By what opinions and problems can be counted.
GROUPINGS = {
    "project": ("按项目", "by project"),
    "unit": ("按现在的承办单位;尚未转办的单列", "by the unit that has it now; those of none apart"),
    "kind": ("按事项类别;未分类的单列", "by kind; those of none apart"),
    "class": ("按一般、重大;未分类的单列", "by class, general or major; those of none apart"),
    "channel": (
        "意见建议按提出渠道;问题没有渠道,单列",
        "opinions by the channel through which they came; problems, which have none, apart",
    ),
    "month": ("按提出或者发现日期所在月份", "by the month in which they were raised or found"),
    "division": (
        "按所涉地点的区划代码(GB/T 2260);未注明地点的单列",
        "by the division (GB/T 2260) of their place; those without a place apart",
    ),
    "state": ("按当前状态", "by their state now"),
}

FIGURES = {
    "opinions": (
        "该年度项目的意见建议件数",
        "opinions about the year's projects",
    ),
    "opinions_open": ("其中尚未办结的", "of those, the ones not settled"),
    "problems": ("该年度项目发现的问题件数", "problems found with the year's projects"),
    "problems_open": ("其中尚未办结的", "of those, the ones not settled"),
    "visits": ("对该年度项目的走访次数", "visits to the year's projects"),
    "persons": (
        "参加走访的人数:同一人无论参加几次、以何种身份,计一人",
        "persons who took part in visits: each once, however often and in whatever role",
    ),
    "person_times": (
        "参加走访的人次:每人每次计一次",
        "person-times: each person once for each visit",
    ),
    "photos": ("该年度项目的照片张数", "photos of the year's projects"),
    "messages": (
        "该年度项目公示页收到的群众留言件数",
        "residents' messages on the projects' pages",
    ),
    "meetings": (
        "写明该年度项目或者由其监督小组召开的会议次数",
        "meetings that name one of the year's projects, or that its group held",
    ),
    "task_items": ("该年度项目的监督任务清单事项数", "items of the projects' task lists"),
    "task_items_open": ("其中尚未完成的", "of those, the ones not done or dropped"),
    "rectifications": (
        "该年度项目因满意度测评低于规定标准而形成的整改任务数",
        "rectification tasks of the projects, assessed below the adopted line",
    ),
    "rectifications_open": ("其中尚未确认整改到位的", "of those, the ones not confirmed yet"),
    "online_checks": ("代表线上监督次数", "checks that deputies made online"),
    "check_ins": ("代表现场签到次数", "check-ins of deputies at sites"),
}
