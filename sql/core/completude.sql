-- Grain: one (mois, territoire): what can be computed, and why not.
-- Source: 3-rules § 3.2 (calculable), § 3.3 (criterion 3), 4-interface § 4.7 (motif_nd: the earliest missing
-- month, then the first code in alphabetical order).
with

calendrier as (select * from calendrier),

territoires as (select * from territoires),

manques as (select * from manques),

criteres_verifiables as (select * from criteres_verifiables),

indispensables as (
    select
        calendrier.im,
        manques.territoire,
        bool_or(manques.im = calendrier.im) as mois_manquant,
        arg_min(
            'livraison_manquante: ' || manques.organisme
            || ' ' || strftime(manques.mois, '%Y-%m'),
            (manques.im, manques.organisme)
        ) as motif_nd
    from calendrier
    inner join manques
        on
            manques.indispensable
            and manques.im between calendrier.im - 1 and calendrier.im
    group by calendrier.im, manques.territoire
),

facultatifs as (
    select
        im,
        territoire,
        string_agg(
            organisme || ' (' || personnes_avant
            || ' personnes au dernier mois reçu)',
            ', ' order by organisme
        ) as hors
    from manques
    where not indispensable
    group by im, territoire
),

facultatifs_recents as (
    select distinct
        calendrier.im,
        manques.territoire
    from calendrier
    inner join manques
        on
            not manques.indispensable
            and manques.im between calendrier.im - 1 and calendrier.im
),

etats as (
    select
        calendrier.mois,
        calendrier.im,
        territoires.territoire,
        not coalesce(indispensables.mois_manquant, false) as complet,
        case
            when calendrier.im = (select min(im) from calendrier)
                then 'premier_mois'
            else indispensables.motif_nd
        end as motif_nd,
        criteres_verifiables.criteres_verifiables,
        criteres_verifiables.orientations_en_retard,
        facultatifs_recents.im is not null as facultatif_manquant,
        facultatifs.hors
    from calendrier
    cross join territoires
    inner join criteres_verifiables
        on
            calendrier.mois = criteres_verifiables.mois
            and territoires.territoire = criteres_verifiables.territoire
    left join indispensables
        on
            calendrier.im = indispensables.im
            and territoires.territoire = indispensables.territoire
    left join facultatifs_recents
        on
            calendrier.im = facultatifs_recents.im
            and territoires.territoire = facultatifs_recents.territoire
    left join facultatifs
        on
            calendrier.im = facultatifs.im
            and territoires.territoire = facultatifs.territoire
)

select
    mois,
    im,
    territoire,
    complet,
    motif_nd is null as calculable,
    motif_nd,
    criteres_verifiables,
    case
        when not criteres_verifiables then 'source_absente: orientations'
    end as motif_nd_criteres,
    facultatif_manquant,
    orientations_en_retard,
    hors
from etats
