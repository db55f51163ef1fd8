"""What several end-to-end tests read: the sample, received under a key of its own, and its calculation."""

from collections.abc import Iterator

import pytest

from pipelines.calcul.calculer import Calcul, calculer
from pipelines.configuration import Configuration, charger
from pipelines.reception.recevoir import recevoir
from pipelines.simulation.exemple import ecrire_exemple
from tests.e2e.cas import CLE_DE_TEST


@pytest.fixture(scope="session")
def exemple(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    dossier = tmp_path_factory.mktemp("exemple")
    ecrire_exemple(dossier, CLE_DE_TEST)
    configuration = charger(dossier / "pilotage.toml")
    assert recevoir([configuration.depot], configuration).code == 0
    return configuration


@pytest.fixture(scope="session")
def calcul_exemple(exemple: Configuration) -> Iterator[Calcul]:
    with calculer(exemple) as calcul:
        yield calcul
