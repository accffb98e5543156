"""The clients of an electronic vote: the credentials office, scrutineers, deputies, anybody.

They talk to the gateway as everybody does and trust nothing that it says: what can be checked is.
Plain functions, which the command line, the demonstration and the load test call alike.
"""
