"""The ballot service with a relay that trusts its bell alone."""
