"""Sampling frames and drawings."""

from __future__ import annotations

from functools import partial

from services.chassis.rpc import rpc

from .. import loading
from ..commands import drawings, frames
from ..queries import frames as queries
from ..schemas import audiences as audience_schemas
from ..schemas import frames as schemas
from ..schemas.invitations import UseSample
from .stored import Json, Stored


class Frames(Stored):
    """Sampling frames and drawings."""

    @rpc
    def announce_frame(self, body: Json) -> Json:
        return self.store.execute(
            frames.announce, schemas.AnnounceFrame, body, answer=schemas.SamplingFrame
        )

    @rpc
    def check_frame(self, frame_id: str, body: Json) -> Json:
        frame = self.store.read(queries.get_frame, frame_id, answer=schemas.SamplingFrame)
        read = loading.from_body(body, frame["strata"], self.store.keys)
        return {"rows": len(read.units), "cells": read.cells}

    @rpc
    def load_frame(self, frame_id: str, body: Json) -> Json:
        frame = self.store.read(queries.get_frame, frame_id, answer=schemas.SamplingFrame)
        read = loading.from_body(body, frame["strata"], self.store.keys)
        return self.store.execute(
            partial(frames.load, units=read.units),
            schemas.LoadFrame,
            {"happened_on": body.get("happened_on"), "sha256": read.sha256},
            id=frame_id,
            answer=schemas.SamplingFrame,
        )

    @rpc
    def get_frame(self, frame_id: str) -> Json:
        return self.store.read(queries.get_frame, frame_id, answer=schemas.SamplingFrame)

    @rpc
    def list_frames(self, params: Json) -> Json:
        return self.store.list(
            queries.list_frames, schemas.FrameQuery, params, answer=schemas.SamplingFrame()
        )

    @rpc
    def list_frame_units(self, frame_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: queries.list_units(asked | {"frame_id": frame_id}),
            schemas.FrameQuery,
            params,
            answer=schemas.FrameUnit(),
        )

    @rpc
    def read_frame_contact(self, frame_id: str, body: Json) -> Json:
        return self.store.execute(
            frames.read_contact,
            schemas.ReadFrameContact,
            body,
            id=frame_id,
            answer=schemas.FrameContact,
            kept=False,
        )

    @rpc
    def list_frame_contact_readings(self, frame_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: queries.list_readings(asked | {"frame_id": frame_id}),
            schemas.FrameQuery,
            params,
            answer=schemas.FrameContactReading(),
        )

    @rpc
    def announce_drawing(self, frame_id: str, body: Json) -> Json:
        return self.store.execute(
            drawings.announce, schemas.AnnounceDrawing, body, id=frame_id, answer=schemas.Drawing
        )

    @rpc
    def draw_sample(self, drawing_id: str, body: Json) -> Json:
        return self.store.execute(
            drawings.draw, schemas.DrawSample, body, id=drawing_id, answer=schemas.Drawing
        )

    @rpc
    def get_drawing(self, drawing_id: str) -> Json:
        return self.store.read(queries.get_drawing, drawing_id, answer=schemas.Drawing)

    @rpc
    def list_drawings(self, params: Json) -> Json:
        return self.store.list(
            queries.list_drawings, schemas.DrawingQuery, params, answer=schemas.Drawing()
        )

    @rpc
    def list_drawn_units(self, drawing_id: str, params: Json) -> Json:
        return self.store.list(
            lambda asked: queries.list_drawn_units(asked | {"drawing_id": drawing_id}),
            schemas.FrameQuery,
            params,
            answer=schemas.DrawnUnit(),
        )

    @rpc
    def replace_unit(self, drawing_id: str, body: Json) -> Json:
        return self.store.execute(
            drawings.replace, schemas.ReplaceUnit, body, id=drawing_id, answer=schemas.Drawing
        )

    @rpc
    def make_contact_sheet(self, drawing_id: str, body: Json) -> Json:
        return self.store.execute(
            drawings.contact_sheet,
            schemas.ContactSheet,
            body,
            id=drawing_id,
            answer=schemas.Sheet,
            kept=False,
        )

    @rpc
    def use_sample(self, audience_id: str, body: Json) -> Json:
        return self.store.execute(
            drawings.use, UseSample, body, id=audience_id, answer=audience_schemas.Audience
        )
