"""``python -m services.ballot``: run the service."""

from services.chassis import runner

runner.run("services.ballot.service:BallotService")
