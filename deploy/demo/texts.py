"""Sentences of the synthetic records.  Every longer text says of itself that it is synthetic."""

from __future__ import annotations

import random

from .catalogue import Theme

#: Stands in every longer text, so that none can be taken for a real one.
MARK = "(演示用合成文本)"

_WHO = ("老年居民", "上班家庭", "新就业群体", "学生和家长", "外来务工人员", "残障人士")
_WHY = (
    "走访中听到{who}反映,附近尚缺相应设施,往返不便。",
    "近期接待中,{who}多次提到这一需求,希望尽快安排。",
    "实地查看后认为,{who}的需求较为集中,现有条件不足。",
)
_HOW = (
    "建议列入年度计划,明确点位、标准和完成时限。",
    "建议先选若干点位试行,再逐步推开,并公开进度。",
    "建议由牵头单位会同属地研究,落实资金和后续管理。",
)
_SPOTS = ("老旧小区集中片区", "地铁站周边", "新建住宅片区", "集镇中心", "园区配套区", "学校周边")

_FOUND = (
    "现场标识不够清楚,群众不易找到",
    "设施已到位,但开放时间偏短",
    "施工围挡占道,行人绕行较远",
    "后续管护责任尚未写明",
    "进度比计划略慢,材料到场不齐",
    "服务人员不足,高峰时等候较久",
)
_ASKED = (
    "建议公布责任人和联系方式",
    "建议加强施工组织,减少对居民的影响",
    "建议延长开放时间并公示",
    "建议把管护经费列入预算",
    "建议增加无障碍设施",
    "建议完工后回访使用情况",
)
_HANDLED = ("已会同属地现场核实,列入整改清单。", "已调整施工安排。", "已落实责任人并补充设施。")
_REPLIED = ("来信意见已办理,现将情况答复如下,请您继续监督。", "感谢提出意见,处理结果已在现场公示。")


def suggestion(theme: Theme, place: str, rng: random.Random) -> tuple[str, str]:
    """Title and text of a suggestion."""
    title = f"关于在{place}{rng.choice(_SPOTS)}{rng.choice(theme.wants)}的建议"
    why = rng.choice(_WHY).format(who=rng.choice(_WHO))
    return title, f"{why}{rng.choice(_HOW)}{MARK}"


def beneficiaries(rng: random.Random) -> str:
    """Who benefits, in words."""
    return f"周边{rng.choice(_WHO)},约{rng.randint(2, 60)}00人(演示)"


def corrected(rng: random.Random) -> str:
    """What a suggestion says instead, once its author has thought it over."""
    return f"补充:{rng.choice(_WHO)}反映较多,已实地核对。{rng.choice(_HOW)}{MARK}"


def contact(number: int) -> dict[str, str]:
    """How to reach somebody who does not exist."""
    return {
        "name": f"居民{number}(虚构)",
        "phone": f"0571-0000{number:04}",
        "email": f"resident-{number}@example.com",
    }


def comment(rng: random.Random) -> str:
    """What a deputy says on another's suggestion."""
    return f"走访中也听到类似意见。{rng.choice(_HOW)}{MARK}"


def answered(result: str, theme: Theme) -> str:
    """What a unit answers to suggestions, by the result."""
    about = {
        "A": "已会同属地落实,相关内容已纳入当年安排并明确点位。",
        "B": "已列入计划,按承诺日期完成后再次答复。",
        "C": "目前受用地和资金条件限制,暂不能解决,将继续研究。",
        "D": "所提意见留作制定下一年度计划时参考。",
    }
    return f"关于{theme.aspect}的建议收悉。{about[result]}{MARK}"


def suggested_project(theme: Theme, place: str, number: int) -> tuple[str, str]:
    """Title and text of a suggested project."""
    title = f"{theme.project}建议项目({number})"
    text = f"由{place}多条建议凝练:{'、'.join(theme.wants)}。建议作为民生实事项目研究。{MARK}"
    return title, text


def candidate(theme: Theme, place: str) -> str:
    """Description of a candidate."""
    return f"面向{place}居民的{theme.aspect}需求,按年度目标实施:{'、'.join(theme.wants)}。{MARK}"


def deliberation(criterion: str, theme: Theme, rng: random.Random) -> str:
    """A deputy's opinion on a candidate."""
    about = {
        "necessity": f"{theme.aspect}是走访中反映较多的方面,有必要列入。",
        "feasibility": "点位和实施主体基本明确,年内可以完成。",
        "fiscal-capacity": "所需资金已列入预算草案,建议细化后续运行经费。",
    }
    return about[criterion] + rng.choice(_HOW) + MARK


def progress(item: str, done: bool, rng: random.Random) -> str:
    """What a unit reports for a month."""
    state = (
        "已达到年度目标,转入日常管理"
        if done
        else rng.choice(("按计划推进", "正在集中施工", "进展平稳"))
    )
    return f"{item}:{state}。{MARK}"


def problem(rng: random.Random) -> str:
    """A problem found on a visit."""
    return f"{rng.choice(_FOUND)}。{MARK}"


def opinion(rng: random.Random) -> str:
    """An opinion on a project's progress."""
    return f"{rng.choice(_FOUND)},{rng.choice(_ASKED)}。{MARK}"


def handling(rng: random.Random) -> str:
    """How a unit dealt with an opinion."""
    return rng.choice(_HANDLED) + MARK


def reply(rng: random.Random) -> str:
    """What a unit answers a deputy."""
    return rng.choice(_REPLIED) + MARK


#: Passages of the report: section, heading, text.
REPORT = (
    (
        "work",
        "工作安排",
        "按照年初安排,监督工作贯穿征集、票决、实施、测评各个环节,每月查看进度,定期碰头会商。",
    ),
    (
        "evaluation",
        "目标任务总体落实",
        "从逐月填报和现场走访看,各子项进展与年度安排总体相符,进度信息能够及时更新。\n"
        "个别点位前期推进偏慢,经督促后赶上计划。",
    ),
    (
        "evaluation",
        "群众关切得到回应",
        "代表提出的意见多数已有处理结果并答复本人,尚未办结的应继续跟踪。",
    ),
    (
        "evaluation",
        "后续管理有待加强",
        "部分设施建成后的管护责任和经费还不够明确,使用效果有待进一步观察。",
    ),
    (
        "recommendation",
        "把征集做得更早更宽",
        "建议全年开放征集渠道,对未采纳的建议说明理由,让提出人看得到结果。",
    ),
    (
        "recommendation",
        "把指标定得更准更实",
        "建议候选项目在票决前写明可核查的数量、标准和时限,便于实施中逐项对照。",
    ),
    (
        "recommendation",
        "把监督做到完工以后",
        "建议对往年项目持续回头看,测评结果和整改情况一并公开。",
    ),
)
