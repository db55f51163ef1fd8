-- Grain: one (cote, monthly figure, entry) that the figure counts; where the figure is not available, none.
-- Source: annexe 4, § 4: what comptes_v2_1, comptes_v2_2 and comptes_v2_2n count, entry by entry. taux_base is the
-- denominator of taux. A figure that these rows do not give back is said not to be explained (groupes).
with

entrants_par_territoire as (select * from entrants_par_territoire),

indicateurs as (select * from deux_indicateurs),

reperes as (
    select
        *,
        statut_orientation = 'oriente_dans_delai' as dans_delai,
        case when accompagnement_global then 'O' when not accompagnement_global then 'N' end as global
    from entrants_par_territoire
),

comptes as (
    select
        cote,
        mois,
        territoire,
        personne,
        id_personne,
        unnest([
            {'code': 'V2-1', 'axe': '', 'modalite': '', 'mesure': 'nombre', 'compte': true},
            {'code': 'V2-1', 'axe': '', 'modalite': '', 'mesure': 'personnes_distinctes', 'compte': true},
            {'code': 'V2-1', 'axe': 'motif_inclusion', 'modalite': motif_inclusion, 'mesure': 'nombre', 'compte': true},
            {'code': 'V2-1', 'axe': 'sexe', 'modalite': sexe, 'mesure': 'nombre', 'compte': true},
            {'code': 'V2-1', 'axe': 'tranche_age', 'modalite': tranche_age, 'mesure': 'nombre', 'compte': true},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'nombre', 'compte': dans_delai},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'taux', 'compte': dans_delai and delai_echu},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'taux_base', 'compte': delai_echu},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'exactement_15_jours', 'compte': delai_jours = 15},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'un_jour', 'compte': delai_jours <= 1},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'un_mois', 'compte': oriente_1_mois},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'deja_orientes',
            'compte': dans_delai and not delai_echu},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'en_attente',
            'compte': statut_orientation = 'en_attente'},
            {'code': 'V2-2', 'axe': '', 'modalite': '', 'mesure': 'anticipees', 'compte': anticipee},
            {'code': 'V2-2', 'axe': 'accompagnement_global', 'modalite': global, 'mesure': 'nombre',
            'compte': dans_delai},
            {'code': 'V2-2', 'axe': 'type_parcours', 'modalite': type_parcours, 'mesure': 'nombre',
            'compte': dans_delai},
            {'code': 'V2-2', 'axe': 'type_organisme', 'modalite': type_organisme, 'mesure': 'nombre',
            'compte': dans_delai},
            {'code': 'V2-2N', 'axe': '', 'modalite': '', 'mesure': 'nombre',
            'compte': date_orientation is not null and absent_rdv_orientation}
        ]) as chiffre
    from reperes
)

select
    comptes.cote,
    comptes.chiffre.code,
    comptes.chiffre.axe,
    if(comptes.chiffre.axe = '', '', coalesce(comptes.chiffre.modalite, 'inconnu')) as modalite,
    comptes.chiffre.mesure,
    comptes.mois,
    comptes.territoire,
    comptes.personne,
    comptes.id_personne
from comptes
semi join indicateurs
    on
        indicateurs.type_periode = 'mois'
        and indicateurs.statut <> 'ND'
        and comptes.cote = indicateurs.cote
        and comptes.chiffre.code = indicateurs.code
        and comptes.chiffre.axe = indicateurs.axe
        and if(comptes.chiffre.mesure = 'taux_base', 'taux', comptes.chiffre.mesure) = indicateurs.mesure
        and comptes.mois = indicateurs.debut
        and comptes.territoire = indicateurs.territoire
where comptes.chiffre.compte
