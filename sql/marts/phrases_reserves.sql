-- Grain: one sentence of reserve, for one indicator, period and territoire.
-- Source: 3-rules § 3.2 (hors MSA680…), § 3.3 (indetermines), § 3.4 (provisoire, partiel; the target's typo).
with

etats_periodes as (
    select * from etats_periodes
    where axe = '' and code <> 'Q-1'
),

periodes_mois as (select * from periodes_mois),

completude as (select * from completude),

entonnoir_mensuel as (select * from entonnoir_mensuel),

hors as (
    select
        periodes_mois.type_periode,
        periodes_mois.periode,
        completude.territoire,
        completude.hors,
        min(completude.mois) as premier_mois,
        string_agg(strftime(completude.mois, '%Y-%m'), ', ' order by completude.mois) as liste
    from periodes_mois
    inner join completude on periodes_mois.mois = completude.mois and completude.hors is not null
    group by all
),

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
        when 'partiel' then 'Partiel : ' || mois_calculables || ' mois sur ' || mois_total
            || ' (' || motif_nd || ').'
        when 'ND' then 'Non disponible (' || motif_nd || ').'
        else 'Provisoire.'
    end as texte,
    case when statut = 'provisoire' then 91 else 90 end as ordre,
    null as nombre
from etats_periodes
where statut <> 'stabilise'
union all
select
    etats_periodes.code,
    etats_periodes.type_periode,
    etats_periodes.periode,
    etats_periodes.territoire,
    'Hors ' || hors.hors || ' : ' || hors.liste || '.' as texte,
    70 as ordre,
    null as nombre
from etats_periodes
inner join hors using (type_periode, periode, territoire)
union all
select
    'V2-1' as code,
    type_periode,
    periode,
    territoire,
    'Indéterminés, ni comptés ni écartés : {n}.' as texte,
    60 as ordre,
    nombre
from indetermines
union all
select
    code,
    type_periode,
    periode,
    territoire,
    'Objectif : ' || cast(round(100 * getvariable('objectif_taux')) as integer)
    || ' % en 15 jours et moins ; le texte de l''annexe 4 dit « en moins de 1 jour »,'
    || ' sans doute une coquille.' as texte,
    49 as ordre,
    null as nombre
from etats_periodes
where code = 'V2-2'
