"""Attached files, photos and documents: looked at before anybody keeps or shows them.

:func:`examined` is the one way in, for every path that a file may come by: it looks at the bytes
in a child process and tells what they are, or refuses.  A photo gets a public derivative without
anything that the camera wrote into it.  A document gets none: its original stays sealed, and the
public sees its name, kind and size.
"""

from .confined import Examined, examined, redacted
from .kinds import DOCUMENTS, MEDIA_TYPES, PHOTOS
from .limits import Limits

__all__ = ["DOCUMENTS", "MEDIA_TYPES", "PHOTOS", "Examined", "Limits", "examined", "redacted"]
