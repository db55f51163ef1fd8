"""What the terminal shows: plain French, a progress bar on a terminal, plain lines otherwise.

Nothing here ever prints a value read from a file: file names, rules, lines, columns and counts only.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol


class Suivi(Protocol):
    """Told of each thing done in a long work; ``total`` may be given once known."""

    def __call__(self, fait: int, total: int, nom: str) -> None: ...


def preparer_terminal() -> None:
    """French accents on any terminal: what it cannot show becomes « ? » instead of an error."""
    for flux in (sys.stdout, sys.stderr):
        if hasattr(flux, "reconfigure"):
            flux.reconfigure(errors="replace")


def dire(texte: str = "") -> None:
    print(texte, flush=True)


def signaler(message: str, conseil: str = "") -> None:
    """An error: one line saying what is wrong, one saying what to do."""
    sys.stdout.flush()
    print(f"Erreur : {message}", file=sys.stderr)
    if conseil:
        print(f"  → {conseil}", file=sys.stderr)


def nombre(valeur: float | None, decimales: int = 0) -> str:
    """A number as the French write it: 7 812 or 93,5."""
    if valeur is None:
        return "—"
    texte = f"{valeur:,.{decimales}f}"
    return texte.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def accord(n: int, un: str, des: str | None = None) -> str:
    """« 1 fichier », « 3 fichiers »."""
    return f"{nombre(n)} {un if n < 2 else des or un + 's'}"


def tableau(entetes: Sequence[str], lignes: Sequence[Sequence[str]], a_droite: Sequence[int] = ()) -> None:
    """Columns aligned with blanks, as plain text that can be pasted in a message."""
    largeurs = [max(len(ligne[i]) for ligne in (entetes, *lignes)) for i in range(len(entetes))]
    for ligne in (entetes, ["─" * largeur for largeur in largeurs], *lignes):
        cases = [
            case.rjust(largeur) if i in a_droite else case.ljust(largeur)
            for i, (case, largeur) in enumerate(zip(ligne, largeurs, strict=True))
        ]
        dire(("  " + "  ".join(cases)).rstrip())


@contextmanager
def progression(quoi: str) -> Iterator[Suivi]:
    """A bar that follows a long work on a terminal; elsewhere, a line for each quarter of it."""
    if not sys.stderr.isatty():
        yield _lignes(quoi)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    colonnes = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[nom]}", markup=False),
    )
    with Progress(*colonnes, console=Console(stderr=True), transient=True) as barre:
        tache = barre.add_task(quoi, total=None, nom="")

        def suivre(fait: int, total: int, nom: str) -> None:
            barre.update(tache, completed=fait, total=total, nom=nom)

        yield suivre


def _lignes(quoi: str) -> Suivi:
    def suivre(fait: int, total: int, nom: str) -> None:
        if fait == 0 and total >= 10:
            dire(f"{quoi} : {accord(total, 'fichier')} à examiner…")
        elif fait < total and total >= 40 and fait % (total // 4) == 0:
            dire(f"  {nombre(fait)} sur {nombre(total)}")

    return suivre
