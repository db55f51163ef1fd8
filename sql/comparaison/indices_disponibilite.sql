-- Grain: one monthly figure available in one publication only, and the delivery that makes it so: the file that its
-- motif_nd names, else the first relevés of the table that it names, else (premier_mois) the files of the month before.
-- Source: 3-rules § 3.2 (calculable), 6-catalogue (reasons for ND).
with

indicateurs as (select * from deux_indicateurs),

mois_changes as (select * from mois_changes),

livraisons_changees as (select * from livraisons_changees),

manquants as (
    select
        code,
        axe,
        mesure,
        debut as mois,
        territoire,
        any_value(motif_nd) as motif_nd
    from indicateurs
    where type_periode = 'mois'
    group by all
    having count(distinct statut = 'ND') = 2
),

lus as (
    select
        *,
        regexp_extract(motif_nd, '^livraison_manquante: (\w+) ', 1) as organisme,
        try_strptime(right(motif_nd, 7) || '-01', '%Y-%m-%d')::date as mois_manquant,
        regexp_extract(motif_nd, '^(?:source|colonne)_absente: (\w+)', 1) as source
    from manquants
)

select
    lus.code,
    lus.axe,
    lus.mesure,
    lus.mois,
    lus.territoire,
    mois_changes.nature as cause,
    mois_changes.id_livraison
from lus
inner join mois_changes
    on
        (lus.organisme = mois_changes.organisme and lus.mois_manquant = mois_changes.mois)
        or (lus.motif_nd = 'premier_mois' and lus.mois - interval 1 month = mois_changes.mois)
union all
select
    lus.code,
    lus.axe,
    lus.mesure,
    lus.mois,
    lus.territoire,
    livraisons_changees.nature as cause,
    livraisons_changees.id_livraison
from lus
inner join livraisons_changees on lus.source = livraisons_changees.source
