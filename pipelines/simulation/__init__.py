"""A synthetic département: coherent life histories, written in the formats that a CD receives."""

from pipelines.simulation.generateur import simuler

__all__ = ["simuler"]
