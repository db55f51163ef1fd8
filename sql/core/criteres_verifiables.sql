-- Grain: one (territoire, mois): can criterion 3 (no suivi en cours) be verified, and is it known to the
-- month's end.
-- Source: 3-rules § 3.3 (criterion 3 must be verifiable). TOTAL needs every territoire.
with

calendrier as (select * from calendrier),

territoires as (select * from territoires),

emetteurs_orientations as (select * from emetteurs_orientations),

en_service as (
    select
        territoires.territoire,
        calendrier.mois,
        count(emetteurs_orientations.emetteur) as emetteurs,
        count(emetteurs_orientations.dernier_releve) as emetteurs_recus,
        coalesce(
            bool_or(
                emetteurs_orientations.dernier_releve < calendrier.dernier_jour
            ),
            false
        ) as orientations_en_retard
    from calendrier
    cross join territoires
    left join emetteurs_orientations
        on
            territoires.territoire = emetteurs_orientations.territoire
            and calendrier.dernier_jour >= emetteurs_orientations.debut
            and calendrier.mois <= emetteurs_orientations.fin
    group by territoires.territoire, calendrier.mois
),

receptions as (
    select
        territoire,
        mois,
        orientations_en_retard,
        emetteurs > 0 and emetteurs = emetteurs_recus as recues
    from en_service
)

select
    territoire,
    mois,
    orientations_en_retard,
    not list_contains(getvariable('criteres'), 3)
    or if(
        territoire = 'TOTAL',
        bool_and(recues) filter (where territoire <> 'HORS') over (
            partition by mois
        ),
        recues
    ) as criteres_verifiables
from receptions
