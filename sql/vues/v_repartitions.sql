-- Grain: one (code, mesure, period, territoire, axe, modalite), with the value of the whole beside.
-- Source: 4-interface § 4.7, table indicateurs.
select
    parties.code,
    parties.libelle,
    parties.mesure,
    parties.type_periode,
    parties.periode,
    parties.debut,
    parties.fin,
    parties.territoire,
    parties.axe,
    parties.modalite,
    parties.valeur,
    ensemble.valeur as valeur_ensemble,
    parties.unite,
    parties.statut,
    parties.motif_nd
from indicateurs as parties
left join indicateurs as ensemble
    on
        parties.code = ensemble.code
        and parties.mesure = ensemble.mesure
        and parties.type_periode = ensemble.type_periode
        and parties.periode = ensemble.periode
        and parties.territoire = ensemble.territoire
        and ensemble.axe = ''
where parties.axe != '' and parties.motif_nd is distinct from 'sans_objet'
