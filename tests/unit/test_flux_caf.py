"""What the CNAF's XML says of each person, and what is refused (2-formats § 2.1)."""

import io
import time
from datetime import date
from datetime import time as heure

import polars as pl
import pytest

from pipelines.erreurs import FichierRefuse
from pipelines.reception import blocs_xml, dossiers_caf, flux_caf
from pipelines.reception.lecture import FluxIgnore, Lecture

IDENTITE = (
    "<QUAL>MME</QUAL><NOM>FICTIVE</NOM><NOMNAI>FICTIVE-NÉE</NOMNAI><PRENOM>ZOÉ</PRENOM>"
    "<DTNAI>1990-05-06</DTNAI><NIR>2900567123456</NIR><SEXE>2</SEXE>"
)
PRESTATIONS = (
    "<Prestations><NATPREST>PFA</NATPREST><ROLEPERS>ENF</ROLEPERS></Prestations>"
    "<Prestations><NATPREST>RSA </NATPREST><ROLEPERS>DEM</ROLEPERS></Prestations>"
)
ETAT = "<EtatDossierRSA><ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA>"
ADRESSE = (
    "<Adresse><TroncCommunAdresse><RGADR>02</RGADR></TroncCommunAdresse><AdresseDetailleeFrance>"
    "<NUMCOM>75056</NUMCOM><CODEPOS>75001</CODEPOS></AdresseDetailleeFrance></Adresse>"
    "<Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse><AdresseDetailleeFrance>"
    "<NUMCOM>67482 </NUMCOM><CODEPOS>67000</CODEPOS></AdresseDetailleeFrance></Adresse>"
)


def personne(identite: str = IDENTITE, prestations: str = PRESTATIONS, reste: str = "") -> str:
    return (
        f"<Personne><Identification>{identite}</Identification>"
        f"<DossierCAF><DDRATDOS>2019-05-15</DDRATDOS></DossierCAF>{prestations}{reste}</Personne>"
    )


def dossier(
    personnes: str = "", *, demande: str = "", etat: str = ETAT, droit: str = "", fin: str = ""
) -> str:
    return (
        "<InfosFoyerRSA>\n<IdentificationRSA><Organisme><FONORG>CAF</FONORG><NUMORG>671</NUMORG>"
        "<MATRICULE>123456700000000</MATRICULE></Organisme>"
        "<Partenaire><TYPEPARTE>CG  </TYPEPARTE></Partenaire>"
        "<DemandeRSA><DTDEMRSA>2019-08-06</DTDEMRSA><NUMDEMRSA>01024041067</NUMDEMRSA></DemandeRSA>"
        f"{demande}</IdentificationRSA>{personnes or personne()}<DonneesAdministratives><SituationFamille>"
        f"<SITFAM>CEL</SITFAM></SituationFamille>{ADRESSE}</DonneesAdministratives><PrestationRSA>"
        f"<SituationDossierRSA>{etat}</SituationDossierRSA><DetailDroitRSA><TroncCommunDroitRSA>"
        f"<NBENFAUTCHA>02</NBENFAUTCHA></TroncCommunDroitRSA>{droit}</DetailDroitRSA></PrestationRSA>{fin}"
        "</InfosFoyerRSA>\n"
    )


def entete(nature: str = "D", genre: str = "M") -> str:
    return (
        f"<IdentificationFlux><TYPEFLUX>{genre}</TYPEFLUX><NATFLUX>{nature}</NATFLUX>"
        "<DTCREAFLUX>2024-03-05</DTCREAFLUX><HEUCREAFLUX>01:18:36.0420</HEUCREAFLUX>"
        "<DTREF>2024-02-29</DTREF></IdentificationFlux>\n"
    )


QUEUE = (
    "<TransmissionFlux><NBTOTDOSRSATRANSM>00000001</NBTOTDOSRSATRANSM>"
    "<NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO></TransmissionFlux>"
)


