-- Les personnes soumises d'un mois sont les mêmes partout où on les compte.
with

entonnoir_mensuel as (select * from entonnoir_mensuel),

comptes as (
    select
        code,
        debut as mois,
        territoire,
        coalesce(denominateur, cast(valeur as bigint)) as soumis
    from indicateurs
    where
        type_periode = 'mois'
        and axe = ''
        and statut <> 'ND'
        and (
            (code = 'V3-M3' and mesure = 'nombre')
            or (code in ('V3-M1', 'V3-M5', 'S-2') and mesure = 'taux')
        )
)

select
    comptes.code,
    comptes.mois,
    comptes.territoire
from comptes
inner join entonnoir_mensuel
    on
        comptes.mois = entonnoir_mensuel.mois
        and comptes.territoire = entonnoir_mensuel.territoire
where comptes.soumis <> entonnoir_mensuel.soumis
