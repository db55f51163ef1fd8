-- Grain: the month im of the person p: what was decided, and what decided it. No row: no situation.
select
    situations.mois,
    situations.territoire,
    situations.organisme,
    situations.classe_etat,
    situations.soumis,
    situations.inconnue,
    situations_mensuelles.decision,
    situations_mensuelles.motif,
    completude.calculable,
    completude.motif_nd,
    completude.criteres_verifiables,
    completude.motif_nd_criteres,
    completude.hors,
    completude.orientations_en_retard,
    comparaisons.p is not null as comparee,
    comparaisons.im_compare,
    comparaisons.soumis_avant,
    candidats.p is not null as candidate,
    candidats.debut_episode,
    candidats.depuis_declencheur,
    candidats.date_demande,
    candidats.date_rattachement,
    candidats.date_arrivee_mutation,
    antecedents.im_premier_vu is null as jamais_vue
from situations
inner join personnes on situations.p = personnes.p
inner join situations_mensuelles
    on
        situations.mois = situations_mensuelles.mois
        and situations.territoire = situations_mensuelles.territoire
        and personnes.id_personne = situations_mensuelles.id_personne
inner join completude
    on
        situations.territoire = completude.territoire
        and situations.im = completude.im
left join comparaisons
    on situations.p = comparaisons.p and situations.im = comparaisons.im
left join candidats
    on situations.p = candidats.p and situations.im = candidats.im
left join antecedents
    on situations.p = antecedents.p and situations.im = antecedents.im
where situations.p = getvariable('p') and situations.im = getvariable('im')