def xml(
    *dossiers: str, tete: str = "", queue: str = QUEUE, encodage: str = "windows-1252", dtd: str = ""
) -> bytes:
    texte = (
        f'<?xml version="1.0" encoding="{encodage}"?>\n{dtd}<Racine>\n{tete or entete()}'
        f"{''.join(dossiers)}{queue}\n</Racine>\n"
    )
    return texte.encode(encodage)


def lecture(octets: bytes) -> Lecture:
    return flux_caf.lire(io.BytesIO(octets), "flux.xml")


def lu(octets: bytes) -> pl.DataFrame:
    return pl.concat(lecture(octets).lots)


def couper(monkeypatch: pytest.MonkeyPatch, taille: int) -> None:
    """Small blocks, so that a small file has many of them."""
    monkeypatch.setattr(blocs_xml, "TAILLE", taille)
    monkeypatch.setattr(blocs_xml, "ENTETE_MAX", 512)


def ligne(*dossiers: str) -> dict[str, object]:
    lignes = lu(xml(*dossiers)).to_dicts()
    assert len(lignes) == 1
    return lignes[0]


def regle_de(octets: bytes) -> str:
    with pytest.raises(FichierRefuse) as refuse:
        lu(octets)
    assert "FICTIVE" not in str(refuse.value)
    assert "2900567123456" not in str(refuse.value)
    return refuse.value.regle


# What is read.


def test_l_entete_est_lu_avant_les_dossiers() -> None:
    tete = lecture(xml(dossier())).entete
    assert (tete.source, tete.format, tete.type_flux) == ("beneficiaires", "xml-caf", "M")
    assert (tete.date_creation, tete.date_reference) == (date(2024, 3, 5), date(2024, 2, 29))
    assert tete.heure_creation == heure(1, 18, 36, 42000)
    assert tete.dossiers_annonces is None


def test_le_nombre_de_dossiers_annonce_est_connu_a_la_fin() -> None:
    donnee = lecture(
        xml(
            dossier(),
            dossier(
                personne(
                    prestations="<Prestations><NATPREST>RSA</NATPREST><ROLEPERS>ENF</ROLEPERS></Prestations>"
                )
            ),
        )
    )
    assert pl.concat(donnee.lots)["dossier"].to_list() == [1]
    assert (donnee.entete.dossiers_annonces, donnee.entete.dossiers_anomalie_annonces) == (1, 0)
    assert donnee.entete.dossiers_lus == 2


def test_chaque_colonne_vient_de_sa_place() -> None:
    mutation = (
        "<OrganismeCedant><FONORGCEDMUT>CAF</FONORGCEDMUT><NUMORGCEDMUT>751</NUMORGCEDMUT>"
        "<DDARRMUT>2024-01-15</DDARRMUT></OrganismeCedant><OrganismePrenant><DDDEPAMUT>2024-02-20</DDDEPAMUT>"
        "</OrganismePrenant>"
    )
    suite = (
        "<DossierPoleEmploi><IDASSEDIC>1234567X</IDASSEDIC></DossierPoleEmploi><MontantCalculDroitRSAPersonne>"
        "<TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA><TOPPERSENTDRODEVORSA>0</TOPPERSENTDRODEVORSA>"
        "</MontantCalculDroitRSAPersonne><Activite><ACT>CHO</ACT><DDACT>2023-01-01</DDACT></Activite>"
    )
    assert ligne(dossier(personne(reste=suite), demande=mutation)) == {
        "ligne": 1, "dossier": 1, "anomalie": False, "organisme": "CAF", "numero_organisme": "671",
        "mois_reference": "2024-02", "matricule": "123456700000000", "numero_demande_rsa": "01024041067",
        "nir": "2900567123456", "nom": "FICTIVE", "nom_naissance": "FICTIVE-NÉE", "prenom": "ZOÉ",
        "date_naissance": "1990-05-06", "sexe": "2", "role": "DEM", "identifiant_france_travail": "1234567X",
        "date_demande": "2019-08-06", "date_arrivee_mutation": "2024-01-15", "organisme_cedant": "CAF751",
        "date_depart_mutation": "2024-02-20", "date_rattachement": "2019-05-15",
        "date_fin_rattachement": None,
        "numero_demande_precedente": None, "top_droits_devoirs": "1", "top_entrant": "0", "etat_dossier": "2",
        "motifs_suspension": None, "date_suspension": None, "motif_cloture": None, "date_cloture": None,
        "code_commune": "67482", "code_postal": "67000", "nature_prestation": None, "activite": "CHO",
        "situation_famille": "CEL", "nombre_enfants": "02", "date_ouverture_droit": None,
    }  # fmt: skip


