-- Grain: one mouvement and its cause; autres_causes: how many other causes may explain it too.
-- Source: 4-interface § 4.2 (comparer). Order: the decisive cause; else that of the same person's nearest earlier
-- entry; else, by elimination, the only thing that changed; else inconnue. methode: only rules or code differ
-- (methode_seule); where the files differ too and cannot be told apart (methode_differe), what no file explains.
with

mouvements as (select * from mouvements),

causes_decisives as (select * from causes_decisives),

causes_voisines as (select * from causes_voisines),

causes_seules as (select * from causes_seules)

select
    mouvements.*,
    case
        when getvariable('methode_seule') then 'methode'
        else coalesce(
            causes_decisives.decisive.cause,
            causes_voisines.decisive.cause,
            causes_seules.cause,
            if(getvariable('methode_differe'), 'methode', 'inconnue')
        )
    end as cause,
    coalesce(causes_decisives.decisive.id_livraison, causes_voisines.decisive.id_livraison) as id_livraison,
    coalesce(causes_decisives.autres_causes, 0) as autres_causes
from mouvements
left join causes_decisives using (code, axe, modalite, mesure, mois, territoire, personne)
left join causes_voisines
    on
        causes_decisives.personne is null
        and mouvements.personne = causes_voisines.personne
        and mouvements.mois = causes_voisines.mois
left join causes_seules on mouvements.code = causes_seules.code
