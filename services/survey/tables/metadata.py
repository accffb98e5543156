"""The metadata that all tables of this service share."""

from __future__ import annotations

from services.chassis.tables import service_metadata

metadata = service_metadata()