def test_le_nir_du_bloc_rattachement_n_est_pas_celui_de_la_personne() -> None:
    sans_nir = IDENTITE.replace("<NIR>2900567123456</NIR>", "")
    parent = (
        "<Rattachement><NOMNAI>PARENT</NOMNAI><PRENOM>AÏEUL</PRENOM><DTNAI>1950-01-01</DTNAI>"
        "<NIR>1500167999999</NIR></Rattachement>"
    )
    lue = ligne(dossier(personne(sans_nir, PRESTATIONS + parent)))
    assert lue["nir"] is None
    assert (lue["nom_naissance"], lue["prenom"], lue["date_naissance"]) == (
        "FICTIVE-NÉE",
        "ZOÉ",
        "1990-05-06",
    )


def test_le_rattachement_place_avant_l_identite_ne_trompe_pas() -> None:
    parent = "<Rattachement><NOMNAI>PARENT</NOMNAI><NIR>1500167999999</NIR></Rattachement>"
    inversee = personne().replace("<Personne>", "<Personne>" + parent)
    assert ligne(dossier(inversee))["nir"] == "2900567123456"


def test_le_bloc_top_absent_est_inconnu_et_non_zero() -> None:
    assert ligne(dossier())["top_droits_devoirs"] is None


def test_enfants_et_autres_sont_ignores_les_roles_inconnus_donnes() -> None:
    def role(code: str) -> str:
        return personne(prestations=PRESTATIONS.replace("DEM", code))

    sans_rsa = personne(
        prestations="<Prestations><NATPREST>PFA</NATPREST><ROLEPERS>DEM</ROLEPERS></Prestations>"
    )
    lues = lu(
        xml(
            dossier(
                role("DEM") + role("ENF") + role("AUT") + role("CJT") + role("CJT") + role("XXX") + sans_rsa
            )
        )
    )
    assert lues["role"].to_list() == ["DEM", "CJT", "CJT", "XXX", None]
    assert lues["ligne"].to_list() == [1, 4, 5, 6, 7]


def test_tous_les_motifs_de_suspension_et_la_date_la_plus_ancienne() -> None:
    etat = (
        ETAT.replace("2", "4")
        + "<SuspensionDroit><MOTISUSDRORSA>31</MOTISUSDRORSA><DDSUSDRORSA>2023-11-01</DDSUSDRORSA>"
        "</SuspensionDroit>"
        "<SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA><DDSUSVERSRSA>2023-09-01</DDSUSVERSRSA>"
        "</SuspensionVersement><SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA>"
        "<DDSUSVERSRSA>0020-01-01</DDSUSVERSRSA></SuspensionVersement>"
    )
    lue = ligne(dossier(etat=etat))
    assert (lue["etat_dossier"], lue["motifs_suspension"], lue["date_suspension"]) == (
        "4",
        "31+06",
        "2023-09-01",
    )


@pytest.mark.parametrize("bloc", ["FinDroit", "FinDroitMoisAnterieur"])
def test_la_cloture_vient_de_l_un_ou_l_autre_bloc(bloc: str) -> None:
    fin = f"<{bloc}><MOTICLORSA>RFD</MOTICLORSA><DTCLORSA>2024-01-31</DTCLORSA></{bloc}>"
    lue = ligne(dossier(etat=ETAT + fin))
    assert (lue["motif_cloture"], lue["date_cloture"]) == ("RFD", "2024-01-31")


