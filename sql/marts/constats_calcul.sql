-- Grain: one rule × month × territoire × subject: what the computation has found.
-- Source: 4-interface § 4.3 (HORS), § 4.6 (non rapprochées), 3-rules § 3.2 (inconnue), 6-catalogue (plausibility).
with

situations_signalees as (select * from situations_signalees),

manques as (select * from manques),

anomalies_identite as (select * from anomalies_identite),

non_rapprochees as (select * from non_rapprochees),

disparitions as (select * from disparitions),

invraisemblances as (select * from invraisemblances),

ecarts_entree_flux as (select * from ecarts_entree_flux)

select
    regle,
    'beneficiaires' as origine,
    mois,
    territoire,
    null as sujet,
    nombre
from situations_signalees
union all
select
    'PUB-006' as regle,
    'beneficiaires' as origine,
    mois,
    territoire,
    organisme as sujet,
    1 as nombre
from manques
where territoire not in ('HORS', 'TOTAL')
union all
select
    regle,
    source as origine,
    null as mois,
    'TOTAL' as territoire,
    null as sujet,
    nombre
from anomalies_identite
union all
select
    'IDE-009' as regle,
    source as origine,
    null as mois,
    'TOTAL' as territoire,
    emetteur || ', sur ' || total as sujet,
    nombre
from non_rapprochees
union all
select
    'PUB-003' as regle,
    'orientations' as origine,
    cast(date_trunc('month', date_reception) as date) as mois,
    'TOTAL' as territoire,
    emetteur as sujet,
    nombre
from disparitions
union all
select
    regle,
    'indicateurs' as origine,
    mois,
    territoire,
    sujet,
    nombre
from invraisemblances
union all
select
    'ORI-102' as regle,
    'orientations' as origine,
    mois,
    territoire,
    null as sujet,
    nombre
from ecarts_entree_flux
