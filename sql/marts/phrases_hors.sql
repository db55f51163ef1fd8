-- Grain: one sentence per period and territoire: which organismes are missing without making the figure ND, and
-- for which months.
-- Source: 3-rules § 3.2 (« hors MSA680 (n personnes au dernier mois reçu) »).
with

periodes_mois as (select * from periodes_mois),

completude as (
    select * from completude
    where hors is not null
),

listes as (
    select
        periodes_mois.type_periode,
        periodes_mois.periode,
        completude.territoire,
        completude.hors,
        string_agg(strftime(completude.mois, '%Y-%m'), ', ' order by completude.mois) as mois
    from periodes_mois
    inner join completude on periodes_mois.mois = completude.mois
    group by all
)

select
    type_periode,
    periode,
    territoire,
    format('Hors {} : {}.', hors, mois) as texte
from listes