def test_les_natures_de_prestation_sont_distinctes_et_triees() -> None:
    droit = "".join(
        f"<DetailCalculDroitRSA><NATPF>{n}</NATPF></DetailCalculDroitRSA>" for n in ("RSI", "RSD", "RSI ")
    )
    assert ligne(dossier(droit=droit))["nature_prestation"] == "RSD+RSI"


@pytest.mark.parametrize(
    ("activites", "attendue"),
    [
        ([("SAL", "2021-11-01", "2024-12-19"), ("CHO", "2020-12-20", "")], "CHO"),
        ([("CHO", "2020-12-20", ""), ("SAL", "2023-01-01", "")], "SAL"),
        ([("SAL", "2023-01-01", "2023-02-01"), ("CHO", "2020-12-20", "2022-01-01")], "SAL"),
        ([], None),
    ],
)
def test_l_activite_en_cours_sinon_la_derniere(
    activites: list[tuple[str, str, str]], attendue: str | None
) -> None:
    blocs = "".join(
        f"<Activite><ACT>{act}</ACT><DDACT>{debut}</DDACT>{f'<DFACT>{fin}</DFACT>' if fin else ''}</Activite>"
        for act, debut, fin in activites
    )
    assert ligne(dossier(personne(reste=blocs)))["activite"] == attendue


def test_les_dossiers_en_anomalie_sont_marques() -> None:
    lues = lu(xml(dossier(), dossier(fin="<Anomalie><LIBANO>NIR INCERTAIN</LIBANO></Anomalie>")))
    assert lues["anomalie"].to_list() == [False, True]


def test_un_bloc_anomalie_sans_libelle_est_une_anomalie() -> None:
    lues = lu(xml(dossier(fin="<Anomalie><LIBANO/></Anomalie>")))
    assert lues.get_column("anomalie").to_list() == [True]


def test_plusieurs_organismes_dans_un_fichier() -> None:
    msa = dossier().replace("<FONORG>CAF</FONORG><NUMORG>671", "<FONORG>MSA </FONORG><NUMORG>680")
    lues = lu(xml(dossier(), msa))
    assert lues.select("organisme", "numero_organisme").rows() == [("CAF", "671"), ("MSA", "680")]


def test_vrsd_ou_que_soient_les_blocs() -> None:
    calcul = (
        "<Droits><CalculDroitRSAPersonne><TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA>"
        "<DDSOUDRODEV>2024-01-01</DDSOUDRODEV></CalculDroitRSAPersonne></Droits>"
    )
    fonction = "<Fonctions><FonctionPersonneRSA><ROLEPERS>CJT</ROLEPERS></FonctionPersonneRSA></Fonctions>"
    ouvert = "<DroitOuvert><DTODRSA>2024-02-01</DTODRSA></DroitOuvert>"
    vrsd = dossier(personne(prestations=fonction, reste=calcul), etat=ETAT + ouvert)
    debut, fin = vrsd.index("<PrestationRSA>"), vrsd.index("</PrestationRSA>") + len("</PrestationRSA>")
    prestation = vrsd[debut:fin]
    vrsd = vrsd.replace(prestation, "").replace(
        "</DonneesAdministratives>", prestation + "</DonneesAdministratives>"
    )
    lue = ligne(vrsd)
    assert (lue["role"], lue["top_droits_devoirs"], lue["etat_dossier"]) == ("CJT", "1", "2")
    assert (lue["date_ouverture_droit"], lue["nombre_enfants"], lue["code_commune"]) == (
        "2024-02-01",
        "02",
        "67482",
    )


