-- Grain: one candidate and the reason for which it is not counted if a suivi is en cours.
-- Source: 3-rules § 3.3 (motif_exclusion), annexe 4 § 4 (« Exclut »).
with

antecedents as (select * from antecedents)

select
    p,
    im,
    case
        when classe_veille = 'versable' and not top_veille
            then 'aller_retour_revenus'
        when classe_veille = 'suspendu' then 'suspension_moins_12_mois'
        when absente_la_veille then 'absence_courte'
        else 'suivi_en_cours'
    end as motif_exclusion
from antecedents
