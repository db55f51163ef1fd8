-- Grain: one mouvement and its decisive cause, where one is found in what the two publications say of the person or of
-- the figure; autres_causes: how many other causes may explain it too.
-- Source: 4-interface § 4.2 (comparer). Nothing is looked for in the files where only the method differs.
with

causes_directes as (
    select * from causes_directes
    where not getvariable('methode_seule')
)

select
    code,
    axe,
    modalite,
    mesure,
    mois,
    territoire,
    personne,
    arg_min({'cause': cause, 'id_livraison': id_livraison}, (ordre, rang, cause, id_livraison)) as decisive,
    count(distinct cause) - 1 as autres_causes
from causes_directes
group by all
