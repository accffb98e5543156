"""What commands refer to, and in whose name they are given."""

from __future__ import annotations

from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid

from ..queries.register import knows_aspect


def speak_for(deputy_id: str | None, uow: UnitOfWork) -> None:
    """Raise Forbidden unless the caller may act in this deputy's name; None: nobody's."""
    if deputy_id is not None:
        uow.principal.speak_for(deputy_id, own="deputy", others=("clerk",))


def know_aspect(code: str, uow: UnitOfWork) -> None:
    """Raise Invalid unless the list has this aspect."""
    if not uow.once(("aspect", code), lambda: knows_aspect(uow.session, code)):
        raise Invalid(
            "aspect-unknown",
            f"there is no aspect {code}; GET /v1/aspects lists them",
            f"没有代码为 {code} 的方面,可用 GET /v1/aspects 查询",
            [{"pointer": "/aspect", "detail": "is not in the list of aspects"}],
        )