def test_les_chemins_de_vrsb_et_la_recherche_partout_donnent_les_memes_lignes() -> None:
    mutation = (
        "<OrganismeCedant><FONORGCEDMUT>MSA</FONORGCEDMUT><DDARRMUT>2024-01-15</DDARRMUT></OrganismeCedant>"
    )
    suspension = (
        "<SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA><DDSUSVERSRSA>2023-09-01</DDSUSVERSRSA>"
    )
    parent = "<Rattachement><NOMNAI>PARENT</NOMNAI><NIR>1500167999999</NIR></Rattachement>"
    top = "<TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA>"
    top = f"<MontantCalculDroitRSAPersonne>{top}</MontantCalculDroitRSAPersonne>"
    blocs = dossier(
        personne(prestations=PRESTATIONS + parent, reste=top) + personne(),
        demande=mutation,
        etat=ETAT + suspension + "</SuspensionVersement>",
        droit="<DetailCalculDroitRSA><NATPF>RSD</NATPF></DetailCalculDroitRSA>",
    )
    racine = blocs_xml.arbre(f"<Racine>{blocs}{dossier()}</Racine>".encode())
    feuilles = dossiers_caf._FEUILLES
    texte = bytes(feuilles.vrsb(racine, premier="5"))
    assert texte.count(b"\n") == 3
    assert texte == bytes(feuilles.vrsd(racine, premier="5"))


def test_une_valeur_ne_fabrique_ni_colonne_ni_ligne() -> None:
    lue = ligne(dossier(personne(IDENTITE.replace("<NOM>FICTIVE", '<NOM>\tFIC\n TIVE&#9;&#10;"&amp;&lt;'))))
    assert lue["nom"] == 'FIC TIVE "&<'


def test_une_balise_vide_ou_blanche_est_une_absence() -> None:
    lue = ligne(dossier(personne(IDENTITE.replace("2900567123456", " \n "))))
    assert lue["nir"] is None


# Forms and sizes.


@pytest.mark.parametrize("encodage", ["windows-1252", "ISO-8859-1", "utf-8", "utf-16"])
def test_l_encodage_declare_est_suivi(encodage: str) -> None:
    assert lu(xml(dossier(), encodage=encodage))["prenom"].to_list() == ["ZOÉ"]


def test_les_caracteres_propres_a_windows_1252_sont_lus() -> None:
    lues = lu(xml(dossier(personne(IDENTITE.replace("ZOÉ", "MARIE-CŒUR’")))))
    assert lues["prenom"].to_list() == ["MARIE-CŒUR’"]


def test_une_marque_utf8_est_admise() -> None:
    octets = b"\xef\xbb\xbf" + xml(dossier(), encodage="utf-8")
    assert flux_caf.reconnaitre(octets)
    assert lu(octets)["prenom"].to_list() == ["ZOÉ"]


def test_les_prefixes_de_la_racine_valent_dans_les_dossiers() -> None:
    octets = xml(dossier().replace("<SITFAM>CEL</SITFAM>", '<SITFAM xsi:nil="true"/>'))
    octets = octets.replace(b"<Racine>", b'<Racine xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n>')
    assert lu(octets)["situation_famille"].to_list() == [None]


