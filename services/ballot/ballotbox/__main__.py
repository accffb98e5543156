"""``python -m services.ballot.ballotbox``: run the worker; one process per core."""

from services.chassis import runner

runner.run("services.ballot.ballotbox.service:BallotBox")
