-- Grain: one (cote, month, person that a figure no longer counts the same) with its situation; of two ids of one
-- person in one publication, the row that is soumis, as within one id.
-- Source: 3-rules § 3.2 (situation), 4-interface § 4.6.
with

mouvements as (select * from mouvements),

personnes_reliees as (select * from personnes_reliees),

situations as (
    select
        deux_situations_mensuelles.*,
        coalesce(personnes_reliees.personne, deux_situations_mensuelles.id_personne) as personne
    from deux_situations_mensuelles
    left join personnes_reliees
        on deux_situations_mensuelles.id_personne = personnes_reliees.id_personne
)

select
    cote,
    personne,
    mois,
    arg_max(
        {
            'soumis': soumis,
            'inconnue': inconnue,
            'classe_etat': classe_etat,
            'territoire': territoire,
            'organisme': organisme,
            'id_livraison': id_livraison
        },
        (soumis, classe_etat = 'versable', id_livraison)
    ) as situation
from situations
semi join mouvements on situations.personne = mouvements.personne
group by cote, personne, mois