@pytest.mark.parametrize(
    "intrus", ["<!-- </InfosFoyerRSA> -->", "<![CDATA[</InfosFoyerRSA>]]>", "<?note </InfosFoyerRSA> ?>"]
)
def test_une_fermeture_qui_n_est_que_du_texte_ne_coupe_rien(
    intrus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    couper(monkeypatch, 512)
    piege = dossier(personne(IDENTITE.replace("<QUAL>MME", "<QUAL>MME" + intrus)))
    lues = lu(xml(dossier(), piege, dossier()))
    assert lues["dossier"].to_list() == [1, 2, 3]
    assert lues["nir"].unique().to_list() == ["2900567123456"]


@pytest.mark.parametrize("taille", [64, 700, 4096])
def test_les_blocs_coupes_n_importe_ou_donnent_les_memes_lignes(
    taille: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [dossier(personne(IDENTITE.replace("ZOÉ", f"ZOÉ{rang}"))) for rang in range(40)]
    dossiers[7] = dossiers[7].replace("</InfosFoyerRSA>", "</InfosFoyerRSA\n >")
    entier = lu(xml(*dossiers))
    couper(monkeypatch, taille)
    monkeypatch.setattr(flux_caf, "LIGNES_PAR_LOT", 7)
    lots = list(lecture(xml(*dossiers)).lots)
    assert len(lots) > 3
    assert pl.concat(lots).equals(entier)
    assert entier["dossier"].to_list() == entier["ligne"].to_list() == list(range(1, 41))


def test_vrsb_et_vrsd_dans_des_blocs_voisins_gardent_leurs_rangs(monkeypatch: pytest.MonkeyPatch) -> None:
    couper(monkeypatch, 512)
    vrsd = dossier(
        personne(prestations="<FonctionPersonneRSA><ROLEPERS>CJT</ROLEPERS></FonctionPersonneRSA>")
    )
    lues = lu(xml(dossier(), vrsd, dossier()))
    assert lues.select("dossier", "role").rows() == [(1, "DEM"), (2, "CJT"), (3, "DEM")]


def test_un_flux_sans_dossier_donne_un_lot_vide() -> None:
    lots = list(lecture(xml()).lots)
    assert [len(lot) for lot in lots] == [0]
    assert lots[0].columns == lu(xml(dossier())).columns


def test_abandonner_la_lecture_ne_laisse_aucun_fil(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    couper(monkeypatch, 512)
    monkeypatch.setattr(flux_caf, "LIGNES_PAR_LOT", 2)
    lots = lecture(xml(*[dossier()] * 50)).lots
    next(lots)
    lots.close()  # type: ignore[attr-defined]
    assert not [fil for fil in threading.enumerate() if fil.name.startswith("flux-caf")]


# What is ignored, what is refused.


@pytest.mark.parametrize(("nature", "genre"), [("I", "M"), ("F", "M"), ("D", "R")])
def test_les_autres_flux_sont_reconnus_et_ignores(nature: str, genre: str) -> None:
    octets = xml(dossier(), tete=entete(nature, genre))
    assert flux_caf.reconnaitre(octets)
    with pytest.raises(FluxIgnore):
        lecture(octets)


def test_le_flux_quotidien_est_lu() -> None:
    assert lecture(xml(dossier(), tete=entete(genre="I"))).entete.type_flux == "I"


@pytest.mark.parametrize("reste", [0.1, 0.5, 0.9, 0.999])
def test_un_fichier_tronque_est_refuse(reste: float) -> None:
    octets = xml(dossier(), dossier())
    debut = octets[: int(len(octets.rstrip()) * reste)]
    assert regle_de(debut) == "FIC-003"


def test_sans_transmission_flux_le_fichier_est_tronque() -> None:
    assert regle_de(xml(dossier(), queue="")) == "FIC-003"
    assert regle_de(xml(dossier(), "<!-- fin -->", queue="")) == "FIC-003"


@pytest.mark.parametrize(
    "faute",
    [
        lambda octets: octets.replace(b"</Identification>", b"</Identificatio>"),
        lambda octets: octets.replace(b"</InfosFoyerRSA>\n", b"</InfosFoyerRSA>texte perdu\n", 1),
        lambda octets: octets.replace(b"</InfosFoyerRSA>\n", b"</InfosFoyerRSA><Autre/>\n", 1),
        lambda octets: octets.replace(b"</InfosFoyerRSA>\n", b"</InfosFoyerRSA></Racine><Racine>\n", 1),
        lambda octets: octets + b"texte perdu",
        lambda octets: octets.replace(b"<?xml version", b"<?xml versionn"),
        lambda octets: octets + b"<Racine/>",
        lambda octets: octets.replace(b"<NOM>", b"<NOM>&inconnue;", 1),
        lambda octets: octets.replace(b"<NOM>", b"<NOM>\x01", 1),
        lambda octets: octets.replace(b"</Racine>", b"<InfosFoyerRSA/></Racine>"),
        lambda octets: octets.replace(b"<DDRATDOS>", b"<DDRATDOS><InfosFoyerRSA/>", 1),
    ],
)
@pytest.mark.parametrize("avec", ["", "<!-- un commentaire -->"], ids=["coupe", "reecrit"])
def test_un_xml_mal_forme_est_refuse(faute: object, avec: str) -> None:
    assert regle_de(faute(xml(dossier(), avec, dossier()))) == "FIC-002"  # type: ignore[operator]


def test_le_message_dit_la_ligne_du_fichier(monkeypatch: pytest.MonkeyPatch) -> None:
    couper(monkeypatch, 1024)
    dossiers = [dossier() for _ in range(10)]
    dossiers[6] = dossiers[6].replace("</DossierCAF>", "</DossierPAF>")
    octets = xml(*dossiers)
    fautive = octets[: octets.index(b"DossierPAF")].count(b"\n") + 1
    with pytest.raises(FichierRefuse, match=f"ligne {fautive} "):
        lu(octets)


@pytest.mark.parametrize("encodage", ["windows-1252", "utf-8", "utf-16"])
def test_une_dtd_ou_une_entite_est_refusee(encodage: str) -> None:
    dtd = '<!DOCTYPE Racine [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n'
    octets = xml(dossier(personne(IDENTITE.replace("ZOÉ", "&b;"))), dtd=dtd, encodage=encodage)
    assert flux_caf.reconnaitre(octets)
    assert regle_de(octets) == "FIC-004"


def test_une_entite_externe_ne_lit_aucun_fichier() -> None:
    dtd = '<!DOCTYPE Racine [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
    assert regle_de(xml(dossier(personne(IDENTITE.replace("ZOÉ", "&x;"))), dtd=dtd)) == "FIC-004"


@pytest.mark.parametrize(
    ("encodage", "octet"), [("windows-1252", b"\x81"), ("utf-8", b"\xe9"), ("ascii", b"\xe9")]
)
def test_des_octets_indechiffrables_sont_refuses(encodage: str, octet: bytes) -> None:
    sans_accent = dossier().replace("É", "E")
    assert regle_de(xml(sans_accent, encodage=encodage).replace(b"ZOE", b"ZO" + octet)) == "FIC-005"


def test_un_texte_demesure_est_refuse() -> None:
    assert regle_de(xml(dossier(personne(IDENTITE.replace("ZOÉ", "Z" * (12 << 20)))))) == "FIC-002"
    assert regle_de(xml(dossier(), "<!-- c -->", "<InfosFoyerRSA>" + "<a/>" * (4 << 20))) == "FIC-002"


@pytest.mark.parametrize("balise", ["DTREF", "DTCREAFLUX", "TYPEFLUX", "NATFLUX"])
def test_un_entete_incomplet_est_refuse(balise: str) -> None:
    octets = xml(dossier()).replace(f"<{balise}>".encode(), f"<{balise}>?".encode())
    if balise == "NATFLUX":
        octets = octets.replace(b"<NATFLUX>?D</NATFLUX>", b"")
    with pytest.raises(FichierRefuse) as refuse:
        lecture(octets)
    assert refuse.value.regle == "FIC-016"
    assert balise in refuse.value.message


# Recognition.


def test_le_contenu_est_reconnu_malgre_le_prologue() -> None:
    assert flux_caf.reconnaitre(b'<?xml version="1.0"?><!-- a --><?b c?>\r\n<Racine\nxmlns:a="b">')
    assert flux_caf.reconnaitre("\ufeff<Racine>".encode("utf-16-le"))


@pytest.mark.parametrize(
    "debut",
    [b"", b"Racine;a;b", b"<RacineX>", b"<fichier-PE-CG>", b"<!-- <Racine> --><html>", b"\x1f\x8b\x08"],
)
def test_les_autres_contenus_ne_sont_pas_reconnus(debut: bytes) -> None:
    assert not flux_caf.reconnaitre(debut)


def test_un_prologue_hostile_ne_ralentit_pas_la_reconnaissance() -> None:
    depart = time.perf_counter()
    assert not flux_caf.reconnaitre(b"<?a?>" * 10_000 + b"<!DOCTYPE x [" * 1000 + b"<!--" * 1000)
    assert time.perf_counter() - depart < 1
