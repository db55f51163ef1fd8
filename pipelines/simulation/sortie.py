"""Bytes that go to a file, compressed when its name says so."""

import gzip
from pathlib import Path
from typing import BinaryIO, cast


class Sortie:
    """One file being written: the same content gives the same bytes, gzip included (no name, no time)."""

    def __init__(self, chemin: Path) -> None:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        self._brut: BinaryIO = chemin.open("wb")
        self._flux: BinaryIO = self._brut
        if chemin.suffix == ".gz":
            self._flux = cast(BinaryIO, gzip.GzipFile("", "wb", compresslevel=9, fileobj=self._brut, mtime=0))

    def write(self, octets: bytes) -> None:
        """Add bytes."""
        self._flux.write(octets)

    def close(self) -> None:
        """Write the end of the compressed flux, if any, and close."""
        self._flux.close()
        self._brut.close()
