"""What a user is told when something cannot be done: one line what, one line what to do.

The text never carries a value read from a file: rule, file, line and column are enough.
"""


class ErreurPilotage(Exception):
    """A failure with its French sentence and advice; ``code`` is the exit code of the command."""

    code = 1

    def __init__(self, message: str, conseil: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.conseil = conseil


class ErreurUsage(ErreurPilotage):
    """Wrong usage or configuration: nothing was done."""

    code = 2


class FichierRefuse(ErreurPilotage):
    """A whole file is refused by a rule of gravity ``refus``."""

    code = 3

    def __init__(self, regle: str, message: str, conseil: str = "") -> None:
        super().__init__(message, conseil)
        self.regle = regle


class PublicationBloquee(ErreurPilotage):
    """Nothing is published; the message names the delivery and the command that unblocks."""

    code = 4
