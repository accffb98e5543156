"""How the model is mapped to the tables."""

from __future__ import annotations

from sqlalchemy.orm import registry, relationship

from ..model.answer_import import AnswerImport
from ..model.audience import Audience
from ..model.comment import ReleasedComment
from ..model.comment_page import CommentPage
from ..model.drawing import Drawing, DrawnUnit
from ..model.frame import ContactReading, FrameUnit, SamplingFrame
from ..model.heard import HeardDeputy, HeardLookBack, HeardProject, HeardScore
from ..model.invitation import Invitation, InvitationPage, Reminder
from ..model.link import Link, LinkCount, NetworkCount
from ..model.method import AssessmentMethod
from ..model.named import NamedAnswer
from ..model.offline_count import OfflineCount
from ..model.paper import PaperForm
from ..model.publication import Publication
from ..model.published import PublishedScore
from ..model.questionnaire import Questionnaire
from ..model.quota import QuotaCount
from ..model.requirement import Requirement
from ..model.roll import Roll
from ..model.tally import Tally
from ..model.template import QuestionnaireTemplate
from .audiences import audiences, comment_pages, named_answers, rolls, tallies
from .frames import (
    drawings,
    drawn_units,
    frame_contact_readings,
    frame_units,
    sampling_frames,
)
from .heard import heard_deputies, heard_look_backs, heard_projects
from .invitations import (
    invitation_pages,
    invitations,
    link_counts,
    links,
    network_counts,
    quota_counts,
    reminders,
)
from .metadata import metadata
from .methods import assessment_methods
from .offline import answer_imports, offline_counts, paper_forms
from .questionnaires import questionnaires
from .results import (
    heard_scores,
    publications,
    published_scores,
    released_comments,
    requirements,
)
from .templates import questionnaire_templates

mapper = registry(metadata=metadata)

mapper.map_imperatively(
    AssessmentMethod, assessment_methods, version_id_col=assessment_methods.c.version
)
mapper.map_imperatively(
    Questionnaire,
    questionnaires,
    version_id_col=questionnaires.c.version,
    properties={"method": relationship(AssessmentMethod, lazy="joined", innerjoin=True)},
)
# The relationships that begin with "_" are only there so that rows are written in this order.
mapper.map_imperatively(
    Audience,
    audiences,
    version_id_col=audiences.c.version,
    properties={"group": audiences.c.group_code, "_questionnaire": relationship(Questionnaire)},
)
for kept, table, columns in (
    (Roll, rolls, {}),
    (Tally, tallies, {}),
    (NamedAnswer, named_answers, {"data": named_answers.c.reading}),
    (CommentPage, comment_pages, {}),
    (Invitation, invitations, {}),
    (InvitationPage, invitation_pages, {}),
    (NetworkCount, network_counts, {}),
    (QuotaCount, quota_counts, {}),
    (OfflineCount, offline_counts, {}),
):
    mapper.map_imperatively(
        kept, table, properties={**columns, "_audience": relationship(Audience)}
    )
for entity, table, before in (
    (SamplingFrame, sampling_frames, None),
    (ContactReading, frame_contact_readings, SamplingFrame),
    (Drawing, drawings, SamplingFrame),
    (Reminder, reminders, Audience),
    (Link, links, Audience),
):
    mapper.map_imperatively(
        entity,
        table,
        version_id_col=table.c.version,
        properties={"_before": relationship(before)} if before else {},
    )
mapper.map_imperatively(FrameUnit, frame_units)
mapper.map_imperatively(DrawnUnit, drawn_units, properties={"_drawing": relationship(Drawing)})
mapper.map_imperatively(LinkCount, link_counts, properties={"_link": relationship(Link)})
for result, where, renamed in (
    (Publication, publications, {}),
    (Requirement, requirements, {}),
    (ReleasedComment, released_comments, {"group": released_comments.c.group_code}),
):
    mapper.map_imperatively(
        result,
        where,
        version_id_col=where.c.version,
        properties={**renamed, "_questionnaire": relationship(Questionnaire)},
    )
mapper.map_imperatively(
    PublishedScore, published_scores, properties={"_publication": relationship(Publication)}
)
for versioned, where in ((PaperForm, paper_forms), (AnswerImport, answer_imports)):
    mapper.map_imperatively(
        versioned,
        where,
        version_id_col=where.c.version,
        properties={"_audience": relationship(Audience)},
    )
mapper.map_imperatively(
    QuestionnaireTemplate,
    questionnaire_templates,
    version_id_col=questionnaire_templates.c.version,
)
# Their versions are the producers', so nothing here counts them.
mapper.map_imperatively(HeardProject, heard_projects)
mapper.map_imperatively(HeardLookBack, heard_look_backs)
mapper.map_imperatively(HeardDeputy, heard_deputies)
mapper.map_imperatively(HeardScore, heard_scores)
