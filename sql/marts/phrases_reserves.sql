-- Grain: one sentence of reserve, for one indicator, period and territoire.
-- Source: 3-rules § 3.3 (indetermines), § 3.4 (provisoire, partiel; the target's typo; seuil: the
-- official wording stays, so what is counted instead must be said).
with

chiffres as (
    select * from chiffres
    where tete and coalesce(motif_nd <> 'sans_objet', true)
),

periodes_mois as (select * from periodes_mois),

entonnoir_mensuel as (select * from entonnoir_mensuel),

indetermines as (
    select
        periodes_mois.type_periode,
        periodes_mois.periode,
        entonnoir_mensuel.territoire,
        cast(sum(entonnoir_mensuel.indetermines) as bigint) as nombre
    from periodes_mois
    inner join entonnoir_mensuel on periodes_mois.mois = entonnoir_mensuel.mois
    group by all
    having sum(entonnoir_mensuel.indetermines) > 0
)

select
    code,
    type_periode,
    periode,
    territoire,
    case statut
        when 'partiel'
            then format('Partiel : {} mois sur {} ({}).', mois_calculables, mois_total, motif_nd)
        when 'ND' then format('Non disponible ({}).', motif_nd)
        else 'Provisoire.'
    end as texte,
    90 as ordre,
    null as nombre,
    false as generale
from chiffres
where statut <> 'stabilise' and code <> 'Q-1'
union all
select
    'V2-1' as code,
    type_periode,
    periode,
    territoire,
    'Indéterminés, ni comptés ni écartés : {n}.' as texte,
    60 as ordre,
    nombre,
    false as generale
from indetermines
union all
select
    code,
    type_periode,
    periode,
    territoire,
    format(
        'Objectif : {} % en 15 jours et moins ; l''annexe 4 écrit « en moins de 1 jour », sans doute une coquille.',
        cast(round(100 * getvariable('objectif_taux')) as integer)
    ) as texte,
    49 as ordre,
    null as nombre,
    true as generale
from chiffres
where code = 'V2-2'
union all
select
    code,
    type_periode,
    periode,
    territoire,
    'Compté à un mois et moins, et non à 15 jours (règle seuil).' as texte,
    10 as ordre,
    null as nombre,
    true as generale
from chiffres
where code in ('V2-2', 'FA-2') and getvariable('seuil') = '1_mois'
