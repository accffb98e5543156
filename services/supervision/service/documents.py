"""The register of documents."""

from __future__ import annotations

from services.chassis.rpc import rpc

from ..commands import documents as commands
from ..model.document import Document
from ..queries import organisation as queries
from ..queries.reading import one
from ..schemas import documents as schemas
from .stored import Json, Stored


class Documents(Stored):
    """The register of documents."""

    @rpc
    def register_document(self, body: Json) -> Json:
        commands.know_file(body, self.store.files)
        return self.store.execute(
            commands.register_document,
            schemas.RegisterDocument,
            body,
            answer=schemas.SupervisionDocument,
        )

    @rpc
    def get_document(self, document_id: str) -> Json:
        return self.store.read(one(Document), document_id, answer=schemas.SupervisionDocument)

    @rpc
    def list_documents(self, params: Json) -> Json:
        return self.store.list(
            queries.list_documents,
            schemas.DocumentQuery,
            params,
            answer=schemas.SupervisionDocument,
        )
