"""``python -m services``: all four services in one process, for a small place.

Their databases, queues and settings stay apart; the gateway and the CPU workers run beside them.
"""

from services.chassis import runner

runner.run(
    "services.proposal.service:ProposalService",
    "services.ballot.service:BallotService",
    "services.supervision.service:SupervisionService",
    "services.survey.service:SurveyService",
)
