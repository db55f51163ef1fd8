-- Grain: one code_commune delivered and its territoire: the longest prefix wins, none is HORS.
-- Source: 4-interface § 4.3.
with

communes as (
    select distinct code_commune
    from entree_beneficiaires
    where code_commune is not null
)

select
    communes.code_commune,
    coalesce(
        arg_max(config_prefixes.territoire, length(config_prefixes.prefixe)),
        'HORS'
    ) as territoire
from communes
left join config_prefixes
    on starts_with(communes.code_commune, config_prefixes.prefixe)
group by communes.code_commune
