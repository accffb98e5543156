"""The HTTP gateway: one public API over the services; HTTP words live only here."""
