"""What must stand in the environment before Prefect is imported: no telemetry, a quiet terminal.

Prefect reads its settings at import, and its short-lived server is a child process that inherits them.
"""

import os

IMPOSES = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}
PROPOSES = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # 20 by default: too short on a slow disk
    # The terminal is ours and in French; Prefect's own lines stay readable in its interface.
    # Without this its server prints CancelledError tracebacks when it is told to stop.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_HANDLERS_DEBUG_LEVEL": "CRITICAL",
    "PREFECT_CLI_PROMPT": "false",
}


def appliquer() -> None:
    """Set them; a user's own choice of logging or delay is kept, telemetry stays off."""
    os.environ.update(IMPOSES)
    for nom, valeur in PROPOSES.items():
        os.environ.setdefault(nom, valeur)
