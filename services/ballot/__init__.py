"""The decision by ballot (票决): deputies, sessions, ballot methods, ballots and their results."""
