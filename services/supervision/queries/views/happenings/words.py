"""Words for the codes that the sentences of the timeline have."""

from __future__ import annotations

from ..happening import Words

CHANNEL: Words = {
    "week": ("代表监督周", "the supervision week"),
    "online": ("线上监督", "online supervision"),
    "meeting": ("会议", "a meeting"),
    "snap": ("随手拍", "a photo on the spot"),
    "message": ("群众留言", "a resident's message"),
}
STEP: Words = {
    "reminder": ("提醒", "reminder"),
    "leader": ("报分管领导", "told to the leader"),
    "public": ("公开通报", "on the public list"),
}
VISIT: Words = {
    "research": ("调研", "research visit"),
    "open-visit": ("明察", "announced visit"),
    "unannounced-visit": ("暗访", "unannounced visit"),
}
ACT: Words = {
    "handled": ("再次办理", "dealt with again"),
    "closed": ("办结", "settled"),
    "reopened": ("重新办理", "opened again"),
    "talked": ("面商", "talked about in person"),
    "published": ("公开", "published"),
}
JUDGEMENT: Words = {
    "satisfied": ("满意", "satisfied"),
    "basically": ("基本满意", "basically satisfied"),
    "not": ("不满意", "not satisfied"),
}
CONFIRMED: Words = {
    "true": ("已解决", "solved"),
    "1": ("已解决", "solved"),
    "false": ("未解决", "not solved"),
    "0": ("未解决", "not solved"),
}
EFFECTIVE: Words = {
    "true": ("成效良好", "it works"),
    "1": ("成效良好", "it works"),
    "false": ("成效不足", "it does not work"),
    "0": ("成效不足", "it does not work"),
}
MEETING: Words = {
    "kick-off": ("部署会", "kick-off meeting"),
    "regular": ("工作例会", "regular meeting"),
    "report-meeting": ("工作情况报告会", "report meeting"),
    "standing-committee": ("常委会会议", "meeting of the standing committee"),
}
FUND: Words = {"released": ("拨付", "released"), "spent": ("支出", "spent")}
PASSED: Words = {
    "true": ("通过", "passed"),
    "1": ("通过", "passed"),
    "false": ("未通过", "failed"),
    "0": ("未通过", "failed"),
}
CHANGE: Words = {
    "adjust": ("项目调整", "an adjustment"),
    "defer": ("项目暂缓", "a deferral"),
    "end": ("项目终止", "an ending"),
}
TASK: Words = {
    "site": ("重点点位", "key site"),
    "link": ("重点环节", "key link"),
    "problem": ("重点问题", "key problem"),
}
