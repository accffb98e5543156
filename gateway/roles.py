"""Who may do what: one table, an operation a line.

Whose object it is, the service's model decides; this table says which roles may ask at all.
"""

from __future__ import annotations

#: No token needed: what the public may read.
PUBLIC = "public"

#: 代表 and 群众.
DEPUTY, RESIDENT = "deputy", "resident"
#: 人大工作人员 (standing committee's office) and 大会秘书处.
CLERK, SECRETARIAT = "clerk", "secretariat"
#: 政府办公厅(室); 牵头、实施单位.
GOVERNMENT, UNIT = "government", "unit"
#: 监票人, 总监票人.
SCRUTINEER, CHIEF_SCRUTINEER = "scrutineer", "chief-scrutineer"
#: 审计; who may record late.
AUDITOR, RECORDER = "auditor", "recorder"

ROLES = (
    DEPUTY,
    RESIDENT,
    CLERK,
    SECRETARIAT,
    GOVERNMENT,
    UNIT,
    SCRUTINEER,
    CHIEF_SCRUTINEER,
    AUDITOR,
    RECORDER,
)

STAFF = (CLERK, SECRETARIAT, GOVERNMENT, AUDITOR)

MAY: dict[str, tuple[str, ...]] = {
    # proposal
    "define_aspect": (CLERK,),
    "list_aspects": (PUBLIC,),
    "register_unit": (CLERK, GOVERNMENT),
    "get_unit": (PUBLIC,),
    "list_units": (PUBLIC,),
    "open_round": (CLERK,),
    "adopt_rule": (CLERK,),
    "get_rule": (PUBLIC,),
    "list_rules": (PUBLIC,),
    "get_rule_in_force": (PUBLIC,),
    "list_rounds": (PUBLIC,),
    "submit_suggestion": (DEPUTY, RESIDENT, CLERK, GOVERNMENT),
    "get_suggestion": (DEPUTY, UNIT, *STAFF),
    "list_suggestions": (DEPUTY, UNIT, *STAFF),
    "sort_suggestion": (CLERK,),
    "match_suggestion": (CLERK,),
    "distil_suggested_project": (CLERK,),
    "get_suggested_project": (PUBLIC,),
    "list_suggested_projects": (PUBLIC,),
    "propose_candidate": (GOVERNMENT,),
    "get_candidate": (DEPUTY, UNIT, *STAFF),
    "list_candidates": (DEPUTY, UNIT, *STAFF),
    "give_opinion_on_candidate": (DEPUTY, CLERK),
    "draw_up_shortlist": (GOVERNMENT, CLERK),
    "adopt_shortlist": (CLERK, SECRETARIAT),
    "get_shortlist": (PUBLIC,),
    "list_shortlists": (PUBLIC,),
    "list_cluster_runs": (DEPUTY, UNIT, *STAFF),
    "get_cluster_run": (DEPUTY, UNIT, *STAFF),
    "list_clusters": (DEPUTY, UNIT, *STAFF),
    "get_cluster": (DEPUTY, UNIT, *STAFF),
    "list_cluster_members": (DEPUTY, UNIT, *STAFF),
    "list_cluster_moves": STAFF,
    "move_cluster_member": (CLERK,),
    "list_similar_suggestions": (DEPUTY, UNIT, *STAFF),
    "search_similar_suggestions": (DEPUTY, RESIDENT, UNIT, *STAFF),
    # ballot
    "enrol_deputy": (CLERK,),
    "get_deputy": STAFF,
    "list_deputies": STAFF,
    "open_session": (CLERK, SECRETARIAT),
    "get_session": (PUBLIC,),
    "list_sessions": (PUBLIC,),
    "sign_in_deputy": (CLERK, SECRETARIAT),
    "draft_ballot_method": (CLERK, SECRETARIAT),
    "adopt_ballot_method": (CLERK, SECRETARIAT),
    "get_ballot_method": (PUBLIC,),
    "list_ballot_methods": (PUBLIC,),
    "open_ballot": (CLERK, SECRETARIAT),
    "list_ballots": (PUBLIC,),
    "get_ballot": (*STAFF, SCRUTINEER, CHIEF_SCRUTINEER),
    "enter_ballot_count": (SCRUTINEER, CHIEF_SCRUTINEER),
    "confirm_ballot_count": (SCRUTINEER, CHIEF_SCRUTINEER),
    "open_run_off": (CLERK, SECRETARIAT),
    "open_re_vote": (CLERK, SECRETARIAT),
    "certify_ballot": (CHIEF_SCRUTINEER,),
    "get_ballot_result": (PUBLIC,),
    # supervision
    "list_projects": (PUBLIC,),
    "get_project": (PUBLIC,),
    "report_progress": (UNIT, GOVERNMENT),
    "form_group": (CLERK,),
    "list_groups": (DEPUTY, UNIT, *STAFF),
    "get_group": (DEPUTY, UNIT, *STAFF),
    "arrange_activity": (CLERK,),
    "list_activities": (PUBLIC,),
    "get_activity": (PUBLIC,),
    "record_visit": (DEPUTY, CLERK),
    "list_visits": (DEPUTY, UNIT, *STAFF),
    "get_visit": (DEPUTY, UNIT, *STAFF),
    "attend_visit": (DEPUTY, CLERK),
    "list_attendances": (DEPUTY, *STAFF),
    "record_problem": (DEPUTY, CLERK),
    "list_problems": (DEPUTY, UNIT, *STAFF),
    "get_problem": (DEPUTY, UNIT, *STAFF),
    "raise_opinion": (DEPUTY, CLERK),
    "list_opinions": (DEPUTY, UNIT, *STAFF),
    "get_opinion": (DEPUTY, UNIT, *STAFF),
    "handle_opinion": (UNIT, GOVERNMENT),
    "reply_to_opinion": (UNIT, GOVERNMENT),
    "check_online": (DEPUTY, CLERK),
    "list_online_checks": STAFF,
    "define_indicator": (CLERK, GOVERNMENT),
    "list_indicators": (PUBLIC,),
    "get_indicator": (PUBLIC,),
    "declare_indicator": (UNIT, GOVERNMENT),
    "record_meeting": (CLERK, SECRETARIAT),
    "list_meetings": (PUBLIC,),
    "get_meeting": (PUBLIC,),
    "record_look_back": (CLERK,),
    "list_look_backs": (PUBLIC,),
    "get_look_back": (PUBLIC,),
    "write_report_text": (CLERK,),
    "list_report_texts": (DEPUTY, *STAFF),
    "get_report_text": (DEPUTY, *STAFF),
    "define_report": (CLERK,),
    "list_reports": (PUBLIC,),
    "get_report": (DEPUTY, *STAFF),
    "get_report_figures": (PUBLIC,),
    # survey
    "draft_assessment_method": (CLERK,),
    "adopt_assessment_method": (CLERK, SECRETARIAT),
    "get_assessment_method": (PUBLIC,),
    "list_assessment_methods": (PUBLIC,),
    "open_questionnaire": (CLERK,),
    "get_questionnaire": (PUBLIC,),
    "list_questionnaires": (PUBLIC,),
    "answer_questionnaire": (DEPUTY,),
    "close_questionnaire": (CLERK,),
    "publish_score": (CLERK,),
    "get_score": (PUBLIC,),
}
