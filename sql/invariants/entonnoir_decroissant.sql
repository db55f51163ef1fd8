-- Chaque étape de l'entonnoir compte au plus autant de personnes que la précédente.
select
    mois,
    territoire
from entonnoir_mensuel
where soumis > versables or candidats > soumis or nouveaux_entrants > candidats
