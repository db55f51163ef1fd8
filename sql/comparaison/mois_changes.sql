-- Grain: one (organisme, mois) whose file in force is not the same in both publications, or not read the same.
-- Source: 3-rules § 3.2 (en vigueur), 4-interface § 4.5. nature says what happened to it; that a suspecte file is in
-- force because it was accepted says more than its being late or corrected.
with

livraisons as (select * from deux_livraisons),

entrees as (select * from deux_entrees),

en_vigueur as (
    select
        cote,
        organisme,
        mois,
        id_livraison,
        etat
    from livraisons
    where
        source = 'beneficiaires'
        and type_flux = 'M'
        and organisme is not null
        and etat in ('en_vigueur', 'acceptee')
),

derniers_mois as (
    select
        cote,
        max(mois) as dernier_mois
    from en_vigueur
    group by cote
),

compares as (
    select
        organisme,
        mois,
        any_value(id_livraison) filter (where cote = 'avant') as id_avant,
        any_value(id_livraison) filter (where cote = 'apres') as id_apres,
        any_value(etat) filter (where cote = 'avant') as etat_avant,
        any_value(etat) filter (where cote = 'apres') as etat_apres
    from en_vigueur
    group by organisme, mois
),

confrontes as (
    select
        compares.organisme,
        compares.mois,
        coalesce(compares.id_apres, compares.id_avant) as id_livraison,
        compares.id_avant is null or compares.id_apres is null as seul,
        autres.dernier_mois,
        coalesce(compares.etat_apres, compares.etat_avant) = 'acceptee'
        and (ailleurs.id_livraison is null or ailleurs.acceptation is null) as acceptee,
        ici.lecture is distinct from ailleurs.lecture
        and ailleurs.id_livraison is not null as relue,
        ici.date_reception is distinct from ailleurs.date_reception
        and ailleurs.id_livraison is not null as redatee,
        compares.id_avant is not distinct from compares.id_apres as meme
    from compares
    -- the side that has the file, and the other one
    left join derniers_mois as autres
        on autres.cote = if(compares.id_apres is null, 'apres', 'avant')
    left join entrees as ici
        on
            coalesce(compares.id_apres, compares.id_avant) = ici.id_livraison
            and ici.cote = if(compares.id_apres is null, 'avant', 'apres')
    left join entrees as ailleurs
        on
            coalesce(compares.id_apres, compares.id_avant) = ailleurs.id_livraison
            and ailleurs.cote = if(compares.id_apres is null, 'apres', 'avant')
)

select
    organisme,
    mois,
    id_livraison,
    case
        when acceptee then 'suspecte_acceptee'
        when relue then 'relecture'
        when redatee then 'reception_rectifiee'
        when seul and mois > dernier_mois then 'mois_suivant'
        when seul then 'fichier_tardif'
        else 'fichier_corrige'
    end as nature
from confrontes
where not meme or acceptee or relue or redatee
