-- Grain: one delivery received, with the month and the territoire that what is said of it concerns: its own when
-- it has one only, else TOTAL.
-- Source: 4-interface § 4.7 (qualite).
with

livraisons_recues as (select * from livraisons_recues),

parties as (select * from entree_parties),

mois_decrits as (
    select
        id_livraison,
        max(mois) as mois
    from parties
    group by id_livraison
),

services as (
    select
        parties.id_livraison,
        config_organismes.territoire
    from parties
    inner join config_organismes on parties.organisme = config_organismes.organisme
    union
    select
        livraisons_recues.id_livraison,
        config_emetteurs.territoire
    from livraisons_recues
    inner join config_emetteurs
        on
            livraisons_recues.source = config_emetteurs.source
            and livraisons_recues.emetteur = config_emetteurs.emetteur
),

territoires_servis as (
    select
        id_livraison,
        if(count(distinct territoire) = 1, min(territoire), 'TOTAL') as territoire
    from services
    group by id_livraison
)

select
    livraisons_recues.id_livraison,
    livraisons_recues.source,
    coalesce(
        mois_decrits.mois,
        cast(date_trunc('month', livraisons_recues.date_reception) as date)
    ) as mois,
    coalesce(territoires_servis.territoire, 'TOTAL') as territoire
from livraisons_recues
left join mois_decrits on livraisons_recues.id_livraison = mois_decrits.id_livraison
left join territoires_servis
    on livraisons_recues.id_livraison = territoires_servis.id_livraison
