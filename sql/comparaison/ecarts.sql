-- Grain: one figure (code, axe, modalite, mesure, period, territoire) that the two publications do not say alike:
-- another value, another statut or reason, or a figure that only one of them has.
-- Source: 4-interface § 4.2. The sentences of comment follow from the figures: they are not compared.
with

indicateurs as (
    select
        * exclude (libelle, volet, commentaire, arrete_au, empreinte),
        coalesce(valeur, valeur_partielle) as nombre
    from deux_indicateurs
),

avant as (select * from indicateurs where cote = 'avant'),

apres as (select * from indicateurs where cote = 'apres')

select
    code,
    axe,
    modalite,
    mesure,
    type_periode,
    periode,
    territoire,
    coalesce(apres.debut, avant.debut) as debut,
    coalesce(apres.fin, avant.fin) as fin,
    coalesce(apres.unite, avant.unite) as unite,
    avant.cote is not null as publie_avant,
    apres.cote is not null as publie_apres,
    avant.nombre as nombre_avant,
    avant.numerateur as numerateur_avant,
    avant.denominateur as denominateur_avant,
    avant.statut as statut_avant,
    avant.motif_nd as motif_nd_avant,
    avant.mois_calculables as mois_calculables_avant,
    apres.nombre as nombre_apres,
    apres.numerateur as numerateur_apres,
    apres.denominateur as denominateur_apres,
    apres.statut as statut_apres,
    apres.motif_nd as motif_nd_apres,
    apres.mois_calculables as mois_calculables_apres
from avant
full join apres using (code, axe, modalite, mesure, type_periode, periode, territoire)
where
    avant.nombre is distinct from apres.nombre
    or avant.numerateur is distinct from apres.numerateur
    or avant.denominateur is distinct from apres.denominateur
    or avant.statut is distinct from apres.statut
    or avant.motif_nd is distinct from apres.motif_nd
    or avant.mois_calculables is distinct from apres.mois_calculables
