-- Grain: one (period, territoire, day after T0 on which an entry was oriented or ceased to be observed): the share
-- of the entries not yet oriented after that day (Kaplan-Meier), over the available months.
-- Source: 3-rules § 3.5: not yet oriented = censored at date_observation. A product in the order of the days, so
-- that the same rows give the same digits.
with

periodes_mois as (select * from periodes_mois),

disponibles as (
    select
        mois,
        territoire
    from motifs_nd
    where code = 'V2-1' and axe = '' and motif_nd is null
),

nouveaux_entrants as (select * from nouveaux_entrants),

observation as (select * from observation),

entrees as (
    select
        nouveaux_entrants.mois,
        nouveaux_entrants.territoire,
        coalesce(
            nouveaux_entrants.delai_jours,
            observation.date_observation - nouveaux_entrants.date_reception_t0
        ) as jour,
        nouveaux_entrants.delai_jours is not null as orientee
    from nouveaux_entrants
    inner join observation on nouveaux_entrants.territoire = observation.territoire
),

publiees as (
    select * from entrees
    union all
    select * replace ('TOTAL' as territoire) from entrees
),

durees as (
    select
        periodes_mois.type_periode,
        periodes_mois.periode,
        publiees.territoire,
        publiees.jour,
        publiees.orientee
    from periodes_mois
    inner join disponibles on periodes_mois.mois = disponibles.mois
    inner join publiees
        on disponibles.mois = publiees.mois and disponibles.territoire = publiees.territoire
),

jours as (
    select
        type_periode,
        periode,
        territoire,
        jour,
        count(*) as sorties,
        count(*) filter (where orientee) as orientees
    from durees
    group by type_periode, periode, territoire, jour
),

suivies as (
    select
        *,
        sum(sorties) over (
            partition by type_periode, periode, territoire
            order by jour desc
        ) as a_risque
    from jours
)

select
    type_periode,
    periode,
    territoire,
    jour,
    cast(a_risque as bigint) as a_risque,
    orientees,
    list_reduce(
        list(1 - orientees / cast(a_risque as double)) over (
            partition by type_periode, periode, territoire
            order by jour
        ),
        lambda produit, facteur: produit * facteur
    ) as part_non_orientee
from suivies
