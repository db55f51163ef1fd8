-- Grain: one indicator among whose deliveries a single thing happened: by elimination, it explains what is left.
-- Source: 4-interface § 4.2 (comparer). A relevé confirmed without change says nothing new of anyone.
with

livraisons_changees as (select * from livraisons_changees),

sources as (
    select s.*
    from (
        values
        ('V2-1', ['beneficiaires', 'orientations']),
        ('V2-2', ['beneficiaires', 'orientations']),
        ('V2-2N', ['beneficiaires', 'orientations', 'rendez_vous'])
    ) as s (code, sources)
)

select
    sources.code,
    any_value(livraisons_changees.nature) as cause
from sources
inner join livraisons_changees
    on
        list_contains(sources.sources, livraisons_changees.source)
        and livraisons_changees.nature <> 'confirmation'
where not getvariable('methode_differe')
group by sources.code
having count(distinct livraisons_changees.nature) = 1
