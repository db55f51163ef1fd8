"""Faults that can be planted on purpose, one for each line of 4.5."""

from collections.abc import Sequence

from pipelines.simulation.atelier import Atelier


def ajouter_fautes(atelier: Atelier, fautes: Sequence[str]) -> None:
    """Plant the named faults in the depot."""
