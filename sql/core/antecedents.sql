-- Grain: one candidate and its past: when first seen, when last soumis, how it stood the month before.
-- Source: 3-rules § 3.3 (motif_inclusion, motif_exclusion). A month before in which the person is inconnue says
-- nothing.
with

candidats as (select * from candidats),

situations as (
    select situations.*
    from situations
    semi join candidats on situations.p = candidats.p
),

lignes_en_vigueur as (select * from lignes_en_vigueur),

passes as (
    select
        candidats.p,
        candidats.im,
        min(situations.im) as im_premier_vu,
        max(situations.im) filter (where situations.soumis) as im_dernier_soumis
    from candidats
    inner join situations
        on candidats.p = situations.p and candidats.im > situations.im
    group by candidats.p, candidats.im
),

dossiers_vus as (
    select
        lignes_en_vigueur.numero_demande_rsa,
        min(lignes_en_vigueur.im) as im_premier_vu
    from lignes_en_vigueur
    semi join candidats
        on lignes_en_vigueur.numero_demande_rsa = candidats.numero_demande_rsa
    group by lignes_en_vigueur.numero_demande_rsa
)

select
    candidats.p,
    candidats.im,
    passes.im_premier_vu,
    passes.im_dernier_soumis,
    coalesce(dossiers_vus.im_premier_vu < candidats.im, false) as dossier_deja_vu,
    veille.classe_etat as classe_veille,
    veille.top_droits_devoirs as top_veille,
    passes.im_premier_vu is not null
    and veille.p is null
    and candidats.im_compare = candidats.im - 1 as absente_la_veille
from candidats
left join passes
    on candidats.p = passes.p and candidats.im = passes.im
left join situations as veille
    on
        not veille.inconnue
        and candidats.p = veille.p
        and candidats.im - 1 = veille.im
left join dossiers_vus
    on candidats.numero_demande_rsa = dossiers_vus.numero_demande_rsa
