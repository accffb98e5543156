"""``python -m services.proposal``: run the service."""

from services.chassis import runner

runner.run("services.proposal.service:ProposalService")
