-- Grain: one (person that a figure no longer counts the same, month) whose situation differs, with what happened to
-- the file that shows it. identite: the same file, but its rows are no longer tied to the same person (methode, where
-- the rules are not the same: they may read it otherwise).
-- Source: 3-rules § 3.2 (situation), 4-interface § 4.6.
with

livraisons_changees as (
    select * from livraisons_changees
    where source = 'beneficiaires'
),

mois_changes as (select * from mois_changes),

avant as (select * from situations_par_personne where cote = 'avant'),

apres as (select * from situations_par_personne where cote = 'apres'),

compares as (
    select
        personne,
        mois,
        avant.situation as avant,
        apres.situation as apres
    from avant
    full join apres using (personne, mois)
)

select
    compares.personne,
    compares.mois,
    compares.avant.soumis is distinct from compares.apres.soumis
    or compares.avant.inconnue is distinct from compares.apres.inconnue as autre_soumission,
    compares.avant.classe_etat is distinct from compares.apres.classe_etat as autre_etat,
    compares.avant.territoire is distinct from compares.apres.territoire as autre_territoire,
    'clos' in (compares.avant.classe_etat, compares.apres.classe_etat) as clos,
    coalesce(
        par_livraison.nature,
        par_mois.nature,
        par_mois_avant.nature,
        if(getvariable('methode_differe'), 'methode', 'identite')
    ) as nature,
    coalesce(
        par_livraison.id_livraison,
        par_mois.id_livraison,
        par_mois_avant.id_livraison,
        compares.apres.id_livraison,
        compares.avant.id_livraison
    ) as id_livraison
from compares
left join livraisons_changees as par_livraison
    on
        compares.mois = par_livraison.mois
        and coalesce(compares.apres.organisme, compares.avant.organisme) = par_livraison.organisme
        and coalesce(compares.apres.id_livraison, compares.avant.id_livraison) = par_livraison.id_livraison
left join mois_changes as par_mois
    on
        compares.mois = par_mois.mois
        and coalesce(compares.apres.organisme, compares.avant.organisme) = par_mois.organisme
left join mois_changes as par_mois_avant
    on compares.mois = par_mois_avant.mois and compares.avant.organisme = par_mois_avant.organisme
where autre_soumission or autre_etat or autre_territoire
