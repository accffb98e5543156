"""Everything on one machine: a broker of its own, the services, the gateway."""
