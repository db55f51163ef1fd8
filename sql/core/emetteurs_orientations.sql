-- Grain: one (territoire, émetteur of orientations that serves it), with its first and last relevé.
-- Source: 3-rules § 3.3 (criterion 3 must be verifiable), § 3.4 (date_observation).
with

territoires as (select * from territoires),

fichiers_retenus as (select * from fichiers_retenus),

emetteurs as (
    select
        territoire,
        emetteur,
        debut,
        fin
    from config_emetteurs
    where source = 'orientations'
    union
    select
        territoires.territoire,
        config_emetteurs.emetteur,
        config_emetteurs.debut,
        config_emetteurs.fin
    from config_emetteurs
    cross join territoires
    where
        config_emetteurs.source = 'orientations'
        and territoires.territoire in ('HORS', 'TOTAL')
),

releves as (
    select
        emetteur,
        max(date_reception) as dernier_releve
    from fichiers_retenus
    where source = 'orientations'
    group by emetteur
)

select
    emetteurs.territoire,
    emetteurs.emetteur,
    coalesce(emetteurs.debut, date '0001-01-01') as debut,
    coalesce(emetteurs.fin, date '9999-12-31') as fin,
    releves.dernier_releve
from emetteurs
left join releves on emetteurs.emetteur = releves.emetteur
