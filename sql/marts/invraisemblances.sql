-- Grain: one (rule, month, territoire, period) of figures that contradict one another, or that jump.
-- Source: 6-catalogue (plausibility warnings: more first rendez-vous than entrants, more first CER than first
-- rendez-vous, a flow equal to a stock, a jump). Below suspecte_minimum, it is chance.
with

grandeurs_comparees as (select * from grandeurs_comparees),

sauts as (select * from sauts),

contradictions as (
    select c.*
    from (
        values
        ('PUB-005', 'premiers_rdv', 'depasse', 'entrants'),
        ('PUB-009', 'premiers_cer', 'depasse', 'premiers_rdv'),
        ('PUB-010', 'entrants', 'egale', 'soumis'),
        ('PUB-010', 'contrats_signes', 'egale', 'contrats_en_vigueur')
    ) as c (regle, quoi, comment, autre)
)

select
    contradictions.regle,
    unes.debut as mois,
    unes.territoire,
    unes.periode || if(unes.declaree, ', déclaré', '') as sujet,
    cast(if(contradictions.comment = 'egale', unes.nombre, unes.nombre - autres.nombre) as bigint) as nombre
from contradictions
inner join grandeurs_comparees as unes on contradictions.quoi = unes.quoi
inner join grandeurs_comparees as autres
    on
        contradictions.autre = autres.quoi
        and unes.declaree = autres.declaree
        and unes.type_periode = autres.type_periode
        and unes.periode = autres.periode
        and unes.territoire = autres.territoire
where
    unes.nombre >= getvariable('suspecte_minimum')
    and if(contradictions.comment = 'egale', unes.nombre = autres.nombre, unes.nombre > autres.nombre)
union all
select
    'PUB-004' as regle,
    mois,
    territoire,
    code as sujet,
    nombre
from sauts
