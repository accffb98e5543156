"""``minsheng ballot credentials|trustee|follow|vote|check``: the clients as commands.

Nothing but click is imported until a command runs.  Failures are one line, exit code 1.
"""

from __future__ import annotations

from .check import check
from .credentials import credentials
from .follow import follow
from .trustee import trustee
from .vote import vote

COMMANDS = (credentials, trustee, follow, vote, check)
