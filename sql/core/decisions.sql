-- Grain: one candidate of a month whose criteria can be verified: counted, or not, and why.
-- Source: 3-rules § 3.3: every candidate is either a nouvel entrant or écarté.
with

candidats as (select * from candidats),

completude as (select * from completude),

motifs_inclusion as (select * from motifs_inclusion),

motifs_exclusion as (select * from motifs_exclusion),

suivis_en_cours as (select * from suivis_en_cours),

continuations as (select * from continuations)

select
    candidats.p,
    candidats.im,
    candidats.mois,
    candidats.territoire,
    candidats.debut_episode,
    candidats.depuis_declencheur,
    suivis_en_cours.p is null
    and continuations.p is null as nouvel_entrant,
    motifs_inclusion.motif_inclusion,
    case
        when continuations.p is not null then 'entree_deja_comptee'
        when suivis_en_cours.p is not null then motifs_exclusion.motif_exclusion
    end as motif_exclusion,
    suivis_en_cours.debut_suivi,
    suivis_en_cours.statut as statut_suivi
from candidats
semi join completude
    on
        completude.criteres_verifiables
        and candidats.territoire = completude.territoire
        and candidats.im = completude.im
inner join motifs_inclusion
    on candidats.p = motifs_inclusion.p and candidats.im = motifs_inclusion.im
inner join motifs_exclusion
    on candidats.p = motifs_exclusion.p and candidats.im = motifs_exclusion.im
left join suivis_en_cours
    on candidats.p = suivis_en_cours.p and candidats.im = suivis_en_cours.im
left join continuations
    on candidats.p = continuations.p and candidats.im = continuations.im
