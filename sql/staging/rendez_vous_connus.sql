-- Grain: one rendez-vous tied to a person, as last known: of a stock the last relevé, of a flux the last
-- row of each id.
-- Source: 2-formats § 2.3 (mode), 4-interface § 4.6.
with

fichiers_retenus as (select * from fichiers_retenus),

rendez_vous as (select * from entree_rendez_vous),

identifiants_contradictoires as (
    select * from identifiants_contradictoires
    where source = 'rendez_vous'
),

cles_personnes as (select * from cles_personnes),

retenus as (
    select
        fichiers_retenus.emetteur,
        fichiers_retenus.rang,
        rendez_vous.*
    from fichiers_retenus
    inner join rendez_vous
        on fichiers_retenus.id_livraison = rendez_vous.id_livraison
    anti join identifiants_contradictoires
        on
            fichiers_retenus.emetteur = identifiants_contradictoires.emetteur
            and fichiers_retenus.rang = identifiants_contradictoires.rang
            and rendez_vous.id_rdv = identifiants_contradictoires.identifiant
    where
        fichiers_retenus.source = 'rendez_vous'
        and (fichiers_retenus.mode = 'flux' or fichiers_retenus.dernier)
    qualify row_number() over (
        partition by fichiers_retenus.emetteur, rendez_vous.id_rdv
        order by fichiers_retenus.rang desc, rendez_vous.ligne
    ) = 1
)

select
    retenus.emetteur,
    retenus.id_rdv,
    retenus.date_rdv,
    retenus.type,
    retenus.presence,
    coalesce(par_nir.p, par_dem.p, par_mat.p, par_ft.p) as p
from retenus
left join cles_personnes as par_nir
    on par_nir.sorte = 'nir' and retenus.cle_nir = par_nir.cle
left join cles_personnes as par_dem
    on par_dem.sorte = 'dem' and retenus.cle_dem = par_dem.cle
left join cles_personnes as par_mat
    on par_mat.sorte = 'mat' and retenus.cle_mat = par_mat.cle
left join cles_personnes as par_ft
    on par_ft.sorte = 'ft' and retenus.cle_ft = par_ft.cle
