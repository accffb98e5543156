"""The figures that the real report has, each one small function of the evidence.

The order is the report's.  Definitions speak of *this congress* and the level below: whether that
is a city and its districts is a matter of configuration.
"""

from __future__ import annotations

from . import records as r
from .evidence import Evidence
from .figure import SHARE, Tally, different, each, line, share
from .registry import counts

# Collection (征集)


@counts(
    "intake.deputy_suggestions",
    "suggestion",
    "suggestion",
    "采纳的代表建议",
    "当年征集、由代表提出并经梳理采纳的建议条数",
    "suggestions that deputies made for the year and that were accepted in sorting",
)
def deputy_suggestions(evidence: Evidence) -> Tally:
    return each(suggestion.id for suggestion in evidence.suggestions)


@counts(
    "intake.suggestion_aspects",
    "suggestion",
    "aspect",
    "代表建议涵盖方面",
    "上述代表建议涵盖的方面数",
    "different aspects of those suggestions",
)
def suggestion_aspects(evidence: Evidence) -> Tally:
    return different((suggestion.id, suggestion.aspect) for suggestion in evidence.suggestions)


@counts(
    "intake.proposed_project_aspects",
    "suggested-project",
    "aspect",
    "建议项目涵盖方面",
    "由上述代表建议(至少一条)凝练出的当年建议项目涵盖的方面数",
    "different aspects of the year's suggested projects that come from at least one of those "
    "suggestions",
)
def proposed_project_aspects(evidence: Evidence) -> Tally:
    return different((project.id, project.aspect) for project in evidence.suggested_projects)


@counts(
    "intake.suggestions_matching_voted_share",
    "suggestion",
    "share",
    "建议与票决项目吻合率",
    "上述代表建议中,经人工对照与票决确定项目的某一子项相吻合的比例;"
    "分母为上述全部代表建议,尚未对照和对照后无吻合的均计入分母",
    "of those suggestions, the share that a person matched to a sub-item of a chosen project; the "
    "denominator is all of them, also those matched to none and those not yet looked at",
    kind=SHARE,
)
def matching_share(evidence: Evidence) -> Tally:
    return share(
        (
            line(suggestion.id, suggestion.sub_item_id or "-"),
            suggestion.sub_item_id in evidence.sub_items,
        )
        for suggestion in evidence.suggestions
    )


# The ballot (票决)


@counts(
    "ballot.roll",
    "deputy",
    "deputy",
    "票决会议应到代表",
    "票决所在会议的应到代表数:会议开幕之日已登记的本级人大代表",
    "deputies due at the session of the vote: those of its congress enrolled by its first day",
)
def roll(evidence: Evidence) -> Tally:
    return each(deputy.id for deputy in evidence.roll)


@counts(
    "ballot.present",
    "sign-in",
    "deputy",
    "票决会议实到代表",
    "票决当次全体会议的实到代表数:应到代表中当日签到的人数",
    "deputies of the roll who signed in at the meeting of the vote",
)
def present(evidence: Evidence) -> Tally:
    return different((sign_in.id, sign_in.deputy_id) for sign_in in evidence.present)


@counts(
    "ballot.candidates",
    "ballot",
    "candidate project",
    "候选项目",
    "当年提交票决的候选项目数",
    "candidate projects put to the vote in the year",
)
def candidates(evidence: Evidence) -> Tally:
    return different(
        (result.id, candidate["candidate_id"])
        for result in evidence.results
        for candidate in result.candidates
    )


@counts(
    "ballot.chosen",
    "ballot",
    "project",
    "票决确定项目",
    "当年票决确定的项目数",
    "candidate projects that the vote of the year chose",
)
def chosen(evidence: Evidence) -> Tally:
    return different(
        (result.id, candidate["candidate_id"])
        for result in evidence.results
        for candidate in result.candidates
        if candidate["chosen"]
    )


# Implementation (实施)


@counts(
    "supervision.projects",
    "project",
    "project",
    "实施项目",
    "当年交付实施的民生实事项目数",
    "livelihood projects of the year",
)
def projects(evidence: Evidence) -> Tally:
    return each(evidence.projects)


@counts(
    "supervision.sub_items",
    "sub-item",
    "sub-item",
    "子项",
    "上述项目的子项数",
    "sub-items of those projects",
)
def sub_items(evidence: Evidence) -> Tally:
    return each(evidence.sub_items)


@counts(
    "supervision.sub_items_completed_by_{day:%Y_%m_%d}",
    "sub-item",
    "sub-item",
    "按期完成子项",
    "在 {day:%Y-%m-%d} 及以前,累计进展首次达到目标的子项数;已被更正替换的进展不计",
    "sub-items whose cumulative progress first reached the target on or before {day:%Y-%m-%d}; "
    "replaced progress does not count",
)
def sub_items_completed(evidence: Evidence) -> Tally:
    return each(
        line(id_, entry.happened_on)
        for id_, entry in evidence.completions.items()
        if entry.happened_on <= evidence.question.completed_by
    )


