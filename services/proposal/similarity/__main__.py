"""``python -m services.proposal.similarity``: run the worker; one process per core."""

from services.chassis import runner

runner.run("services.proposal.similarity.service:SimilarityService")
