-- Grain: one delivery whose identities may hold the identifiant France Travail of a person soumis.
select id_livraison
from partage_soumises
union
select inscriptions_connues.id_livraison
from inscriptions_connues
semi join partage_soumises on inscriptions_connues.p = partage_soumises.p
order by id_livraison
