"""The columns of the sheet of suggestions; what goes out can come in again."""

from __future__ import annotations

from services.commons.sheets import Column

#: What says where a row comes from.
ORIGIN = (
    Column("source", ("来源",)),
    Column("source_id", ("来源编号",), required=True),
)
#: What is taken over, under the names of ``SubmitSuggestion``.
CONTENT = (
    Column("year", ("年度",), required=True),
    Column("author_kind", ("提出人类别",), required=True),
    Column("deputy_id", ("代表编号",)),
    Column("channel", ("渠道",), required=True),
    Column("aspect", ("方面",), required=True),
    Column("title", ("标题",), required=True),
    Column("text", ("内容",), required=True),
    Column("beneficiaries", ("受益人群",)),
    Column("division", ("区划代码",)),
    Column("longitude", ("经度",)),
    Column("latitude", ("纬度",)),
    Column("datum", ("坐标系",)),
    Column("round_id", ("征集编号",)),
    Column("activity_id", ("活动编号",)),
    Column("happened_on", ("提出日期",), required=True),
)
#: What this system adds; an import overlooks it.
ADDED = (
    Column("id", ("编号",), ignored=True),
    Column("recorded_at", ("登记时间",), ignored=True),
    Column("delegation", ("代表团",), ignored=True),
    Column("wgs84_longitude", ("WGS-84经度",), ignored=True),
    Column("wgs84_latitude", ("WGS-84纬度",), ignored=True),
    Column("state", ("状态",), ignored=True),
    Column("sorted_on", ("梳理日期",), ignored=True),
    Column("reason", ("理由",), ignored=True),
    Column("reason_code", ("理由代码",), ignored=True),
    Column("withdrawn_on", ("撤回日期",), ignored=True),
    Column("matched_sub_item", ("吻合子项",), ignored=True),
    Column("matched_on", ("比对日期",), ignored=True),
    Column("supporters", ("支持数",), ignored=True),
    Column("cosigners", ("附议数",), ignored=True),
    Column("answer_due_on", ("答复期限",), ignored=True),
    Column("answered_on", ("答复日期",), ignored=True),
)
SUGGESTIONS = (*ORIGIN, *CONTENT, *ADDED)
