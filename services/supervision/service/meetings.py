"""Meetings, their decisions, and the questions asked there."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import meetings as commands
from ..commands import questions as asking
from ..model.decision import Decision
from ..model.meeting import Meeting
from ..model.question import Question
from ..queries import organisation as queries
from ..queries.reading import one
from ..schemas import meetings as schemas
from .stored import Json, Stored


class Meetings(Stored):
    """Meetings, their decisions, and the questions asked there."""

    @rpc
    def record_meeting(self, body: Json) -> Json:
        return self.store.execute(
            commands.record_meeting, schemas.RecordMeeting, body, answer=schemas.Meeting
        )

    @rpc
    def get_meeting(self, meeting_id: str) -> Json:
        return self.store.read(one(Meeting), meeting_id, answer=schemas.Meeting)

    @rpc
    def list_meetings(self, params: Json) -> Json:
        return self.store.list(
            queries.list_meetings, schemas.MeetingQuery, params, answer=schemas.Meeting
        )

    @rpc
    def write_minutes(self, meeting_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.write_minutes,
            schemas.WriteMinutes,
            body,
            id=meeting_id,
            answer=schemas.MeetingMinutes,
        )

    @rpc
    def get_minutes(self, meeting_id: str) -> Json:
        return self.store.read(one(Meeting), meeting_id, answer=schemas.MeetingMinutes)

    @rpc
    def attend_meeting(self, meeting_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.attend_meeting,
            schemas.TakePart,
            body,
            id=meeting_id,
            answer=schemas.Participant,
        )

    @rpc
    def list_meeting_participants(self, meeting_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_participants(meeting_id),
            schemas.ParticipantQuery,
            params,
            answer=schemas.Participant,
        )

    @rpc
    def take_decision(self, meeting_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.take_decision,
            schemas.TakeDecision,
            body,
            id=meeting_id,
            answer=schemas.Decision,
        )

    @rpc
    def get_decision(self, decision_id: str) -> Json:
        return self.store.read(one(Decision), decision_id, answer=schemas.Decision)

    @rpc
    def list_decisions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_decisions, schemas.DecisionQuery, params, answer=schemas.Decision
        )

    @rpc
    def complete_decision(self, decision_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.complete_decision,
            schemas.EndDecision,
            body,
            id=decision_id,
            answer=schemas.Decision,
        )

    @rpc
    def drop_decision(self, decision_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.drop_decision,
            schemas.EndDecision,
            body,
            id=decision_id,
            answer=schemas.Decision,
        )

    @rpc
    def ask_question(self, meeting_id: str, body: Json) -> Json:
        return self.store.execute(
            asking.ask_question,
            schemas.AskQuestion,
            body,
            id=meeting_id,
            answer=schemas.Question,
        )

    @rpc
    def get_question(self, question_id: str) -> Json:
        return self.store.read(one(Question), question_id, answer=schemas.Question)

    @rpc
    def list_questions(self, params: Json) -> Json:
        return self.store.list(
            queries.list_questions, schemas.QuestionQuery, params, answer=schemas.Question
        )

    @rpc
    def answer_question(self, question_id: str, body: Json) -> Json:
        return self.store.execute(
            asking.answer_question,
            schemas.AnswerQuestion,
            body,
            id=question_id,
            answer=schemas.Question,
        )

    @rpc
    def follow_up_question(self, question_id: str, body: Json) -> Json:
        return self.store.execute(
            asking.follow_up_question,
            schemas.FollowUpQuestion,
            body,
            id=question_id,
            answer=schemas.Question,
        )

    @rpc
    def close_question(self, question_id: str, body: Json) -> Json:
        return self.store.execute(
            asking.close_question,
            schemas.CloseQuestion,
            body,
            id=question_id,
            answer=schemas.Question,
        )