@counts(
    "supervision.groups",
    "group",
    "group",
    "监督小组",
    "为上述项目组建的监督小组数",
    "supervision groups formed for those projects",
)
def groups(evidence: Evidence) -> Tally:
    return each(line(group.id, group.project_id) for group in evidence.groups)


# The supervision week (代表监督周)


@counts(
    "supervision.week.city_deputies",
    "attendance",
    "person",
    "监督周本级代表",
    "代表监督周内参加调研和明察暗访的本级人大代表人数;兼任下级代表的只按本级计一次",
    "deputies of this congress at visits of the supervision week; who also sits in a congress "
    "below counts once, here",
)
def week_own_deputies(evidence: Evidence) -> Tally:
    return different(
        (attendance.id, attendance.deputy_id)
        for attendance in evidence.week_attendances
        if evidence.own(attendance.deputy_id)
    )


@counts(
    "supervision.week.district_deputies",
    "attendance",
    "person",
    "监督周下级代表",
    "代表监督周内参加调研和明察暗访的下级人大代表人数;兼任本级代表的不计",
    "deputies of congresses of the level below at visits of the supervision week; who also sits in "
    "this congress does not count here",
)
def week_deputies_below(evidence: Evidence) -> Tally:
    return different(
        (attendance.id, attendance.deputy_id)
        for attendance in evidence.week_attendances
        if evidence.below(attendance.deputy_id)
    )


@counts(
    "supervision.week.attendances",
    "attendance",
    "person-time",
    "监督周人次",
    "代表监督周内调研和明察暗访的人次:每名代表每参加一次计一人次",
    "attendances at visits of the supervision week: one for each deputy at each visit",
)
def week_attendances(evidence: Evidence) -> Tally:
    return each(attendance.id for attendance in evidence.week_attendances)


@counts(
    "supervision.week.problems",
    "problem",
    "problem",
    "监督周发现问题",
    "代表监督周的走访中、在监督周日期内发现的问题数",
    "problems found on visits of the supervision week, within its days",
)
def week_problems(evidence: Evidence) -> Tally:
    return each(problem.id for problem in evidence.week_problems)


@counts(
    "supervision.week.opinions",
    "opinion",
    "opinion",
    "监督周意见建议",
    "经监督周渠道、在监督周日期内提出的意见建议条数",
    "opinions raised through the channel of the supervision week, within its days",
)
def week_opinions(evidence: Evidence) -> Tally:
    return each(opinion.id for opinion in evidence.week_opinions)


# Online supervision (线上监督)


@counts(
    "supervision.online.city_deputies",
    "opinion",
    "person",
    "线上监督代表",
    "当年在线查看当年项目进展或在线提出意见建议的本级人大代表人数",
    "deputies of this congress who in the year checked a project of the year online or raised an "
    "opinion about one",
)
def online_own_deputies(evidence: Evidence) -> Tally:
    acts = evidence.online_acts
    return different(((act.id, act.deputy_id) for act in acts), _online_kinds(evidence))


@counts(
    "supervision.online.projects_covered",
    "opinion",
    "project",
    "线上监督项目",
    "上述线上监督涉及的项目数",
    "different projects of those checks and opinions",
)
def online_projects(evidence: Evidence) -> Tally:
    acts = evidence.online_acts
    return different(((act.id, act.project_id) for act in acts), _online_kinds(evidence))


def _online_kinds(evidence: Evidence) -> dict[str, str]:
    checks = (act for act in evidence.online_acts if isinstance(act, r.OnlineCheck))
    return {check.id: "online-check" for check in checks}


@counts(
    "supervision.online.opinions",
    "opinion",
    "opinion",
    "线上意见建议",
    "本级人大代表当年在线提出的意见建议条数",
    "opinions that deputies of this congress raised online in the year",
)
def online_opinions(evidence: Evidence) -> Tally:
    return each(opinion.id for opinion in evidence.online_opinions)


@counts(
    "supervision.online.opinions_handled_and_replied",
    "opinion",
    "opinion",
    "线上已处理并答复",
    "上述线上意见建议中,已处理并且已回复代表的条数(两者缺一不计)",
    "of those opinions, the ones both handled and replied to; one without the other does not count",
)
def online_opinions_answered(evidence: Evidence) -> Tally:
    return each(
        line(opinion.id, opinion.handled_on, opinion.replied_on)
        for opinion in evidence.online_opinions
        if evidence.answered(opinion)
    )


@counts(
    "supervision.online.opinions_open",
    "opinion",
    "opinion",
    "线上待处理或答复",
    "上述线上意见建议中,尚未处理或尚未回复代表的条数(本系统补充)",
    "of those opinions, the ones not yet handled or not yet replied to (added by this system)",
)
def online_opinions_open(evidence: Evidence) -> Tally:
    return each(
        opinion.id for opinion in evidence.online_opinions if not evidence.answered(opinion)
    )
