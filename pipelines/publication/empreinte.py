"""The inputs of a publication, and the fingerprint that names it: same inputs, same name, same bytes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.calcul.calculer import Calcul
from pipelines.configuration import Configuration

RACINE = Path(__file__).resolve().parents[2]
LONGUEUR = 12
_LIEUX = (
    "fichier",
    "depot",
    "entrepot",
    "publications",
    "cle_fichier",
)  # where things are, not what they are
_DITES = (
    "regles",
)  # written in full beside: two publications then say which rule changed, and if that is all


def decrire_entrees(configuration: Configuration, calcul: Calcul) -> dict[str, Any]:
    """Everything that a publication is a function of."""
    return {
        "arrete_au": calcul.arrete_au.isoformat(),
        "livraisons": [
            _livraison(livraison, calcul.arrete_au)
            for livraison in calcul.livraisons
            if livraison["date_reception"] <= calcul.arrete_au.isoformat()
        ],
        "regles": asdict(configuration.regles),
        "empreintes": empreintes(configuration),
    }


def empreintes(configuration: Configuration) -> dict[str, str]:
    """What the figures are computed with: the configuration, and each part of the software."""
    return {
        "configuration": empreinte(contenu_configuration(configuration)),
        "contrats": _fichiers(RACINE, "contracts", ("*.py", "*.toml")),
        "sql": _fichiers(RACINE, "sql", ("*.sql",)),
        "code": _fichiers(RACINE, "pipelines", ("*.py", "*.jinja", "*.css")),
        "verrou": _contenus([RACINE / "requirements.lock"]),
    }


def contenu_configuration(configuration: Configuration) -> dict[str, Any]:
    """What pilotage.toml decides besides the rules, without the paths of this machine."""
    return {cle: valeur for cle, valeur in asdict(configuration).items() if cle not in _LIEUX + _DITES}


def _livraison(livraison: Mapping[str, Any], arrete_au: date) -> dict[str, Any]:
    lecture = livraison["lecture"]
    return {
        "id": livraison["id"],
        "source": livraison["source"],
        "emetteur": livraison["emetteur"],
        "sha256": livraison["sha256"],
        "date_reception": livraison["date_reception"],
        "date_enregistrement": livraison["date_enregistrement"][:10],
        "lecture": {cle: lecture.get(cle) for cle in ("numero", "lecteur", "contrat", "correspondance")},
        "acceptation": livraison["acceptation"],
        "confirmations": [jour for jour in livraison["confirmations"] if jour <= arrete_au.isoformat()],
        "empreinte_cle": livraison["empreinte_cle"],
    }


def json_canonique(contenu: Any) -> str:
    """One text for one content: sorted keys, no blanks; dates as AAAA-MM-JJ."""
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def empreinte(contenu: Any) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(json_canonique(contenu).encode("utf-8")).hexdigest()


def _fichiers(racine: Path, dossier: str, motifs: Iterable[str]) -> str:
    return _contenus(sorted(p for motif in motifs for p in (racine / dossier).rglob(motif)))


def _contenus(chemins: Iterable[Path]) -> str:
    """Names and contents, line ends apart: a checkout on Windows is the same code."""
    somme = hashlib.sha256()
    for chemin in chemins:
        contenu = chemin.read_bytes().replace(b"\r\n", b"\n") if chemin.exists() else b""
        somme.update(f"{chemin.relative_to(RACINE).as_posix()}\0{len(contenu)}\0".encode())
        somme.update(contenu)
    return somme.hexdigest()
