"""Months and days that the whole simulation counts with."""

from datetime import date, timedelta


def mois_suivant(mois: date, nombre: int = 1) -> date:
    """The first day of the month ``nombre`` months later."""
    rang = mois.year * 12 + mois.month - 1 + nombre
    return date(rang // 12, rang % 12 + 1, 1)


def dernier_jour(mois: date) -> date:
    """The last day of the month."""
    return mois_suivant(mois) - timedelta(days=1)


def apres(jour: date, mois: int) -> date:
    """The same day ``mois`` months later, the 28th at most."""
    return mois_suivant(jour, mois).replace(day=min(jour.day, 28))


def reception_usuelle(mois: date) -> date:
    """A monthly file is received on the 5th of the next month."""
    return mois_suivant(mois).replace(day=5)
