"""The resources of the API, one file each; every module's ``blueprint`` is registered under /v1."""
